"""Every format that is read. A new source is a module with a `SOURCE`, and its line here."""

from collections.abc import Iterable

from migrator.model import Dialect
from migrator.sources import anacrontab, crontab, manifest, periodic, system_crontab
from migrator.sources.items import FileReading, SourceFile
from migrator.sources.surroundings import Source, Surroundings

SOURCES: tuple[Source, ...] = (
    crontab.SOURCE,
    system_crontab.SOURCE,
    periodic.SOURCE,
    anacrontab.SOURCE,
    manifest.SOURCE,
)
_BY_FORMAT = {source.format: source for source in SOURCES}


def read_file(file: SourceFile, dialect: Dialect, surroundings: Surroundings | None = None) -> FileReading:
    """Read a schedule file by its format. A file that could not be had is its unread line."""
    if file.unread and not file.members and not file.data:
        return FileReading(file, dialect, file.unread, len(file.unread), findings=file.findings)
    return _BY_FORMAT[file.format].read(file, dialect, surroundings or Surroundings())


def beside(files: Iterable[SourceFile]) -> dict[tuple[str | None, str | None], Surroundings]:
    """Group the files by host and root tree."""
    groups: dict[tuple[str | None, str | None], list[SourceFile]] = {}
    for file in files:
        groups.setdefault((file.host, file.root), []).append(file)
    return {key: Surroundings(tuple(group)) for key, group in groups.items()}
