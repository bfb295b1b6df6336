"""How many tasks stand side by side in the busiest minute, and what a class of MWAA does with them."""

from migrator.costs import busiest, mwaa, packaged_prices
from migrator.costs.load import Peak
from migrator.model import Dialect, JobId, Schedule, ScheduleKind
from migrator.schedules.cron import read
from tests.costs.build import chain, flow, task

PRICES = packaged_prices()
ALL = {JobId(name) for name in "abcdefgh"}


def at(text: str) -> Schedule:
    """Read a schedule."""
    found = read(text, Dialect.DEBIAN, None)
    assert isinstance(found, Schedule)
    return found


def test_tasks_that_follow_each_other_are_one_at_a_time():
    """A chain of three has one; three without order have three."""
    tasks = [task(name, job=name) for name in "abc"]
    assert busiest([flow(tasks, schedule=at("30 1 * * *"))], ALL) == Peak(90, 1)
    assert busiest([flow(tasks, order=(), schedule=at("30 1 * * *"))], ALL) == Peak(90, 3)


def test_workflows_of_one_minute_add_up():
    """Two start at 01:00, one of them every hour; replicas are tasks of their own."""
    one = flow([task("x", job="a")], schedule=at("0 1 * * *"))
    hourly = flow([task("y", job="b")], schedule=at("0 * * * *"), replicas=3)
    assert busiest([one, hourly], ALL) == Peak(60, 4)
    assert busiest([hourly], ALL) == Peak(0, 3)


def test_what_no_clock_starts_and_inactive_jobs_count_for_nothing():
    """An event has no minute, and cron starts no inactive job."""
    event = Schedule(ScheduleKind.EVENT, "s3://b/", Dialect.DEBIAN, event="s3://b/")
    assert busiest([flow([task("x", job="a")], schedule=event)], ALL) == Peak(0, 0)
    assert busiest([flow([task("x", job="z")], schedule=at("0 1 * * *"))], ALL) == Peak(0, 0)
    assert busiest([], ALL) == Peak(0, 0)


def test_a_class_that_runs_them_all_says_nothing():
    """Three on micro, five on small; what has no class has no price to tell of."""
    assert mwaa.crowding(25, 3, PRICES) == ""
    assert mwaa.crowding(26, 5, PRICES) == ""
    assert mwaa.crowding(5000, 900, PRICES) == ""


def test_micro_adds_no_worker():
    """Beyond three tasks the rest wait, or the next class is paid, with workers beyond its own five."""
    told = "mw1.micro runs 3 at once and adds no worker: the others wait, or mw1.small does it for $146 a month more"
    assert mwaa.crowding(1, 4, PRICES) == told
    assert mwaa.crowding(1, 8, PRICES) == (
        f"{told} and 1 worker at $0.055 an hour while it runs ($40 a month if always)"
    )


def test_larger_classes_add_workers():
    """By the load, each paid while it runs."""
    assert mwaa.crowding(26, 11, PRICES) == (
        "mw1.small runs 5 at once on its first worker: the others wait for 2 workers at $0.055 an hour while they run "
        "($80 a month if always)"
    )


def test_chains_of_tasks_keep_to_one():
    """Two chains of one workflow stand side by side."""
    tasks = [task(name, job=name) for name in "abcd"]
    order = (*chain(tasks[:2]), *chain(tasks[2:]))
    assert busiest([flow(tasks, order=order, schedule=at("0 1 * * *"))], ALL).tasks == 2
