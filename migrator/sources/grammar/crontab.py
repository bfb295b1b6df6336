"""Read a whole crontab: bytes to lines, lines to items, and what is wrong with the file as such.

Only a line feed ends a line. Debian's cron ignores a file with one bad line, or whose last line is not ended; cronie
drops that line alone; busybox skips what it cannot read (user.c of each, STATS of real files).
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.model import Dialect, Finding, Inactive, Origin, Severity
from migrator.sources.grammar.busybox import read_busybox_line
from migrator.sources.grammar.encoding import not_text
from migrator.sources.grammar.line import Rules, read_line
from migrator.sources.grammar.usual import usual_reader
from migrator.sources.items import Assignment, Entry, FileReading, SourceFile, SourceItem, Unread

DEBIAN_LINES = 10_000
"""The longest file that Debian's cron takes (MAX_TAB_LINES)."""

MOST_SETTINGS = 500_000
"""Settings of all entries of a file together, one counted for each entry below it: each job keeps those in force."""


def read_crontab(source: SourceFile, dialect: Dialect, *, user_column: bool) -> FileReading:
    """Read a crontab by a dialect's rules; `lines` counts logical lines, one to an item."""
    fault = not_text(source.data)
    if fault is not None:
        item = Unread(Origin(source.name), "", fault[0], fault[1])
        return FileReading(source, dialect, (item,), 1, Inactive("bad-line", f"{fault[0]}; cron runs none of it"))
    text = source.data.decode("utf-8", "surrogateescape")
    if dialect is Dialect.BUSYBOX:
        items, open_end = tuple(_busybox_items(text, source.name, user_column=user_column)), False
    else:
        items, open_end = _items(text, source.name, dialect, user_column=user_column)
    if (line := _where_too_much_is_set(items)) is not None:
        why = f"more than {MOST_SETTINGS:,} settings hold for the entries up to here, counted for each entry"
        item = Unread(Origin(source.name, line), "", f"{why}; the file is not read", "part the file, or export fewer")
        return FileReading(source, dialect, (item,), 1)
    if dialect is Dialect.BUSYBOX:
        return FileReading(source, dialect, items, len(items), findings=_file_findings(source, text))
    inactive = _file_fault(items, text, dialect, open_end)
    return FileReading(source, dialect, items, len(items), inactive, _file_findings(source, text))


def _where_too_much_is_set(items: tuple[SourceItem, ...]) -> int | None:
    """Give the line of the entry with which the settings in force, which each job keeps, become too many."""
    names: set[str] = set()
    left = MOST_SETTINGS
    for item in items:
        if isinstance(item, Entry):
            left -= len(names)
            if left < 0:
                return item.origin.line
        elif isinstance(item, Assignment):
            names.add(item.name)
    return None


def _items(text: str, name: str, dialect: Dialect, *, user_column: bool) -> tuple[tuple[SourceItem, ...], bool]:
    """Give all items, and whether the last line lacks the line break that cron wants."""
    lines = text.split("\n")
    ended = lines.pop() if lines[-1] == "" else None
    items: list[SourceItem] = []
    rules = Rules(dialect, user_column)
    usual = usual_reader(dialect, user_column=user_column)
    for number, line in enumerate(lines, 1):
        item = usual(line, name, number)
        if item is None:
            items.extend(read_line(line, Origin(name, number), rules).items)
        else:
            items.append(item)
    open_end = ended is None and read_line(lines[-1], Origin(name, len(lines)), rules).open_end
    if open_end and dialect is Dialect.CRONIE and isinstance(items[-1], Entry):
        why = "the file's last line is not ended by a line break: cronie drops the line"
        items[-1] = items[-1]._replace(inactive=Inactive("no-newline", why))
    return tuple(items), open_end


def _file_fault(items: tuple[SourceItem, ...], text: str, dialect: Dialect, open_end: bool) -> Inactive | None:
    """Say why Debian's cron would ignore the file: the first fault that it meets."""
    if dialect is not Dialect.DEBIAN:
        return None
    last = items[-1] if open_end else None
    for item in items:
        if isinstance(item, Entry) and item.inactive is None:
            continue
        if item is last:
            break
        if isinstance(item, Unread):
            return Inactive("bad-line", f"line {item.origin.line}: {item.reason}; Debian's cron ignores the whole file")
        if isinstance(item, Entry) and item.inactive is not None:
            why = f"line {item.origin.line}: {item.inactive.why}, and ignores the whole file"
            return Inactive("bad-line", why)
    if open_end:
        return Inactive(
            "no-newline", "the last line is not ended by a line break: Debian's cron ignores the whole file"
        )
    lines = text.count("\n")
    if lines > DEBIAN_LINES:
        return Inactive("too-many-lines", f"{lines} lines: Debian's cron ignores a file of more than {DEBIAN_LINES}")
    return None


def _busybox_items(text: str, name: str, *, user_column: bool) -> Iterator[SourceItem]:
    """Join lines that end in a backslash, as config_read does, and read each."""
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    rules = Rules(Dialect.BUSYBOX, user_column)
    pieces: list[str] = []
    first = 1
    for number, line in enumerate(lines, 1):
        if not pieces:
            first = number
        if line.endswith("\\") and number < len(lines):
            pieces.append(line[:-1])
            continue
        pieces.append(line)
        yield read_busybox_line("".join(pieces), Origin(name, first), rules)
        pieces = []


def _file_findings(source: SourceFile, text: str) -> tuple[Finding, ...]:
    whole = Origin(source.name)
    if text.startswith("\ufeff"):
        return (
            Finding(
                whole,
                "bom",
                "the file begins with a UTF-8 byte order mark, which cron takes for part of the first line",
                "save it without a mark",
                Severity.LOUD,
            ),
        )
    if "\r" in text and "\n" not in text:
        return (
            Finding(
                whole,
                "cr-only",
                "the lines end in carriage returns alone: cron sees a single line",
                "save the file with Unix line ends",
                Severity.LOUD,
            ),
        )
    return ()
