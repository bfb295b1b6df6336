"""What a line says of time and environment that a move would break: each beside a line that is free of it."""

from __future__ import annotations

import pytest

from migrator.model import Dialect, Target
from tests.end_to_end.looking import Row, Tab, check

PARIS = "Europe/Paris"
DAY = "0 6 * * * "
SYSTEM = "etc/cron.d/jobs"
LAST_DAY = '[ "$(date -d tomorrow +\\%d)" = 01 ] && /opt/x\n'
MONDAY = '[ "$(date +\\%u)" = 1 ] && /opt/x\n'
ODD_WEEK = "[ $(expr $(date +\\%V) \\% 2) = 1 ] && /opt/x\n"


def aired(text: str, zone: str | None = PARIS) -> Tab:
    """Pin the jobs of a tab to Airflow."""
    return Tab(text, zone=zone, target=Target.AIRFLOW)


def scheduled(text: str, zone: str | None = PARIS) -> Tab:
    """Pin the jobs of a tab to EventBridge Scheduler."""
    return Tab(text, zone=zone, target=Target.EVENTBRIDGE)


TIME = (
    Row(
        "dom-dow-or",
        scheduled("0 0 13 * 5 /opt/x\n"),
        ("finding dom-dow-or", "hazard dom-dow-or", "eventbridge form: cron(0 0 * * ? *).", "eventbridge guard"),
        aired("0 0 13 * * /opt/x\n"),
    ),
    Row(
        "star-step-and",
        aired("0 0 */2 * 1 /opt/x\n"),
        ("finding star-step-and", "hazard star-step-and", "airflow guard", "runs: 2.2"),
        Tab("0 0 */2 * 1 /opt/x\n", zone=PARIS, dialect=Dialect.KUBERNETES, target=Target.AIRFLOW),
    ),
    Row(
        "source-dialect, days",
        Tab("0 0 */2 * * /opt/x\n", dialect=Dialect.BUSYBOX),
        ("ledger: busybox", "on the days of the month 2, 4, 6, 8"),
        Tab("0 0 */2 * * /opt/x\n"),
    ),
    Row(
        "source-dialect, weekday 7",
        Tab("0 0 * * 7 /opt/x\n", dialect=Dialect.BUSYBOX),
        ("finding busybox-parse-error", "words: at 00:00 every day."),
        Tab("0 0 * * 7 /opt/x\n"),
    ),
    Row(
        "source-dialect, minute 70",
        Tab("70 * * * * /opt/x\n", dialect=Dialect.BUSYBOX),
        ("finding busybox-parse-error", "words: every minute."),
        Tab("10 * * * * /opt/x\n", dialect=Dialect.BUSYBOX),
    ),
    Row(
        "source-dialect, what Kubernetes rejects",
        Tab("0 0 * * 7 /opt/x\n", dialect=Dialect.KUBERNETES),
        ("unread: column 9: bad day-of-week",),
        Tab("0 0 * * 7 /opt/x\n", dialect=Dialect.CRONIE),
    ),
    *(
        Row(
            f"sloppy-accepted {text}",
            Tab(f"{text} /opt/x\n"),
            ("finding sloppy-accepted", "hazard sloppy-accepted", form),
            Tab(plain + " /opt/x\n"),
        )
        for text, form, plain in (
            ("0 0 * * 1#2", "eventbridge form: cron(0 0 ? * MON *).", "0 0 * * 2"),
            ("1.5 0 * * *", "eventbridge form: cron(1 0 * * ? *).", "5 0 * * *"),
            ("5! 0 * * *", "eventbridge form: cron(5 0 * * ? *).", "1 0 * * *"),
            ("0 0 *L * *", "eventbridge form: cron(0 0 * * ? *).", "0 0 1 * *"),
            ("1-2-3 0 * * *", "eventbridge form: cron(1,2 0 * * ? *).", "1-3 0 * * *"),
        )
    ),
    *(
        Row(
            f"dead-schedule {text}",
            Tab(f"{text} /opt/x\n"),
            ("finding dead-schedule", "hazard dead-schedule", "inactive never-fires", "airflow refuses"),
            Tab(lives + " /opt/x\n"),
        )
        for text, lives in (
            ("22-2 * * * *", "2-22 * * * *"),
            ("0 0 * * fri-mon", "0 0 * * mon-fri"),
            ("0 0 * * fri-sun", "0 0 * * 5-7"),
            ("0 0 30 2 *", "0 0 29 2 *"),
        )
    ),
    Row(
        "numeric-wrap",
        Tab("4294967297 3 * * * /opt/x\n"),
        ("finding numeric-wrap", "eventbridge form: cron(1 3 * * ? *)."),
        Tab("2 3 * * * /opt/x\n"),
    ),
    Row(
        "step-not-dividing",
        Tab("*/7 * * * * /opt/x\n"),
        ("finding step-not-dividing", "form: cron(0,7,14,21,28,35,42,49,56 * * * ? *)."),
        Tab("*/6 * * * * /opt/x\n"),
    ),
    Row(
        "step-not-dividing, hours",
        Tab("0 */5 * * * /opt/x\n", zone="UTC"),
        ("finding step-not-dividing", "form: cron(0 0,5,10,15,20 * * ? *)."),
        Tab("0 */6 * * * /opt/x\n", zone="UTC"),
    ),
    Row(
        "dow-numbering",
        Tab("0 0 * * 1-5 /opt/x\n"),
        ("form: cron(0 0 ? * MON,TUE,WED,THU,FRI *).",),
        Tab("0 0 * * 0-4 /opt/x\n"),
    ),
    Row(
        "dow-step-target",
        Tab("0 0 * * 1-5/2 /opt/x\n"),
        ("form: cron(0 0 ? * MON,WED,FRI *).", "airflow form: 0 0 * * 1,3,5."),
        Tab("0 0 * * 1-5 /opt/x\n"),
    ),
    Row(
        "nn-range",
        Tab("0 5-5 * * * /opt/x\n"),
        ("finding nn-range", "airflow form: 0 5 * * *.", "runs: 30.4"),
        Tab("0 4-5 * * * /opt/x\n"),
    ),
    Row(
        "macros",
        Tab("@daily /opt/x\n"),
        ("eventbridge form: cron(0 0 * * ? *).", "airflow form: 0 0 * * *."),
        Tab("@monthly /opt/x\n"),
    ),
    Row(
        "macros, boot",
        Tab("@reboot /opt/x\n"),
        ("words: at boot.", "eventbridge refuses: no target starts anything when a host boots", "goes to: retain"),
        Tab("@daily /opt/x\n"),
    ),
    Row(
        "macros, every",
        Tab("@every 90m /opt/x\n", dialect=Dialect.KUBERNETES),
        ("finding every-phase", "eventbridge refuses: an interval that fits no hour"),
        Tab("@hourly /opt/x\n", dialect=Dialect.KUBERNETES),
    ),
    Row(
        "macros, quarterly",
        Tab("@quarterly /opt/x\n"),
        ("unread: column 1: bad time specifier",),
        Tab("@monthly /opt/x\n"),
    ),
    Row(
        "tz-host-local",
        Tab("30 2 * * * /opt/x\n"),
        ("zone: None", "question zones", "notes: the zone is a parameter"),
        Tab("30 2 * * * /opt/x\n", zone=PARIS),
    ),
    Row(
        "tz-host-local, TZ",
        Tab("TZ=Asia/Tokyo\n30 2 * * * /opt/x\n"),
        ("finding tz-not-schedule", "zone: None", "note: above 1 job a TZ is set, which cron does not use"),
        Tab("LANG=C\n30 2 * * * /opt/x\n", zone=PARIS),
    ),
    Row(
        "cron-tz",
        Tab("CRON_TZ=Asia/Tokyo\n30 2 * * * /opt/x\n", dialect=Dialect.CRONIE),
        ("zone: Asia/Tokyo",),
        Tab("30 2 * * * /opt/x\nCRON_TZ=Asia/Tokyo\n", dialect=Dialect.CRONIE),
    ),
    Row(
        "cron-tz on Debian",
        Tab("CRON_TZ=Asia/Tokyo\n30 2 * * * /opt/x\n"),
        ("finding cron-tz-ignored", "zone: None"),
        Tab("CRON_TZ=Asia/Tokyo\n30 2 * * * /opt/x\n", dialect=Dialect.CRONIE),
    ),
    Row(
        "dst-skip",
        scheduled("30 2 * * * /opt/x\n"),
        ("hazard dst-skip", "skipped on 2026-03-29", "cron starts it at 03:00, EventBridge Scheduler does not"),
        scheduled("30 4 * * * /opt/x\n"),
    ),
    Row(
        "dst-skip, where the source skips too",
        Tab("30 2 * * * /opt/x\n", zone=PARIS, target=Target.EVENTBRIDGE, dialect=Dialect.CRONIE),
        ("hazard dst-skip",),
        Tab("30 2 * * * /opt/x\n", zone=PARIS, target=Target.EVENTBRIDGE, dialect=Dialect.BUSYBOX),
    ),
    Row(
        "dst-wild-skip",
        aired("*/20 2 * * * /opt/x\n"),
        ("hazard dst-wild-skip: started once more on 2026-03-29",),
        scheduled("*/20 2 * * * /opt/x\n"),
    ),
    Row(
        "dst-repeat",
        aired("30 2 * * * /opt/x\n"),
        ("hazard dst-repeat: moved on 2026-10-25",),
        scheduled("30 2 * * * /opt/x\n"),
    ),
    Row(
        "dst-repeat, where the source runs twice",
        Tab("30 2 * * * /opt/x\n", zone=PARIS, target=Target.EVENTBRIDGE, dialect=Dialect.BUSYBOX),
        ("hazard dst-repeat",),
        Tab("30 2 * * * /opt/x\n", zone=PARIS, target=Target.EVENTBRIDGE),
    ),
    Row(
        "last-dom-trick",
        scheduled("0 3 28-31 * * " + LAST_DAY),
        ("eventbridge form: cron(0 3 L * ? *).", "airflow form: 0 3 L * *."),
        scheduled("0 3 28-31 * * /opt/x\n"),
    ),
    Row(
        "date-guard, lifted",
        scheduled("0 3 1-7 * * " + MONDAY),
        ("eventbridge form: cron(0 3 ? * MON#1 *).", "airflow form: 0 3 * * 1#1."),
        scheduled("0 3 1-7 * 1 /opt/x\n"),
    ),
    Row("date-guard", scheduled("0 3 * * 1 " + ODD_WEEK), ("hazard date-guard",), scheduled("0 3 1-7 * * " + MONDAY)),
    Row(
        "sub-minute",
        scheduled("* * * * * sleep 30; /opt/x\n"),
        ("hazard sub-minute",),
        scheduled("* * * * * /opt/x; sleep 30\n"),
    ),
    Row(
        "sub-minute, in turns",
        Tab("* * * * * sleep 20; /opt/x\n* * * * * sleep 40; /opt/x\n"),
        ("goes to: retain",),
        Tab("*/5 * * * * sleep 20; /opt/x\n"),
    ),
    Row(
        "random-delay",
        scheduled("0 3 * * * sleep $((RANDOM \\% 3600)); /opt/x\n"),
        ("hazard random-delay",),
        scheduled("0 3 * * * sleep 3600; /opt/x\n"),
    ),
    Row(
        "random-delay, tilde",
        Tab("0~30 3 * * * /opt/x\n", dialect=Dialect.CRONIE),
        ("finding random-start", "hazard random-delay", "flexible time window of 30 minutes"),
        Tab("0-30 3 * * * /opt/x\n", dialect=Dialect.CRONIE),
    ),
    Row(
        "sleep-as-order",
        scheduled("0 3 * * * sleep 600 && /opt/load\n"),
        ("hazard sleep-as-order",),
        scheduled("0 3 * * * /opt/load && sleep 600\n"),
    ),
    Row(
        "offset-as-dependency",
        Tab("0 1 * * * /opt/a > /srv/a.csv\n0 5 * * * /opt/b < /srv/a.csv\n"),
        ("tie: ", "hazard clock-as-order"),
        Tab("0 1 * * * /opt/a > /srv/a.csv\n0 5 * * * /opt/b < /srv/b.csv\n"),
    ),
    Row(
        "leap",
        Tab("0 6 29 2 * /opt/x\n"),
        ("hazard short-months: `0 6 29 2 *` does not start in February of most years",),
        Tab("0 6 28 2 * /opt/x\n"),
    ),
    Row(
        "short months",
        Tab("0 6 31 * * /opt/x\n"),
        ("hazard short-months: `0 6 31 * *` does not start in February, April, June, September and November",),
        Tab("0 6 31 1,3,12 * /opt/x\n"),
    ),
    Row(
        "week 53",
        Tab("0 6 * * 1 [ $(date +\\%V) = 53 ] && /opt/x\n"),
        ("hazard date-guard",),
        Tab("0 6 * * 1 /opt/x\n"),
    ),
)

