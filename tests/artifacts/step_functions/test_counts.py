"""What a machine executes is what the estimate counts."""

from __future__ import annotations

import pytest

from migrator.costs.polling import tally
from migrator.model import JobId
from tests.artifacts.step_functions.running import Host, interpreter, run
from tests.artifacts.step_functions.test_flows import A, machine
from tests.artifacts.step_functions.test_jobs import machine_of
from tests.costs.build import After, TaskOrder, exactly, flow, task

ORDERS = {
    "a chain": (("a", "b"), ("b", "c"), ("c", "d")),
    "a diamond": (("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")),
    "side by side": (),
    "a fan": (("a", "b"), ("a", "c"), ("a", "d")),
}


@pytest.fixture(scope="module")
def client():
    """Give one interpreter to all tests of this module."""
    with pytest.MonkeyPatch.context() as patch, interpreter(patch) as found:
        yield found


@pytest.mark.parametrize("shape", ORDERS)
def test_states_are_as_many_as_priced(shape, client, monkeypatch):
    """Four commands of one look each, in several orders."""
    ran = run(client, monkeypatch, machine_of("abcd", ORDERS[shape]), Host())
    tasks = [task(name, job=name, seconds=30) for name in "abcd"]
    order = [TaskOrder(former, latter, After.SUCCESS) for former, latter in ORDERS[shape]]
    durations = {JobId(name): exactly(30) for name in "abcd"}
    assert tally(flow(tasks, order=order), tasks, durations).states == exactly(len(ran.states))


def test_retries_are_as_many_states_as_priced(client, monkeypatch):
    """One retry: the least where the first try works, the most where both fail."""
    tasks = [task("a", seconds=30, retries=1)]
    states = tally(flow(tasks), tasks, {JobId("a"): exactly(30)}).states
    definition = machine(A, retries=1)
    assert len(run(client, monkeypatch, definition, Host()).states) == states.low
    again = run(client, monkeypatch, definition, Host({"a": 1}))
    # A retry enters a Parallel once more, which the history does not show as a state.
    assert len(again.states) + 1 == states.high
