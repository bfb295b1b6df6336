"""Tables of words, written as text."""

from __future__ import annotations


def named(text: str) -> frozenset[str]:
    """Give the words of a text as a set."""
    return frozenset(text.split())


def listed(text: str) -> tuple[str, ...]:
    """Give the words of a text in order."""
    return tuple(text.split())
