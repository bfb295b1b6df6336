"""A small log of each kind, and what is told of it: the whole way from text to figures."""

from __future__ import annotations

import json

import pytest

from tests.history.logs import history, kinds, only

TAB = '0 * * * * /opt/load.sh "$(date +\\%F)" >> /var/log/load.log 2>&1\n'
COMMAND = '/opt/load.sh "$(date +%F)" >> /var/log/load.log 2>&1'

DEBIAN = f"""\
Nov 20 05:59:58 h1 systemd[1]: Started something.
Nov 20 06:00:01 h1 CRON[100]: pam_unix(cron:session): session opened for user etl(uid=1000) by (uid=0)
Nov 20 06:00:01 h1 CRON[101]: (etl) CMD ({COMMAND})
Nov 20 06:10:01 h1 CRON[100]: pam_unix(cron:session): session closed for user etl
Nov 20 07:00:01 h1 CRON[200]: pam_unix(cron:session): session opened for user etl(uid=1000) by (uid=0)
Nov 20 07:00:01 h1 CRON[201]: (etl) CMD ({COMMAND})
Nov 20 07:20:01 h1 CRON[200]: pam_unix(cron:session): session closed for user etl
Nov 20 07:30:00 h1 sshd[7]: bye
"""
DEBIAN_LEVEL_7 = f"""\
2026-11-20T05:59:58.000000+01:00 h1 systemd[1]: Started something.
2026-11-20T06:00:01.123456+01:00 h1 CRON[101]: (etl) CMD ({COMMAND})
2026-11-20T06:10:01.123456+01:00 h1 CRON[100]: (etl) END ({COMMAND})
2026-11-20T07:00:01.123456+01:00 h1 CRON[201]: (etl) CMD ({COMMAND})
2026-11-20T07:20:01.123456+01:00 h1 CRON[200]: (CRON) error (grandchild #201 failed with exit status 2)
2026-11-20T07:20:01.123456+01:00 h1 CRON[200]: (etl) END ({COMMAND})
2026-11-20T07:30:00.000000+01:00 h1 sshd[7]: bye
"""
CRONIE = f"""\
Nov 20 05:59:58 h1.example systemd[1]: Started something.
Nov 20 06:00:01 h1.example CROND[101]: (etl) CMD ({COMMAND})
Nov 20 06:00:02 h1.example CROND[100]: (etl) CMDOUT (loaded 7 rows, password hunter2)
Nov 20 06:10:01 h1.example CROND[100]: (etl) CMDEND ({COMMAND})
Nov 20 07:00:01 h1.example CROND[201]: (etl) CMD ({COMMAND})
Nov 20 07:20:01 h1.example CROND[200]: (etl) CMDEND ({COMMAND})
Nov 20 07:30:00 h1.example sshd[7]: bye
"""
SHORT_ISO = CRONIE.replace("Nov 20 ", "2026-11-20T").replace(" h1.example", "+0100 h1")
NEW_SYSLOG = "".join(
    f"<78>1 2026-11-20T{clock}.5Z h1 CRON {pid} - - {message}\n"
    for clock, pid, message in (
        ("05:59:58", 1, "up"),
        ("06:00:01", 101, f"(etl) CMD ({COMMAND})"),
        ("06:10:01", 100, f"(etl) CMDEND ({COMMAND})"),
        ("07:00:01", 201, f"(etl) CMD ({COMMAND})"),
        ("07:20:01", 200, f"(etl) CMDEND ({COMMAND})"),
        ("07:30:00", 1, "down"),
    )
)
JOURNAL = "".join(
    json.dumps({
        "__REALTIME_TIMESTAMP": f"{seconds}500000",
        "_HOSTNAME": "h1",
        "SYSLOG_IDENTIFIER": "CROND",
        "_PID": str(pid),
        "MESSAGE": message,
    })
    + "\n"
    for seconds, pid, message in (
        (1795154398, 1, "up"),
        (1795154401, 101, f"(etl) CMD ({COMMAND})"),
        (1795155001, 100, f"(etl) CMDEND ({COMMAND})"),
        (1795158001, 201, f"(etl) CMD ({COMMAND})"),
        (1795159201, 200, f"(etl) CMDEND ({COMMAND})"),
        (1795159800, 1, "down"),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("log", "zone", "hour"),
    [
        (DEBIAN, None, 6),
        (DEBIAN, "Europe/Berlin", 6),
        (DEBIAN_LEVEL_7, None, 6),
        (DEBIAN_LEVEL_7, "Europe/Berlin", 6),
        (CRONIE, None, 6),
        (SHORT_ISO, "Europe/Berlin", 6),
        (NEW_SYSLOG, "UTC", 6),
        (NEW_SYSLOG, "Europe/Berlin", 7),
        (JOURNAL, "Europe/Berlin", 6 + 6),
    ],
)
def test_two_runs_of_ten_and_twenty_minutes(tmp_path, log, zone, hour):
    """Every kind of log tells the same: two runs of two starts, how long, the last one's time."""
    runs = only(tmp_path, TAB, log, zone=zone)
    found = runs.durations
    assert (runs.host, runs.runs, runs.expected, runs.missed, runs.unplanned) == ("h1", 2, 2, 0, 0)
    assert (found.runs, found.p50, found.p95, found.longest) == (2, 600, 1200, 1200)
    assert runs.last.endswith(f" {hour + 1:02d}:00") or log is JOURNAL


def test_a_failed_run_is_counted(tmp_path):
    """Debian's log level 4 names the pid of what failed."""
    assert only(tmp_path, TAB, DEBIAN_LEVEL_7).failed == 1


def test_a_command_s_output_is_kept_nowhere(tmp_path):
    """Cronie can log it; it may hold anything."""
    assert "hunter2" not in str(history(tmp_path, TAB, CRONIE))


def test_utc_alone_is_not_the_host_s_clock(tmp_path):
    """Without a zone the journal's moments cannot be laid beside a schedule: unknown, not zero."""
    runs = only(tmp_path, TAB, JOURNAL)
    assert (runs.runs, runs.expected, runs.missed) == (2, None, None)
    assert "time zone" in runs.unknown


def test_busybox(tmp_path):
    """It logs starts, and starts that it leaves out; its own command has its percent signs."""
    tab = {"etc/hostname": "ap\n", "etc/crontabs/root": "*/5 * * * * /bin/a % b\n"}
    log = """\
Nov 20 06:04:00 ap cron.info crond[27]: crond: crond (busybox 1.36.1) started, log level 8
Nov 20 06:05:01 ap cron.info crond[27]: crond: USER root pid  90 cmd /bin/a % b
Nov 20 06:10:01 ap cron.info crond[27]: crond: user root: process already running: /bin/a % b
Nov 20 06:14:59 ap cron.info crond[27]: crond: wakeup
"""
    found = history(tmp_path, tab, log)
    [runs] = found.jobs
    assert (runs.runs, runs.expected, runs.missed, runs.skipped, runs.durations) == (1, 2, 1, 1, None)
    assert kinds(found) == ["log-missed", "log-skipped"]


def test_anacron_and_red_hat_s_run_parts(tmp_path):
    """Identifiers and files of folders have starts, ends and exit codes of their own."""
    tab = {
        "etc/hostname": "db1\n",
        "etc/anacrontab": "1 5 cron.daily nice run-parts /etc/cron.daily\n7 9 weekly /opt/weekly.sh\n",
        "etc/cron.daily/rotate": "#!/bin/sh\n",
    }
    log = """\
Nov 20 03:21:01 db1 anacron[50]: Job `cron.daily' started
Nov 20 03:21:01 db1 run-parts[61]: (/etc/cron.daily) starting rotate
Nov 20 03:23:01 db1 run-parts[66]: (/etc/cron.daily) finished rotate
Nov 20 03:23:02 db1 anacron[50]: Job `cron.daily' terminated (exit status: 1) (produced output)
"""
    found = {runs.job.rpartition("-")[0]: runs for runs in history(tmp_path, tab, log).jobs}
    assert (found["cron-daily-rotate"].runs, found["cron-daily-rotate"].durations.longest) == (1, 120)
    daily = found["run-parts-cron-daily"]
    assert (daily.runs, daily.failed, daily.expected, daily.durations.longest) == (1, 1, None, 121)
    assert (found["weekly-sh"].runs, found["weekly-sh"].unknown) == (None, "no log has starts of this host's commands")


def test_a_container_s_log_names_no_host(tmp_path):
    """`docker logs -t`: a UTC stamp, then crond's own words; the only host is meant."""
    tab = {"etc/hostname": "app\n", "etc/crontabs/root": "0 6 * * * /bin/a\n"}
    log = "2026-11-20T05:00:00.1Z crond: up\n2026-11-20T06:00:00.1Z crond: USER root pid 7 cmd /bin/a\n"
    [runs] = history(tmp_path, tab, log + "2026-11-20T09:00:00.1Z crond: x\n", zone="UTC").jobs
    assert (runs.runs, runs.expected, runs.last) == (1, 1, "2026-11-20 06:00")
