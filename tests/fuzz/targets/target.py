"""What a target is, and how bytes become its input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A parser under attack: `check` takes any bytes and raises only where a promise of the parser's is broken.

    `longest` is the length of an input up to which a second must do.
    """

    name: str
    check: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    longest: int = 4096


def text_of(data: bytes) -> str:
    """Give bytes as the text that a file of them is read as: what is no UTF-8 as surrogates."""
    return data.decode("utf-8", "surrogateescape")


def seeds(*texts: str) -> tuple[bytes, ...]:
    """Give texts as bytes."""
    return tuple(text.encode("utf-8", "surrogateescape") for text in texts)
