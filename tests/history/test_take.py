"""Tests of what is said of jobs, hosts and logs as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.history import HistoryError, slack_of, take, with_durations
from migrator.model import Inactive
from tests.history.logs import DAY, history, kinds, only, scanned, written


def cmd(clock, command, *, user="etl", pid=1, host="h1", day="Nov 20"):
    """Write cron's line about a start."""
    return f"{day} {clock} {host} CRON[{pid}]: ({user}) CMD ({command})\n"


def end(clock, command, *, user="etl", pid=1, host="h1", day="Nov 20"):
    """Write cronie's line about an end."""
    return f"{day} {clock} {host} CROND[{pid}]: ({user}) CMDEND ({command})\n"


FIRST = "Nov 20 00:00:00 h1 systemd[1]: up\n"
LAST = "Nov 20 23:59:59 h1 systemd[1]: down\n"


def test_a_job_that_never_ran(tmp_path):
    """The host's log has other starts, and none of this job's."""
    found = history(tmp_path, "0 * * * * a\n0 5 * * * never\n", FIRST + cmd("06:00:01", "a") + LAST)
    never = next(runs for runs in found.jobs if runs.job.startswith("never"))
    assert (never.runs, never.expected, never.missed, never.last) == (0, 1, 1, None)
    assert "log-never-ran" in kinds(found)


def test_nothing_is_said_of_a_job_that_had_no_start(tmp_path):
    """Monthly, and a log of a day."""
    found = history(tmp_path, "0 6 * * * a\n0 5 1 * * monthly\n", FIRST + cmd("06:00:01", "a") + LAST)
    assert kinds(found) == []


def test_nothing_is_said_where_the_log_has_no_starts(tmp_path):
    """`auth.log` has sessions alone: that no command is in it means nothing."""
    log = FIRST + "Nov 20 06:00:01 h1 CRON[9]: pam_unix(cron:session): session opened for user etl by (uid=0)\n" + LAST
    found = history(tmp_path, "0 * * * * a\n", log)
    assert [(runs.runs, runs.expected) for runs in found.jobs] == [(None, None)]
    assert kinds(found) == []


def test_a_start_and_its_session_in_two_logs(tmp_path):
    """Debian writes commands to syslog, sessions to auth.log."""
    syslog = FIRST + cmd("06:00:01", "a", pid=11) + LAST
    auth = (
        "Nov 20 06:00:01 h1 CRON[10]: pam_unix(cron:session): session opened for user etl(uid=1) by (uid=0)\n"
        "Nov 20 06:05:01 h1 CRON[10]: pam_unix(cron:session): session closed for user etl\n"
    )
    [runs] = history(tmp_path, "0 6 * * * a\n", {"syslog": syslog, "auth.log": auth}).jobs
    assert (runs.runs, runs.durations.longest) == (1, 300)


def test_a_line_that_stands_in_two_logs_is_one_run(tmp_path):
    """Both syslog and cron.log hold the same lines; a second run at the same minute in one log is another run."""
    text = FIRST + cmd("06:00:01", "a", pid=7) + LAST
    [runs] = history(tmp_path, "0 6 * * * a\n", {"syslog": text, "cron.log": text}).jobs
    assert runs.runs == 1


def test_the_command_is_the_log_s_own_form(tmp_path):
    """What stands behind a percent sign is not logged, other letters are, in octal; a tab with a caret."""
    tab = "0 6 * * * mail -s 'f\\%r' x%body%more\n0 7 * * * cp /srv/\u00fc\t/b\n"
    log = FIRST + cmd("06:00:01", "mail -s 'f%r' x") + cmd("07:00:01", "cp /srv/\\303\\274^I/b") + LAST
    assert [runs.runs for runs in history(tmp_path, tab, log).jobs] == [1, 1]


