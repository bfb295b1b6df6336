"""Flows of tasks, executed: the commands that run, and how the machine ends, as a shell would have it."""

from __future__ import annotations

import pytest

from migrator.artifacts.step_functions.flows import Flows
from migrator.artifacts.step_functions.run_command import Command, run_command
from migrator.artifacts.step_functions.scope import Names, Scope, Ways, label
from migrator.workflows.flow import AndOr, Beside, Choice, Each, InOrder, Negated, Run, Sign, runs_of
from tests.artifacts.step_functions.running import Host, interpreter, run

A, B, C, D = (Run(name) for name in "abcd")


def and_or(first, *rest):
    """Give a list of `&&` and `||`."""
    return AndOr(first, tuple(zip(map(Sign, rest[::2]), rest[1::2], strict=True)))


SHAPES = {
    "a": A,
    "a; b": InOrder(parts=(A, B)),
    "a && b": and_or(A, "&&", B),
    "a || b": and_or(A, "||", B),
    "a && b || c": and_or(A, "&&", B, "||", C),
    "a || b && c": and_or(A, "||", B, "&&", C),
    "a || b || c; d": InOrder(parts=(and_or(A, "||", B, "||", C), D)),
    "{ a; b; } && c": and_or(InOrder(parts=(A, B)), "&&", C),
    "! a && b": and_or(Negated(part=A), "&&", B),
    "if a; then b; else c; fi; d": InOrder(parts=(Choice(condition=A, then=B, otherwise=C), D)),
    "if a; then b; fi": Choice(condition=A, then=B, otherwise=None),
    "if a && b; then c; else d; fi": Choice(condition=and_or(A, "&&", B), then=C, otherwise=D),
    "! { a && b; }": Negated(part=and_or(A, "&&", B)),
}


def expected(flow, failing):
    """Give the commands that a shell runs, and its status (POSIX, «Lists» and «Compound commands»)."""
    match flow:
        case Run():
            return [flow.task], flow.task not in failing
        case InOrder():
            results = [expected(part, failing) for part in flow.parts]
            return [name for ran, _ in results for name in ran], results[-1][1]
        case AndOr():
            ran, ok = expected(flow.first, failing)
            for sign, part in flow.rest:
                if ok is (sign == "&&"):
                    more, ok = expected(part, failing)
                    ran = ran + more
            return ran, ok
        case Choice():
            ran, ok = expected(flow.condition, failing)
            arm = flow.then if ok else flow.otherwise
            if arm is None:
                return ran, True
            more, ok = expected(arm, failing)
            return ran + more, ok
        case Negated():
            ran, ok = expected(flow.part, failing)
            return ran, not ok
        case Beside():
            results = [expected(part, failing) for part in flow.parts]
            return [name for ran, _ in results for name in ran], flow.waits or results[-1][1]
    raise AssertionError(flow)


def machine(flow, retries=0):
    """Compile a flow to a machine of its own."""
    names = Names()
    top = Scope(names)
    done = top.add(names.give("Done"), {"Type": "Succeed"})
    failed = top.add(names.give("Failed"), {"Type": "Fail", "Error": "JobFailed", "Cause": "x"})

    def task(scope, name, ways, loops):
        send = {"DocumentName": name, "InstanceIds": ["i-1"]}
        if loops:
            send["Parameters"] = {f"Round{n}.$": f"States.Array($.Round{n})" for n in range(1, len(loops) + 1)}
        return run_command(scope, Command(label(name), send, {"InstanceId": "i-1"}, retries), ways)

    return top.closed(Flows("job", task).add(top, flow, Ways(done, failed, failed)))


@pytest.fixture(scope="module")
def client():
    """Give one interpreter to all tests of this module."""
    with pytest.MonkeyPatch.context() as patch, interpreter(patch) as found:
        yield found


