"""Read Perl, PHP, Ruby, JavaScript, R and SQL by their text: constant paths and the idioms that open them.

There is no tree here, so the confidence is lower than for Python: a path that is spelled out, or kept in a variable
that is set once, and opened, moved or listed; and tables in strings that are SQL.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from migrator.commands import expansion
from migrator.commands.interpreters import Interpreted
from migrator.commands.invocation import Space, Touch
from migrator.commands.languages import sql
from migrator.commands.languages.findings import Findings
from migrator.commands.languages.idioms import IDIOMS, Idioms
from migrator.commands.languages.terms import arguments, evaluated
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal
from migrator.model import Mode

_ASSIGNED = re.compile(
    r"(?:^|[;{(]|\b(?:my|our|local|const|let|var|final|define|use\s+constant|public|private|static)\b)[ \t]*\(?[ \t]*"
    r"([$@]?[A-Za-z_]\w*)[ \t]*(?:=>|<-|=)(?![=~>])[ \t]*",
    re.MULTILINE,
)
_DEFINED = re.compile(
    r"^[ \t]*(?:(?:export|async|public|private|protected|static)[ \t]+)*"
    r"(?:sub|function|def)[ \t]+([A-Za-z_]\w*)[ \t]*(?:\(([^)]{0,500})\))?"
    r"|^[ \t]*(?:const|let|var)[ \t]+(\w+)[ \t]*=[ \t]*(?:async[ \t]*)?\(([^)]{0,500})\)[ \t]*=>"
    r"|^[ \t]*([\w.]+)[ \t]*<-[ \t]*function[ \t]*\(([^)]{0,500})\)",
    re.MULTILINE,
)
_TAKEN = re.compile(r"my\s*\(([^)]*)\)\s*=\s*@_|my\s+(\$\w+)\s*=\s*shift\b")
_COMMENT = re.compile(r"^[ \t]*(?:#(?!!)|//|\*|--).*$", re.MULTILINE)
_QUOTED = re.compile(
    r"\"((?:[^\"\\]|\\.){0,20000})\"|'((?:[^'\\]|\\.){0,20000})'|`((?:[^`\\]|\\.){0,20000})`"
    r"|q[qr]?\{([^{}]{0,20000})\}|<<[~-]?[\"']?(\w+)[\"']?;?\n(.*?)\n\s*\5\b",
    re.DOTALL,
)
_DATABASE = re.compile(
    r"dbi:\w+:(?:database=|dbname=)?([\w-]+)|dbname=([\w-]+)|mysqli_connect\([^)]{0,300},\s*['\"](\w+)['\"]\s*\)",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"\$(\w+)\s*=\s*(?:DBI->connect\(\s*[\"']dbi:\w+:(?:database=|dbname=)?([\w-]+)|new\s+\\?PDO\([^;]{0,200}dbname=([\w-]+))",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\$(\w+)->\w+\(\s*$")
_COMMANDS = re.compile(r"`([^`\n]{3,2000})`|qx[{/(]([^})/\n]{3,2000})[})/]")
_TWO_WORDS = re.compile(r"^\s*(\+?>>?|\+?<)\s*")
_SURE = 0.7
_SHORTEST = 11
_LONGEST = 600_000


@dataclass(slots=True)
class _Text:
    """A program's text with what is known of its names."""

    text: str
    path: str
    idioms: Idioms
    folder: Value
    found: Findings
    lines: list[int]
    known: dict[str, Value] = field(default_factory=dict)
    starts: list[tuple[int, str, list[str]]] = field(default_factory=list)

    def line(self, place: int) -> int:
        """Give the line of a place."""
        return bisect_right(self.lines, place)


def read(_walk: Walk, told: Interpreted, path: str, source: Source, scope: Scope) -> Findings:
    """Give the effects of a program that is read by its text."""
    found = Findings()
    text = source.text[:_LONGEST]
    if told.language == "sql":
        _tables(found, text, path, None, 0)
        return found
    idioms = IDIOMS[told.language]
    # Comments are blanked, not removed: places and lines stay.
    plain = _COMMENT.sub(lambda match: " " * len(match[0]), text)
    starts = [0, *(match.end() for match in re.finditer("\n", plain))]
    script = _deployed(told, scope)
    folder = script.but(posixpath.dirname(script.text) or ".", posixpath.dirname(script.written) or ".")
    reading = _Text(plain, path, idioms, folder, found, starts)
    _names(reading)
    _functions(reading)
    _accesses(reading)
    _commands(reading)
    _statements(reading)
    return found


