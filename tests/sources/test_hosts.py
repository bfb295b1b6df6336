"""Tests of what hosts' root trees say of them."""

from pathlib import Path

from migrator.sources import HostPlace, discover
from migrator.sources.hosts import find_roots
from tests.sources.planting import HOST, plant


def place(folder: Path) -> HostPlace:
    """Give the one host of a folder."""
    [found] = discover([str(folder)]).hosts
    return found


def test_zone_by_timezone_file(tmp_path: Path):
    """`etc/timezone` names the zone, with its line as the evidence."""
    host = place(plant(tmp_path, {**HOST, "etc/timezone": "Europe/Riga\n"}))
    assert host.timezone == "Europe/Riga"
    assert str(host.timezone_origin) == "etc/timezone:1"


def test_zone_by_localtime(tmp_path: Path):
    """`etc/localtime` names it by its target, which need not be there."""
    plant(tmp_path, HOST)
    (tmp_path / "etc/localtime").symlink_to("/usr/share/zoneinfo/America/Argentina/Ushuaia")
    assert place(tmp_path).timezone == "America/Argentina/Ushuaia"


def test_zones_that_differ(tmp_path: Path):
    """Cron goes by `etc/localtime`; that the other file differs is a finding."""
    plant(tmp_path, {**HOST, "etc/timezone": "Europe/Riga\n"})
    (tmp_path / "etc/localtime").symlink_to("../usr/share/zoneinfo/Europe/Paris")
    host = place(tmp_path)
    assert host.timezone == "Europe/Paris"
    assert [finding.kind for finding in host.findings] == ["zones-differ"]


def test_no_zone_is_unknown(tmp_path: Path):
    """A copied `etc/localtime` does not tell its name, and nothing else is assumed."""
    host = place(plant(tmp_path, {**HOST, "etc/localtime": b"TZif2\0\0"}))
    assert host.timezone is None


def test_a_link_out_of_the_tree_tells_nothing(tmp_path: Path):
    """`etc/hostname` that leads elsewhere is not followed."""
    plant(tmp_path, HOST)
    (tmp_path / "etc/hostname").symlink_to("../../../../../../etc/hostname")
    assert place(tmp_path).host is None


def test_same_folder_names_in_one_fleet(tmp_path: Path):
    """Hosts of two data centres that are called alike keep the centre's name."""
    for name in ("dc1/web1", "dc1/web2", "dc2/web1", "dc2/web2"):
        plant(tmp_path / name, HOST)
    hosts = [host.host for host in discover([str(tmp_path)]).hosts]
    assert hosts == ["dc1/web1", "dc1/web2", "dc2/web1", "dc2/web2"]


def test_roots_by_places():
    """A root is where cron's places begin, unless it lies above the PATH."""
    assert find_roots(["a/etc/crontab", "b/c/var/spool/cron/x", "d/crontab"], ()) == ("a", "b/c")
    assert find_roots(["cron.d/x"], ("srv", "etc")) == ()
    assert find_roots(["etc/cron.d/x"], ("srv",)) == ("",)
