"""What any text shows, whatever its language."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.redaction.addresses import addresses
from migrator.redaction.calls import calls
from migrator.redaction.entropy import random_words
from migrator.redaction.marks import Kind
from migrator.redaction.names import is_harmless
from migrator.redaction.pairs import fields, headers, pairs
from migrator.redaction.prose import dialogues
from migrator.redaction.shapes import Span, shapes
from migrator.redaction.sql import inserted


def visible(text: str) -> Iterator[Span]:
    """Yield the spans of a text that are secrets by their shape or by what stands before them."""
    yield from shapes(text)
    if ":" in text or "=" in text or "<-" in text:
        yield from addresses(text)
        yield from headers(text)
        yield from pairs(text)
    yield from fields(text)
    if "(" in text or "ecure" in text or "'" in text or '"' in text:
        yield from calls(text)
    yield from dialogues(text)
    yield from inserted(text)
    for start, end in random_words(text):
        if not is_harmless(text[start:end]):
            yield start, end, Kind.HIGH_ENTROPY
