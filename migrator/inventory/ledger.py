"""The account of a file: every line counted once."""

from collections import Counter
from collections.abc import Collection, Container

from migrator.inventory.digest import digest_of, header_lines
from migrator.inventory.types import LedgerRow
from migrator.model import Origin
from migrator.sources.items import (
    Annotation,
    Assignment,
    Blank,
    Comment,
    Disabled,
    Entry,
    FileReading,
    Format,
    SourceItem,
    Unread,
)

_COLUMNS: dict[type[SourceItem], str] = {
    Entry: "jobs",
    Assignment: "assignments",
    Annotation: "assignments",
    Comment: "comments",
    Blank: "blank",
    Disabled: "disabled",
    Unread: "unread",
}


def row_of(reading: FileReading, own: Container[Origin], secret_lines: Collection[int] = ()) -> LedgerRow:
    """Account for a file's lines; annotations at the origins in `own` turned out to be jobs themselves.

    `secret_lines` are those whose text the file's digest leaves out. `LedgerRow` refuses an account that does not come
    out even.
    """
    counts: Counter[str] = Counter()
    for item in reading.items:
        turned = isinstance(item, Annotation) and item.origin in own
        counts["jobs" if turned else _COLUMNS[type(item)]] += 1
    source = reading.source
    return LedgerRow(
        source.name,
        source.format.value,
        reading.dialect,
        source.host,
        reading.lines,
        counts["jobs"],
        counts["assignments"],
        counts["comments"],
        counts["blank"],
        counts["disabled"],
        counts["unread"],
        source.guessed,
        None if source.format is Format.PERIODIC else digest_of(source.data, secret_lines),
        header_lines(source.data),
        reading.dialect_says,
    )
