"""The test of the day that a whole command hangs on."""

import pytest

from migrator.commands.day_guard import day_guard, job_day_guard
from migrator.model import Dialect, Job, JobId, Origin, Schedule, ScheduleKind, Setting
from migrator.schedules.forms import DayTest

MONDAY = DayTest(weekdays=0b10)
LAST = DayTest(last_day=True)


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ('[ "$(date +%u)" = 1 ] && /opt/weekly.sh', MONDAY),
        ("test $(date +%u) -eq 1 && cd /srv && ./run", MONDAY),
        ('[ "$(date -d tomorrow +%d)" = "01" ] && /opt/month-end.sh', LAST),
        ("[ `date +%u` -eq 1 ] && { a; b; }", MONDAY),
        ('if [ "$(date +%u)" = 1 ]; then a; b; fi', MONDAY),
        ('{ [ "$(date +%u)" = 1 ] && a; }', MONDAY),
        ('( [ "$(date +%u)" = 1 ] && a )', MONDAY),
        ('[ "$(date +%d)" -le 7 ] && a | b', DayTest(days=0b11111110)),
        ("if [ -x /usr/share/mdadm/checkarray ] && [ $(date +%d) -le 7 ]; then a; fi", DayTest(days=0b11111110)),
        ("if [ $(date +%w) -eq 1 ] && [ -x /usr/lib/zfs-linux/trim ]; then a; fi", MONDAY),
        ("test -x /a && [ $(date +%u) = 1 ] && [ $(date +%d) -le 7 ] && a", DayTest(0b11111110, 0b10)),
        ("[ $(date +%u) = 1 ] && grep -q x /y && a", MONDAY),
        ("[ $(date -d tomorrow +%d) = 01 ] && [ $(date +%u) = 1 ] && a", DayTest(weekdays=0b10, last_day=True)),
    ],
)
def test_finds_the_test_that_all_work_stands_behind(command: str, wanted: DayTest):
    """A list of `&&`, an `if` without `else`, and groups around them."""
    assert day_guard(command) == wanted


@pytest.mark.parametrize(
    "command",
    [
        "",
        "/opt/run.sh",
        "/opt/update.sh",
        '[ "$(date +%u)" = 1 ] || /opt/weekly.sh',
        "[ -x /a ] || [ $(date +%u) = 1 ] && a",
        "if [ -x /a ] || [ $(date +%u) = 1 ]; then a; fi",
        "grep -q x /y && [ $(date +%u) = 1 ] && a",
        '[ -n "$(make)" ] && [ $(date +%u) = 1 ] && a',
        "X=1 && [ $(date +%u) = 1 ] && a",
        "{ a; } && [ $(date +%u) = 1 ] && b",
        "[ -x /a ] && update",
        '[ "$(date +%u)" = 1 ] && a || b',
        '[ "$(date +%u)" = 1 ] && a; b',
        '[ "$(date +%u)" = 1 ] && a &',
        'a && [ "$(date +%u)" = 1 ] && b',
        'if [ "$(date +%u)" = 1 ]; then a; else b; fi',
        'if [ "$(date +%u)" = 1 ]; then a; elif c; then b; fi',
        'if x; [ "$(date +%u)" = 1 ]; then a; fi',
        'while [ "$(date +%u)" = 1 ]; do a; done',
        '! [ "$(date +%u)" = 1 ] && a',
        'TZ=UTC [ "$(date +%u)" = 1 ] && a',
        '[ "$(TZ=UTC date +%u)" = 1 ] && a',
        '[[ "$(date +%u)" == 1 ]] && a',
        '[ "$(date +%u)" == 1 ] && a',
        '[ "$(date +%V)" = 01 ] && a',
        "echo $(date) && a",
        '[ "$(date +%u)" = 1 && a',
        "(" * 3000 + "date" + ")" * 3000,
    ],
)
def test_says_nothing_of_any_other_command(command: str):
    """Work on other days, tests of other things, faults, and what /bin/sh would fail on."""
    assert day_guard(command) is None


def test_bash_may_use_its_own_test():
    """Where SHELL is bash, `[[` and `==` work."""
    assert day_guard("[[ $(date +%u) == 1 ]] && a", bash=True) == MONDAY
    assert day_guard("[[ -n $X ]] && date", bash=True) is None
    assert day_guard("[[ $(date +%u) == 1 ]] && a") is None


def job(dialect: Dialect, zone: str | None, *settings: str, own_zone: bool = False, shell: str = "/bin/sh") -> Job:
    """Make a job that works on Mondays."""
    origin = Origin("crontab", 1)
    pairs = (text.partition("=") for text in settings)
    return Job(
        JobId("a"),
        "a",
        origin,
        "crontab",
        "0 0 * * * …",
        None,
        None,
        None,
        Schedule(ScheduleKind.CRON, "0 0 * * *", dialect, zone, own_zone=own_zone),
        "[[ $(date +%u) == 1 ]] && a" if shell.endswith("bash") else "[ $(date +%u) = 1 ] && a",
        shell=shell,
        settings=tuple(Setting(name, value, origin) for name, _, value in pairs),
    )


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (job(Dialect.DEBIAN, "Europe/Paris"), MONDAY),
        (job(Dialect.DEBIAN, None), MONDAY),
        (job(Dialect.DEBIAN, None, shell="/usr/bin/bash"), MONDAY),
        (job(Dialect.DEBIAN, "Europe/Paris", "TZ=Europe/Paris", "X=1"), MONDAY),
        (job(Dialect.DEBIAN, "Europe/Paris", "TZ=UTC"), None),
        (job(Dialect.DEBIAN, None, "TZ=UTC"), None),
        (job(Dialect.CRONIE, "Europe/Paris", own_zone=True), None),
        (job(Dialect.CRONIE, "Europe/Paris", "TZ=Europe/Paris", own_zone=True), MONDAY),
        (job(Dialect.KUBERNETES, "Europe/Paris"), None),
        (job(Dialect.KUBERNETES, None), None),
        (job(Dialect.KUBERNETES, "Etc/UTC"), MONDAY),
    ],
)
def test_only_where_date_goes_by_the_clock_of_the_schedule(one: Job, wanted: DayTest | None):
    """A TZ, a CRON_TZ or a container gives the command another clock than its schedule's."""
    assert job_day_guard(one) == wanted
