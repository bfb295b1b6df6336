"""Find the tables that a text of SQL reads and writes.

Words are looked for in order (INSERT INTO, UPDATE, DELETE FROM, FROM, JOIN, COPY …), comments and string literals
skipped. That is less than a parser and holds for every dialect alike; what a statement builds by itself stays unseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from migrator.commands.languages.sql_columns import assigned, looked_at
from migrator.commands.languages.sql_values import Rows, Values
from migrator.model import Mode, all_columns, all_rows

_TOKEN = re.compile(
    r"--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^'\\]|\\.|'')*(?:'|\Z)|`[^`\n]{1,128}`|\"[^\"\n]{1,128}\"|\[[\w .]{1,128}\]"
    r"|[A-Za-z_$%{*][\w$%{}*]*|\d+|\n|[^\s\w]",
    re.DOTALL,
)
_NOT_NAMES_WORDS = """
    SELECT WHERE SET VALUES ON USING AS AND OR NOT NULL IF EXISTS ONLY LATERAL UNNEST TABLE INTO FROM JOIN LEFT RIGHT
    INNER OUTER CROSS FULL NATURAL GROUP ORDER BY LIMIT UNION ALL DISTINCT CASE WHEN THEN ELSE END TO IN IS LIKE
    BETWEEN DUAL OVERWRITE TEMPORARY TEMP EXTERNAL UNLOGGED CASCADE CURRENT_DATE NOW INTERVAL STDIN STDOUT PSTDIN
    PSTDOUT DEFAULT KEY DUPLICATE CONFLICT LOCAL INFILE DATA PARTITION DIRECTORY PROGRAM YEAR MONTH DAY CSV DELIMITER
    HEADER WITH FORMAT CURRENT TABLESAMPLE FOR FETCH OFFSET HAVING WINDOW RETURNING OUTFILE DUMPFILE
    """
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())
# Words that SQL has uses for and that name tables all the same: plainly, or behind their schema.
_NO_TABLES = _NOT_NAMES - frozenset(["DATA", "DAY", "MONTH", "YEAR"])
_NO_PARTS = _NO_TABLES - frozenset(
    ["CSV", "CURRENT", "FORMAT", "HEADER", "INTERVAL", "KEY", "LOCAL", "PARTITION", "VALUES"]
)
# Schemas that hold no data of anybody's: the catalogue and the server's own counters.
_CATALOGUES = ("information_schema.", "pg_catalog.", "performance_schema.", "pg_", "sys.", "sqlite_", "mysql.proc")
# `extract(epoch FROM x)`, `substring(a FROM 2)`: this FROM names no table.
_TAKING = frozenset(["EXTRACT", "SUBSTRING", "SUBSTR", "TRIM", "OVERLAY", "POSITION", "DATE_PART"])
# COPY's own FROM names a file.
_NO_SOURCE = frozenset(["COPY", "REVOKE", "SHOW", "FETCH", "MOVE", "COMMENT", "GRANT", "CALL", "EXECUTE"])
_FILES = frozenset(["STDIN", "STDOUT", "PSTDIN", "PSTDOUT", "PROGRAM"])
_LONGEST = 400_000


@dataclass(frozen=True, slots=True)
class TableTouch:
    """A table named in a text: its name as written, how it is touched, the line (from 1).

    `columns` are those that are set, or all words of the statements that select; none where it may be any of them.
    `rows` are the texts that stand in a column of every row that is touched.
    """

    name: str
    mode: Mode
    line: int
    columns: tuple[str, ...] = ()
    rows: Rows = ()


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
    """List the tables of a text in order; each name once for each mode.

    Left out are names of WITH clauses, temporary tables, functions and the server's own catalogue.
    """
    tokens, lines, strings = _tokens(text[:_LONGEST])
    upper = [token.upper() for token in tokens]
    local = _local(tokens, upper)
    found: dict[tuple[str, Mode], int] = {}
    parts: dict[tuple[str, Mode], tuple[tuple[str, ...], Rows]] = {}
    place, used = _Place(), _Used(tokens, upper, strings)
    for n, word in enumerate(upper):
        place.take(word, upper[n - 1] if n else "")
        if word == ";":
            used.begin(n + 1)
        for mode, start in _starts(word, upper, n, place):
            for name in _names(tokens, upper, start, several=mode is Mode.DELETE or word == "FROM"):
                if name.lower() not in local and not name.lower().startswith(_CATALOGUES):
                    found.setdefault((name, mode), lines[n])
                    columns, rows = used.columns(word, mode, n), used.rows(word, mode, n)
                    known = parts.get((name, mode), (columns, rows))
                    parts[name, mode] = all_columns(known[0], columns), all_rows(known[1], rows)
    return [TableTouch(name, mode, line, *parts[name, mode]) for (name, mode), line in found.items()]


@dataclass(slots=True)
class _Used:
    """The columns and rows of the statement that is read: those that it selects are looked for once."""

    tokens: list[str]
    upper: list[str]
    strings: dict[int, str]
    first: int = 0
    selected: tuple[str, ...] | None = None

    def begin(self, first: int) -> None:
        """Go on to the next statement."""
        self.first, self.selected = first, None

    def columns(self, word: str, mode: Mode, n: int) -> tuple[str, ...]:
        """Give what is touched of the table behind a word, nothing where it may be every column."""
        if mode is not Mode.READ:
            return assigned(self.tokens, self.upper, n + 1) if word == "UPDATE" else ()
        if self.selected is None:
            self.selected = looked_at(self.tokens, self.upper, self.first)
        return self.selected

    def rows(self, word: str, mode: Mode, n: int) -> Rows:
        """Give the texts that stand in a column of every row that is touched of the table behind a word."""
        if not self.strings or word not in ("FROM", "INTO", "UPDATE") or mode is Mode.DELETE:
            return ()
        values = Values(self.tokens, self.upper, self.strings)
        if mode is Mode.READ:
            return values.asked(self.first)
        return values.changed(n + 1, self.first) if word == "UPDATE" else values.made(n + 1)


@dataclass(slots=True)
class _Place:
    """Where in a statement a word stands: the statement's first word, and what opened the parentheses around."""

    head: str = ""
    opened: list[str] = field(default_factory=list)

    def take(self, word: str, before: str) -> None:
        """Go on by one word."""
        if word == ";":
            self.head, self.opened = "", []
        elif word == "(":
            self.opened.append(before)
        elif word == ")" and self.opened:
            self.opened.pop()
        elif not self.head and word[0].isalpha():
            self.head = word

    @property
    def has_source(self) -> bool:
        """Say whether a FROM here may name a table."""
        return self.opened[-1] not in _TAKING if self.opened else self.head not in _NO_SOURCE