def test_a_secret_in_the_log_is_shown_nowhere(tmp_path):
    """The job is found all the same, a stranger is shown redacted, and the log is named as a place of secrets."""
    tab = "0 6 * * * mysqldump -psecretpass12 db\n"
    log = FIRST + cmd("06:00:01", "mysqldump -psecretpass12 db") + cmd("07:00:01", "mysql -pother3secret x") + LAST
    found = history(tmp_path, tab, log)
    assert [runs.runs for runs in found.jobs] == [1]
    assert "REDACTED-password" in found.strangers[0].command
    assert {(secret.origin.path, secret.kind) for secret in found.secrets} == {("syslog", "password")}
    for secret in ("secretpass12", "other3secret"):
        assert secret not in repr(found)


def test_a_cut_line_meets_the_only_job_that_begins_so(tmp_path):
    """What is left of the last word counts, a short rest says nothing, and what no job goes on like is a stranger."""
    tab = "0 6 * * * /opt/1st/load.sh --all --from x\n"
    tab += "0 7 * * * /opt/2nd/load.sh --to a\n0 8 * * * /opt/2nd/load.sh --to b\n"
    cut = FIRST + cmd("06:00:01", "/opt/1st/load.sh --all --fr")[:-2] + "\n"
    cut += cmd("07:00:01", "/opt/2nd/load.sh --to /s")[:-2] + "\n" + cmd("08:00:01", "/opt x")[:-2] + "\n" + LAST
    found = history(tmp_path, tab, cut)
    assert [runs.runs for runs in found.jobs].count(1) == 1
    assert [stranger.command for stranger in found.strangers] == ["/opt …", "/opt/2nd/load.sh --to …"]


def test_a_cut_line_that_several_jobs_begin_like_is_of_the_one_that_was_due(tmp_path):
    """The minute decides; where it cannot, nothing is said of that start, and the run is counted for the host."""

    def told(*hours):
        tab = "".join(f"0 {hour} * * * /opt/2nd/load.sh --to {end}\n" for hour, end in zip(hours, "ab", strict=True))
        log = FIRST + "".join(cmd(f"{hour:02d}:00:01", "/opt/2nd/load.sh --t")[:-2] + "\n" for hour in (7, 8)) + LAST
        found = history(tmp_path / str(hours), tab, log)
        assert found.strangers == ()
        return sorted((runs.runs, runs.missed) for runs in found.jobs), found.hosts[0].unplaced

    assert told(7, 8) == ([(1, 0), (1, 0)], 0)
    assert told(7, 7) == ([(0, 0), (0, 0)], 2)
    assert told(8, 9) == ([(0, 1), (1, 0)], 1)


def test_a_log_that_ends_in_the_middle_of_a_line(tmp_path):
    """Copied while it was written: the start that it tells of is there, however little is left of the command."""
    tab = "0 6 * * * /srv/one\n0 7 * * * /srv/two\n"
    found = history(tmp_path, tab, FIRST + cmd("06:00:01", "/srv/one") + cmd("07:00:01", "/srv/two")[:-5])
    assert [(runs.runs, runs.missed) for runs in found.jobs] == [(1, 0), (1, 0)]
    assert found.strangers == ()


def test_another_user_s_command_is_another_job(tmp_path):
    """Root ran it, not etl."""
    found = history(tmp_path, "0 6 * * * a\n", FIRST + cmd("06:00:01", "a", user="root") + LAST)
    assert [(runs.runs, runs.missed) for runs in found.jobs] == [(0, 1)]
    assert [(stranger.user, stranger.command, stranger.runs) for stranger in found.strangers] == [("root", "a", 1)]


def test_lines_with_one_command_share_its_runs_by_their_minutes(tmp_path):
    """A run goes to the line that has a start at its minute; one that no line has is counted for the host."""
    tab = "0 6 * * * a\n30 7 * * * a\n"
    log = FIRST + cmd("06:00:01", "a") + cmd("07:30:01", "a") + cmd("09:10:01", "a") + LAST
    found = history(tmp_path, tab, log)
    assert sorted((runs.runs, runs.missed, runs.last) for runs in found.jobs) == [
        (1, 0, "2026-11-20 06:00"),
        (1, 0, "2026-11-20 07:30"),
    ]
    assert found.hosts[0].unplaced == 1


