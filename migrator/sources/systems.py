"""Which system a root tree is of, by its own files, and with that whose cron and whose run-parts read it.

os-release(5); the release files that were there before it; the folders of the package managers. Where several cron
daemons are usual (Gentoo), nothing is said of the daemon.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from migrator.model import Dialect


class RunParts(StrEnum):
    """Whose program starts the files of a periodic folder, and with that which names it takes."""

    DEBIAN = "debian"  # debianutils: letters, digits, `_` and `-`; busybox's takes the same names (run_parts.c)
    RED_HAT = "red-hat"  # the script of the package crontabs: any name but a few endings, a dot too


@dataclass(frozen=True, slots=True)
class System:
    """What the files of a root tree say: `says` is the file and its word. None where that decides nothing."""

    says: str
    dialect: Dialect | None
    run_parts: RunParts | None


_RED_HAT = (Dialect.CRONIE, RunParts.RED_HAT)
_DEBIAN = (Dialect.DEBIAN, RunParts.DEBIAN)
_BUSYBOX = (Dialect.BUSYBOX, RunParts.DEBIAN)
_BY_ID: dict[str, tuple[Dialect | None, RunParts | None]] = {
    **dict.fromkeys(("debian", "ubuntu", "raspbian", "devuan", "linuxmint", "kali"), _DEBIAN),
    **dict.fromkeys(("rhel", "fedora", "centos", "rocky", "almalinux", "ol", "amzn", "scientific"), _RED_HAT),
    **dict.fromkeys(("alpine", "openwrt", "postmarketos"), _BUSYBOX),
    # Their cronie comes without a run-parts: Arch takes Debian's, SUSE has a script of its own (run-crons).
    "arch": (Dialect.CRONIE, RunParts.DEBIAN),
    "suse": (Dialect.CRONIE, None),
    "opensuse": (Dialect.CRONIE, None),
    "sles": (Dialect.CRONIE, None),
    "gentoo": (None, RunParts.DEBIAN),
    # Files of cronie's own: whose run-parts lies beside it they do not tell.
    "cronie": (Dialect.CRONIE, None),
}
_FILES = {
    "etc/redhat-release": "rhel",
    "etc/system-release": "rhel",
    "etc/alpine-release": "alpine",
    "etc/openwrt_release": "openwrt",
    "etc/SuSE-release": "suse",
    "etc/arch-release": "arch",
    "etc/gentoo-release": "gentoo",
    "etc/debian_version": "debian",
    "etc/apk/world": "alpine",
    "var/lib/dpkg/status": "debian",
    "etc/apt/sources.list": "debian",
    "etc/yum.conf": "rhel",
    "etc/dnf/dnf.conf": "rhel",
    "etc/pacman.conf": "arch",
    "etc/zypp/zypp.conf": "suse",
    "etc/cron.hourly/0anacron": "cronie",
    "etc/cron.d/0hourly": "cronie",
}
_RELEASE = ("etc/os-release", "usr/lib/os-release")
SYSTEM_FILES = (*_RELEASE, *_FILES)
_FIELD = re.compile(r"""^(ID|ID_LIKE)=["']?([\w .-]{1,200})["']?[ \t]*$""", re.MULTILINE)


def system_of(text: Callable[[str], str], is_there: Callable[[str], bool]) -> System | None:
    """Say which system a root tree is of; `text` gives a small file below it, empty where it is not there."""
    for name in _RELEASE:
        fields = dict(_FIELD.findall(text(name)))
        for word in (*fields.get("ID", "").split(), *fields.get("ID_LIKE", "").split()):
            if known := _BY_ID.get(word.lower().partition("-")[0]):
                return _with_packages(System(f"{name}: {word}", *known), text)
    for name, word in _FILES.items():
        if is_there(name):
            return _with_packages(System(name, *_BY_ID[word]), text)
    return None


def _with_packages(system: System, text: Callable[[str], str]) -> System:
    """Take another cron daemon for the usual one where the list of what was installed by hand names it (apk(8))."""
    if system.dialect is Dialect.BUSYBOX and re.search(r"^cronie\b", text("etc/apk/world"), re.MULTILINE):
        return System("etc/apk/world: cronie", Dialect.CRONIE, system.run_parts)
    return system
