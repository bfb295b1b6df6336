"""The files that lie with the schedules: what a deployed path is in the tree, and what it holds."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Located:
    """A file of the tree: its name (as in `Origin.path`), and how the deployed path led to it, in words."""

    path: str
    how: str


class Tree(Protocol):
    """The files under the given PATHs. Looking never runs, follows no link out of the tree and opens no device."""

    def locate(self, written: str, expanded: str | None, host: str | None) -> Located | None:
        """Find the file that a deployed path means, or None.

        `written` is the path as it stands in the command (`$BASE/bin/load.sh`, `~/x.sh`), `expanded` the same with
        known variables put in, where they are known. Mapped prefixes go first (matched on both), then the path below
        the host's root, then the longest suffix that is unique in the tree.
        """
        ...

    def text(self, path: str) -> str | None:
        """Give the file's text, or None if it is missing, binary or above 1 MiB.

        It is read as UTF-8, undecodable bytes as surrogates.
        """
        ...

    def names(self, folder: str, host: str | None) -> tuple[str, ...]:
        """Give the sorted names of the regular files in a deployed folder, empty when it is not among the files."""
        ...
