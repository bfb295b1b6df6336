"""Counts and lists as sentences have them."""

from collections.abc import Sequence


def counted(count: int, noun: str, plural: str = "") -> str:
    """Join a count, grouped by thousands, with its noun."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def some(names: Sequence[str], most: int) -> str:
    """List the first `most` names, and say how many more there are."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
