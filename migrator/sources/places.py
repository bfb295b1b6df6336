"""Where cron looks for schedules, and what a place says about format, user and dialect.

cron(8) of Debian and of cronie, crond(8) of busybox, anacron(8), run-parts(8), periodic(8).
"""

from dataclasses import dataclass

from migrator.model import Dialect
from migrator.sources.items import Format

PERIODS = ("hourly", "daily", "weekly", "monthly")
_PERIODIC = frozenset(f"cron.{period}" for period in PERIODS)
# Alpine's (busybox's crontab of root runs them by run-parts) and FreeBSD's (periodic(8)).
OWN_PERIODS = ("15min", *PERIODS)
# The top folders of hier(7): below a host's root, a file there is no loose schedule.
_FOLDERS = """
    bin boot dev etc home lib lib32 lib64 libx32 lost+found media mnt opt proc root run sbin srv sys tmp usr var
"""
HIERARCHY = frozenset(_FOLDERS.split())
# What lies in cron's spool beside the tabs.
_NOT_USERS = frozenset({"atjobs", "atspool", "crontabs", "lastrun", "tabs", "cron.update", "last"})


@dataclass(frozen=True, slots=True)
class Place:
    """What a path says. `root` counts the parts above the host's root; None where the root is not among the parts."""

    format: Format
    root: int | None = None
    user: str | None = None
    dialect: Dialect | None = None


def place_of(parts: tuple[str, ...]) -> Place | None:
    """Say which schedule cron keeps at a path, given as its parts from the left; None for any other path."""
    return _spool(parts) or _etc(parts) or _loose(parts)


def is_below_root(parts: tuple[str, ...], root: int) -> bool:
    """Say whether a path belongs to the system's own folders below a host's root."""
    return len(parts) > root + 1 and parts[root] in HIERARCHY


def _spool(parts: tuple[str, ...]) -> Place | None:
    """Read `var/spool/cron/crontabs/USER` (Debian) and `var/spool/cron[/tabs]/USER` (cronie, also SUSE's)."""
    name = parts[-1]
    if name.startswith((".", "tmp.")) or name in _NOT_USERS:
        return None
    if parts[-5:-1] == ("var", "spool", "cron", "crontabs"):
        return Place(Format.CRONTAB, len(parts) - 5, name, Dialect.DEBIAN)
    if parts[-5:-1] == ("var", "spool", "cron", "tabs"):
        return Place(Format.CRONTAB, len(parts) - 5, name, Dialect.CRONIE)
    if parts[-4:-1] == ("var", "spool", "cron"):
        return Place(Format.CRONTAB, len(parts) - 4, name, Dialect.CRONIE)
    return None


def _etc(parts: tuple[str, ...]) -> Place | None:
    """Read the places below `etc`."""
    if parts[-4:-2] == ("etc", "periodic") and parts[-2] in OWN_PERIODS:
        return Place(Format.PERIODIC, len(parts) - 4, "root")
    match parts[-3:]:
        case (*_, "etc", "crontab"):
            return Place(Format.SYSTEM_CRONTAB, len(parts) - 2)
        case (*_, "etc", "anacrontab"):
            return Place(Format.ANACRONTAB, len(parts) - 2, "root")
        case ("etc", "cron.d", _):
            return Place(Format.SYSTEM_CRONTAB, len(parts) - 3)
        case ("etc", "crontabs", name) if not name.startswith(".") and name not in _NOT_USERS:
            return Place(Format.CRONTAB, len(parts) - 3, name, Dialect.BUSYBOX)
        case ("etc", folder, _) if folder in _PERIODIC:
            return Place(Format.PERIODIC, len(parts) - 3, "root")
    return None


def _loose(parts: tuple[str, ...]) -> Place | None:
    """Read what its name alone gives away: a periodic folder or an anacrontab outside a host's root tree."""
    if len(parts) > 1 and parts[-2] in _PERIODIC:
        return Place(Format.PERIODIC, None, "root")
    return Place(Format.ANACRONTAB) if parts[-1] == "anacrontab" else None
