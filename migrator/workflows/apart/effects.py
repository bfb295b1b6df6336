"""What a statement leaves behind in its shell for those after it: what can be restated, and what only it can make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrator.commands.programs.environments import switches
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
    Node,
    Opaque,
    Parameter,
    Pipeline,
    Script,
    Test,
    While,
    Word,
)
from migrator.workflows.apart.purity import pure
from migrator.workflows.apart.source import NAME, Source

_ASSIGNS = frozenset({"read", "mapfile", "readarray", "getopts", "printf", "let", "local", "unset", "wait"})
_DECLARES = frozenset({"export", "readonly", "declare", "typeset"})
_CHANGES = frozenset({"cd", "pushd", "popd", "set", "shift", "umask", "ulimit", "shopt", "exec", "eval", ".", "source"})
_SPECIAL = frozenset({":", ".", "eval", "export", "set", "unset", "exec", "exit", "return", "shift", "readonly"})
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """Shell text that only sets up the shell. `defines` are names of variables and functions.

    `exports` are those that programs see. `always` says that it holds for every part behind it; `guarded`, that a part
    is only run where it succeeds. `sets` are the arguments of `set`.
    """

    text: str
    defines: frozenset[str]
    tokens: frozenset[str]
    exports: frozenset[str] = frozenset()
    always: bool = False
    sets: tuple[str, ...] = ()
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """Shell state that only this shell has: variables by name, or, where `everything` says why, any of it."""

    names: frozenset[str]
    exports: frozenset[str] = frozenset()
    everything: str = ""


def effects(node: Node, source: Source, *, background: bool = False) -> Iterator[Entry | Made]:
    """Give what a statement leaves behind, in order."""
    if background:
        return
    if pure(node, source):
        entry = _entry(node, source)
        if entry.sets and not isinstance(node, Command):
            yield Made(frozenset(), everything=f"`{entry.text[:60]}` may switch options of the shell")
        yield entry
        return
    if isinstance(node, Group) and not node.subshell and not node.redirects:
        for item in node.body.items:
            yield from effects(item.node, source, background=item.background)
        return
    rest: list[Node] = [node]
    if isinstance(node, AndOr) and (prefix := pure_prefix(node, source)):
        yield prefix[0]
        rest = [one for _, one in node.rest[prefix[1] :]]
    left = _Left()
    for one in rest:
        _collect(one, source, left, 0)
    everything = left.everything or ("what it changes in its shell depends on a run" if left.always else "")
    if left.names or everything:
        yield Made(frozenset(left.names), frozenset(left.exports), everything)


def pure_prefix(node: AndOr, source: Source) -> tuple[Entry, int] | None:
    """Give the settings that a list begins with, and how many operands behind the first belong to them."""
    if not pure(node.first, source):
        return None
    count = 0
    while count < len(node.rest) and pure(node.rest[count][1], source):
        count += 1
    last = node.rest[count - 1][1] if count else node.first
    found = [_entry(one, source) for one in (node.first, *(one for _, one in node.rest[:count]))]
    text = source.slice(node.first, last)
    return Entry(
        text,
        frozenset().union(*(one.defines for one in found)),
        frozenset(NAME.findall(text)),
        frozenset().union(*(one.exports for one in found)),
        any(one.always for one in found),
        tuple(word for one in found for word in one.sets),
    ), count


def _entry(node: Node, source: Source) -> Entry:
    left = _Left()
    _collect(node, source, left, 0)
    text = source.slice(node)
    odd = any(not NAME.fullmatch(name) for name in left.names)
    return Entry(
        text,
        frozenset(left.names),
        frozenset(NAME.findall(text)),
        frozenset(left.exports),
        bool(left.always) or odd or bool(left.exports),
        tuple(left.sets),
    )


class _Left:
    """What was found so far."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.exports: set[str] = set()
        self.everything = ""
        self.always = False
        self.sets: list[str] = []


def _collect(node: Node | Script, source: Source, left: _Left, depth: int) -> None:
    """Note what a node changes in the shell that reads it; subshells and stages of pipelines keep theirs."""
    if depth > _DEEPEST:
        left.everything = "its functions call each other too deeply"
        return
    match node:
        case Command():
            _command(node, source, left, depth)
        case Function():
            left.names.add(node.name)
        case Test():
            _tested(node, source, left)
        case Opaque():
            left.everything = "there is text that was not understood"
        case For():
            left.names.update([node.name] if node.name else NAME.findall(node.header))
        case Case():
            _word(node.word, left)
        case _:
            pass
    for part in _inside(node):
        _collect(part, source, left, depth)