@pytest.mark.parametrize("shape", SHAPES)
def test_lists_and_conditions(shape, client, monkeypatch):
    """Whatever fails: the same commands in the same order, and the same status at the end."""
    flow = SHAPES[shape]
    definition = machine(flow)
    tasks = sorted(set(runs_of(flow)))
    for failing in [(), *((task,) for task in tasks), tuple(tasks)]:
        host = Host(dict.fromkeys(failing, -1))
        ran = run(client, monkeypatch, definition, host)
        trace, ok = expected(flow, failing)
        assert (host.trace, ran.status) == (trace, "SUCCEEDED" if ok else "FAILED"), failing


def test_retries_are_made_until_it_works(client, monkeypatch):
    """Two retries: a command that fails twice works, one that fails three times does not."""
    for times, status in ((2, "SUCCEEDED"), (3, "FAILED")):
        host = Host({"a": times})
        definition = machine(A, retries=2)
        assert run(client, monkeypatch, definition, host).status == status
        assert host.trace == ["a"] * 3


BESIDE = {
    "a & b": Beside(parts=(A, B), waits=False),
    "a & b; wait; c": InOrder(parts=(Beside(parts=(A, B), waits=True), C)),
    "{ a && b; } & c || d": Beside(parts=(and_or(A, "&&", B), and_or(C, "||", D)), waits=False),
}


@pytest.mark.parametrize("shape", BESIDE)
def test_parts_side_by_side(shape, client, monkeypatch):
    """No part stops another; the status is the last one's, or success after `wait`."""
    flow = BESIDE[shape]
    definition = machine(flow)
    for failing in [(), *((task,) for task in sorted(set(runs_of(flow))))]:
        host = Host(dict.fromkeys(failing, -1))
        ran = run(client, monkeypatch, definition, host)
        trace, ok = expected(flow, failing)
        assert (sorted(host.trace), ran.status) == (sorted(trace), "SUCCEEDED" if ok else "FAILED"), failing


def test_a_loop_goes_through_its_items(client, monkeypatch):
    """In order, each round its own item, whatever a round gives; the status is the last round's."""
    inner = Each(variable="g", items=("p", "q"), body=A)
    flow = and_or(Each(variable="f", items=("x", "y"), body=inner), "&&", B)
    definition = machine(flow)
    host = Host()
    assert run(client, monkeypatch, definition, host).status == "SUCCEEDED"
    assert host.trace == ["a"] * 4 + ["b"]
    rounds = [(call["Parameters"]["Round1"], call["Parameters"]["Round2"]) for call in host.sent[:4]]
    assert rounds == [(["1"], ["1"]), (["1"], ["2"]), (["2"], ["1"]), (["2"], ["2"])]
    first, last = Host({"a": 1}), Host({"a": -1})
    assert run(client, monkeypatch, definition, first).status == "SUCCEEDED"
    assert run(client, monkeypatch, definition, last).status == "FAILED"
    assert (len(first.trace), last.trace) == (5, ["a"] * 4)


def test_what_nobody_can_see_any_more_stops_everything(client, monkeypatch):
    """A command that can no longer be looked at may still run: neither `;` nor `||` goes on."""
    host = Host(statuses={"a": [{"Status": "InProgress", "ResponseCode": -1}]})
    host.lost.add("a")
    definition = machine(InOrder(parts=(and_or(A, "||", B), C)))
    ran = run(client, monkeypatch, definition, host)
    assert (ran.status, host.trace) == ("FAILED", ["a"])


def test_a_command_that_cannot_be_sent_has_failed(client, monkeypatch):
    """It did not run, as one that a shell does not find: what stands behind `||` does."""
    host = Host(refused={"a"})
    assert run(client, monkeypatch, machine(and_or(A, "||", B)), host).status == "SUCCEEDED"
    assert host.trace == ["b"]


@pytest.mark.parametrize(("status", "code", "ends"), [("TimedOut", -1, "FAILED"), ("Cancelled", -1, "FAILED")])
def test_other_ends_are_failures(status, code, ends, client, monkeypatch):
    """What was cancelled or took too long has failed; what is delayed or pending goes on."""
    host = Host(statuses={"a": [{"Status": one, "ResponseCode": code} for one in ("Pending", "Delayed", status)]})
    assert run(client, monkeypatch, machine(A), host).status == ends
