"""Where a fact stands."""

from typing import NamedTuple


class Origin(NamedTuple):
    """A line of a file: `path` is relative to its PATH and `/`-separated; `line` counts from 1, 0 is the whole file.

    A named tuple, since one is made for every line read: it costs a third of a frozen dataclass.
    """

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path
