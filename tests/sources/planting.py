"""Plant files below a folder, as text in the test."""

from pathlib import Path

from migrator.model import Dialect
from migrator.sources import Discovery, discover
from migrator.sources.items import FileReading, SourceFile
from migrator.sources.registry import beside, read_file

HOST = {
    "etc/crontab": "SHELL=/bin/sh\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n",
    "etc/cron.d/orders": "MAILTO=data@example.com\n15 6 * * * etl /opt/etl/load_orders.sh\n",
    "var/spool/cron/crontabs/alice": "0 1 * * * /home/alice/tidy.sh\n",
    "opt/etl/load_orders.sh": "#!/bin/sh\necho hello\n",
    "home/alice/tidy.sh": "#!/bin/sh\nrm -f /tmp/x\n",
}


def plant(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write the files; a name that ends in `*` is made executable."""
    for name, text in files.items():
        path = folder / name.removesuffix("*")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        path.chmod(0o755 if name.endswith("*") else 0o644)
    return folder


def found(folder: Path) -> dict[str, SourceFile]:
    """Discover a folder, the files by name."""
    return {file.name: file for file in discover([str(folder)]).files}


def readings(discovery: Discovery, dialect: Dialect = Dialect.DEBIAN) -> dict[str, FileReading]:
    """Read all files of a discovery, by name."""
    groups = beside(discovery.files)
    return {
        file.name: read_file(file, file.dialect or dialect, groups[file.host, file.root]) for file in discovery.files
    }
