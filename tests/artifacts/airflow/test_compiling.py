"""Trigger rules that run what the shell runs."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.artifacts.airflow.compiling import Compiler, Kind, Start
from migrator.artifacts.airflow.nodes import Node
from migrator.artifacts.airflow.preparing import prepared
from migrator.artifacts.airflow.python_text import names
from migrator.workflows.flow import tasks_of
from tests.artifacts.airflow.shapes import AND, OR, beside, chain, choice, in_shell, negated, order, run, task

SUCCESS, FAILED, UPSTREAM_FAILED, SKIPPED = "success", "failed", "upstream_failed", "skipped"
STUCK = {FAILED, UPSTREAM_FAILED}


def state_by_rule(rule, states):
    """Say what Airflow makes of a task when all before it have ended (trigger_rule_dep.py): None where it runs."""
    stuck, done = any(state in STUCK for state in states), [state for state in states if state == SUCCESS]
    skipped = [state for state in states if state == SKIPPED]
    match rule:
        case "all_success":
            return UPSTREAM_FAILED if stuck else SKIPPED if skipped else None
        case "all_done":
            return None
        case "one_failed":
            return None if stuck or not states else SKIPPED
        case "one_success":
            return None if done or not states else SKIPPED if len(skipped) == len(states) else UPSTREAM_FAILED
        case "none_failed":
            return UPSTREAM_FAILED if stuck else None
        case "none_failed_min_one_success":
            return UPSTREAM_FAILED if stuck else SKIPPED if states and len(skipped) == len(states) else None


def in_airflow(nodes, ends):
    """Run nodes as Airflow would: what ran, and the run's state by its leaves."""
    states, ran = {}, []
    for node in nodes:
        state = state_by_rule(node.rule, [states[name] for name in node.after])
        if state is None:
            state = SUCCESS if node.task is None or ends[node.task.name] else FAILED
            ran += [node.task.name] if node.task is not None else []
        states[node.id] = state
    leaves = {node.id for node in nodes} - {name for node in nodes for name in node.after}
    return ran, not any(states[name] in STUCK for name in leaves), leaves


def compiled(flow, tasks, start=None):
    """Give the nodes of a flow, behind another job where a start says so."""
    compiler = Compiler(tasks, names())
    if start is not None:
        compiler.nodes.append(Node("before", task("before")))
        compiler.name("before")
    compiler.job(flow, start or Start(sure=True))
    return compiler.nodes


@st.composite
def flows(draw):
    """Draw a flow over tasks with names of their own."""
    counter = itertools.count()
    leaf = st.builds(lambda _: run(f"t{next(counter)}"), st.none())
    signs = st.sampled_from([AND, OR])

    def joined(inner):
        return st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: order(*parts)),
            st.tuples(inner, st.lists(st.tuples(signs, inner), min_size=1, max_size=3)).map(
                lambda made: chain(made[0], *made[1])
            ),
            st.tuples(inner, inner, st.none() | inner).map(lambda made: choice(*made)),
            st.tuples(st.lists(inner, min_size=1, max_size=3), st.booleans()).map(
                lambda made: beside(*made[0], waits=made[1])
            ),
        )

    return draw(st.recursive(leaf, joined, max_leaves=7))


def tasks_in(flow):
    """Name the tasks of a drawn flow."""
    return sorted(set(tasks_of(flow)))


@settings(max_examples=150)
@given(flows(), st.booleans())
def test_every_outcome_runs_what_the_shell_runs(flow, behind):
    """Any flow, with any tasks failing, at the top or behind another job: the same tasks, the same state, one leaf."""
    mine = tasks_in(flow)
    tasks = {name: task(name) for name in mine}
    nodes = compiled(flow, tasks, Start(("before",)) if behind else None)
    for outcome in itertools.product([True, False], repeat=min(len(mine), 7)):
        ends = dict.fromkeys(mine, True) | dict(zip(mine, outcome, strict=False)) | {"before": outcome[0]}
        expected = ["before"] if behind else []
        ok = in_shell(flow, ends, expected) if not behind or ends["before"] else False
        ran, state, leaves = in_airflow(nodes, ends)
        assert sorted(ran) == sorted(expected)
        assert state == ok
        assert len(leaves) == 1


ARMS = {"a": "all_success", "b": "all_success", "c": "one_failed", "end": "one_success"}


@pytest.mark.parametrize(
    ("flow", "rules"),
    [
        (chain(run("a"), (AND, run("b"))), {"a": "all_success", "b": "all_success"}),
        (chain(run("a"), (OR, run("b"))), {"a": "all_success", "b": "one_failed"}),
        (order(run("a"), run("b")), {"a": "all_success", "b": "all_done"}),
        (chain(run("a"), (AND, run("b")), (OR, run("c"))), dict.fromkeys("ab", "all_success") | {"c": "one_failed"}),
        (choice(run("a"), run("b"), run("c")), ARMS),
    ],
)  # fmt: skip
def test_plain_shapes_need_no_marks_but_an_end_of_arms(flow, rules):
    """What people write most is said by trigger rules alone."""
    nodes = compiled(flow, {name: task(name) for name in "abc"})
    assert {node.id: node.rule for node in nodes} == rules


def test_a_job_can_be_asked_for_an_end_that_succeeds():
    """Where an asset hangs on the end, a handler that was skipped must not be the end."""
    tasks = {name: task(name) for name in "ab"}
    handled = chain(run("a"), (OR, run("b")))
    assert Compiler(tasks, names()).job(handled, Start(sure=True)).kind is Kind.HANDLED
    assert Compiler(tasks, names()).job(handled, Start(sure=True), plain=True).last == ("end",)


def test_negation_is_put_into_one_task_or_turned_round():
    """`! a` as a status has no rule; as a condition it only changes the arms."""
    tasks = {name: task(name, f"/bin/{name}") for name in "abc"}
    made = prepared(order(run("b"), negated(run("a"))), tasks)
    assert made.joined == {"a": "no trigger rule turns a status round"}
    assert made.tasks["a"].command == "! (\n/bin/a\n)"
    turned = prepared(choice(negated(run("a")), run("b"), run("c")), tasks)
    assert (turned.flow.then.task, turned.flow.otherwise.task, turned.joined) == ("c", "b", {})
    assert prepared(choice(negated(run("a")), run("b")), tasks).flow == chain(run("a"), (OR, run("b")))


def test_a_flow_with_more_marks_than_tasks_is_joined_where_it_is_deep():
    """Nested decisions become one task from that depth on which they are no clearer."""
    deep = chain(run("a"), (AND, chain(run("b"), (OR, chain(run("c"), (AND, chain(run("d"), (OR, run("e")))))))))
    tasks = {name: task(name, f"/bin/{name}") for name in "abcde"}
    made = prepared(choice(run("a"), choice(deep, choice(run("b"), run("c")))), tasks, behind=True)
    nodes = compiled(made.flow, made.tasks, Start(("before",)))
    assert made.joined
    assert sum(node.task is None for node in nodes) <= sum(node.task is not None for node in nodes)
