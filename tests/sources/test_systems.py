"""Tests of what a root tree says of its system."""

from pathlib import Path

import pytest

from migrator.model import Dialect
from migrator.sources import discover
from migrator.sources.systems import RunParts, System
from tests.sources.planting import plant

TAB = {"etc/crontab": "5 4 * * * root /usr/bin/x\n"}


def system(folder: Path, files: dict[str, str | bytes]) -> System | None:
    """Plant a host and give what it says of its system."""
    (file,) = (file for file in discover([str(plant(folder, files))]).files if file.name == "etc/crontab")
    return file.system


@pytest.mark.parametrize(
    ("release", "dialect", "run_parts"),
    [
        ('NAME="Debian GNU/Linux"\nID=debian\n', Dialect.DEBIAN, RunParts.DEBIAN),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', Dialect.CRONIE, RunParts.RED_HAT),
        ("ID=amzn\nVERSION_ID=2023\n", Dialect.CRONIE, RunParts.RED_HAT),
        ("ID=alpine\n", Dialect.BUSYBOX, RunParts.DEBIAN),
        ('ID=pop\nID_LIKE="ubuntu debian"\n', Dialect.DEBIAN, RunParts.DEBIAN),
        ('ID="opensuse-leap"\n', Dialect.CRONIE, None),
        ("ID=gentoo\n", None, RunParts.DEBIAN),
    ],
)
def test_os_release_tells_whose_cron_and_run_parts(
    tmp_path: Path, release: str, dialect: Dialect | None, run_parts: RunParts | None
):
    """The system's own word counts, else those that it is like (os-release(5))."""
    found = system(tmp_path, {**TAB, "etc/os-release": release})
    assert found is not None
    assert (found.dialect, found.run_parts) == (dialect, run_parts)
    assert found.says.startswith("etc/os-release: ")


def test_silent_where_no_file_tells(tmp_path: Path):
    """A tree with nothing but tabs, and a system that nobody here knows, say nothing."""
    assert system(tmp_path / "bare", TAB) is None
    assert system(tmp_path / "odd", {**TAB, "etc/os-release": "ID=plan9\n"}) is None


def test_older_files_tell_too(tmp_path: Path):
    """A release file, or what a package manager keeps; a link to the file is followed inside the tree."""
    red = system(tmp_path / "red", {**TAB, "etc/redhat-release": "CentOS release 6.5 (Final)\n"})
    assert red == System("etc/redhat-release", Dialect.CRONIE, RunParts.RED_HAT)
    ours = system(tmp_path / "cronie", {**TAB, "etc/cron.d/0hourly": "01 * * * * root run-parts /etc/cron.hourly\n"})
    assert ours == System("etc/cron.d/0hourly", Dialect.CRONIE, None)
    linked = plant(tmp_path / "linked", {**TAB, "usr/lib/os-release": "ID=fedora\n"})
    (linked / "etc/os-release").symlink_to("../usr/lib/os-release")
    assert system(linked, {}) == System("etc/os-release: fedora", Dialect.CRONIE, RunParts.RED_HAT)


def test_another_cron_that_was_installed_by_hand(tmp_path: Path):
    """Alpine's list of packages names cronie: it reads the tabs, busybox's run-parts still starts the files."""
    files = {**TAB, "etc/os-release": "ID=alpine\n", "etc/apk/world": "alpine-base\ncronie\n"}
    assert system(tmp_path, files) == System("etc/apk/world: cronie", Dialect.CRONIE, RunParts.DEBIAN)


ETC = {"passwd": "", "fstab": "", "hosts": "", "cron.daily/tidy.cron*": "#!/bin/sh\n", "crontab": "5 4 * * * root x\n"}


def test_a_copy_of_etc_under_another_name(tmp_path: Path):
    """Its files lie where cron reads them, and its release file tells the system; names stay those of the PATH."""
    folder = plant(tmp_path / "etckeeper", {**ETC, "redhat-release": "CentOS release 6.5\n"})
    found = {file.name: file for file in discover([str(folder)]).files}
    assert {name: file.format.value for name, file in found.items()} == {
        "cron.daily": "periodic",
        "crontab": "system-crontab",
    }
    assert {file.system for file in found.values()} == {System("etc/redhat-release", Dialect.CRONIE, RunParts.RED_HAT)}


def test_a_folder_of_crontabs_is_no_etc(tmp_path: Path):
    """Two names that lie in many a repository are not enough."""
    folder = plant(tmp_path / "repo", {"hosts": "", "profile": "", "crontab": "5 4 * * * /opt/x\n"})
    (file,) = discover([str(folder)]).files
    assert (file.format.value, file.system) == ("crontab", None)
