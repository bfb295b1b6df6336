"""Read a user crontab: a schedule, then a command for the shell (crontab(5)).

The user is its owner, by place; there is no user before the command.
"""

from dataclasses import replace

from migrator.model import Dialect
from migrator.sources.grammar import read_crontab
from migrator.sources.items import FileReading, Format, SourceFile
from migrator.sources.surroundings import Source, Surroundings


def read(source: SourceFile, dialect: Dialect, _beside: Surroundings | None = None) -> FileReading:
    """Read a user crontab."""
    reading = read_crontab(source, dialect, user_column=False)
    return replace(reading, findings=source.findings + reading.findings)


SOURCE = Source(Format.CRONTAB, read)
