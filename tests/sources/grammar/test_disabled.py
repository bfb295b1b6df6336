"""Commented-out entries and prose that looks like one."""

from __future__ import annotations

import pytest

from migrator.sources.grammar import is_commented_out


@pytest.mark.parametrize(
    "comment",
    [
        "#0 1 * * * /usr/bin/backup.sh",
        "# */15 * * * * python3 manage.py sync",
        "## 0 5 * * 1-5 cd /srv && ./run",
        "#@daily /opt/job",
        "# @reboot ~/bin/start.sh",
        "\t# 5,35 1-4/2 1 jan mon scripts/report.py --all",
        "#0 * * * * root test -x /usr/sbin/anacron || run-parts /etc/cron.hourly",
        "#30 4 * * * FOO=bar /x",
        "# 0~30 3 * * * /usr/sbin/syspatch",
        "#0 0 * * * [ -x /a ] && /a",
    ],
)
def test_an_entry_commented_out_is_found(comment: str) -> None:
    """Five plain fields or a nickname, and a command that looks like one."""
    assert is_commented_out(comment, user_column=False)


@pytest.mark.parametrize(
    "comment",
    [
        "# at 0 1 * * * we run nothing",
        "# 5 people a day",
        "# 0 5 * * 1 is every Monday at five",
        "# m h dom mon dow command",
        "# 1 2 3 4 5 is how a mambo starts",
        "# * * * * * every minute",
        "# ┌───────────── minute (0 - 59)",
        "# .---------------- minute (0 - 59)",
        "# |  |  |  |  |",
        "# *  *  *  *  * user-name command to be executed",
        "# @daily",
        "# @todo /fix this",
        "# 0 0 * *",
        "# 10 20 30 4 5",
        "# 12 34 56 78 90 /x",
        "#",
        "#!/bin/sh",
        "# 2014-02-11 12:00 changed /etc/x",
        "# 0 0 * * * the job of 2014",
        "# 0 5 * * 1 tar -zcf /var/backups/home.tgz /home/",
        "# 0 5 * * 1 root is /etc/passwd's first",
    ],
)
@pytest.mark.parametrize("user_column", [False, True])
def test_prose_is_a_comment(comment: str, user_column: bool) -> None:
    """A sentence that begins with numbers is no entry."""
    assert not is_commented_out(comment, user_column=user_column)


def test_the_user_column_is_looked_behind() -> None:
    """In a system crontab the command follows a name."""
    assert is_commented_out("# 0 */2 * * * root reporter /etc/backup/db.daily [keep]", user_column=True)
    assert not is_commented_out("# 0 */2 * * * reporter /etc/backup/db.daily", user_column=False)
    assert is_commented_out("#0 1 * * * deploy /srv/x", user_column=True)
    assert not is_commented_out("#0 1 * * * deploy /srv/x", user_column=False)


def test_time_is_linear() -> None:
    """A comment of 100,000 digits or commas does not stall."""
    for body in ("1" * 100_000, "1," * 50_000, "1 " * 50_000, "# " * 50_000):
        assert not is_commented_out("#" + body, user_column=True)
