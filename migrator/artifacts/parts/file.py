"""A file that is to be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class File:
    """A text, its path below the folder of artifacts, and the ids of the jobs that it replaces."""

    path: str
    text: str
    jobs: tuple[str, ...]


Making: TypeAlias = Callable[[], tuple[list[File], dict[str, str]]]
"""Makes some files of a target, and says by job why it has none."""


class CannotBeSaidError(ValueError):
    """A job that a target's files cannot restate: the reason, as a clause."""
