"""What a command substitution comes to, where its command only names things: files, folders, the clock, the host."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from itertools import pairwise, takewhile

from migrator.commands import wildcards
from migrator.commands.getopt import sorted_options
from migrator.commands.paths import DEEP
from migrator.commands.printed import printed
from migrator.commands.rewriting import rewritten, rewritten_in_part
from migrator.commands.scope import Scope
from migrator.commands.values import Value, literal, unknown
from migrator.shell.tree import AndOr, Command, Group, Node, Pipeline, Script, Word

Expand = Callable[[Word, Scope, int], Value]
"""Expands a word, at a depth of substitutions."""

_CHOOSERS = frozenset({"head", "tail", "sort", "grep", "egrep", "uniq", "tac"})
_CUTTERS = frozenset({"cut", "awk", "gawk", "sed"})
# The last thing that is printed is the path, behind a blank, a tabulator or another sign.
_STAMPED = re.compile(r"[\s|,;:t]%p(?:\\n|\\0|\n)?\Z")
_GLOB = re.compile(r"[*?\[]")
# Directives side by side, or with a sign between two, are one unknown part (date(1)).
_DIRECTIVES = re.compile(r"%[-_0^#:]*[0-9]?[A-Za-z%](?:[-:.T_ +]?%[-_0^#:]*[0-9]?[A-Za-z%])*")
_LONGEST_FORMAT = 400
_CLOCK = frozenset({"date", "gdate", "dateadd", "dateutils.dadd"})
_PLACE = frozenset({"hostname", "uname", "id", "whoami", "logname", "arch", "nproc", "tty", "getconf", "lsb_release"})
_DEPTH = 12
_NAMING = """
    dirname basename pwd cd readlink realpath echo printf mktemp tempfile seq which type command
    expr bc tput locale true false : getopt git