def test_a_command_of_a_clock_and_of_the_boot_is_not_told_apart(tmp_path):
    """Unknown, with the reason."""
    found = history(tmp_path, "0 6 * * * a\n@reboot a\n", FIRST + cmd("06:00:01", "a") + LAST)
    assert [runs.runs for runs in found.jobs] == [None, None]
    assert found.hosts[0].unplaced == 1
    assert kinds(found) == []


def test_runs_that_began_too_early(tmp_path):
    """The second begins while the first still runs."""
    log = FIRST + cmd("06:00:01", "a", pid=2) + cmd("07:00:01", "a", pid=9) + end("07:30:01", "a", pid=1)
    found = history(tmp_path, "0 6,7 * * * a\n", log + end("07:40:01", "a", pid=8) + LAST)
    [runs] = found.jobs
    assert (runs.overlaps, runs.durations.longest, runs.durations.p50) == (1, 5400, 2400)
    assert kinds(found) == ["log-overlap"]


def test_runs_at_other_minutes(tmp_path):
    """Another schedule was in force, or another zone."""
    found = history(tmp_path, "0 6 * * * a\n", FIRST + cmd("09:10:01", "a") + LAST)
    assert [(runs.runs, runs.missed, runs.unplanned) for runs in found.jobs] == [(1, 1, 1)]
    assert sorted(kinds(found)) == ["log-missed", "log-unplanned"]


def test_a_tab_that_was_changed_counts_from_then(tmp_path):
    """What was expected before the tab was read anew is not known."""
    changed = "Nov 20 12:00:05 h1 cron[3]: (etl) RELOAD (crontabs/etl)\n"
    log = FIRST + cmd("03:00:01", "a") + changed + cmd("18:00:01", "a") + LAST
    [runs] = history(tmp_path, "0 6,18 * * * a\n", log).jobs
    assert (runs.runs, runs.expected, runs.missed, runs.unplanned, runs.since) == (2, 1, 0, 0, "2026-11-20 12:00")


def test_an_inactive_job_that_runs_all_the_same(tmp_path):
    """The file here is not the one on the host."""
    files = {"etc/hostname": "h1\n", "etc/cron.d/a.b": "0 6 * * * root a\n"}
    found = history(tmp_path, files, FIRST + cmd("06:00:01", "a", user="root") + LAST)
    assert kinds(found) == ["log-runs-inactive"]


def test_an_ignored_job_runs_as_it_should(tmp_path):
    """The settings leave it out of the plan; cron runs it, and its starts are counted."""
    scan = scanned(tmp_path / "scan", {"etc/hostname": "h1\n", "var/spool/cron/crontabs/etl": "0 6 * * * a\n"}, None)
    jobs = [replace(job, inactive=Inactive("ignored", "the settings say so")) for job in scan.jobs]
    log = written(tmp_path / "logs", FIRST + cmd("06:00:01", "a") + LAST, "syslog")
    found = take([log], jobs, scan.hosts, DAY)
    assert [(runs.runs, runs.unknown) for runs in found.jobs] == [(1, "")]
    assert found.jobs[0].expected
    assert "log-runs-inactive" not in kinds(found)


def test_what_cron_does_not_log_is_unknown(tmp_path):
    """Files of a periodic folder on Debian, and cronie's entries with a dash."""
    files = {
        "etc/hostname": "h1\n",
        "etc/cron.daily/x": "#!/bin/sh\n",
        "var/spool/cron/root": "-0 6 * * * quiet\n0 7 * * * a\n",
    }
    found = history(tmp_path, files, FIRST + cmd("07:00:01", "a", user="root") + LAST)
    unknown = {runs.job.rpartition("-")[0]: runs.unknown for runs in found.jobs if runs.runs is None}
    assert sorted(unknown) == ["cron-daily-x", "quiet"]
    assert "log-never-ran" not in kinds(found)


