"""The order of jobs, executed: each starts when all before it have succeeded, and no other way."""

from __future__ import annotations

import pytest

from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.step_functions.jobs import Jobs, in_order
from migrator.artifacts.step_functions.run_command import Command, run_command
from migrator.artifacts.step_functions.scope import Names, Scope, Ways
from migrator.workflows.arrangement import arranged
from tests.artifacts.step_functions.running import Host, interpreter, run


@pytest.fixture(scope="module")
def client():
    """Give one interpreter to all tests of this module."""
    with pytest.MonkeyPatch.context() as patch, interpreter(patch) as found:
        yield found


ORDERS = {
    "a diamond": (("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")),
    "an N": (("a", "c"), ("b", "c"), ("b", "d")),
    "two chains": (("a", "b"), ("c", "d")),
    "a fan": (("a", "b"), ("a", "c"), ("a", "d")),
}


@pytest.mark.parametrize("shape", ORDERS)
def test_a_job_runs_when_all_before_it_succeeded(shape, client, monkeypatch):
    """Whatever fails, just those that stand behind it do not run, and none starts before those it waits for."""
    machine = machine_of("abcd", ORDERS[shape])
    for failing in ("", *"abcd"):
        host = Host({failing: -1} if failing else {})
        ran = run(client, monkeypatch, machine, host)
        kept = [name for name in "abcd" if failing not in behind(name, ORDERS[shape])] if failing else list("abcd")
        assert sorted(host.trace) == kept
        assert all(host.trace.index(u) < host.trace.index(d) for u, d in ORDERS[shape] if d in kept)
        assert ran.status == ("FAILED" if failing else "SUCCEEDED")


def behind(job, order):
    """Name all jobs that one waits for, near or far."""
    direct = {u for u, d in order if d == job}
    return direct.union(*(behind(one, order) for one in direct))


def machine_of(names, order):
    """Compile jobs of one command each."""
    given = Names()
    top = Scope(given)
    done = top.add(given.give("Done"), {"Type": "Succeed"})
    failed = top.add(given.give("Failed"), {"Type": "Fail", "Error": "JobFailed", "Cause": "x"})

    def job(scope, name, ways):
        send = {"DocumentName": name, "InstanceIds": ["i-1"]}
        return run_command(scope, Command(name, send, {"InstanceId": "i-1"}), ways)

    before = in_order(list(names), order)
    jobs = Jobs(before, {name: name for name in names}, job)
    return top.closed(jobs.add(top, arranged(before), Ways(done, failed, failed)))


def test_a_circle_is_refused():
    """No machine can keep an order that goes in a circle."""
    with pytest.raises(CannotBeSaidError, match="circle"):
        in_order(["a", "b"], [("a", "b"), ("b", "a")])
