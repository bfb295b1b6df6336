"""Tests of the zone that a schedule goes by: never assumed, and in a fixed order."""

from pathlib import Path

import pytest

from migrator.inventory import InventoryError, Options, known_zones
from migrator.model import Dialect
from migrator.settings.load import validated
from tests.inventory.taking import inventory, kinds, of_text, only_job

LINE = "0 1 * * * /a\n"


def test_unknown_is_none():
    """Nothing says the zone, so there is none: not UTC."""
    assert only_job(of_text(LINE)).schedule.timezone is None


def test_cron_tz_is_cronie_s():
    """Cronie honours CRON_TZ for the lines below; Debian does not, and that is said."""
    text = "0 0 * * * /x\nCRON_TZ=Asia/Tokyo\n0 1 * * * /a\n"
    cronie = of_text(text, options=Options(dialect=Dialect.CRONIE)).jobs
    assert [job.schedule.timezone for job in cronie] == [None, "Asia/Tokyo"]
    debian = of_text(text)
    assert [job.schedule.timezone for job in debian.jobs] == [None, None]
    assert "cron-tz-ignored" in kinds(debian)
    assert "cron-tz-ignored" not in kinds(of_text(text, options=Options(dialect=Dialect.CRONIE)))


def test_tz_never_changes_the_schedule():
    """TZ is for the command; that is said."""
    result = of_text("TZ=Asia/Tokyo\n" + LINE, options=Options(dialect=Dialect.CRONIE))
    assert only_job(result).schedule.timezone is None
    assert "tz-not-schedule" in kinds(result)


def test_the_order(tmp_path: Path):
    """CRON_TZ, the settings for the host, for all hosts, `--tz`, the host's own files."""
    files: dict[str, str | bytes] = {
        "h1/etc/cron.d/x": "0 1 * * * me /a\n",
        "h1/etc/timezone": "Europe/Riga\n",
        "h2/var/spool/cron/bo": "0 1 * * * /b\nCRON_TZ=Asia/Tokyo\n0 1 * * * /c\n",
    }

    def zones(said: dict[str, str], timezone: str | None) -> list[str | None]:
        jobs = inventory(tmp_path, files, validated({"zones": said}, "x"), Options(timezone=timezone)).jobs
        return [job.schedule.timezone for job in jobs]

    assert zones({}, None) == ["Europe/Riga", None, "Asia/Tokyo"]
    assert zones({}, "UTC") == ["UTC", "UTC", "Asia/Tokyo"]
    assert zones({"h1": "Europe/Paris"}, "UTC") == ["Europe/Paris", "UTC", "Asia/Tokyo"]
    assert zones({"*": "Europe/Oslo"}, "UTC") == ["Europe/Oslo", "Europe/Oslo", "Asia/Tokyo"]


def test_settings_of_one_job():
    """A zone under `[jobs]` holds for that job alone, by title or id."""
    settings = validated({"jobs": {"a.sh": {"timezone": "Asia/Tokyo", "owner": "me"}}}, "x")
    jobs = of_text("0 1 * * * /a.sh\n0 1 * * * /b.sh\n", settings).jobs
    assert [(job.schedule.timezone, job.owner) for job in jobs] == [("Asia/Tokyo", "me"), (None, None)]


def test_zones_that_do_not_exist(tmp_path: Path):
    """A user's wrong zone stops the run; a file's is a finding, and the zone unknown."""
    for settings, options in (
        ({"zones": {"*": "Mars/Base"}}, Options()),
        ({"jobs": {"a": {"timezone": "../../etc"}}}, Options()),
        ({}, Options(timezone="europe/paris")),
    ):
        with pytest.raises(InventoryError) as caught:
            of_text(LINE, validated(settings, "x"), options)
        assert caught.value.exit_code == 2
    result = of_text("CRON_TZ=Nowhere\n" + LINE, options=Options(dialect=Dialect.CRONIE))
    assert only_job(result).schedule.timezone is None
    assert "unknown-timezone" in kinds(result)
    host = inventory(tmp_path, {"etc/crontab": "0 1 * * * me /x\n", "etc/timezone": "Nowhere\n"})
    assert only_job(host).schedule.timezone is None
    assert "unknown-timezone" in kinds(host)
    text = "version: 1\njobs: [{id: a, schedule: '@daily', command: /x, timezone: Nowhere}]\n"
    assert "unknown-timezone" in kinds(of_text(text))


def test_hosts_and_who_says_so(tmp_path: Path):
    """Each named host is listed with its zone and the evidence."""
    files: dict[str, str | bytes] = {
        "h1/etc/crontab": "0 1 * * * me /a\n",
        "h1/etc/timezone": "Europe/Riga\n",
        "h2/etc/crontab": "0 1 * * * me /a\n",
    }
    hosts = inventory(tmp_path, files).hosts
    assert [(host.host, host.timezone, host.says) for host in hosts] == [
        ("h1", "Europe/Riga", "h1/etc/timezone:1"),
        ("h2", None, ""),
    ]


def test_the_known_zones():
    """The names are the database's, in their own case."""
    assert {"Europe/Paris", "UTC", "Etc/GMT+5"} <= known_zones()
    assert "europe/paris" not in known_zones()


def test_a_zone_of_a_settings_line_belongs_to_the_entry():
    """A zone of CRON_TZ is marked: cronie repairs changes of its own clock only."""
    text = "0 0 * * * /x\nCRON_TZ=Asia/Tokyo\n0 1 * * * /a\n"
    result = of_text(text, options=Options(dialect=Dialect.CRONIE, timezone="Europe/Riga"))
    assert [(job.schedule.timezone, job.schedule.own_zone) for job in result.jobs] == [
        ("Europe/Riga", False),
        ("Asia/Tokyo", True),
    ]


@pytest.mark.parametrize(
    ("dialect", "value", "minutes"),
    [
        (Dialect.CRONIE, "45", 45),
        (Dialect.CRONIE, "1440", 1440),
        (Dialect.CRONIE, "1441", 0),
        (Dialect.CRONIE, "x", 0),
        (Dialect.DEBIAN, "45", 0),
    ],
)
def test_cronie_puts_off_the_lines_below_a_random_delay(dialect, value, minutes):
    """The line above it starts at its minute, and so do those of Debian's cron, which knows no such setting."""
    text = f"0 1 * * * /a\nRANDOM_DELAY={value}\n0 2 * * * /b\n@reboot /c\n"
    found = of_text(text, options=Options(dialect=dialect))
    assert [job.schedule.random_minutes for job in found.jobs] == [0, minutes, 0]
    assert ("random-delay-ignored" in kinds(found)) is (dialect is Dialect.DEBIAN)
