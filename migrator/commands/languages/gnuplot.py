"""Read scripts of gnuplot: the files that are plotted, the picture that is made, the commands that are asked.

Strings, variables that hold one, and `.` between them are known; what a loop or a function makes is not (gnuplot
manual, "Commands": plot, splot, stats, fit, load, call, set output, set print, system).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.commands.interpreters import Interpreted
from migrator.commands.invocation import Touch
from migrator.commands.languages.findings import Findings
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, joined, literal, unknown
from migrator.model import Mode

_SURE = 0.8
_LONGEST = 2000
_STRING = r"\"(?:[^\"\\]|\\.)*\"|'[^']*'"
_PIECE = rf"(?:{_STRING}|[A-Za-z_]\w*)"
_TEXT = rf"{_PIECE}(?:\s*\.\s*{_PIECE})*"
_SETTING = re.compile(rf"\s*([A-Za-z_]\w*)\s*=\s*({_TEXT})\s*\Z")
_PLOTS = re.compile(r"\s*(?:plot|splot|replot|stats|p|sp|rep)\b(.*)", re.DOTALL)
_FITS = re.compile(rf"\s*fit\b.*?({_STRING})", re.DOTALL)
_MAKES = re.compile(rf"\s*set\s+(?:output|out|o|print)\s+({_TEXT})", re.DOTALL)
_LOADS = re.compile(rf"\s*(?:load|call)\s+({_TEXT})", re.DOTALL)
_ASKS = re.compile(rf"\bsystem\s*\(?\s*({_STRING})|`([^`]+)`")
_RANGES = re.compile(r"\s*(?:for\s*)?\[[^\]]*\]")
_TOKEN = re.compile(rf"{_STRING}|#|;|\\\n|\n|[()\[\]{{}},]")
_SOURCE = re.compile(rf"\s*({_TEXT})")


def read(_walk: Walk, told: Interpreted, path: str, source: Source, _scope: Scope) -> Findings:
    """Give what a script touches; `-e` before it may set its variables."""
    found = Findings()
    known: dict[str, Value] = {}
    if told.text is not None and told.script is not None:
        for _, command in _commands(told.text.text):
            _set(command, known)
    for line, command in _commands(source.text):
        if not _set(command, known):
            _command(command, known, found, path, line)
        for match in _ASKS.finditer(command):
            found.starts.append((match[1][1:-1] if match[1] else match[2], path, line))
    return found


def _commands(text: str) -> Iterator[tuple[int, str]]:
    """Yield commands with the line that each begins on; a line that ends in a backslash goes on."""
    begin, line = 0, 1
    for match in _TOKEN.finditer(text):
        sign = match[0]
        if sign in (";", "\n") and match.start() >= begin:
            yield line, text[begin : match.start()]
            line += text.count("\n", begin, match.end())
            begin = match.end()
        elif sign == "#" and match.start() >= begin:
            end = text.find("\n", match.start())
            yield line, text[begin : match.start()]
            begin, line = (len(text), line) if end < 0 else (end + 1, line + text.count("\n", begin, end + 1))
    yield line, text[begin:]


def _set(command: str, known: dict[str, Value]) -> bool:
    match = _SETTING.match(command) if len(command) < _LONGEST else None
    if match is not None:
        known[match[1]] = _value(match[2], known)
    return match is not None


def _value(text: str, known: dict[str, Value]) -> Value:
    """Give what strings and variables with `.` between them come to."""
    parts: list[Value] = []
    for piece in re.findall(_PIECE, text):
        if piece[0] in "\"'":
            parts.append(literal(piece[1:-1]))
        else:
            parts.append(known.get(piece, unknown(piece)))
    return joined(parts)


def _command(command: str, known: dict[str, Value], found: Findings, path: str, line: int) -> None:
    if len(command) > 10 * _LONGEST:
        return
    for pattern, mode in ((_MAKES, Mode.WRITE), (_LOADS, Mode.READ), (_FITS, Mode.READ)):
        if match := pattern.match(command):
            _touch(mode, _value(match[1], known), found, path, line)
            return
    if match := _PLOTS.match(command):
        for item in _items(match[1].replace("\\\n", " ")):
            if source := _SOURCE.match(_RANGES.sub("", item)):
                _touch(Mode.READ, _value(source[1], known), found, path, line)


def _items(text: str) -> Iterator[str]:
    """Yield the items of a plot, apart at the commas that stand in no brackets and no string."""
    depth = begin = 0
    for match in _TOKEN.finditer(text):
        if match[0] in "([{":
            depth += 1
        elif match[0] in ")]}":
            depth -= 1
        elif match[0] == "," and depth <= 0:
            yield text[begin : match.start()]
            begin = match.end()
    yield text[begin:]


def _touch(mode: Mode, value: Value, found: Findings, path: str, line: int) -> None:
    """Note a file; data on the line (`-`, `$block`), a pipe and a function are none."""
    text = value.text
    if text.startswith("<"):
        found.starts.append((text[1:].strip(), path, line))
    elif text.strip("*") and ("/" in text or "." in text) and not text.startswith(("-", "+", "|")):
        found.touch(Touch(mode, value, _SURE, line=line, path=path))
