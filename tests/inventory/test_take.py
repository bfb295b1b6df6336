"""Tests of the inventory as a whole: nothing vanishes, nothing leaks, nothing crashes."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.inventory import LedgerRow, Options, take
from migrator.model import Dialect
from migrator.settings import Settings
from migrator.sources import discover
from tests.inventory.taking import inventory, kinds, of_text
from tests.sources.planting import HOST

LINE = st.sampled_from(
    [
        "0 1 * * * /a", "@daily /b%in", "# c", "", "  ", "A=b", "#0 1 * * * /off", "bad", "0 1 * * *", "0 25 * * * x",
        "\t",        "0 1 * * * x\0y", "\0", "CRON_TZ=UTC", "é", "0 0 30 2 * /z", "* * * * * mysql -pCANARYx",
        "\udcff", "@reboot /r\r", "=",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, max_size=8), st.booleans(), st.sampled_from(Dialect))
def test_every_line_is_accounted_for(lines: list[str], ended: bool, dialect: Dialect):
    """The ledger comes out even, its counts are those of jobs and unread lines, and every line number is seen."""
    text = "\n".join(lines) + ("\n" if ended else "")
    result = of_text(text.encode("utf-8", "surrogateescape"), options=Options(dialect=dialect))
    assert sum(row.jobs for row in result.ledger) == len(result.jobs)
    assert sum(row.unread for row in result.ledger) == len(result.unread)
    physical = len(text.split("\n")) - (text.endswith("\n") or not text)
    [row] = result.ledger
    assert row.lines >= physical or row.unread == 1
    assert len({job.id for job in result.jobs}) == len(result.jobs)
    assert "CANARY" not in repr(result)


def test_a_row_that_does_not_come_out_even_is_refused():
    """Constructing it fails."""
    with pytest.raises(ValueError, match="3 lines but 2"):
        LedgerRow("x", "crontab", Dialect.DEBIAN, None, 3, 1, 0, 1, 0, 0, 0)


def test_a_host(tmp_path: Path):
    """Jobs are sorted by place; sources, users and notes are there."""
    result = inventory(tmp_path, dict(HOST))
    assert [(str(job.origin), job.source, job.user) for job in result.jobs] == [
        ("etc/cron.d/orders:2", "system-crontab", "etl"),
        ("etc/crontab:2", "system-crontab", "root"),
        ("var/spool/cron/crontabs/alice:1", "crontab", "alice"),
    ]
    assert result.jobs[0].settings[0].value == "data@example.com"


def test_the_same_input_gives_the_same_inventory(tmp_path: Path):
    """Twice the same, from another folder too."""
    one = inventory(tmp_path / "one", dict(HOST))
    assert one == inventory(tmp_path / "one", {})
    assert one == inventory(tmp_path / "two", dict(HOST))


def test_another_path_beside_changes_no_id(tmp_path: Path):
    """Names get a label, ids stay."""
    alone = inventory(tmp_path / "one", dict(HOST))
    inventory(tmp_path / "two", {"crontab": "0 1 * * * /other\n"})
    together = take(discover([str(tmp_path / "one"), str(tmp_path / "two" / "crontab")]), Settings())
    hostless = {dataclasses.replace(job, host=None).id for job in alone.jobs}
    assert len(together.jobs) == 4
    assert len(hostless) == 3


def test_secrets_are_nowhere_and_listed():
    """Commands, standard input, settings, comments, unread lines and titles: each find has its line."""
    text = (
        "DB_PASSWORD=CANARYa1b2c3\n"
        "0 1 * * * mysql -u x -pCANARYd4e5f6 db\n"
        "0 2 * * * curl -u me:CANARYg7h8i9 https://x:CANARYj1k2l3@h/\n"
        "# password: CANARYm4n5o6\n"
        "PASSWORD=CANARYp7q8r9 0 3 * * * x --password=CANARYs1t2u3\n"
        '0 4 * * * mysql -p"$P" < x\n'
        "0 5 * * * sudo -S x\\%y%CANARYv4w5x6\n"
        "export TOKEN=CANARYy7z8 && run\n"
    )
    result = of_text("P=CANARYsecret\n" + text)
    assert "CANARY" not in repr(result)
    assert {secret.origin.line for secret in result.secrets} >= {1, 2, 3, 4, 5, 6, 8, 9}


def test_findings_of_settings_lines_and_of_jobs_are_apart():
    """A job carries its own remarks; what no job has is the inventory's."""
    result = of_text("PATH=$HOME/bin\n0 1 * * * date +%F\n")
    assert [finding.kind for finding in result.findings] == ["no-expansion"]
    assert [finding.kind for finding in result.jobs[0].findings] == ["percent"]


def test_an_unclear_format_is_said():
    """A crontab whose entries do not show whether there is a user is read as one, with a finding."""
    result = of_text("0 1 * * * one two\n")
    assert "format-unclear" in kinds(result)
    assert result.ledger[0].guessed
    assert "format-unclear" not in kinds(of_text("0 1 * * * /x\n"))


def test_very_many_lines():
    """Thousands of jobs and a hundred thousand blank lines take seconds, not minutes."""
    text = "".join(f"{n % 60} {n % 24} * * * /opt/x/run{n % 500}.sh\n" for n in range(6_000)) + "\n" * 100_000
    result = of_text(text)
    assert len(result.jobs) == 6_000


def test_a_command_that_no_shell_could_get():
    """Megabytes in one line: a job that cannot run, its text cut before a word, quickly."""
    text = "0 1 * * * run " + "CANARYx " * 200_000 + "\n0 2 * * * " + "A" * 2_000_000 + "\n"
    jobs = of_text(text, options=Options(dialect=Dialect.CRONIE)).jobs
    assert [job.active for job in jobs] == [False, False]
    assert all(len(job.command) < 200_000 for job in jobs)
    assert jobs[1].command == " …"
    assert len({job.id for job in jobs}) == 2


def test_a_word_of_an_unread_line_is_no_find():
    """What nobody could read is kept back, but nothing says that it was a secret."""
    result = of_text("@every_blue_moon_and_then /opt/x\n0 1 * * * /ok\n")
    assert len(result.unread) == 1
    assert result.secrets == ()