def _inside(node: Node | Script) -> Sequence[Node | Script]:
    """Give what of a node the same shell runs."""
    match node:
        case Script():
            return [item.node for item in node.items if not item.background]
        case AndOr():
            return [node.first, *(one for _, one in node.rest)]
        case Group(subshell=False) | For():
            return [node.body]
        case If():
            arms = [part for arm in node.arms for part in arm]
            return arms if node.otherwise is None else [*arms, node.otherwise]
        case While():
            return [node.condition, node.body]
        case Case():
            return [body for _, body in node.arms]
        case Pipeline(stages=(stage,)):
            return [stage]
        case _:
            return []


def _tested(node: Test, source: Source, left: _Left) -> None:
    if node.operator == "((":
        left.names.update(changed(source.slice(node)))
    if any("BASH_REMATCH" in word.raw or word.raw == "=~" for word in node.words):
        left.names.add("BASH_REMATCH")


def _command(node: Command, source: Source, left: _Left, depth: int) -> None:
    for assignment in node.assignments:
        _assignment(assignment, left)
    for word in node.words:
        _word(word, left)
    name = node.words[0].literal if node.words else None
    if not node.words:
        left.names.update(assignment.name for assignment in node.assignments)
        return
    if name is None:
        if source.functions or "$" in node.words[0].raw:
            left.always = True
        return
    # POSIX 2.9.1: what is assigned before a special builtin stays, and in some shells before a function.
    if name in _SPECIAL or name in source.functions:
        left.names.update(assignment.name for assignment in node.assignments)
    if name in source.functions:
        _collect(source.functions[name].body, source, left, depth + 1)
    elif name in _DECLARES or name in _ASSIGNS:
        _declared(name, node, left)
    elif name in _CHANGES:
        _changes(name, node, source, left, depth)
    elif _switches(name, node):
        left.everything = f"`{source.slice(node)[:60]}` changes its shell"


def _switches(name: str, node: Command) -> bool:
    if name in ("command", "builtin"):
        return len(node.words) > 1 and node.words[1].literal in _CHANGES | _DECLARES
    return switches([word.literal or word.raw for word in node.words])


def _changes(name: str, node: Command, source: Source, left: _Left, depth: int) -> None:
    left.always = True
    if name == "set":
        left.sets += [word.literal or word.raw for word in node.words[1:]]
    if pure(node, source):
        inner = source.sourced(node) if name in (".", "source") else None
        if inner is not None:
            left.always = not source.bash
            _collect(inner.script, inner, left, depth + 1)
        return
    if name == "exec" and len(node.words) > 1:
        return
    left.everything = left.everything or f"`{source.slice(node)[:60]}` changes its shell"


def _declared(name: str, node: Command, left: _Left) -> None:
    texts = [word.raw for word in node.words[1:]]
    found = [match[0] for text in texts if not text.startswith("-") and (match := NAME.match(text.strip("\"'")))]
    if name == "printf":
        found = found[:1] if texts[:1] == ["-v"] else []
    if name == "let":
        found = [each for text in texts for each in NAME.findall(text)]
    if name == "wait":
        found = found if "-p" in texts else []
    left.names.update(found or (["REPLY", "MAPFILE"] if name in ("read", "mapfile", "readarray") else []))
    if name == "getopts":
        left.names.update(("OPTARG", "OPTIND"))
    exporting = any(re.fullmatch(r"-\w*x\w*", text) for text in texts)
    if name == "export" or (name in ("declare", "typeset") and exporting):
        left.exports.update(found)


def _assignment(each: Assignment, left: _Left) -> None:
    for word in each.elements or ((each.value,) if each.value is not None else ()):
        _word(word, left)


def _word(word: Word, left: _Left) -> None:
    for part in word.parts:
        if isinstance(part, Parameter) and part.operator in (":=", "="):
            left.names.add(part.name)
        elif isinstance(part, Arithmetic):
            left.names.update(changed(part.text))


def changed(text: str) -> list[str]:
    """Give the variables that an arithmetic expression may change."""
    return NAME.findall(text) if re.search(r"(?<![=!<>])=(?!=)|\+\+|--|<<=|>>=", text) else []
