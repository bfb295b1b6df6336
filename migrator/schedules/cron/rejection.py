"""Why a text is no schedule, in the words of the program that refuses it and in words that help."""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrator.model import Dialect

_SHOWN = 40
_THREE_LETTERS = ("names have three letters", "write jan … dec, sun … sat")
_QUARTZ = "this is Quartz or EventBridge syntax, which cron does not have"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A text that the dialect does not take: `reason`, and the `column` (from 1) where the faulty word begins."""

    reason: str
    column: int
    remedy: str = ""


def shown(word: str) -> str:
    """Write a word from a file so that it can be printed: cut, control characters and undecodable bytes escaped."""
    cut = word if len(word) <= _SHOWN else word[: _SHOWN - 1] + "…"
    return "".join(c if c.isprintable() else _escaped(c) for c in cut)


def _escaped(character: str) -> str:
    # A byte that was not UTF-8 stands as U+DC80 to U+DCFF (PEP 383).
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()


def explain(word: str, low: int, high: int, dialect: Dialect) -> tuple[str, str]:
    """Give the likely fault of a field's word and the remedy; both may be general, neither is ever wrong."""
    range_of = f"the field goes from {low} to {high}"
    if not word.isascii():
        return f"`{shown(word)}` holds characters that are not ASCII", "write plain ASCII digits, names and blanks"
    for pattern, fault, remedy in _FAULTS:
        if pattern.search(word):
            return f"`{shown(word)}`: {fault}", remedy
    if dialect is not Dialect.KUBERNETES and re.search(r"(^|,)\d+/", word):
        return f"`{shown(word)}`: a step needs a range or `*` before it", f"write `{low}-{high}/n` or `*/n`"
    numbers = [int(n) for n in re.findall(r"\d+", word) if len(n) <= 9]
    if any(n > high or n < low for n in numbers):
        return f"`{shown(word)}`: {range_of}", "write a number inside the range"
    return f"`{shown(word)}` is not a list of numbers, ranges and steps; {range_of}", "correct the field"


_FAULTS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"\?"), _QUARTZ, "write `*` for `?`"),
    (re.compile(r"^(\d*[LW]|LW)$|[0-9]L|#"), _QUARTZ, "list the days, or test the date in the command"),
    (re.compile(r"\bH\b"), "`H` is Jenkins syntax", "write the number that Jenkins would choose"),
    (re.compile(r"/0+(,|$)"), "a step of zero", "write a step of 1 or more"),
    (re.compile(r"^,|,,|,$"), "an empty element in the list", "drop the extra comma"),
    (re.compile(r"~"), "`~` is a random choice that only cronie and OpenBSD know", "write the number"),
    (
        re.compile(
            r"^(january|february|march|april|june|july|august|sept|september|october|november|december)$", re.IGNORECASE
        ),
        *_THREE_LETTERS,
    ),
    (
        re.compile(r"^(sunday|monday|tues|tuesday|wednesday|thur|thurs|thursday|friday|saturday)s?$", re.IGNORECASE),
        *_THREE_LETTERS,
    ),
)
