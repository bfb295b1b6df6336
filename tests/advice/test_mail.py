"""Who is told of a job today."""

import pytest

from migrator.advice.mail import prints, told_today
from migrator.model import Dialect, Origin, Setting
from tests.advice.build import clock, job


def to(value, command="/opt/a", **more):
    """Make a job below a MAILTO line; None is no such line."""
    settings = () if value is None else (Setting("MAILTO", value, Origin("tab-a", 1)),)
    return job(command=command, settings=settings, **more)


@pytest.mark.parametrize(
    "command",
    [
        "/opt/a",
        "/opt/a > /var/log/a",
        "/opt/a 2>&1 | tee /var/log/a",
        "/opt/a > /dev/null",
        "/opt/a; /opt/b > /x 2>&1",
        "/opt/a 2>/dev/null",
    ],
)
def test_what_keeps_an_output_prints(command):
    """Errors alone are enough, and a part of the line is."""
    assert prints(command)


@pytest.mark.parametrize(
    "command",
    [
        "/opt/a >> /var/log/a 2>&1",
        "/opt/a &> /var/log/a",
        "cd /opt && ./a > /x 2>&1",
        "/opt/a > /x 2>&1; /opt/b >> /x 2>&1",
        "/opt/a > /x 2> /y",
        "/opt/a >/dev/null 2>&1",
    ],
)
def test_what_is_written_elsewhere_is_not_mailed(command):
    """Cron has nothing to mail, whatever MAILTO says."""
    assert not prints(command)
    assert list(told_today([to(None, command)])) == []
    [told] = told_today([to("root", command)])
    assert told.startswith("MAILTO names root, but both outputs of 1 job go")


def test_each_way_has_its_sentence():
    """An address, an empty one, and none at all."""
    [named] = told_today([to("ops@example.com"), to("root")])
    assert named.startswith("output of 2 jobs is mailed to ops@example.com, root, where failures are seen today")
    [lost] = told_today([to("")])
    assert lost.startswith("what 1 job prints is lost, since MAILTO is empty")
    [own] = told_today([to(None), to(None)])
    assert own.startswith("output of 2 jobs is mailed to the user that each runs as, on the host")


def test_who_does_not_mail_is_not_said_to():
    """Busybox has no mail by itself, and a manifest no cron."""
    assert list(told_today([to(None, schedule=clock(dialect=Dialect.BUSYBOX)), to(None, source="manifest")])) == []
