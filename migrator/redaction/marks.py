"""The mark that stands for a secret, and how spans of a text are replaced by it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a secret is. The value ends the mark: `REDACTED-password`."""

    PASSWORD = "password"  # noqa: S105 - the name of a kind
    TOKEN = "token"  # noqa: S105 - the name of a kind
    KEY = "key"
    SECRET = "secret"  # noqa: S105 - the name of a kind
    HEADER = "header"
    COOKIE = "cookie"
    URL_PASSWORD = "url-password"  # noqa: S105 - the name of a kind
    AWS_KEY = "aws-key"
    PRIVATE_KEY = "private-key"
    JWT = "jwt"
    HIGH_ENTROPY = "high-entropy"
    UNREAD = "unread"


MARK = re.compile(r"REDACTED-[a-z]+(?:-[a-z]+)*")


def mark(kind: Kind) -> str:
    """Give the mark of a kind: one shell word that means nothing in markdown, CSV, JSON, Mermaid, DOT or a URL."""
    return f"REDACTED-{kind}"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A secret that was taken out: its kind and the line it began on. The secret itself is nowhere."""

    line: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its secrets, as many lines long as before, and what was taken out, in order.

    `variables` are the shell variables that the text uses where a secret belongs (`mysql -p"$P"`): what is assigned to
    them is a secret whatever their name.
    """

    text: str
    secrets: tuple[Found, ...] = ()
    variables: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A span of a text that is a secret.

    `before` and `after` are written around the mark: they close and reopen the quotes that the span begins and ends in.
    `continued` spans lie outside quotes: their line breaks stay escaped.
    """

    start: int
    end: int
    kind: Kind
    before: str = ""
    after: str = ""
    continued: bool = False


def replace(text: str, cuts: Iterable[Cut]) -> tuple[str, tuple[Found, ...]]:
    """Write the mark over every span and keep the number of lines; of spans that overlap, one mark stands for all."""
    pieces: list[str] = []
    found: list[Found] = []
    last, line = 0, 1
    for cut in _merged(cuts):
        pieces.append(text[last : cut.start])
        line += text.count("\n", last, cut.start)
        found.append(Found(line, cut.kind))
        breaks = text.count("\n", cut.start, cut.end)
        pieces.append(cut.before + mark(cut.kind) + cut.after + ("\\\n" if cut.continued else "\n") * breaks)
        line += breaks
        last = cut.end
    pieces.append(text[last:])
    return "".join(pieces), tuple(found)


def _merged(cuts: Iterable[Cut]) -> list[Cut]:
    merged: list[Cut] = []
    for cut in sorted(cuts, key=lambda each: (each.start, -each.end)):
        last = merged[-1] if merged else None
        if last is None or cut.start >= last.end:
            merged.append(cut)
        elif cut.end > last.end:
            merged[-1] = Cut(last.start, cut.end, last.kind, last.before, cut.after, last.continued)
    return merged