def _deployed(told: Interpreted, scope: Scope) -> Value:
    value = told.script if told.script is not None else literal("./-")
    return value if value.text.startswith(("/", "~", "*")) else expansion.entered(value, scope)


def _names(reading: _Text) -> None:
    """Learn variables that are set once to a string; one that is set twice is not known."""
    twice: set[str] = set()
    for match in _ASSIGNED.finditer(reading.text):
        name = match[1].lstrip("$@")
        end = _statement_end(reading.text, match.end(), semicolons=reading.idioms in (IDIOMS["perl"], IDIOMS["php"]))
        value = evaluated(reading.text[match.end() : end], reading.known, reading.idioms, reading.folder)
        if value is None:
            continue
        if name in reading.known and reading.known[name].text != value.text:
            twice.add(name)
        reading.known.setdefault(name, value)
    for name in twice:
        del reading.known[name]


def _statement_end(text: str, start: int, *, semicolons: bool) -> int:
    """Give where the value of an assignment ends: at `;` where the language has it, else with the line."""
    if semicolons:
        end = text.find(";", start, start + 400)
        return end if end != -1 else min(len(text), start + 400)
    parts, end = arguments(text, start) if text[start : start + 1] != "(" else ([], start)
    if parts:
        first = text.find(parts[0], start) if parts[0] else start
        return max(start, first) + len(parts[0])
    return min(len(text), start + 300) if end == start else end


def _functions(reading: _Text) -> None:
    """Learn where functions begin and what their parameters are called."""
    for match in _DEFINED.finditer(reading.text):
        name = match[1] or match[3] or match[5] or ""
        listed = match[2] or match[4] or match[6] or ""
        names = [
            part.partition("=")[0].strip().split(" ")[-1].lstrip("$@&*") for part in listed.split(",") if part.strip()
        ]
        if not names:
            body = reading.text[match.end() : match.end() + 400]
            taken = _TAKEN.findall(body)
            if taken and taken[0][0]:
                names = [part.strip().lstrip("$@%") for part in taken[0][0].split(",")]
            else:
                names = [one[1].lstrip("$") for one in taken if one[1]]
        reading.starts.append((match.start(), name, names))


def _accesses(reading: _Text) -> None:
    idioms = reading.idioms
    names = sorted((*idioms.functions, *idioms.opens), key=len, reverse=True)
    pattern = re.compile(
        r"(?<![\w$@%.'\"/-])(?:fs\.|fsp\.|fse\.|promises\.|\\)?("
        + "|".join(map(re.escape, names))
        + r")\b[ \t]*(?=[(\"'$\w])"
    )
    if idioms is IDIOMS["perl"]:
        pattern = re.compile(pattern.pattern.replace(r"(?<![\w$@%.'\"/-])", r"(?<![\w$@%.'\"/])(?<![^-]-)"))
    for match in pattern.finditer(reading.text):
        start = match.end()
        if reading.text[start : start + 1] != "(" and idioms is not IDIOMS["perl"]:
            continue
        parts, _ = arguments(reading.text, start)
        name = match[1]
        if name in idioms.opens:
            _opened(reading, name, parts, match.start())
            continue
        for place, mode in idioms.functions[name]:
            if place < len(parts):
                _touched(reading, parts[place], mode, match.start(), folder=name in idioms.folders)


def _opened(reading: _Text, name: str, parts: list[str], place: int) -> None:
    """Read an open with a mode; Perl's two-argument form keeps it at the head of the path."""
    where, how = reading.idioms.opens[name]
    if name == "open" and len(parts) == 2:
        value = evaluated(parts[1], reading.known, reading.idioms, reading.folder)
        match = _TWO_WORDS.match(value.text) if value is not None else None
        if value is not None and "|" not in value.text:
            mode = _mode(match[1]) if match else Mode.READ
            rest = value.text[match.end() :] if match else value.text
            _note(reading, value.but(rest), mode, place)
        return
    if len(parts) <= where:
        return
    sign = evaluated(parts[how], reading.known, reading.idioms, reading.folder) if len(parts) > how else None
    text = sign.text if sign is not None else "r"
    if "|" in text or parts[where].startswith("\\"):
        return
    _touched(reading, parts[where], _mode(text), place)


