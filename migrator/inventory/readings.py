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
    # What lies in no root tree is beside nothing.
    shown = {(host, root): _shown(others) if root is not None else None for (host, root), others in groups.items()}

    def read(file: SourceFile) -> FileReading:
        place = (file.host, file.root)
        return read_file(file, _dialect(file, settings, options, shown[place]), groups[place])

    return tuple(read(file) for file in discovery.files)


def _dialect(file: SourceFile, settings: Settings, options: Options, of_host: Dialect | None) -> Dialect:
    """Choose the dialect; `of_host` is the one that the files of its root tree show.

    In this order: `--dialect`, the settings for this host, the place, the place of the users' tabs of the same host
    (one cron reads both), the settings for all hosts, Debian's.
    """
    said = settings.dialects
    by_host = said.get(file.host) if file.host is not None else None
    return options.dialect or by_host or file.dialect or of_host or said.get(ANY_HOST) or Dialect.DEBIAN


def _shown(files: Surroundings) -> Dialect | None:
    """Give the dialect that the spool of a root tree shows, if it shows one alone."""
    shown = {file.dialect for file in files.files if file.dialect is not None}
    return shown.pop() if len(shown) == 1 else None
