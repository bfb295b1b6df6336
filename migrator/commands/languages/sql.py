"""Find the tables that a text of SQL reads and writes.

Words are looked for in order (INSERT INTO, UPDATE, DELETE FROM, FROM, JOIN, COPY …), comments and string literals
skipped. That is less than a parser and holds for every dialect alike; what a statement builds by itself stays unseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrator.model import Mode

_TOKEN = re.compile(
    r"--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^'\\]|\\.|'')*(?:'|\Z)|`[^`\n]{1,128}`|\"[^\"\n]{1,128}\"|\[[\w .]{1,128}\]"
    r"|[A-Za-z_$%{*][\w$%{}*]*|\d+|\n|[^\s\w]",
    re.DOTALL,
)
_STATEMENTS = frozenset(
    (
        "SELECT",
        "INSERT",
        "UPDATE",
        "DELETE",
        "CREATE",
        "DROP",
        "TRUNCATE",
        "COPY",
        "MERGE",
        "REPLACE",
        "LOAD",
        "ALTER",
        "WITH",
        "UNLOAD",
        "EXPORT",
        "MSCK",
        "REFRESH",
        "VACUUM",
        "ANALYZE",
        "OPTIMIZE",
    )
)
_NOT_NAMES = frozenset(
    [
        "SELECT",
        "WHERE",
        "SET",
        "VALUES",
        "ON",
        "USING",
        "AS",
        "AND",
        "OR",
        "NOT",
        "NULL",
        "IF",
        "EXISTS",
        "ONLY",
        "LATERAL",
        "UNNEST",
        "TABLE",
        "INTO",
        "FROM",
        "JOIN",
        "LEFT",
        "RIGHT",
        "INNER",
        "OUTER",
        "CROSS",
        "FULL",
        "GROUP",
        "ORDER",
        "BY",
        "LIMIT",
        "UNION",
        "ALL",
        "DISTINCT",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "TO",
        "IN",
        "IS",
        "LIKE",
        "BETWEEN",
        "DUAL",
        "OVERWRITE",
        "TEMPORARY",
        "TEMP",
        "EXTERNAL",
        "UNLOGGED",
        "CASCADE",
        "CURRENT_DATE",
        "NOW",
        "INTERVAL",
        "STDIN",
        "STDOUT",
        "VALUES",
        "DEFAULT",
        "KEY",
        "DUPLICATE",
        "CONFLICT",
        "LOCAL",
        "INFILE",
        "DATA",
        "PARTITION",
        "DIRECTORY",
        "PROGRAM",
        "YEAR",
        "MONTH",
        "DAY",
    ]
)
_LONGEST = 400_000


@dataclass(frozen=True, slots=True)
class TableTouch:
    """A table named in a text: its name as written, how it is touched, the line (from 1)."""

    name: str
    mode: Mode
    line: int


def looks_like(text: str) -> bool:
    """Say whether a text may be SQL: it begins with a statement's word, or one follows a `;` or a comment."""
    return bool(_OPENING.search(text[:2000]))


_OPENING = re.compile(
    r"(?:^|;|\*/|\n)\s*(?:SELECT\s|INSERT\s+(?:INTO|OVERWRITE|IGNORE)|UPDATE\s+[\w`\".]+\s+SET|DELETE\s+FROM|TRUNCATE\s|"
    r"COPY\s+\S+|MERGE\s+INTO|REPLACE\s+INTO|LOAD\s+DATA|CREATE\s+(?:OR\s+REPLACE\s+)?(?:\w+\s+)?(?:TABLE|VIEW)|"
    r"DROP\s+TABLE|WITH\s+\w+\s+AS|UNLOAD\s|REFRESH\s+MATERIALIZED|ALTER\s+TABLE)",
    re.IGNORECASE,
)


def tables(text: str) -> list[TableTouch]:
    """List the tables of a text in order; each name once for each mode. Names of WITH clauses are left out."""
    tokens, lines = _tokens(text[:_LONGEST])
    upper = [token.upper() for token in tokens]
    local = {tokens[n].lower() for n in range(len(tokens) - 2) if _is_local(upper, n)}
    found: dict[tuple[str, Mode], int] = {}
    for n, word in enumerate(upper):
        for mode, start in _starts(word, upper, n):
            end = _skip(upper, start)
            name, after = _name(tokens, upper, end)
            if name and name.lower() not in local:
                found.setdefault((name, mode), lines[n])
            while mode is Mode.READ and name and word == "FROM" and after < len(tokens) and tokens[after] == ",":
                name, after = _name(tokens, upper, after + 1)
                if name and name.lower() not in local:
                    found.setdefault((name, mode), lines[n])
    return [TableTouch(name, mode, line) for (name, mode), line in found.items()]