"""
PURE = _CLOCK | _PLACE | frozenset(_NAMING.split())
"""Programs whose output is no state of the script: the clock, the host, names, arithmetic."""
_LONGEST_FOLDER = 4096
_ARGUMENTS = ('"$@"', "$@", "$*")


def output(script: Script, scope: Scope, expand: Expand, depth: int) -> Value:
    """Give what a command substitution comes to, where the command is one that only names things."""
    if depth > _DEPTH or not script.items or len(script.items) > 20:
        return unknown("$(…)")
    if (found := _found_program(script.items[-1].node)) is not None:
        return found
    if scope.functions and len(script.items) == 1:
        told = printed(script.items[0].node, scope, expand, depth + 1, output)
        if told is not None:
            return told
    commands = [command for item in script.items for command in _listed(item.node)]
    commands[-1:] = [_listing(script.items[-1].node) or commands[-1]]
    inner = scope if _plain(commands) else scope.fork()
    for command in commands[:-1]:
        if command is None or not _change_folder(command, inner, expand, depth):
            return unknown(_shown(script, scope))
    last = commands[-1]
    if last is None or not last.words:
        if (found := _rewritten(script.items[-1].node, inner, expand, depth)) is not None:
            return found
        dated = _mentions_clock(script) or _rewrites_date(script, inner, expand, depth)
        return unknown(_shown(script, scope), dated=dated)
    values: list[Value] = []
    for one in last.words:
        if one.raw in _ARGUMENTS and inner.arguments is not None:
            values.extend(inner.arguments)
        else:
            values.append(expand(one, inner, depth))
    found = _named(values, inner, _shown(script, scope)) if values else unknown(_shown(script, scope))
    # Long lines begin with the rights.
    names = bool(values) and values[0].text == "ls" and not any(_LONG.match(value.text) for value in values)
    picked = _picked(script.items[-1].node) if names else "*"
    if picked == "*" or ("/" in found.text and not _ENDING.fullmatch(picked)):
        return found
    return found.but(wildcards.narrowed(found.text, picked), found.written)


_LONG = re.compile(r"-(?:-|\w*[lgno])")
_ENDING = re.compile(r"\*[^*]+")


def _picked(node: Node) -> str:
    r"""Give the wildcard of the names that `ls FOLDER | grep '\.csv$'` lets through; `*` where it may be any."""
    found = "*"
    for stage in node.stages[1:] if isinstance(node, Pipeline) else ():
        words = [word.literal for word in stage.words] if isinstance(stage, Command) else []
        if len(words) < 2 or words[0] not in ("grep", "egrep"):
            continue
        options = "".join((word or "?")[1:] for word in words[1:-1])
        pattern = words[-1]
        # What is left out, or is read from a file, tells nothing; what basic expressions mean by `\|` is not followed.
        if pattern is None or set(options) - set("EPih") or (_BASIC.search(pattern) and words[0] == "grep"):
            continue
        found = wildcards.both(found, wildcards.of_pattern(pattern))
    return found


_BASIC = re.compile(r"\\[(){|+?]")


def _plain(commands: list[Command | None]) -> bool:
    """Say whether there is one command, whose words change nothing when they are expanded."""
    command = commands[0]
    return len(commands) == 1 and command is not None and all(word.special is None for word in command.words)


def _shown(script: Script, scope: Scope) -> str:
    text = scope.source.slice(script.span)
    return f"$({text})" if len(text) <= 80 else f"$({text[:70]}… at {script.span.start})"


def _found_program(node: Node) -> Value | None:
    """Give the name of the program whose place is asked for: `command -v python3 || which python`; it may be absent."""
    first = node.first if isinstance(node, AndOr) else node
    words = [word.literal for word in first.words] if isinstance(first, Command) else []
    asked = words[:2] == ["command", "-v"] or words[:1] == ["which"] or words[:2] in (["type", "-p"], ["type", "-P"])
    name = words[-1] if asked and len(words) > 1 else None
    return Value(name, name, exact=False) if name and not name.startswith("-") else None


def _listing(node: Node) -> Command | None:
    """Give the `ls` or `find` of a pipeline that only chooses among what it lists: `ls -t *.csv | head -1`."""
    if not isinstance(node, Pipeline) or node.negated:
        return None
    names = [
        (stage.words[0].literal if isinstance(stage, Command) and stage.words else None) or "" for stage in node.stages
    ]
    first = node.stages[0]
    if names[0] not in ("ls", "find") or not isinstance(first, Command):
        return None
    choosers = _CHOOSERS | _CUTTERS if names[0] == "find" and _stamped(first) else _CHOOSERS
    return first if all(name in choosers for name in names[1:]) else None


def _stamped(command: Command) -> bool:
    r"""Say whether `find` prints a stamp to sort by and the path behind it: `-printf '%T@ %p\n' | sort -n | cut …`."""
    words = [word.literal or "" for word in command.words]
    return any(option == "-printf" and _STAMPED.search(said) for option, said in pairwise(words))


def _files(values: list[Value], shown: str) -> Value | None:
    """Give the files that `ls` or `find` lists, None where their folder is not in what it prints."""
    plain = [value for value in values[1:] if not value.text.startswith("-")]
    texts = [value.text for value in values]
    if texts[0] == "find":
        roots = list(takewhile(lambda value: value.text[:1] not in ("-", "(", "!", "\\"), values[1:]))
        plain = roots or [literal(".")]
    if not plain:
        return None
    text = plain[0].text
    if texts[0] == "find":
        wanted = [
            name
            for option, before, name in zip(texts[1:], texts, texts[2:], strict=False)
            if option in ("-name", "-iname") and before not in ("!", "-not", "\\!")
        ]
        deep = ("-maxdepth", "1") not in pairwise(texts) and "/" not in "".join(wanted[:1])
        named = f"{text.rstrip('/')}/{f'{DEEP}/' if deep else ''}{wanted[0]}" if wanted else ""
        # Without a name it lists what lies in its folder.
        text = named or (text if _GLOB.search(text.rpartition("/")[2]) else f"{text.rstrip('/')}/*")
    elif len(plain) > 1 or not _GLOB.search(text.rpartition("/")[2]):
        return None
    if text.startswith(("*", "?", "[")):
        text = f"./{text}"
    # `./20??` and `./????` are chosen by their form, a bare star by nothing.
    known = text.strip("*?/.") or "?" in text
    return Value(text, shown, exact=False, state=frozenset({shown})) if known else None


def _first_stage(node: Node) -> Command | None:
    """Give the command that a pipeline begins with."""
    first = node.stages[0] if isinstance(node, Pipeline) else None
    return first if isinstance(first, Command) and first.words else None


def _mentions_clock(script: Script) -> bool:
    """Say whether a pipeline begins with the clock: `date … | tr …`."""
    first = _first_stage(script.items[0].node)
    return first is not None and first.words[0].literal in _CLOCK


def _rewrites_date(script: Script, scope: Scope, expand: Expand, depth: int) -> bool:
    """Say whether a pipeline only writes a date otherwise: `echo $day | sed 's/-//g'`."""
    first = _first_stage(script.items[-1].node)
    if first is None or first.words[0].literal not in ("echo", "printf"):
        return False
    return any(expand(word, scope, depth).dated for word in first.words[1:4])


def _rewritten(node: Node, scope: Scope, expand: Expand, depth: int) -> Value | None:
    """Give what `echo KNOWN | sed … | tr …` says, None where a part of it is not known.

    Of a name known in part (`echo "$f" | sed 's/raw_//'` for each `raw_*.csv`) known words may be taken out.
    """
    stages = node.stages if isinstance(node, Pipeline) and not node.negated else ()
    calls = [[expand(word, scope, depth) for word in stage.words] for stage in stages if isinstance(stage, Command)]
    if len(calls) != len(stages) or not 1 < len(calls) <= _DEPTH or not calls[0]:
        return None
    if calls[0][0].text not in ("echo", "printf") or not all(value.exact for call in calls[1:] for value in call):
        return None
    said = [value for value in calls[0][1:] if not re.fullmatch(r"-[neE]+", value.text)]
    if any("%" in value.text or "\\" in value.text for value in said):
        return None
    filters = [[value.text for value in call] for call in calls[1:]]
    if all(value.exact for value in said):
        text = rewritten(" ".join(value.text for value in said), filters)
        return None if text is None else literal(text)
    text = rewritten_in_part(said[0].text, filters) if len(said) == 1 else None
    return None if text is None else said[0].but(text)


def _listed(node: Node) -> list[Command | None]:
    """Give the simple commands of an `&&` list or group in order, None for what is no simple command."""
    if isinstance(node, Command):
        return [node]
    if isinstance(node, AndOr) and all(operator == "&&" for operator, _ in node.rest):
        return [c for part in (node.first, *(other for _, other in node.rest)) for c in _listed(part)][:20]
    if isinstance(node, Group) and len(node.body.items) == 1:
        return _listed(node.body.items[0].node)
    return [None]


def _change_folder(command: Command, scope: Scope, expand: Expand, depth: int) -> bool:
    values = [expand(one, scope, depth) for one in command.words]
    if not values or values[0].text not in ("cd", "pushd"):
        return False
    where = [value for value in values[1:] if not value.text.startswith("-")]
    scope.folder = entered(where[0] if where else scope.home, scope)
    return True


def entered(target: Value, scope: Scope) -> Value:
    """Give the folder after `cd target`."""
    text = target.text
    if text.startswith(("/", "~", "$")) or text == "*" or (not target.exact and text.startswith("*")):
        if text == "~" or text.startswith("~/"):
            return scope.home + target.but(text[1:]) if len(text) > 1 else scope.home
        return target
    if text in (".", ""):
        return scope.folder
    if text == "-":
        return scope.variables.get("OLDPWD") or unknown("$OLDPWD")
    if len(scope.folder.written) + len(target.written) > _LONGEST_FOLDER:
        return unknown("$PWD")
    raw = posixpath.normpath(f"{scope.folder.text}/{text}") if scope.folder.text else text
    shown = posixpath.normpath(f"{scope.folder.written}/{target.written}")
    base = scope.folder + target
    return base.but(raw, shown)


def _date(values: list[Value], shown: str) -> Value:
    """Give a date as its format writes it: `date +%Y/%m/rain.csv` keeps its folders and its words."""
    written = next((value for value in values[1:] if value.text.startswith("+")), None)
    if written is None or not written.exact or len(written.text) > _LONGEST_FORMAT or "%" not in written.text:
        return unknown(shown, dated=True)
    text = _DIRECTIVES.sub("*", written.text[1:])
    # A date is never the root: `$(date +%Y/%m)` lies in the folder that it is used in.
    return Value(f"./{text}" if text.startswith("*/") else text, shown, exact=False, dated=True)


def _named(values: list[Value], scope: Scope, shown: str) -> Value:
    """Give the output of a command that only names things."""
    name = values[0].text.rpartition("/")[2]
    plain = [value for value in values[1:] if not value.text.startswith("-") or value.quoted]
    if name in _CLOCK:
        return _date(values, shown)
    if name == "dirname" and plain:
        return _folder_of(plain[0], scope)
    if name == "basename" and plain:
        base = posixpath.basename(plain[0].text.rstrip("/"))
        suffix = plain[1].text if len(plain) > 1 else ""
        return plain[0].but(base.removesuffix(suffix) if base != suffix else base)
    if name == "pwd":
        return scope.folder
    if name in ("readlink", "realpath") and plain:
        return plain[0] if plain[0].text.startswith(("/", "~", "*")) else entered(plain[0], scope)
    if name in ("echo", "printf") and len(values) > 1 and all(value.exact for value in values) and "%" not in shown:
        return literal(" ".join(value.text for value in values[1:] if not re.fullmatch(r"-[neE]+", value.text)))
    if name in ("ls", "find") and (files := _files(values, shown)) is not None:
        return files
    if name in ("mktemp", "tempfile"):
        return _temporary(values[1:], shown)
    if name == "whoami" and scope.user:
        return literal(scope.user)
    if name in PURE:
        told = {"getopt": lambda: sorted_options(values[1:]), "git": lambda: _top(values, scope)}.get(name)
        return (told() if told else None) or unknown(shown)
    return unknown(shown, state=frozenset({shown}))


def _top(values: list[Value], scope: Scope) -> Value | None:
    """Give the top of the repository (`git rev-parse --show-toplevel`) that a script lies in, where it asks there."""
    texts = [value.text for value in values]
    if texts[-2:] != ["rev-parse", "--show-toplevel"] or scope.source.path is None or not scope.zero.exact:
        return None
    asked = entered(values[2], scope) if texts[1:2] == ["-C"] and len(texts) == 5 else scope.folder
    whole = posixpath.normpath(entered(scope.zero, scope).text)
    inner = f"/{scope.source.path}"
    top = whole.removesuffix(inner)
    place = posixpath.normpath(asked.text)
    return literal(top) if top != whole and top and (place == top or place.startswith(f"{top}/")) else None


def _folder_of(value: Value, scope: Scope) -> Value:
    if not value.exact and "/" not in value.text:
        return value.but(value.text, posixpath.dirname(value.written) or value.written)
    folder = posixpath.dirname(value.text) or "."
    written = posixpath.dirname(value.written) or "."
    if folder == "." and value is scope.zero:
        return scope.folder
    return value.but(folder, written)


def _temporary(arguments: list[Value], shown: str) -> Value:
    """Give the name that mktemp(1) makes: its template with the X run as `*`, else a name under /tmp."""
    state = frozenset({shown})
    template = next((a for a in arguments if "XXX" in a.text), None)
    if template is None:
        return Value("/tmp/tmp.*", shown, exact=False, private=True, state=state)  # noqa: S108  a name only
    text = re.sub(r"X{3,}", "*", template.text)
    text = text.removeprefix("--tmpdir=")
    if "/" not in text:
        text = f"/tmp/{text}"  # noqa: S108  a name only
    return Value(text, shown, exact=False, private=True, state=state | template.state)
