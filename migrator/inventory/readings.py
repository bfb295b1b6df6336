"""Read every schedule file by the dialect of its place, of the settings, or of the command line."""

from migrator.inventory.options import Options
from migrator.model import Dialect
from migrator.settings import Settings
from migrator.sources import Discovery, Surroundings, beside, read_file
from migrator.sources.items import FileReading, SourceFile

ANY_HOST = "*"


def read_all(discovery: Discovery, settings: Settings, options: Options) -> tuple[FileReading, ...]:
    """Read the files in order."""
    groups = beside(discovery.files)
    return tuple(
        read_file(file, dialect_of(file, settings, options, groups[file.host, file.root]), groups[file.host, file.root])
        for file in discovery.files
    )


def dialect_of(file: SourceFile, settings: Settings, options: Options, others: Surroundings) -> Dialect:
    """Choose the dialect.

    In this order: `--dialect`, the settings for this host, the place, the place of the users' tabs of the same host
    (one cron reads both), the settings for all hosts, Debian's.
    """
    said = settings.dialects
    by_host = said.get(file.host) if file.host is not None else None
    return options.dialect or by_host or file.dialect or _of_host(file, others) or said.get(ANY_HOST) or Dialect.DEBIAN


def _of_host(file: SourceFile, others: Surroundings) -> Dialect | None:
    """Give the dialect that the spool of the file's root tree shows, if it shows one alone."""
    if file.root is None:
        return None
    shown = {other.dialect for other in others.files if other.dialect is not None}
    return shown.pop() if len(shown) == 1 else None
