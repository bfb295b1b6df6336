"""Tests of laying logs side by side, and of what hostile ones may cost."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.history.clocks import Clock
from migrator.history.events import Names
from migrator.history.merging import HostEvents, Logs, ordered, spans
from migrator.history.reading import read_log
from tests.history.logs import history, written


def laid(folder, *texts):
    """Read logs of one host."""
    names = Names()
    readings = [read_log(written(folder, text, str(n)), str(n), "", names) for n, text in enumerate(texts)]
    host = HostEvents()
    for log, reading in enumerate(readings):
        for index in range(len(reading.events)):
            host.add(log, index, "h")
    return host, Logs(readings, {}, names.listed())


def line(second, pid=1):
    """Write a start at a second of an hour."""
    return f"2026-11-20 06:{second // 60:02d}:{second % 60:02d} h CRON[{pid}]: (etl) CMD (a)\n"


def seconds(folder, *texts):
    """Give the seconds of the events in their order, from 06:00 on."""
    host, logs = laid(folder, *texts)
    return [moment % 3600 for moment, _, _ in ordered(host, logs, Clock(None))]


def test_two_logs_are_merged_by_time(tmp_path):
    """Whatever the order within each."""
    assert seconds(tmp_path, line(1) + line(30), line(20) + line(10)) == [1, 10, 20, 30]


def test_echoes_are_dropped_line_by_line(tmp_path):
    """Two equal lines in each of two logs are two; a second later in the other log is still the same line."""
    assert seconds(tmp_path, line(1) + line(1), line(1) + line(2)) == [1, 1]
    assert seconds(tmp_path, line(1), line(5)) == [1, 5]
    assert seconds(tmp_path, line(1) + line(1)) == [1, 1]
    assert seconds(tmp_path, line(1), line(1), line(2) + line(1)) == [1, 2]
    assert seconds(tmp_path, line(1), line(1), line(2)) == [1]


def test_a_million_lines_in_one_second_take_no_square_of_time(tmp_path):
    """Twenty thousand stand for them."""
    text = "".join(line(1, pid) for pid in range(20_000))
    assert len(seconds(tmp_path, text, line(1, 7) * 20_000)) == 39_999


def test_the_spans_of_unsorted_logs(tmp_path):
    """From the earliest to the latest line, wherever they stand."""
    host, logs = laid(tmp_path, line(900) + line(60) + line(1800) + line(300))
    [(first, last)] = spans(host, logs, Clock(None))
    assert (first % 3600, last % 3600) == (60, 1800)


COMMANDS = ["a", "b", "never", "x y", "b --z"]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 59), st.sampled_from(COMMANDS), st.sampled_from(["etl", "root"]), st.booleans()),
        max_size=12,
    )
)
def test_no_run_vanishes(tmp_path_factory, runs):
    """Each start is a job's, a stranger's, or one of several lines'."""
    text = "".join(
        f"Nov 20 06:{minute:02d}:01 h1 CRON[{number}]: ({user}) CMD ({command}{'' if cut else ')'}\n"
        for number, (minute, command, user, cut) in enumerate(sorted(runs), start=10)
    )
    found = history(
        tmp_path_factory.mktemp("h"), "*/2 * * * * a\n1-59/2 * * * * a\n0 * * * * b\n9 9 9 9 * never\n", text
    )
    jobs = sum(each.runs or 0 for each in found.jobs)
    strangers = sum(each.runs for each in found.strangers)
    assert jobs + strangers + sum(host.unplaced for host in found.hosts) == len(runs)
    assert sum(host.runs for host in found.hosts) == len(runs)


def test_a_clock_that_is_set_back_shows_an_hour_twice(tmp_path):
    """In Berlin at 03:00 of 25 October 2026: a line behind a later one is of the second hour.

    A line that is a little late is not, nor is a stamp that writes its offset.
    """
    host, logs = laid(tmp_path, "".join(line_at(clock) for clock in ("02:10:01", "02:50:01", "02:49:59", "02:20:01")))
    moments = [moment for moment, _, _ in ordered(host, logs, Clock(ZoneInfo("Europe/Berlin")))]
    assert [moment - moments[0] for moment in moments] == [0, 2398, 2400, 4200]
    host, logs = laid(tmp_path, line_at("02:50:01+02:00") + line_at("02:20:01+02:00"))
    moments = [moment for moment, _, _ in ordered(host, logs, Clock(ZoneInfo("Europe/Berlin")))]
    assert moments[1] - moments[0] == 1800


def line_at(clock):
    """Write a start in the night in which clocks are set back."""
    return f"2026-10-25T{clock} h CRON[1]: (etl) CMD (a)\n"


def test_each_hour_of_that_night_has_its_start(tmp_path):
    """Two equal stamps are the two starts that the schedule has; a third one is none of its own."""
    tab = {"etc/hostname": "h1\n", "etc/timezone": "Europe/Berlin\n", "var/spool/cron/crontabs/etl": "0 * * * * a\n"}
    log = "".join(f"Oct 25 {hour:02d}:00:01 h1 CRON[{hour}]: (etl) CMD (a)\n" for hour in (0, 1, 2, 2, 3, 4))
    [runs] = history(tmp_path / "two", tab, log).jobs
    assert (runs.runs, runs.missed, runs.unplanned) == (6, 0, 0)
    extra = log.replace("Oct 25 03", "Oct 25 02:00:01 h1 CRON[9]: (etl) CMD (a)\nOct 25 03")
    [runs] = history(tmp_path / "three", tab, extra).jobs
    assert (runs.runs, runs.missed, runs.unplanned) == (7, 0, 1)


def test_the_logs_of_several_hosts_that_follow_on(tmp_path):
    """A host's own lines bound what is known of it, and two logs that were rotated leave no gap in it."""
    other = "Nov 20 {} h2 CRON[1]: (etl) CMD (a)\n"
    own = "Nov 20 {} h1 CRON[1]: (etl) CMD (a)\n"
    old = other.format("00:00:01") + own.format("01:00:01") + own.format("05:00:01") + other.format("12:00:01")
    new = other.format("12:01:01") + own.format("18:00:01") + other.format("23:00:01")
    tab = {f"{host}/var/spool/cron/crontabs/etl": "0 * * * * a\n" for host in ("h1", "h2")}
    found = history(tmp_path, tab, {"syslog.1": old, "syslog": new})
    assert [host.spans for host in found.hosts] == [
        (("2026-11-20 01:00", "2026-11-20 18:00"),),
        (("2026-11-20 00:00", "2026-11-20 23:00"),),
    ]
