"""Tests of laying logs side by side, and of what hostile ones may cost."""

from __future__ import annotations

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
