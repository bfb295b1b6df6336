"""What a source module is: a format and how it is read, with the files of the same host beside it."""

from collections.abc import Callable
from dataclasses import dataclass

from migrator.model import Dialect
from migrator.sources.items import FileReading, Format, SourceFile


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The schedule files of the same host's root tree."""

    files: tuple[SourceFile, ...] = ()

    def named(self, ending: str) -> SourceFile | None:
        """Give the file below the root whose name ends so, `etc/crontab` for example."""
        for file in self.files:
            if (file.name == ending or file.name.endswith("/" + ending)) and not file.unread:
                return file
        return None


Reader = Callable[[SourceFile, Dialect, Surroundings], FileReading]


@dataclass(frozen=True, slots=True)
class Source:
    """A format that can be read. `read` never raises for what the file holds: that comes out as `Unread`."""

    format: Format
    read: Reader
