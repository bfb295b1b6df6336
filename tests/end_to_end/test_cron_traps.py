"""Traps that other converters of crontabs fell into: one line that has each, and beside it one that has not."""

from __future__ import annotations

import pytest

from migrator.model import Dialect, Target
from tests.cli.running import run
from tests.end_to_end.looking import Row, Tab, check, plan_of, said

PARIS, NEW_YORK = "Europe/Paris", "America/New_York"
TOKYO = "CRON_TZ=Asia/Tokyo\n"
SPOOL = "var/spool/cron/crontabs/root"

ROWS = (
    Row(
        "a program that is named like a user",
        Tab("0 5 * * * mail -s report ops\n", place=SPOOL),
        ("user: root", "command: mail -s report ops."),
        Tab("0 5 * * * mail -s report ops\n", place="etc/cron.d/report"),
    ),
    Row(
        "a program that is named like another user",
        Tab("0 5 * * * backup --full\n", place=SPOOL),
        ("user: root", "command: backup --full."),
        Tab("0 5 * * * backup --full\n", place="etc/cron.d/backup"),
    ),
    Row(
        "both day fields mean either",
        Tab("0 6 1,15 * 5 /opt/x\n", zone="UTC"),
        (
            "finding dom-dow-or",
            "hazard dom-dow-or",
            "words: at 06:00 on the 1st and 15th of the month and on every Friday.",
            "eventbridge guard: a test of the day must come first: go on only on days 1 and 15 of the month or on",
            "airflow form: 0 6 1,15 * 5.",
        ),
        Tab("0 6 1,15 * * /opt/x\n", zone="UTC"),
    ),
    Row(
        "a day field that begins with a star means both",
        Tab("0 6 */2 * 3 /opt/x\n", zone="UTC"),
        (
            "finding star-step-and",
            "hazard star-step-and",
            "that are also a Wednesday.",
            "eventbridge guard: a test of the day",
            "airflow guard: a custom timetable must drop the other days",
        ),
        Tab("0 6 */2 * * /opt/x\n", zone="UTC"),
    ),
    Row(
        "a weekday of `*/1` does not make it daily",
        Tab("0 6 1 * */1 /opt/x\n", zone="UTC"),
        (
            "words: at 06:00 on the 1st of the month.",
            "eventbridge form: cron(0 6 1 * ? *).",
            "airflow form: 0 6 1 * *.",
        ),
        Tab("0 6 * * */1 /opt/x\n", zone="UTC"),
    ),
    *(
        Row(
            f"Sunday as {text}",
            Tab(f"0 6 * * {text} /opt/x\n"),
            ("words: at 06:00 on every Sunday.", "eventbridge form: cron(0 6 ? * SUN *).", "airflow form: 0 6 * * 0."),
            Tab("0 6 * * 1 /opt/x\n"),
        )
        for text in ("sun", "0", "7", "7-7")
    ),
    Row(
        "a step over weekdays begins on Sunday",
        Tab("0 6 * * */2 /opt/x\n"),
        ("eventbridge form: cron(0 6 ? * SUN,TUE,THU,SAT *).",),
        Tab("0 6 * * */3 /opt/x\n"),
    ),
    Row(
        "a week begins on Sunday",
        Tab("@weekly /opt/x\n"),
        ("words: at 00:00 on every Sunday.", "eventbridge form: cron(0 0 ? * SUN *).", "airflow form: 0 0 * * 0."),
        Tab("@monthly /opt/x\n"),
    ),
    Row(
        "a command that ends in .sh is a template file for Airflow",
        Tab("0 6 * * * /opt/load.sh\n", target=Target.AIRFLOW),
        ("note: the command of 1 job on Airflow ends in .sh",),
        Tab("0 6 * * * /opt/load.sh --now\n", target=Target.AIRFLOW),
    ),
    Row(
        "braces are a template for Airflow",
        Tab("0 6 * * * docker ps --format '{{.Names}}'\n", target=Target.AIRFLOW),
        ("hazard jinja: `{{`",),
        Tab("0 6 * * * docker ps --format '{{.Names}}'\n", target=Target.EVENTBRIDGE),
    ),
    Row(
        "cron takes the backslash of a percent sign",
        Tab("0 6 * * * echo \"$(date '+\\%Y')\"\n"),
        ("command: echo \"$(date '+%Y')\".", "hazard percent"),
        Tab("0 6 * * * echo \"$(date '+\\%Y')\"\n", dialect=Dialect.BUSYBOX),
    ),
    Row(
        "a bare percent sign begins the input",
        Tab("0 6 * * * mail ops%all%well\n"),
        ("command: mail ops.", r"stdin: 'all\nwell\n'", "finding percent", "hazard percent"),
        Tab("0 6 * * * mail ops%all%well\n", dialect=Dialect.KUBERNETES),
    ),
    Row(
        "a setting holds for the lines below it",
        Tab("A=1\n0 6 * * * /opt/x $A\n"),
        ("note: 1 job uses A, which crontab lines set",),
        Tab("0 6 * * * /opt/x $A\nA=1\n"),
    ),
    Row(
        "a zone holds for the lines below it",
        Tab(TOKYO + "0 6 * * * /opt/x\n", dialect=Dialect.CRONIE),
        ("zone: Asia/Tokyo",),
        Tab("0 6 * * * /opt/x\n" + TOKYO, dialect=Dialect.CRONIE),
    ),
    Row(
        "settings with blanks, in lower case, of many words",
        Tab("VAR = x\nlower = y\nFOO=a b c d e f g\n0 8 * * * /opt/x $FOO $VAR $lower\n"),
        ("ledger: debian, 1 jobs, 3 settings", "note: 1 job uses FOO, VAR, lower, which crontab lines set"),
        Tab("0 8 * * * /opt/x $FOO $VAR $lower\n"),
    ),
    Row(
        "an empty MAILTO",
        Tab("MAILTO=\n0 8 * * * /opt/x\n"),
        ("inactive bad-line: line 1", "hazard not-running", "since it has no value"),
        Tab("MAILTO=\n0 8 * * * /opt/x\n", dialect=Dialect.CRONIE),
    ),
    Row(
        "blanks and hashes stay in the command",
        Tab('0 8 * * * echo "a   b" ${V#pre} "#fff"\n'),
        ('command: echo "a   b" ${V#pre} "#fff".',),
        Tab('0 8 * * * echo "a   b" ${V#pre} "#fff"\n', dialect=Dialect.BUSYBOX),
    ),
    Row(
        "a number behind five fields is the command",
        Tab("0 5 * * 1 2026 report\n"),
        ("command: 2026 report.", "words: at 05:00 on every Monday."),
        Tab("0 5 * * 2026 report\n"),
    ),
    Row(
        "a start that Airflow makes after the skipped hour",
        Tab("0 */2 * * * /opt/x\n", zone=NEW_YORK, target=Target.AIRFLOW),
        ("hazard dst-wild-skip", "02:00 does not exist; Airflow starts it at 03:00, cron does not"),
        Tab("0 1-23/2 * * * /opt/x\n", zone=NEW_YORK, target=Target.AIRFLOW),
    ),
    Row(
        "a time that does not exist is another for Airflow",
        Tab("30 2 * * * /opt/x\n", zone=NEW_YORK, target=Target.AIRFLOW),
        ("hazard dst-skip", "airflow differs: moved on 2026-03-08", "cron starts it at 03:00, Airflow at 03:30"),
        Tab("30 4 * * * /opt/x\n", zone=NEW_YORK, target=Target.AIRFLOW),
    ),
    Row(
        "a name with a dot in cron.d",
        Tab("0 6 * * * root /opt/x\n", place="etc/cron.d/my.job"),
        ("inactive file-name: cron ignores the file for its name", "hazard not-running"),
        Tab("0 6 * * * root /opt/x\n", place="etc/cron.d/my.job", dialect=Dialect.CRONIE),
    ),
    Row(
        "a date that never comes",
        Tab("0 0 31 2 * /opt/x\n"),
        ("inactive never-fires", "hazard dead-schedule", "eventbridge refuses: it has never fired", "words: never"),
        Tab("0 0 31 3 * /opt/x\n"),
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_trap(row, tmp_path):
    """What is right is said of the line, and not of its neighbour."""
    check(row, tmp_path)


def test_either_day_starts_once(tmp_path):
    """A Friday the 13th matches twice; one schedule and a guard start it once, in every minute as cron does."""
    plan = plan_of(Tab("0 6 13 * 5 /opt/x\n", zone="UTC"), tmp_path)
    form = plan.jobs[0].schedule.forms[Target.EVENTBRIDGE]
    assert form.expressions == ("cron(0 6 * * ? *)",)
    assert (form.exact, form.differences, bool(form.guard)) == (True, (), True)


@pytest.mark.parametrize("text", ["0 12 * * *", "0 12 * * 1", "0 12 1 * *", "0 12 13 * 5", "0 12 */2 * 3", "@weekly"])
def test_one_day_field_is_open(tmp_path, text):
    """Of the two day fields of EventBridge exactly one is `?`; five fields have none."""
    forms = plan_of(Tab(f"{text} /opt/x\n"), tmp_path).jobs[0].schedule.forms
    for expression in forms[Target.EVENTBRIDGE].expressions:
        _, _, day, _, weekday, year = expression.removeprefix("cron(").removesuffix(")").split()
        assert (day, weekday).count("?") == 1
        assert year == "*"
    assert all("?" not in expression for expression in forms[Target.AIRFLOW].expressions)


def test_the_timetable_is_named():
    """A bare expression means another thing in Airflow 2 than in 3, so the timetable is written out."""
    told = run("schedule", "30 2 * * *", "--tz", PARIS)
    assert 'CronTriggerTimetable("30 2 * * *", timezone="Europe/Paris")' in told.out
    assert "Timetable" not in run("schedule", "@reboot").out


def test_ids_do_not_count_lines(tmp_path):
    """Lines that move, and lines between them, change no id; another command does."""
    first, second = "0 6 * * * /opt/x a\n", "0 7 * * * /opt/x b\n"

    def ids(text: str) -> dict[str, str]:
        return {job.command: job.id for job in plan_of(Tab(text), tmp_path).jobs}

    before = ids(first + second)
    assert ids("# said\n\n" + second + "5 5 * * * /opt/new\n" + first).items() >= before.items()
    assert ids(first.replace("a", "c")).keys().isdisjoint(before)
    assert set(ids(first.replace(" a", " c")).values()).isdisjoint(before.values())


def test_what_is_looked_at_is_there(tmp_path):
    """A plain line has none of the traps: nothing is found on it but that its zone is not known."""
    told = said(plan_of(Tab("15 12 * * * /opt/x --all > /srv/x\n"), tmp_path))
    assert [line for line in told if line.startswith(("finding", "hazard", "unread", "inactive"))] == []
    assert any("zone" in line for line in told if line.startswith("question"))