ENVIRONMENT = (
    Row(
        "percent",
        scheduled(DAY + "mysql shop%select 1%go\n"),
        ("command: mysql shop.", "finding percent", "hazard percent"),
        Tab(DAY + "mysql stock\n"),
    ),
    Row(
        "percent in a date",
        Tab(DAY + "tar czf /srv/$(date +%F).tgz /etc\n"),
        ("finding percent: the command ends at an unescaped `%` inside a date format",),
        Tab(DAY + "tar czf /srv/$(date +\\%F).tgz /etc\n"),
    ),
    Row(
        "backslash-collapse",
        scheduled(DAY + "printf 'a\\\\nb' > /srv/x\n"),
        ("finding backslash-collapse", "hazard backslash-collapse", "command: printf 'a\\nb' > /srv/x."),
        Tab(DAY + "printf 'a\\\\nb' > /srv/x\n", dialect=Dialect.CRONIE, target=Target.EVENTBRIDGE),
    ),
    Row(
        "backslash-collapse behind a percent sign",
        Tab(DAY + "echo 5\\% a\\\\b\n"),
        ("finding backslash-collapse", "hazard backslash-collapse"),
        Tab(DAY + "cat%a\\\\b\n"),
    ),
    Row(
        "minimal-path",
        Tab("PATH=/opt/etl/bin:/usr/bin:/bin\n" + DAY + "load-orders --all\n"),
        ("note: programs of 1 job are found by a PATH that the crontab sets",),
        Tab(DAY + "load-orders --all\nPATH=/opt/etl/bin:/usr/bin:/bin\n"),
    ),
    Row(
        "no-expansion",
        Tab("PATH=$HOME/bin:/bin\n" + DAY + "/opt/x\n"),
        ("finding no-expansion", "note: a setting above 1 job holds a `$`"),
        Tab("PATH=/home/a/bin:/bin\n" + DAY + "/opt/x\n"),
    ),
    Row(
        "shell-sh-vs-bash, by SHELL",
        Tab("SHELL=/bin/bash\n" + DAY + "/opt/x\n"),
        ("note: 1 job is run by /bin/bash; SSM runs /bin/sh",),
        Tab(DAY + "/opt/x\nSHELL=/bin/bash\n"),
    ),
    *(
        Row(
            f"shell-sh-vs-bash, {what}",
            Tab(DAY + command + "\n"),
            (f"hazard bash-in-sh: `{what}",),
            Tab("SHELL=/bin/bash\n" + DAY + command + "\n"),
        )
        for what, command in (
            ("[[", "[[ -f /srv/x ]] && /opt/x"),
            ("&>", "/opt/x &> /var/log/x"),
            ("$RANDOM", "sleep $RANDOM; /opt/x"),
            ("source", "source /etc/x.env && /opt/x"),
            ("<(…)", "diff <(/opt/a) <(/opt/b)"),
        )
    ),
    Row("env-leak-order", Tab("A=1\n" + DAY + "/opt/x $A\n"), ("note: 1 job uses A",), Tab(DAY + "/opt/x $A\nA=1\n")),
    *(
        Row(
            f"home-cwd, {command}",
            scheduled(DAY + command + "\n"),
            ("hazard home-folder",),
            scheduled(DAY + rooted + "\n"),
        )
        for command, rooted in (
            ("./bin/load", "/opt/bin/load"),
            ("bin/load", "/opt/bin/load"),
            ("/opt/x >> load.log", "/opt/x >> /var/log/load.log"),
            ("cd app && ./load", "cd /opt/app && ./load"),
            ("cd ~/app && ./load", "cd /opt/app && ./load"),
            ("/opt/x < in.csv", "/opt/x < /srv/in.csv"),
            ("python3 load.py", "python3 /opt/load.py"),
            ("/opt/x --out ~/x.csv", "/opt/x --out /srv/x.csv"),
        )
    ),
    *(
        Row(
            f"locale, {command}",
            scheduled(DAY + command + "\n"),
            ("hazard locale-order",),
            scheduled(DAY + quiet + "\n"),
        )
        for command, quiet in (
            ("sort /srv/a > /srv/b", "LC_ALL=C sort /srv/a > /srv/b"),
            ("/opt/x | sort -u | comm -12 /srv/a -", "/opt/x | sort -rn"),
            ("/opt/x $(date +\\%b)", "/opt/x $(date +\\%m)"),
        )
    ),
    Row(
        "mailto",
        Tab("MAILTO=ops@example.com\n" + DAY + "/opt/x\n"),
        ("note: output of 1 job is mailed to ops@example.com, where failures are seen today",),
        Tab('MAILTO=""\n' + DAY + "/opt/x\n"),
    ),
    Row(
        "silent-null",
        Tab(DAY + "/opt/x > /dev/null 2>&1\n"),
        ("note: standard output of 1 job is thrown away",),
        Tab(DAY + "/opt/x > /srv/null 2>&1\n"),
    ),
    *(
        Row(
            f"exit-swallow, {command}",
            scheduled(DAY + command + "\n"),
            ("hazard exit-swallow",),
            scheduled(DAY + "/opt/x\n"),
        )
        for command in ("/opt/x || true", "/opt/x; true", "/opt/x; exit 0", "/opt/x | tee /srv/x", "/opt/x &")
    ),
    Row(
        "cron-ignores-exit, 99",
        aired(DAY + "/opt/x || exit 99\n"),
        ("hazard exit-99",),
        scheduled(DAY + "/opt/x || exit 99\n"),
    ),
    *(
        Row(
            f"retry-unsafe, {does}",
            scheduled(DAY + command + "\n"),
            ("hazard retry-unsafe: ", does),
            scheduled(DAY + once + "\n"),
        )
        for does, command, once in (
            ("appends to /srv/x.csv", "/opt/x >> /srv/x.csv", "/opt/x > /srv/x.csv"),
            ("sends mail", "mail -s done ops < /srv/x", "cp /srv/x /srv/y"),
            ("inserts rows", "psql -c 'INSERT INTO a VALUES (1)'", "psql -c 'DELETE FROM a'"),
            (
                "posts to https://pay.example.com/charge",
                "curl -X POST https://pay.example.com/charge",
                "curl https://pay.example.com/charge",
            ),
        )
    ),
    Row(
        "comment-hash",
        Tab(DAY + "curl http://h.example.com/#a # note\n", dialect=Dialect.BUSYBOX),
        ("finding comment-hash", "command: curl http://h.example.com/."),
        Tab(DAY + "curl http://h.example.com/#a # note\n"),
    ),
    Row(
        "eof-newline",
        Tab(DAY + "/opt/a\n" + DAY + "/opt/b"),
        ("inactive no-newline: the last line is not ended by a line break: Debian's cron ignores the whole file",),
        Tab(DAY + "/opt/a\n" + DAY + "/opt/b\n"),
    ),
    Row(
        "eof-newline, cronie",
        Tab(DAY + "/opt/a\n" + DAY + "/opt/b", dialect=Dialect.CRONIE),
        ("inactive no-newline: the file's last line is not ended by a line break: cronie drops the line",),
        Tab(DAY + "/opt/a\n# the end", dialect=Dialect.CRONIE),
    ),
    Row(
        "one-bad-line",
        Tab(DAY + "/opt/a\nnonsense\n"),
        ("unread: column 1: bad minute", "inactive bad-line: line 2", "hazard not-running"),
        Tab(DAY + "/opt/a\n# nonsense\n"),
    ),
    Row(
        "one-bad-line, cronie",
        Tab(DAY + "/opt/a\nnonsense\n"),
        ("inactive bad-line",),
        Tab(DAY + "/opt/a\nnonsense\n", dialect=Dialect.CRONIE),
    ),
    Row(
        "empty-mailto",
        Tab("MAILTO=\n" + DAY + "/opt/x\n"),
        ("since it has no value", "inactive bad-line"),
        Tab('MAILTO=""\n' + DAY + "/opt/x\n"),
    ),
    Row(
        "nul-byte",
        Tab(DAY + "/opt/a\0* * * * * /opt/b\n"),
        ("finding nul-byte", "command: /opt/a.", "command: /opt/b."),
        Tab(DAY + "/opt/c\n* * * * * /opt/d\n"),
    ),
    Row("crlf", Tab(DAY + "/opt/x\r\n"), ("finding crlf", "hazard carriage-return"), Tab(DAY + "/opt/x\n")),
    Row(
        "user-column",
        Tab(DAY + "root /opt/x\n", place=SYSTEM),
        ("user: root", "command: /opt/x."),
        Tab(DAY + "root /opt/x\n", place="var/spool/cron/crontabs/al"),
    ),
    Row(
        "user-column, in a user's tab",
        Tab(DAY + "root /opt/x\n", place="var/spool/cron/crontabs/al"),
        ("finding user-column", "user: al"),
        Tab(DAY + "root /opt/x\n", place=SYSTEM),
    ),
    Row(
        "ignored-file, by its name",
        Tab(DAY + "root /opt/x\n", place="etc/cron.d/jobs.bak"),
        ("inactive file-name",),
        Tab(DAY + "root /opt/x\n", place=SYSTEM),
    ),
    Row(
        "ignored-file, by its mode",
        Tab(DAY + "root /opt/x\n", place=SYSTEM, mode=0o666),
        ("finding insecure-mode",),
        Tab(DAY + "root /opt/x\n", place=SYSTEM),
    ),
    Row(
        "ignored-file, not executable",
        Tab("#!/bin/sh\n/opt/x\n", place="etc/cron.daily/x"),
        ("inactive not-executable",),
        Tab("#!/bin/sh\n/opt/x\n", place="etc/cron.daily/x", mode=0o755),
    ),
    Row(
        "commented-jobs",
        Tab(DAY + "/opt/x\n#0 1 * * * /opt/y\n"),
        ("ledger: debian, 1 jobs, 0 settings, 1 disabled",),
        Tab(DAY + "/opt/x\n# at 1 we used to run y\n"),
    ),
    Row(
        "command-998",
        Tab(DAY + "/opt/" + "x" * 994 + "\n"),
        ("inactive command-998: command too long: 999 bytes", "hazard not-running"),
        Tab(DAY + "/opt/" + "x" * 993 + "\n"),
    ),
    Row(
        "command-998, lines",
        Tab("#\n" * 10_000 + DAY + "/opt/x\n"),
        ("inactive too-many-lines: 10001 lines",),
        Tab("#\n" * 9_999 + DAY + "/opt/x\n"),
    ),
)


@pytest.mark.parametrize("row", TIME, ids=lambda row: row.name)
def test_time(row, tmp_path):
    """What the schedule means, and what a target would make of it, is said of the line and not of its neighbour."""
    check(row, tmp_path)


@pytest.mark.parametrize("row", ENVIRONMENT, ids=lambda row: row.name)
def test_environment(row, tmp_path):
    """What cron does around a command is said of the line and not of its neighbour."""
    check(row, tmp_path)


def test_every_row_has_a_name_of_its_own():
    """No row stands twice under one name."""
    names = [row.name for row in (*TIME, *ENVIRONMENT)]
    assert len(set(names)) == len(names)
