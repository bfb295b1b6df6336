"""A file that is to be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """A text, its path below the folder of artifacts, and the ids of the jobs that it replaces."""

    path: str
    text: str
    jobs: tuple[str, ...]


class CannotBeSaidError(ValueError):
    """A job that a target's files cannot restate: the reason, as a clause."""
