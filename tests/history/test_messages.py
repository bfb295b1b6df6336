"""Tests of what the crons say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.history.messages import Channel, Kind, Message, read_message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(etl) CMD (a (b) c)", Message(Kind.START, Channel.CRON, "etl", "a (b) c")),
        ("(etl) CMD ([44] a)", Message(Kind.START, Channel.CRON, "etl", "a", child=44)),
        ("(etl) CMDEND (a)", Message(Kind.END, Channel.CRON, "etl", "a")),
        ("(etl) END ([44] a)", Message(Kind.END, Channel.CRON, "etl", "a", child=44)),
        ("(etl) CMD (a | b", Message(Kind.START, Channel.CRON, "etl", "a | b", cut=True)),
        (
            "(CRON) error (grandchild #44 failed with exit status 1)",
            Message(Kind.FAILED, Channel.CRON, "", "", child=44, failed=True),
        ),
        (
            "(CRON) error (grandchild #44 terminated by signal 15, dumped core)",
            Message(Kind.FAILED, Channel.CRON, "", "", child=44, failed=True),
        ),
        ("(*system*x) RELOAD (/etc/cron.d/x)", Message(Kind.CHANGED, Channel.CRON, "*system*x", "/etc/cron.d/x")),
        (
            "pam_unix(cron:session): session opened for user etl(uid=1) by (uid=0)",
            Message(Kind.OPENED, Channel.CRON, "etl", ""),
        ),
        ("pam_unix(crond:session): session closed for user etl", Message(Kind.CLOSED, Channel.CRON, "etl", "")),
        ("crond: USER root pid   7 cmd a % b", Message(Kind.START, Channel.CRON, "root", "a % b", child=7)),
        ("USER root pid 7 cmd a", Message(Kind.START, Channel.CRON, "root", "a", child=7)),
        ("user root: process already running: a", Message(Kind.SKIPPED, Channel.CRON, "root", "a")),
    ],
)
def test_reads_cron(text, message):
    """Debian, cronie and busybox, each in its own words."""
    assert read_message("CRON", text) == message
    assert read_message("/usr/sbin/crond", text) == message


@pytest.mark.parametrize(
    ("text", "kind", "failed"),
    [
        ("Job `cron.daily' started", Kind.START, False),
        ("Job `cron.daily' terminated", Kind.END, False),
        ("Job `cron.daily' terminated (produced output)", Kind.END, False),
        ("Job `cron.daily' terminated (exit status: 1) (produced output)", Kind.END, True),
        ("Job `cron.daily' terminated due to signal 9", Kind.END, True),
        ("Job `cron.daily' terminated abnormally", Kind.END, True),
    ],
)
def test_reads_anacron(text, kind, failed):
    """It names the identifier, and how the job ended."""
    assert read_message("anacron", text) == Message(kind, Channel.ANACRON, "root", "cron.daily", failed=failed)


@pytest.mark.parametrize(
    ("program", "text", "kind"),
    [
        ("run-parts", "(/etc/cron.hourly) starting 0anacron", Kind.START),
        ("run-parts", "(/etc/cron.hourly) finished 0anacron", Kind.END),
        ("run-parts(/etc/cron.hourly)", "finished 0anacron", Kind.END),
    ],
)
def test_reads_the_run_parts_of_red_hat(program, text, kind):
    """The folder stands in the message, or in the program's name."""
    assert read_message(program, text) == Message(kind, Channel.RUN_PARTS, "root", "/etc/cron.hourly/0anacron")


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("CRON", "(etl) CMDOUT (done)"),
        ("CRON", "(CRON) info (No MTA installed, discarding output)"),
        ("cron", "(CRON) INFO (pidfile fd = 3)"),
        ("crond", "(CRON) STARTUP (1.6.1)"),
        ("crond", "USER root pid -1 cmd a"),
        ("crond", "(a) RELOAD (cut"),
        ("anacron", "Will run job `cron.daily' in 5 min."),
        ("run-parts", "starting 0anacron"),
        ("run-parts", "(/etc/cron.hourly) thinks"),
        ("sshd", "(etl) CMD (a)"),
        ("crontab", "(etl) REPLACE (etl)"),
        ("CRON", "pam_unix(cron:account): expired password for user etl"),
    ],
)
def test_is_silent_about_the_rest(program, text):
    """Output, other programs, and what is no run."""
    assert read_message(program, text) is None


@given(st.sampled_from(["CRON", "anacron", "run-parts"]), st.text(max_size=80))
def test_any_message_is_read_or_not(program, text):
    """No text is a traceback; a whole command comes out as it stands."""
    assert read_message(program, text) is None or isinstance(read_message(program, text), Message)
    command = text.rstrip() + "x"
    if not command.startswith("["):
        assert read_message("CRON", f"(etl) CMD ({command})") == Message(Kind.START, Channel.CRON, "etl", command)
