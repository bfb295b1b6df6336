"""Shorthand syntax of the AWS CLI: `key=value,key={inner=value},key=[a,b]`, texts at the leaves (awscli/shorthand.py).

Values that are numbers or truth values to a service are texts here, and members that hold such are better refused:
`NUMBERS` has their names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Shorthand: TypeAlias = "str | list[Shorthand] | dict[str, Shorthand]"

NUMBERS = frozenset(
    {"cpu", "memory", "memoryReservation", "size", "sizeInGiB", "attempts", "attemptDurationSeconds", "vcpus"}
)
_DEEPEST = 20
_ENDS = ",]}"


class ShorthandError(ValueError):
    """A text that is no shorthand, or one that means more than its letters."""


def read_shorthand(text: str) -> dict[str, Shorthand]:
    """Read a whole text as pairs; raise ShorthandError."""
    reader = _Reader(text)
    found = reader.pairs("")
    if reader.at < len(text):
        msg = f"nothing is expected at character {reader.at + 1}"
        raise ShorthandError(msg)
    return found


@dataclass(slots=True)
class _Reader:
    text: str
    at: int = 0
    depth: int = 0

    def pairs(self, end: str) -> dict[str, Shorthand]:
        found: dict[str, Shorthand] = {}
        while True:
            key = self._key()
            if key in found or key in NUMBERS:
                msg = f"write {key} as JSON"
                raise ShorthandError(msg)
            found[key] = self._value()
            if self._peek() != ",":
                break
            self.at += 1
        self._expect(end)
        return found

    def _key(self) -> str:
        begin = self.at
        while self._peek().isalnum() or self._peek() in {"_", "-", ".", "#", "/", ":"}:
            self.at += 1
        key = self.text[begin : self.at]
        if not key or self._peek() != "=" or self.text.startswith("@=", self.at - 1):
            msg = f"a key and = are expected at character {begin + 1}"
            raise ShorthandError(msg)
        self.at += 1
        return key

    def _value(self) -> Shorthand:
        self.depth += 1
        if self.depth > _DEEPEST:
            msg = "it is nested too deeply"
            raise ShorthandError(msg)
        sign = self._peek()
        value: Shorthand
        if sign == "{":
            self.at += 1
            value = self.pairs("}")
        elif sign == "[":
            self.at += 1
            value = self._items()
        else:
            value = self._text()
        self.depth -= 1
        return value

    def _items(self) -> list[Shorthand]:
        found: list[Shorthand] = []
        while self._peek() != "]":
            found.append(self._value())
            if self._peek() != ",":
                break
            self.at += 1
        self._expect("]")
        return found

    def _text(self) -> str:
        quote = self._peek()
        if quote and quote in "'\"":
            end = self.text.find(quote, self.at + 1)
            inner = self.text[self.at + 1 : end]
            if end < 0 or "\\" in inner:
                msg = "a quote is not closed, or holds a backslash"
                raise ShorthandError(msg)
            self.at = end + 1
            return inner
        begin = self.at
        while (sign := self._peek()) and sign not in _ENDS:
            if sign in "\\{['\"=":
                msg = f"{sign} within a value: write it as JSON"
                raise ShorthandError(msg)
            self.at += 1
        return self.text[begin : self.at].strip()

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _expect(self, sign: str) -> None:
        if sign:
            if self._peek() != sign:
                msg = f"{sign} is missing"
                raise ShorthandError(msg)
            self.at += 1
