"""Tests of what a path says."""

import pytest

from migrator.model import Dialect
from migrator.sources.items import Format
from migrator.sources.places import Place, is_below_root, place_of


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("etc/crontab", Place(Format.SYSTEM_CRONTAB, 0)),
        ("web1/etc/cron.d/x", Place(Format.SYSTEM_CRONTAB, 1)),
        ("etc/anacrontab", Place(Format.ANACRONTAB, 0, "root")),
        ("a/b/etc/cron.daily/x", Place(Format.PERIODIC, 2, "root")),
        ("var/spool/cron/crontabs/al", Place(Format.CRONTAB, 0, "al", Dialect.DEBIAN)),
        ("var/spool/cron/al", Place(Format.CRONTAB, 0, "al", Dialect.CRONIE)),
        ("var/spool/cron/tabs/al", Place(Format.CRONTAB, 0, "al", Dialect.CRONIE)),
        ("etc/crontabs/root", Place(Format.CRONTAB, 0, "root", Dialect.BUSYBOX)),
        ("roles/x/files/cron.weekly/y", Place(Format.PERIODIC, None, "root")),
        ("anacrontab", Place(Format.ANACRONTAB)),
    ],
)
def test_cron_reads_these(path: str, place: Place):
    """Each of cron's own places has its format, user and dialect."""
    assert place_of(tuple(path.split("/"))) == place


@pytest.mark.parametrize(
    "path",
    [
        "crontab",
        "srv/crontab",
        "crontabs/alice",
        "etc/cron.d/sub/x",
        "var/spool/cron/atjobs",
        "var/spool/cron/crontabs/tmp.XyZ",
        "var/spool/cron/.hidden",
        "etc/crontabs/cron.update",
        "usr/share/doc/cron.d",
        "etc/cron.yearly/x",
    ],
)
def test_cron_does_not_read_these(path: str):
    """A path that only resembles one of cron's places is none."""
    assert place_of(tuple(path.split("/"))) is None


def test_the_systems_own_folders():
    """Below a root, the folders of the hierarchy standard are the system's; others are not."""
    assert is_below_root(("h", "usr", "x"), 1)
    assert not is_below_root(("h", "tabs", "x"), 1)
    assert not is_below_root(("h", "usr"), 1)