def test_gaps_between_logs_are_not_missed_runs(tmp_path):
    """Two logs with a week between them: the week's starts are not expected."""
    first = "".join(cmd("06:00:01", "a", day=f"Nov  {day}") for day in (1, 2))
    second = "".join(cmd("06:00:01", "a", day=f"Nov {day}") for day in (11, 12))
    found = history(tmp_path, "0 6 * * * a\n", {"syslog.1": first, "syslog": second})
    assert [(runs.runs, runs.expected, runs.missed) for runs in found.jobs] == [(4, 4, 0)]
    assert len(found.hosts[0].spans) == 2


def test_the_night_in_which_the_clock_is_put_back(tmp_path):
    """A daily job runs once, an hourly one in both hours, and neither has missed one."""
    lines = ["2026-10-25T00:30:00+02:00 h1 x[1]: a\n"]
    hours = ("01:00:01+02:00", "02:00:01+02:00", "02:00:01+01:00", "03:00:01+01:00")
    lines += [f"2026-10-25T{clock} h1 CRON[1]: (etl) CMD (hourly)\n" for clock in hours]
    lines.append("2026-10-25T02:30:01+02:00 h1 CRON[1]: (etl) CMD (daily)\n")
    lines.append("2026-10-25T03:30:00+01:00 h1 x[1]: b\n")
    found = history(tmp_path, "0 * * * * hourly\n30 2 * * * daily\n", "".join(lines), zone="Europe/Berlin")
    assert sorted((runs.runs, runs.expected, runs.missed, runs.unplanned) for runs in found.jobs) == [
        (1, 1, 0, 0),
        (4, 4, 0, 0),
    ]


def test_a_log_of_another_offset_is_remarked(tmp_path):
    """The host is said to be in Berlin, its log writes UTC."""
    log = "2026-11-20T00:00:01+00:00 h1 CRON[1]: (etl) CMD (a)\n2026-11-20T01:00:01+00:00 h1 x[1]: b\n"
    found = history(tmp_path, "0 0 * * * a\n", log, zone="Europe/Berlin")
    assert "log-zone" in kinds(found)
    assert "log-zone" not in kinds(history(tmp_path, "0 0 * * * a\n", log, zone="UTC"))


def test_the_log_of_several_hosts(tmp_path):
    """Each host has its own runs, and its own span: nothing is missing where the others alone are heard.

    A replica's runs are its own; a host that was not scanned is named with its number.
    """
    files = {f"{host}/etc/cron.d/x": "0 6 * * * root a\n" for host in ("web1", "web2")}
    log = "Nov 20 00:00:00 web1 x[1]: up\n"
    log += "".join(cmd("06:00:01", "a", user="root", host=host) for host in ("web1", "web3"))
    log += cmd("06:10:01", "b", user="root", host="web2") + "Nov 20 23:00:00 web1 x[1]: down\n"
    found = history(tmp_path, files, log)
    assert [(runs.host, runs.runs, runs.missed) for runs in found.jobs] == [("web1", 1, 0), ("web2", 0, 0)]
    early = cmd("05:50:01", "b", user="root", host="web2")
    told = history(tmp_path, files, log.replace("up\n", f"up\n{early}")).jobs
    assert [(runs.host, runs.runs, runs.missed) for runs in told] == [("web1", 1, 0), ("web2", 0, 1)]
    assert [(host.names, host.known, host.runs) for host in found.hosts] == [
        (("web1",), True, 1),
        (("web2",), True, 1),
        (("web3",), False, 1),
    ]


def test_a_log_below_a_host_s_folder(tmp_path):
    """The name in its lines is nobody's, its folder is."""
    files = {f"{host}/etc/cron.d/x": "0 6 * * * root a\n" for host in ("web1", "web2")}
    logs = {"web2/syslog": cmd("06:00:01", "a", user="root", host="ip-10-0-0-7")}
    assert [(runs.host, runs.runs) for runs in history(tmp_path, files, logs).jobs] == [("web2", 1)]


