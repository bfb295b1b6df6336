"""Pieces of texts that are known in part."""

from migrator.commands.languages.abstract import Text, anything, text
from migrator.commands.values import Value


def cut(owner: Value, start: object, end: object) -> Text:
    """Give `owner[start:end]`; counted from an end, as far as what is known there reaches."""
    if not (start is None or type(start) is int) or not (end is None or type(end) is int):
        return anything(dated=owner.dated)
    if owner.exact or _reach(owner.text, start, end):
        return text(owner.text[start:end])
    return _shortened(owner, start or 0, end)


def _reach(said: str, start: int | None, end: int | None) -> bool:
    """Say whether a slice of a text with `*` in it keeps to what is known before the first or behind the last."""
    if start is not None and start < 0:
        return (end is None or start < end < 0) and "*" not in said[start:] and len(said) > -start
    return end is not None and 0 <= (start or 0) <= end and "*" not in said[:end] and len(said) >= end


def _shortened(owner: Value, start: int, end: int | None) -> Text:
    """Cut a known number of signs off the ends of a text known in part: a statement loses its last comma."""
    first, _, rest = owner.text.partition("*")
    if start < 0 or start > len(first) or (end is not None and end >= 0):
        return anything(dated=owner.dated)
    if end is None:
        return Text(owner.but(owner.text[start:]))
    if "*" not in owner.text[end:]:
        return Text(owner.but(owner.text[start:end]))
    # What is cut off may reach into what stands before the unknown part.
    kept = first[start:] if rest else first[start : max(start, len(first) + end)]
    return Text(owner.but(kept + "*"))
