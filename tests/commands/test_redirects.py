"""A file's name says whether it is a log."""

from __future__ import annotations

import pytest

from migrator.commands.redirects import is_log


@pytest.mark.parametrize(
    "name",
    [
        "/var/log/shop/day",
        "/srv/logs/x",
        "x.log",
        "X.LOG",
        "log",
        "backup_log",
        "a-log-2",
        "/srv/log-old/x",
        "catalog",
        "blog.txt",
        "cron-log",
        "/srv/cronlogs",
        "cron_day-log.1",
        "x.out",
        "nohup.out",
        "x.stderr",
        "Errors.txt",
        "error",
        "/srv/x.csv.log",
    ],
)
def test_a_log(name: str) -> None:
    """By its folder, its ending, or a word in it, however written."""
    assert is_log(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x.txt",
        "logo.png",
        "catalogue",
        "/srv/cronlogin",
        "out",
        "outs/x",
        "errata",
        "error.csv",
        "/var/log/day.csv",
        "/var/log/day.CSV",
        "/srv/logs/page.html",
        "log/" * 300,
    ],
)
def test_no_log(name: str) -> None:
    """Letters of a longer word, and data that lies in a folder of logs."""
    assert not is_log(name)
