"""Which shell text only sets up the shell: the same each time that it is run, with no work and nothing said.

Such text can be restated before each part that needs it (POSIX.1-2017 XCU 2.12, what a shell's environment holds).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrator.shell.tree import (
    AndOr,
    Arithmetic,
    Assignment,
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Literal,
    Node,
    Parameter,
    Redirect,
    Script,
    Substitution,
    Test,
    Word,
)
from migrator.workflows.apart.source import Source

_PLAIN = frozenset({":", "true", "false", "export", "readonly", "declare", "typeset", "unset"})
_STATE = frozenset({"cd", "set", "shift", "umask", "ulimit", "shopt"})
_SOURCES = frozenset({".", "source"})
_ASKING = frozenset({"test", "["})
_TEXT_PROGRAMS = frozenset({"dirname", "basename", "pwd"})
# Values that differ from shell to shell or from moment to moment (bash(1), Shell Variables).
_VOLATILE = frozenset(
    {"$", "!", "?", "_", "-", "RANDOM", "SRANDOM", "SECONDS", "EPOCHSECONDS", "EPOCHREALTIME", "BASHPID", "PPID"}
    | {"LINENO", "PIPESTATUS", "FUNCNAME", "BASH_SOURCE", "BASH_LINENO", "BASH_COMMAND", "BASH_SUBSHELL", "OLDPWD"}
    | {"DIRSTACK", "SHLVL", "REPLY"}
)
_LOOKS_AT_FILES = re.compile(r"-(?:[abcdefghkprstuwxGLNOS]|nt|ot|ef)")
_GLOB = re.compile(r"[*?\[{]")
_APPENDS = frozenset({">>", "&>>", ">&", "<&"})


def pure(node: Node, source: Source) -> bool:
    """Say whether a node only sets up the shell, the same each time."""
    match node:
        case Command():
            return _command(node, source)
        case Test():
            asks = all(_still(word, source) for word in node.words)
            return asks and not node.redirects and not (node.operator == "[[" and _of_files(node.words))
        case Function():
            return True
        case Group():
            return not node.subshell and not node.redirects and pure_script(node.body, source)
        case AndOr():
            return _sources_if_there(node, source) or (
                pure(node.first, source) and all(pure(one, source) for _, one in node.rest)
            )
        case If():
            scripts = [part for arm in node.arms for part in arm]
            scripts += [node.otherwise] if node.otherwise is not None else []
            return not node.redirects and all(pure_script(part, source) for part in scripts)
        case Case():
            words = [node.word, *(word for patterns, _ in node.arms for word in patterns)]
            return (
                not node.redirects
                and all(_still(word, source) for word in words)
                and all(pure_script(body, source) for _, body in node.arms)
            )
        case For():
            listed = node.words is not None and not node.redirects
            return listed and all(_alone(word, source) for word in node.words or ()) and pure_script(node.body, source)
        case _:
            return False


def pure_script(script: Script, source: Source) -> bool:
    """Say whether a list only sets up the shell."""
    return not script.faults and all(not item.background and pure(item.node, source) for item in script.items)


def appends(redirects: Iterable[Redirect], source: Source) -> bool:
    """Say whether redirections may be made again for each part: they append, copy, or lead to /dev/null."""
    return all(
        redirect.target is not None
        and _still(redirect.target, source)
        and (redirect.operator in _APPENDS or redirect.target.literal == "/dev/null")
        and (source.bash or not redirect.operator.startswith("&"))
        for redirect in redirects
    )


def still(word: Word, source: Source) -> bool:
    """Say whether a word means the same each time that it is read."""
    return _still(word, source)


def _command(node: Command, source: Source) -> bool:
    if not node.words:
        return not node.redirects and all(_assigned(each, source) for each in node.assignments)
    name = node.words[0].literal
    if node.assignments or name is None:
        return False
    rest = node.words[1:]
    if name == "exec" and not rest:
        return bool(node.redirects) and appends(node.redirects, source)
    if node.redirects and not appends(node.redirects, source):
        return False
    if name in _SOURCES:
        return _settings(node, source)
    if name == "set":
        return bool(rest) and all(_alone(word, source) for word in rest)
    if name in _ASKING:
        return all(_still(word, source) for word in rest) and not _of_files(rest)
    return name in _PLAIN | _STATE and all(_still(word, source) for word in rest) and not _special(name, rest)


def _special(name: str, rest: tuple[Word, ...]) -> bool:
    texts = [word.raw for word in rest]
    if name == "cd":
        return "-" in texts
    printing = {"export": ("-p",), "readonly": ("-p",), "declare": ("-p", "-f", "-n"), "typeset": ("-p", "-f", "-n")}
    if name in printing or name in ("umask", "ulimit", "shopt"):
        return not rest or any(text.startswith("-") and text in printing.get(name, ("-a", "-p")) for text in texts)
    return False


def _assigned(each: Assignment, source: Source) -> bool:
    if each.elements is not None:
        return all(_alone(word, source) for word in each.elements)
    return each.value is None or _still(each.value, source)


def _alone(word: Word, source: Source) -> bool:
    """Say whether a word stands for itself: nothing in it is split, and no file name is made of it."""
    for part in word.parts:
        if isinstance(part, Literal):
            if not part.quoted and _GLOB.search(part.text):
                return False
        elif not (isinstance(part, Parameter) and (part.quoted or part.name in "#?")):
            return False
    return _still(word, source)


def _still(word: Word, source: Source) -> bool:
    for part in word.parts:
        match part:
            case Literal():
                continue
            case Parameter():
                if part.name in _VOLATILE or part.scripts or part.operator.endswith("?") or part.name.startswith("!"):
                    return False
                if any(f"${name}" in part.argument or f"${{{name}" in part.argument for name in _VOLATILE):
                    return False
            case Arithmetic():
                if part.scripts or any(name in part.text for name in ("RANDOM", "SECONDS", "$$", "LINENO", "EPOCH")):
                    return False
            case Substitution():
                if not _text_only(part.script, source):
                    return False
            case _:
                return False
    return True


def _text_only(script: Script, source: Source) -> bool:
    """Say whether a substitution only works on text and folders: `$(dirname "$0")`, `$(cd x && pwd)`."""
    return bool(script.items) and all(not item.background and _worked(item.node, source) for item in script.items)


def _worked(node: Node, source: Source) -> bool:
    if isinstance(node, AndOr):
        return _worked(node.first, source) and all(_worked(one, source) for _, one in node.rest)
    if not isinstance(node, Command) or node.assignments or not node.words:
        return False
    name = (node.words[0].literal or "").removeprefix("/usr/bin/")
    same = name in _TEXT_PROGRAMS or (name == "cd" and "-" not in [word.raw for word in node.words])
    return same and appends(node.redirects, source) and all(_still(word, source) for word in node.words[1:])


def _of_files(words: Iterable[Word]) -> bool:
    return any(_LOOKS_AT_FILES.fullmatch(word.raw) for word in words)


def _sources_if_there(node: AndOr, source: Source) -> bool:
    """Say whether a list is `[ -f x ] && . x` of one file of settings that was read."""
    if len(node.rest) != 1 or node.rest[0][0] != "&&":
        return False
    first, second = node.first, node.rest[0][1]
    if not isinstance(first, Command | Test) or not isinstance(second, Command) or len(second.words) != 2:
        return False
    if second.words[0].literal not in _SOURCES or not _command(second, source):
        return False
    words = [word.raw for word in first.words]
    asked = [word for word in words if word not in ("[", "]", "test", "[[", "]]")]
    return len(asked) == 2 and asked[0] in ("-f", "-e", "-r", "-s") and asked[1] == second.words[1].raw


def _settings(node: Command, source: Source) -> bool:
    inner = source.sourced(node)
    return inner is not None and len(node.words) == 2 and pure_script(inner.script, inner)
