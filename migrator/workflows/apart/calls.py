"""Go into the shell text that a command runs: `x.sh args`, `sh x.sh`, `bash -c 'a && b'`.

A piece of it is run by the same shell with `-c`, which gives it the same `$0` and arguments (POSIX, sh).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from migrator.shell import parse
from migrator.shell.tree import Command, Literal, Parameter, Redirect, Word
from migrator.workflows.apart.aborts import Options
from migrator.workflows.apart.pieces import OF_THE_SHELL, Layer, State, Wrap, switches
from migrator.workflows.apart.purity import still
from migrator.workflows.apart.source import Mark, Source, functions_of
from migrator.workflows.apart.taker import Refusal
from migrator.workflows.apart.whole import SHELLS, whole

_SHEBANG = re.compile(r"#![ \t]*(\S+)(?:[ \t]+(\S.*?))?[ \t]*(?:\n|\Z)")
_INLINE = re.compile(r"-[a-zA-Z]*c[a-zA-Z]*")
_KEEPS = frozenset({">>", "&>>", ">&", "<&"})
_EMPTIES = {">": ">>", ">|": ">>", "&>": "&>>"}


@dataclass(frozen=True, slots=True)
class _Call:
    """What is run: the text, where the words before it end and those behind begin, and the options of the shell."""

    text: str
    path: str | None
    before: str
    behind: int
    options: tuple[str, ...]
    arguments: tuple[Word, ...]
    shell: str


def go_in(node: Command, source: Source, state: State) -> tuple[Source, State]:
    """Give the text that a command runs and the state that it begins in. Raise Refusal where it is not known."""
    found = _read(node, source)
    changing = [word for word in node.words if not still(word, source)]
    if changing or any(each.value is not None and not still(each.value, source) for each in node.assignments):
        raise Refusal("its arguments may differ from one look to the next")
    wrap = _wrap(node, source, found)
    script = parse(found.text)
    marks = tuple(
        sorted(
            (
                Mark(mark.trail[1], mark.step, mark.unit, mark.trail[1:])
                for mark in source.within(node.span.start, node.span.end)
                if len(mark.trail) > 1 and mark.trail[0] == node.span.start
            ),
            key=lambda mark: (mark.at, mark.step),
        )
    )
    inner = replace(
        source,
        text=found.text,
        path=found.path,
        script=script,
        marks=marks,
        functions=functions_of(script),
        shell=found.shell,
    )
    if reason := whole(inner):
        raise Refusal(reason)
    on = {letter for switched, letter in switches(found.options) if switched}
    seen = state.exported | {each.name for each in node.assignments}
    layers = (*state.layers, Layer(wrap))
    sure = seen | OF_THE_SHELL | _numbers(found.arguments)
    return inner, State(layers, Options("e" in on, "u" in on), sure, seen, "a" in on)


def _numbers(arguments: Sequence[Word]) -> frozenset[str]:
    """Name the positional parameters that are surely set."""
    sure = 0
    for word in arguments:
        if any(
            not isinstance(part, Literal) and not (isinstance(part, Parameter) and part.quoted) for part in word.parts
        ):
            break
        sure += 1
    return frozenset(str(number) for number in range(1, sure + 1))


def _read(node: Command, source: Source) -> _Call:
    if not node.words:
        raise Refusal("its work lies in what it assigns")
    name = posixpath.basename(node.words[0].literal or "")
    if name in source.functions and "/" not in (node.words[0].literal or ""):
        raise Refusal(f"its work lies in the function `{name}`")
    if name in SHELLS:
        return _shell(node, source)
    return _script(node, 0, source)


def _shell(node: Command, source: Source) -> _Call:
    place = 1
    while place < len(node.words) and node.words[place].raw[:1] in ("-", "+") and node.words[place].raw != "-":
        raw = node.words[place].raw
        inline = _INLINE.fullmatch(raw) is not None
        place += 1 + (not inline and raw in ("-o", "+o", "-O", "+O"))
        if inline:
            break
    else:
        inline = False
    if place >= len(node.words):
        raise Refusal("it is read from standard input")
    options = tuple(word.raw for word in node.words[1:place])
    word = node.words[place]
    if not inline:
        return _script(node, place, source)
    if word.literal is None:
        raise Refusal("its text is made when it runs")
    before = source.text[node.span.start : word.span.start]
    shell = posixpath.basename(node.words[0].literal or "")
    return _Call(word.literal, source.path, before, word.span.end, options, node.words[place + 2 :], shell)


def _script(node: Command, place: int, source: Source) -> _Call:
    word = node.words[place]
    found = source.file(node, word)
    if found is None:
        raise Refusal(f"all of it runs under `{node.words[0].raw[:60]}`")
    path, text = found
    first = source.text[node.span.start : word.span.start]
    options = tuple(each.raw for each in node.words[1:place])
    if place:
        shell = posixpath.basename(node.words[0].literal or "")
        return _Call(text, path, f"{first}-c ", word.span.start, options, node.words[place + 1 :], shell)
    if "/" not in word.raw and re.search(r"\$\{?0\b", text):
        raise Refusal("it asks by which path it was found")
    interpreter, options = _interpreter(text, source)
    shell = posixpath.basename(interpreter.split()[-1])
    prefix = " ".join([interpreter, *options, "-c", ""])
    return _Call(text, path, f"{first}{prefix}", word.span.start, options, node.words[1:], shell)


def _interpreter(text: str, source: Source) -> tuple[str, tuple[str, ...]]:
    match = _SHEBANG.match(text)
    if match is None:
        if text.startswith("#!") or source.path is not None:
            raise Refusal("which shell reads its script is not said")
        return source.shell, ()
    path, argument = match.groups()
    if posixpath.basename(path) == "env" and argument in SHELLS:
        return f"{path} {argument}", ()
    if posixpath.basename(path) not in SHELLS or (argument and not re.fullmatch(r"-[a-zA-Z]+", argument)):
        raise Refusal(f"what `{posixpath.basename(path)}` makes of a part is not known")
    return path, (argument,) if argument else ()


def _wrap(node: Command, source: Source, found: _Call) -> Wrap:
    end = source.end(node)
    behind = source.text[found.behind : end]
    later, last = "", found.behind
    for redirect in node.redirects:
        _check(redirect, source)
        operator = _EMPTIES.get(redirect.operator)
        if operator is None or (redirect.target is not None and redirect.target.literal == "/dev/null"):
            continue
        if redirect.span.start < found.behind or redirect.target is None:
            raise Refusal("its parts share a file that is emptied once for all of them")
        at = source.text.index(redirect.operator, redirect.span.start)
        later += source.text[last:at] + operator
        last = at + len(redirect.operator)
    later += source.text[last:end]
    behind, later = (text if text[:1].isspace() else f" {text}" for text in (behind, later))
    words = max(node.words[-1].span.end, found.behind)
    open_ended = node.assignments or any(redirect.span.start < words for redirect in node.redirects)
    arguments = None if open_ended else words - found.behind + (len(behind) - (end - found.behind))
    return Wrap(found.before, behind.rstrip(), later.rstrip(), quoted=True, arguments=arguments)


def _check(redirect: Redirect, source: Source) -> None:
    empty = redirect.target is not None and redirect.target.literal == "/dev/null"
    if redirect.target is None or not still(redirect.target, source):
        raise Refusal("the file of its output is named when it runs")
    if redirect.operator not in _KEEPS | set(_EMPTIES) and not empty:
        raise Refusal("its parts read one input in turn")
