"""What a source module is: a format and how it is read, with the files of the same host beside it."""

from collections.abc import Callable
from dataclasses import dataclass

from migrator.model import Dialect
from migrator.sources.items import FileReading, Format, SourceFile


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The schedule files of the same host's root tree."""

    files: tuple[SourceFile, ...] = ()


Reader = Callable[[SourceFile, Dialect, Surroundings], FileReading]


@dataclass(frozen=True, slots=True)
class Source:
    """A format that can be read. `read` never raises for what the file holds: that comes out as `Unread`."""

    format: Format
    read: Reader
