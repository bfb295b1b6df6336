"""A word's parts: quotes and backslashes removed, what only a run can know kept apart (bash(1), EXPANSION, QUOTING)."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from migrator.shell.lexing import LexError, skip
from migrator.shell.quoting import decode_ansi
from migrator.shell.source import Source
from migrator.shell.tree import (
    Arithmetic,
    Fault,
    Literal,
    Parameter,
    Part,
    ProcessSubstitution,
    Script,
    Substitution,
    Word,
)

InnerParse = Callable[[str, int, int, int, list[int]], Script]
"""Parses the text of a substitution, given its offset and line in the text that was asked about, its depth, and the
number of characters that may still be read."""

_SPECIAL = re.compile(r"['\"\\$`<>]")
_RUN = re.compile(r"[^'\"\\$`<>]+")
_SIMPLE_DOUBLE = re.compile(r'"([^"\\$`]*)"')
_DOUBLE_RUN = re.compile(r"[^\"\\$`]+")
_NAME = re.compile(r"[A-Za-z_]\w*|[0-9@*#?$!-]", re.ASCII)
_NAMED = re.compile(r"\$([A-Za-z_]\w*)", re.ASCII)
_BRACED = re.compile(
    r"(?P<prefix>[#!]?)(?P<name>(?:[A-Za-z_]\w*|[0-9]+|[@*#?$!-])(?:\[[^\]]*\])?)"
    r"(?P<operator>:[-=?+]|##?|%%?|//?|/[#%]|\^\^?|,,?|[-=?+:@*])?(?P<argument>.*)",
    re.ASCII | re.DOTALL,
)
_SUBSTITUTION = re.compile(r"\\.|\$\(|`", re.DOTALL)
_UNESCAPED = re.compile(r"\\([\\`$])")


class WordReader:
    """Reads words of one source; `parse` reads what stands in substitutions, whose faults are kept.

    `depth` counts what the place that is read lies in, `parsed` the substitutions so far. `left` holds, for all readers
    of a text, how many characters of substitutions may still be read: each of them is read again in all that hold it.
    """

    __slots__ = ("depth", "faults", "left", "parse", "parsed", "source")

    def __init__(self, source: Source, parse: InnerParse, depth: int, left: list[int]) -> None:
        self.source = source
        self.parse = parse
        self.depth = depth
        self.left = left
        self.faults: list[Fault] = []
        self.parsed = 0

    def read(self, start: int, end: int) -> Word:
        """Give the word between two offsets."""
        source = self.source
        raw = source.text[start:end]
        special: tuple[Part, ...] | None = None
        if raw[:1] == "$" and (name := _NAMED.fullmatch(raw)):
            special = (Parameter(name[1]),)
        elif _SPECIAL.search(raw) is not None:
            special = self._parts(source.bare, start, end)
        return source.word(start, raw, special)

    def inner(self, text: str, offset: int) -> Script:
        """Parse a substitution whose text begins at an offset of the source."""
        source = self.source
        self.parsed += 1
        self.left[0] -= len(text)
        script = self.parse(text, source.base + offset, source.line_of(offset), self.depth + 1, self.left)
        self.faults.extend(script.faults)
        return script

    def _parts(self, text: str, start: int, end: int) -> tuple[Part, ...]:
        parts: list[Part] = []
        pos = start
        while pos < end:
            char = text[pos]
            if run := _RUN.match(text, pos, end):
                _literal(parts, run[0], quoted=False)
                pos = run.end()
            elif char == "\\":
                escaped = text[pos + 1 : min(pos + 2, end)]
                if escaped != "\n":
                    _literal(parts, escaped or "\\", quoted=True)
                pos += 2
            elif char == "'":
                stop = skip(text, pos, end)
                _literal(parts, text[pos + 1 : stop - 1], quoted=True)
                pos = stop
            elif simple := _SIMPLE_DOUBLE.match(text, pos, end):
                _literal(parts, simple[1], quoted=True)
                pos = simple.end()
            elif char == '"' or text.startswith('$"', pos, end):
                stop = skip(text, pos, end)
                self._quoted(parts, text, text.index('"', pos) + 1, stop - 1)
                pos = stop
            elif char in "<>":
                pos = self._process(parts, text, pos, end)
            else:
                pos = self._expansion(parts, text, pos, end, quoted=False)
        return _joined(parts)

    def _quoted(self, parts: list[Part], text: str, start: int, end: int) -> None:
        """Read what stands between double quotes."""
        if start == end:
            _literal(parts, "", quoted=True)
        pos = start
        while pos < end:
            if run := _DOUBLE_RUN.match(text, pos, end):
                _literal(parts, run[0], quoted=True)
                pos = run.end()
            elif text[pos] == "\\":
                escaped = text[pos + 1 : min(pos + 2, end)]
                if escaped != "\n":
                    _literal(parts, escaped if escaped and escaped in '$`"\\' else "\\" + escaped, quoted=True)
                pos += 2
            else:
                pos = self._expansion(parts, text, pos, end, quoted=True)

    def _process(self, parts: list[Part], text: str, pos: int, end: int) -> int:
        if not text.startswith("(", pos + 1, end):
            _literal(parts, text[pos], quoted=False)
            return pos + 1
        stop = skip(text, pos, end)
        parts.append(ProcessSubstitution(text[pos], self.inner(self.source.text[pos + 2 : stop - 1], pos + 2)))
        return stop

    def _expansion(self, parts: list[Part], text: str, pos: int, end: int, *, quoted: bool) -> int:
        """Read the `$` or backtick at `pos` and give the offset behind it."""
        if text[pos] == "`":
            stop = skip(text, pos, end)
            inside = _UNESCAPED.sub(r"\1", self.source.text[pos + 1 : stop - 1])
            if quoted:
                inside = inside.replace('\\"', '"')
            parts.append(Substitution(self.inner(inside, pos + 1), quoted))
            return stop
        following = text[pos + 1 : min(pos + 2, end)]
        if following == "(":
            return self._parentheses(parts, text, pos, end, quoted=quoted)
        if following == "{":
            stop = skip(text, pos, end)
            scripts = self.scripts(text, pos + 2, stop - 1)
            parts.append(_braced(self.source.text[pos + 2 : stop - 1], scripts, quoted=quoted))
            return stop
        if following == "'" and not quoted:
            stop = skip(text, pos, end)
            _literal(parts, decode_ansi(text[pos + 2 : stop - 1]), quoted=True)
            return stop
        if name := _NAME.match(text, pos + 1, end):
            parts.append(Parameter(name[0], quoted=quoted))
            return name.end()
        _literal(parts, "$", quoted=quoted)
        return pos + 1

    def scripts(self, text: str, start: int, end: int) -> tuple[Script, ...]:
        """Give the substitutions between two offsets of a text in which quotes are no matter: `${x:-$(…)}`, a body."""
        found: list[Part] = []
        pos = start
        while match := _SUBSTITUTION.search(text, pos, end):
            pos = match.end()
            if match[0][0] == "\\":
                continue
            try:
                pos = self._expansion(found, text, match.start(), end, quoted=True)
            except LexError:
                break
        return tuple(script for part in found for script in scripts_of(part))

    def _parentheses(self, parts: list[Part], text: str, pos: int, end: int, *, quoted: bool) -> int:
        """Read `$((…))` or `$(…)`; `$((a); b)` is a substitution that begins with a subshell."""
        stop = skip(text, pos, end)
        if text.startswith("((", pos + 1) and text.endswith("))", pos, stop):
            try:
                arithmetic = skip(text, pos + 2, stop) == stop - 1
            except LexError:
                arithmetic = False
            if arithmetic:
                parts.append(Arithmetic(text[pos + 3 : stop - 2], self.scripts(text, pos + 3, stop - 2)))
                return stop
        parts.append(Substitution(self.inner(self.source.text[pos + 2 : stop - 1], pos + 2), quoted))
        return stop


def _literal(parts: list[Part], text: str, *, quoted: bool) -> None:
    parts.append(Literal(text, quoted))


def _joined(parts: list[Part]) -> tuple[Part, ...]:
    """Join literal parts of the same kind that touch."""
    before: bool | None = None
    for part in parts:
        kind = part.quoted if isinstance(part, Literal) else None
        if kind is not None and kind is before:
            break
        before = kind
    else:
        return tuple(parts)
    joined: list[Part] = []
    for kind, group in groupby(parts, key=lambda part: part.quoted if isinstance(part, Literal) else None):
        if kind is None:
            joined.extend(group)
        else:
            joined.append(Literal("".join(part.text for part in group if isinstance(part, Literal)), kind))
    return tuple(joined)


def _braced(inside: str, scripts: tuple[Script, ...], *, quoted: bool) -> Parameter:
    match = _BRACED.fullmatch(inside)
    if match is None or (match["argument"] and not match["operator"]):
        # `${#}` and the like are parameters of their own; anything else is kept as written.
        return Parameter(inside, quoted=quoted, scripts=scripts)
    prefix, operator, argument = match["prefix"], match["operator"] or "", match["argument"]
    return Parameter(match["name"], prefix + operator, argument, quoted, scripts)


def scripts_of(part: Part) -> tuple[Script, ...]:
    """Give the scripts that a part of a word runs."""
    match part:
        case Substitution(script=script) | ProcessSubstitution(script=script):
            return (script,)
        case Parameter(scripts=scripts) | Arithmetic(scripts=scripts):
            return scripts
        case _:
            return ()