def _local(tokens: list[str], upper: list[str]) -> frozenset[str]:
    """Give the names that the text itself makes for its own use: those of WITH clauses and temporary tables."""
    names: set[str] = set()
    for n, word in enumerate(upper[:-1]):
        if word in ("WITH", ",", "RECURSIVE") and _is_given(upper, n + 1):
            names.add(tokens[n + 1].lower())
        if word in ("TEMP", "TEMPORARY") and upper[n + 1] == "TABLE":
            names.update(name.lower() for name in _names(tokens, upper, n + 2, several=False))
    return frozenset(names)


def _is_given(upper: list[str], n: int) -> bool:
    """Say whether a word is a name that WITH gives: `name AS (`, `name (a, b) AS MATERIALIZED (`."""
    after = n + 1
    if upper[after : after + 1] == ["("]:
        while after < min(len(upper), n + 200) and upper[after] != ")":
            after += 1
        after += 1
    if upper[after : after + 1] != ["AS"]:
        return False
    after += 1
    while upper[after : after + 1] in (["NOT"], ["MATERIALIZED"]):
        after += 1
    return upper[after : after + 1] == ["("]


def _tokens(text: str) -> tuple[list[str], list[int], dict[int, str]]:
    r"""Split a text into words and signs with their lines; give the strings by their place in small letters.

    A client's own command (`\copy`) ends with its line.
    """
    tokens: list[str] = []
    strings: dict[int, str] = {}
    lines: list[int] = []
    line, depth, own = 1, 0, False
    for match in _TOKEN.finditer(text):
        found = match[0]
        depth += (found == "(") - (found == ")")
        own = own or found == "\\"
        if found == "\n" and own and depth <= 0:
            own = False
            tokens.append(";")
            lines.append(line)
        elif found != "\n" and not found.startswith(("--", "/*")):
            # A string is no name, but something stands there.
            if found[0] == "'" and _WHOLE.fullmatch(found):
                strings[len(tokens)] = found[1:-1].lower()
            tokens.append(found if found[0] != "'" else "'")
            lines.append(line)
        line += found.count("\n")
    return tokens, lines, strings


