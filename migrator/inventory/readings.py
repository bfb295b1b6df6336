"""Read every schedule file by the dialect of its place, of the settings, or of the command line."""

from migrator.inventory.options import Options
from migrator.model import Dialect
from migrator.settings import Settings
from migrator.sources import Discovery, beside, read_file
from migrator.sources.items import FileReading, SourceFile

ANY_HOST = "*"


def read_all(discovery: Discovery, settings: Settings, options: Options) -> tuple[FileReading, ...]:
    """Read the files in order."""
    groups = beside(discovery.files)
    return tuple(
        read_file(file, dialect_of(file, settings, options), groups[file.host, file.root]) for file in discovery.files
    )


def dialect_of(file: SourceFile, settings: Settings, options: Options) -> Dialect:
    """Choose the dialect: `--dialect`, the settings for this host, the place, the settings for all hosts, Debian's."""
    said = settings.dialects
    by_host = said.get(file.host) if file.host is not None else None
    return options.dialect or by_host or file.dialect or said.get(ANY_HOST) or Dialect.DEBIAN