def _mode(sign: str) -> Mode:
    if ">>" in sign or "a" in sign.partition(":")[0]:
        return Mode.APPEND
    if ">" in sign or any(letter in sign.partition(":")[0] for letter in "wxc"):
        return Mode.WRITE
    return Mode.READ


def _touched(reading: _Text, term: str, mode: Mode, place: int, *, folder: bool = False) -> None:
    value = evaluated(term, reading.known, reading.idioms, reading.folder)
    if value is not None:
        ended = value + literal("/") if folder and not value.text.endswith("/") else value
        _note(reading, ended, mode, place)
        return
    bare = term.strip().lstrip("$@")
    function = _around(reading, place)
    if function is None or bare not in function[2]:
        return
    number = function[2].index(bare)
    for call in _calls(reading, function[1]):
        if number < len(call):
            passed = evaluated(call[number], reading.known, reading.idioms, reading.folder)
            if passed is not None:
                _note(reading, passed, mode, place)


def _around(reading: _Text, place: int) -> tuple[int, str, list[str]] | None:
    """Give the function that a place most likely lies in: the last one that begins before it."""
    number = bisect_right([start for start, _, _ in reading.starts], place)
    return reading.starts[number - 1] if number else None


def _calls(reading: _Text, name: str) -> list[list[str]]:
    if not name:
        return []
    pattern = re.compile(rf"(?<![\w$])(?<!sub )(?<!function )(?<!def ){re.escape(name)}\s*\(")
    return [arguments(reading.text, match.end() - 1)[0] for match in list(pattern.finditer(reading.text))[:30]]


def _note(reading: _Text, value: Value, mode: Mode, place: int) -> None:
    text = value.text
    if (
        not text
        or "\n" in text
        or len(text) > 500
        or text.startswith(("&", "|", "-"))
        or ("/" not in text and "." not in text)
    ):
        return
    reading.found.touch(Touch(mode, value, _SURE, Space.PATH, reading.line(place), reading.path))


def _commands(reading: _Text) -> None:
    """Note commands that the program starts."""
    names = "|".join(sorted(map(re.escape, reading.idioms.starts)))
    for match in re.finditer(rf"(?<![\w$@>.-])({names})\s*(?=[(\"'$])", reading.text):
        parts, _ = arguments(reading.text, match.end())
        values = [evaluated(part.strip("[]"), reading.known, reading.idioms, reading.folder) for part in parts[:20]]
        known = [value for value in values if value is not None]
        if known and values[0] is not None:
            text = " ".join(value.text.replace("*", "$UNKNOWN") if not value.exact else value.text for value in known)
            reading.found.starts.append((text[:2000], reading.path, reading.line(match.start())))
    if reading.idioms is not IDIOMS["node"]:
        for match in _COMMANDS.finditer(reading.text):
            text = match[1] or match[2]
            reading.found.starts.append((text[:2000], reading.path, reading.line(match.start())))


def _statements(reading: _Text) -> None:
    """Find tables in strings that are SQL."""
    names = {next(group for group in match.groups() if group) for match in _DATABASE.finditer(reading.text)}
    database = names.pop() if len(names) == 1 else None
    handles = {match[1]: match[2] or match[3] for match in _HANDLE.finditer(reading.text)}
    for match in _QUOTED.finditer(reading.text):
        text = match[6] or next((group for group in match.groups()[:4] if group), "")
        if len(text) > _SHORTEST and sql.looks_like(text):
            asked = _ASKED.search(reading.text, max(0, match.start() - 80), match.start())
            own = handles.get(asked[1], database) if asked else database
            _tables(reading.found, text, reading.path, own, reading.line(match.start()) - 1)


def _tables(found: Findings, text: str, path: str, database: str | None, line: int) -> None:
    for touched in sql.tables(text):
        name = f"{database}.{touched.name}" if database and "." not in touched.name else touched.name
        found.touch(Touch(touched.mode, literal(name), _SURE, Space.TABLE, line + touched.line, path))
