"""Read every schedule file by the dialect of its place, of the settings, or of the command line."""

from dataclasses import replace

from migrator.inventory.options import Options
from migrator.inventory.zones import ANY_HOST
from migrator.model import Dialect
from migrator.settings import Settings
from migrator.sources import Discovery, Surroundings, beside, read_file
from migrator.sources.items import FileReading, SourceFile


def read_all(discovery: Discovery, settings: Settings, options: Options) -> tuple[FileReading, ...]:
    """Read the files in order."""
    groups = beside(discovery.files)
    # What lies in no root tree is beside nothing.
    shown = {(host, root): _shown(others) if root is not None else None for (host, root), others in groups.items()}

    def read(file: SourceFile) -> FileReading:
        place = (file.host, file.root)
        dialect, says = _dialect(file, settings, options, shown[place])
        return replace(read_file(file, dialect, groups[place]), dialect_says=says)

    return tuple(read(file) for file in discovery.files)


def _dialect(file: SourceFile, settings: Settings, options: Options, of_host: Dialect | None) -> tuple[Dialect, str]:
    """Choose the dialect, and say who says so; `of_host` is the one that the files of its root tree show.

    In this order: `--dialect`, the settings for this host, the place, what the root tree says of its system, the place
    of the users' tabs of the same host (one cron reads both), the settings for all hosts, Debian's. busybox keeps
    tabs where Debian's cron does, so there the system decides.
    """
    by_host = settings.dialects.get(file.host) if file.host is not None else None
    told, told_by = (file.system.dialect, file.system.says) if file.system else (None, "")
    shared = told is Dialect.BUSYBOX and file.dialect is Dialect.DEBIAN
    ranked = (
        (options.dialect, "--dialect"),
        (by_host, "the settings"),
        (None if shared else file.dialect, "its place"),
        (told, told_by),
        (of_host, "the place of its host's tabs"),
        (settings.dialects.get(ANY_HOST), "the settings"),
    )
    return next(((dialect, says) for dialect, says in ranked if dialect is not None), (Dialect.DEBIAN, ""))


def _shown(files: Surroundings) -> Dialect | None:
    """Give the dialect that the spool of a root tree shows, if it shows one alone."""
    shown = {file.dialect for file in files.files if file.dialect is not None}
    return shown.pop() if len(shown) == 1 else None