# A text that is written out, in which nothing is put.
_WHOLE = re.compile(r"'[^'\\*$%{}?:@<>\n]{1,100}'")


def _starts(word: str, upper: list[str], n: int, place: _Place) -> list[tuple[Mode, int]]:
    """Give the modes of the table whose name follows this word, and where it may begin."""
    before = upper[n - 1] if n else ""
    following = upper[n + 1] if n + 1 < len(upper) else ""
    if word == "FROM" and before == "DELETE":
        return [(Mode.DELETE, n + 1)]
    if word == "FROM" and before not in ("DISTINCT", "ROWS") and place.has_source:
        return [(Mode.READ, n + 1)]
    if word == "JOIN" or (word == "USING" and place.head in ("MERGE", "DELETE") and following != "("):
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
        copies = _copies(upper, n)
        return [(copies, n + 1)] if copies is not None else []
    return _renamed(word, before, place.head, n)


def _renamed(word: str, before: str, head: str, n: int) -> list[tuple[Mode, int]]:
    """Give the table that takes the place of another: what was filled elsewhere is in it from now on."""
    # `ALTER TABLE staging RENAME TO live`, and `RENAME TABLE staging TO live` of MySQL and ClickHouse.
    named = word == "TO" and (head == "RENAME" or (head == "ALTER" and before == "RENAME"))
    # `EXCHANGE TABLES live AND staging` of ClickHouse.
    exchanged = word in ("TABLES", "AND") and head == "EXCHANGE"
    return [(Mode.WRITE, n + 1)] if named or exchanged else []


def _copies(upper: list[str], n: int) -> Mode | None:
    """Say what a COPY does to its table; None where no file is named behind FROM or TO: that is English, then."""
    place = next((place for place in range(n + 1, min(n + 60, len(upper))) if upper[place] in ("FROM", "TO", ";")), 0)
    file = "".join(upper[place + 1 : place + 2])
    # A client's own `\copy` takes a bare name.
    is_file = not file[:1].isalpha() or file in _FILES or upper[n - 1 : n] == ["\\"]
    if not place or not is_file or upper[place] == ";":
        return None
    return Mode.READ if upper[place] == "TO" else Mode.WRITE


def _skip(upper: list[str], place: int) -> int:
    while place < len(upper) and upper[place] in ("TABLE", "IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY", "INTO"):
        place += 1
    return place


def _names(tokens: list[str], upper: list[str], place: int, *, several: bool) -> list[str]:
    """Read names from a place, `a, b` where there may be `several`."""
    name, after = _name(tokens, upper, _skip(upper, place))
    names = [name] if name else []
    while several and (name or names) and after < len(tokens) and tokens[after] == ",":
        name, after = _name(tokens, upper, _skip(upper, after + 1))
        if not name:
            break
        names.append(name)
    return names


def _name(tokens: list[str], upper: list[str], place: int) -> tuple[str, int]:
    """Read `a.b.c` from a place; give it and the place behind it and its alias. A function's name is none."""
    parts: list[str] = []
    start = place
    while place < len(tokens) and len(parts) < 4:
        token = tokens[place]
        if not (token[0].isalpha() or token[0] in '_`"[$%{*') or upper[place] in (_NO_PARTS if parts else _NO_TABLES):
            break
        parts.append(token.strip('`"[]'))
        place += 1
        if tokens[place : place + 1] != ["."]:
            break
        while tokens[place : place + 1] == ["."]:
            place += 1
    if not parts or any(sign in part for part in parts for sign in "%${?"):
        return "", place
    called = tokens[place : place + 1] == ["("] and upper[start - 1] in ("FROM", "JOIN", ",", "LATERAL")
    if called or (upper[start] == "ROWS" and upper[place : place + 1] == ["FROM"]):
        return "", place
    if place < len(tokens) and upper[place] == "AS":
        place += 1
    if place < len(tokens) and tokens[place][0].isalpha() and upper[place] not in _NOT_NAMES:
        place += 1
    return ".".join(parts), place