def test_how_much_a_gap_leaves(tmp_path):
    """From the upstream's end to the downstream's start; a pair counts once, and only with a known end."""
    log = FIRST
    for day, ended in (("Nov 17", "06:50:01"), ("Nov 18", "07:10:01"), ("Nov 19", "06:30:01")):
        log += cmd("06:00:01", "a", pid=2, day=day) + (end(ended, "a", day=day) if ended < "07:00" else "")
        log += cmd("07:00:01", "b", pid=4, day=day) + (end(ended, "a", day=day) if ended > "07:00" else "")
        log += cmd("08:00:01", "b", pid=6, day=day)
    found = history(tmp_path, "0 6 * * * a\n0 7,8 * * * b\n", log.replace(FIRST, "") + LAST)
    first, second = sorted({job for job, _ in found.timelines})
    slack = slack_of(found, first, second)
    assert (slack.pairs, slack.gap, slack.least, slack.median, slack.late) == (3, 3600, -600, 600, 1)
    assert slack_of(found, second, first) is None


def test_durations_reach_the_job(tmp_path):
    """Three measured runs are enough; a job without them stays as it is."""
    log = FIRST
    for hour, minutes in ((6, 10), (7, 20), (8, 30)):
        log += cmd(f"{hour:02d}:00:01", "a", pid=2) + end(f"{hour:02d}:{minutes}:01", "a")
    log += cmd("06:00:01", "b", day="Nov 21")
    found = scanned(
        tmp_path / "scan", {"etc/hostname": "h1\n", "var/spool/cron/crontabs/etl": "0 6-8 * * * a\n0 6 * * * b\n"}
    )
    told = take([written(tmp_path, log)], found.jobs, found.hosts, DAY)
    first, second = with_durations(found.jobs, told)
    assert (first.measured.duration.low, first.measured.duration.high, first.measured.runs) == (1200, 1800, 3)
    assert second.measured is None


def test_a_newest_first_log_tells_the_same(tmp_path):
    """`journalctl -r` turns everything round, sessions too."""
    lines = [
        FIRST,
        "Nov 20 06:00:01 h1 CRON[10]: pam_unix(cron:session): session opened for user etl(uid=1) by (uid=0)\n",
        cmd("06:00:01", "a", pid=11),
        "Nov 20 06:05:01 h1 CRON[10]: pam_unix(cron:session): session closed for user etl\n",
        cmd("07:00:01", "a", pid=12),
        LAST,
    ]
    forward = only(tmp_path / "f", "0 6,7 * * * a\n", "".join(lines))
    backward = only(tmp_path / "b", "0 6,7 * * * a\n", "".join(reversed(lines)))
    assert (backward.runs, backward.durations, backward.missed) == (forward.runs, forward.durations, forward.missed)
    assert forward.durations.longest == 300


def test_the_same_log_twice_is_read_once(tmp_path):
    """Given by name and in its folder."""
    found = scanned(tmp_path / "scan", {"etc/hostname": "h1\n", "var/spool/cron/crontabs/etl": "0 6 * * * a\n"})
    log = written(tmp_path / "logs", FIRST + cmd("06:00:01", "a") + LAST)
    told = take([log, log.parent, log], found.jobs, found.hosts, DAY)
    assert [file.lines for file in told.files] == [3]
    assert [runs.runs for runs in told.jobs] == [1]


def test_a_missing_log_stops_the_run(tmp_path):
    """With its name."""
    with pytest.raises(HistoryError, match="missing"):
        take([tmp_path / "missing"], (), (), DAY)


def test_no_job_and_no_line_is_no_traceback(tmp_path):
    """An empty log, an empty folder, and a log without jobs."""
    empty = written(tmp_path / "logs", "")
    assert take([empty], (), (), DAY).files[0].lines == 0
    (tmp_path / "none").mkdir()
    assert take([tmp_path / "none"], (), (), DAY).files == ()
    assert take([written(tmp_path, cmd("06:00:01", "a"))], (), (), DAY).jobs == ()
