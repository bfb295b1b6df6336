"""Logs as text, beside crontabs as text: what the tests of the run history share."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

from migrator import inventory
from migrator.history import History, take
from migrator.inventory import Options
from migrator.settings import Settings
from migrator.sources import discover

DAY = date(2026, 11, 22)


def written(folder: Path, text: str, name: str = "syslog", *, packed: bool = False) -> Path:
    """Write a log; give its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode("utf-8", "surrogateescape")
    path.write_bytes(gzip.compress(data) if packed else data)
    return path


def scanned(folder: Path, files: dict[str, str], zone: str | None = None):
    """Write schedule files below a folder, scan it, and give the inventory."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        if "cron.daily" in name or "cron.hourly" in name:
            path.chmod(0o755)
    return inventory.take(discover([str(folder)]), Settings(), Options(timezone=zone))


def history(
    tmp_path: Path, tab: str | dict[str, str], log: str | dict[str, str], *, zone: str | None = None, day: date = DAY
) -> History:
    """Lay logs beside schedule files. A tab that is a text is that of user etl on host h1."""
    files = tab if isinstance(tab, dict) else {"etc/hostname": "h1\n", "var/spool/cron/crontabs/etl": tab}
    logs = log if isinstance(log, dict) else {"syslog": log}
    found = scanned(tmp_path / "scan", files, zone)
    paths = [written(tmp_path / "logs", text, name) for name, text in logs.items()]
    return take(paths, found.jobs, found.hosts, day)


def only(tmp_path: Path, tab: str, log: str, **asked):
    """Give what is told of the one job of a tab."""
    [runs] = history(tmp_path, tab, log, **asked).jobs
    return runs


def kinds(found: History) -> list[str]:
    """Give the kinds of the findings."""
    return [finding.kind for finding in found.findings]