def _tokens(text: str) -> tuple[list[str], list[int]]:
    tokens: list[str] = []
    lines: list[int] = []
    line = 1
    for match in _TOKEN.finditer(text):
        found = match[0]
        if found != "\n" and not found.startswith(("--", "/*")):
            # A string is no name, but something stands there.
            tokens.append(found if found[0] != "'" else "'")
            lines.append(line)
        line += found.count("\n")
    return tokens, lines


def _is_local(upper: list[str], n: int) -> bool:
    """Say whether a word is a name that WITH gives: `WITH name AS (`, `, name AS (`."""
    return upper[n + 1] == "AS" and upper[n + 2] == "(" and n > 0 and upper[n - 1] in ("WITH", ",", "RECURSIVE")


def _starts(word: str, upper: list[str], n: int) -> list[tuple[Mode, int]]:
    """Give the modes of the table whose name follows this word, and where it may begin."""
    before = upper[n - 1] if n else ""
    following = upper[n + 1] if n + 1 < len(upper) else ""
    if word == "FROM" and before == "DELETE":
        return [(Mode.DELETE, n + 1)]
    if word in ("FROM", "JOIN") and before not in ("DISTINCT", "YEAR", "MONTH", "DAY", "EPOCH", "HOUR"):
        return [(Mode.READ, n + 1)]
    if word == "INTO" and before in ("INSERT", "MERGE", "REPLACE", "IGNORE"):
        return [(Mode.WRITE, n + 1)]
    if word == "TABLE" and before in ("INTO", "OVERWRITE"):
        return [(Mode.WRITE, n + 1)]
    if word == "UPDATE" and following not in ("SET", "OF", "NOWAIT") and before not in ("FOR", "KEY", "ON", "DO"):
        return [(Mode.WRITE, n + 1)]
    if word == "TRUNCATE":
        return [(Mode.DELETE, n + 1)]
    if word in ("TABLE", "VIEW") and "CREATE" in upper[max(0, n - 4) : n]:
        return [(Mode.WRITE, n + 1)]
    if word == "VIEW" and before == "MATERIALIZED" and "REFRESH" in upper[max(0, n - 2) : n]:
        return [(Mode.WRITE, n + 1)]
    if word == "TABLE" and before == "DROP":
        return [(Mode.DELETE, n + 1)]
    if word == "COPY" and before in ("", ";", "\\") and following != "(":
        return [(Mode.WRITE if _copies_in(upper, n) else Mode.READ, n + 1)]
    return []


def _copies_in(upper: list[str], n: int) -> bool:
    for word in upper[n + 1 : n + 60]:
        if word == "FROM":
            return True
        if word in ("TO", ";"):
            return False
    return True


def _skip(upper: list[str], place: int) -> int:
    while place < len(upper) and upper[place] in ("TABLE", "IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY", "INTO"):
        place += 1
    return place


def _name(tokens: list[str], upper: list[str], place: int) -> tuple[str, int]:
    """Read `a.b.c` from a place; give it and the place behind it and its alias."""
    parts: list[str] = []
    while place < len(tokens) and len(parts) < 4:
        token = tokens[place]
        if not (token[0].isalpha() or token[0] in '_`"[$%{*') or upper[place] in _NOT_NAMES:
            break
        parts.append(token.strip('`"[]'))
        place += 1
        if place < len(tokens) and tokens[place] == ".":
            place += 1
            continue
        break
    if not parts or any(sign in part for part in parts for sign in "%${?"):
        return "", place
    if place < len(tokens) and tokens[place] == "(" and len(parts) == 1 and upper[place - 2] in ("FROM", "JOIN"):
        return "", place
    if place < len(tokens) and upper[place] == "AS":
        place += 1
    if place < len(tokens) and tokens[place][0].isalpha() and upper[place] not in _NOT_NAMES:
        place += 1
    return ".".join(parts), place
