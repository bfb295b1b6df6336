"""Tests of user and system crontabs as sources: columns, file names, findings of the place."""

import pytest

from migrator.model import Dialect, Finding, Inactive, Origin
from migrator.sources import crontab, system_crontab
from migrator.sources.items import Entry, Format, SourceFile
from migrator.sources.system_crontab import name_fault


def test_a_user_crontab_has_no_user_column():
    """The whole rest of the line is the command; what was seen of the file is kept."""
    seen = Finding(Origin("t"), "hard-links", "x")
    source = SourceFile("t", Format.CRONTAB, b"0 1 * * * root /x\n", findings=(seen,))
    reading = crontab.read(source, Dialect.DEBIAN)
    [item] = reading.items
    assert isinstance(item, Entry)
    assert (item.user, item.command) == (None, "root /x")
    assert seen in reading.findings


def test_a_system_crontab_has_one():
    """The first word after the schedule is the user."""
    [item] = system_crontab.read(SourceFile("t", Format.SYSTEM_CRONTAB, b"0 1 * * * etl /x y\n"), Dialect.DEBIAN).items
    assert isinstance(item, Entry)
    assert (item.user, item.command) == ("etl", "/x y")


@pytest.mark.parametrize(
    ("path", "dialect", "ignored"),
    [
        ("etc/cron.d/orders", Dialect.DEBIAN, False),
        ("etc/cron.d/orders.cron", Dialect.DEBIAN, True),
        ("etc/cron.d/orders.cron", Dialect.CRONIE, False),
        ("etc/cron.d/x.rpmnew", Dialect.CRONIE, True),
        ("etc/cron.d/x~", Dialect.CRONIE, True),
        ("etc/cron.d/.placeholder", Dialect.DEBIAN, True),
        ("h/etc/cron.d/x y", Dialect.DEBIAN, True),
        ("etc/crontab.old", Dialect.DEBIAN, False),
        ("cron.d/x.y", Dialect.DEBIAN, False),
    ],
)
def test_names_that_cron_ignores(path: str, dialect: Dialect, ignored: bool):
    """Debian's rule and cronie's, for files of `etc/cron.d` alone."""
    fault = name_fault(path, dialect)
    assert (fault is not None) is ignored
    assert fault is None or fault.kind == "file-name"


def test_a_fault_of_the_place_goes_before_the_name():
    """The mode that was seen on the host stays the reason."""
    seen = Inactive("insecure-mode", "x")
    source = SourceFile("etc/cron.d/a.b", Format.SYSTEM_CRONTAB, b"0 1 * * * etl /x\n", place_fault=seen)
    assert system_crontab.read(source, Dialect.DEBIAN).source.place_fault == seen


def test_busybox_has_no_system_crontab():
    """Read as busybox, a user column is doubtful, and that is said."""
    reading = system_crontab.read(SourceFile("t", Format.SYSTEM_CRONTAB, b"0 1 * * * etl /x\n"), Dialect.BUSYBOX)
    assert "no-system-crontab" in [finding.kind for finding in reading.findings]
