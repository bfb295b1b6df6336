"""Commands joined into one do in a real shell what the flow says."""

from __future__ import annotations

import itertools
import subprocess

import pytest

from migrator.artifacts.airflow.joining import joined
from migrator.artifacts.airflow.preparing import prepared
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.workflows.flow import tasks_of
from tests.artifacts.airflow.shapes import (
    AND,
    OR,
    beside,
    chain,
    choice,
    each,
    in_shell,
    negated,
    order,
    run,
    task,
)

SHAPES = [
    chain(run("a"), (AND, run("b")), (OR, run("c"))),
    chain(negated(run("a")), (OR, order(run("b"), run("c")))),
    choice(chain(run("a"), (AND, run("b"))), run("c"), choice(run("d"), run("e"))),
    order(beside(run("a"), run("b"), waits=True), run("c")),
    chain(beside(run("a"), run("b"), waits=False), (AND, run("c"))),
]


def stub(name, *, ok):
    """Say the name, and leave the shell with the status: what follows must not notice."""
    return f"echo {name} # a comment\nexit {0 if ok else 3}"


@pytest.mark.parametrize("flow", SHAPES)
def test_the_joined_command_runs_what_the_flow_says(flow):
    """Each outcome of each part, in /bin/sh: the same names, the same status."""
    mine = tasks_of(flow)
    for outcome in itertools.product([True, False], repeat=len(mine)):
        ends = dict(zip(mine, outcome, strict=True))
        tasks = {name: task(name, stub(name, ok=ok)) for name, ok in ends.items()}
        done = subprocess.run(["/bin/sh", "-c", joined(flow, tasks, "all").command], capture_output=True, text=True)
        expected = []
        ok = in_shell(flow, ends, expected)
        assert (sorted(done.stdout.split()), done.returncode == 0) == (sorted(expected), ok), done.stderr


def test_a_loop_hands_each_item_to_its_commands():
    """As one task and unrolled: the variable has the item's text, whatever signs it has."""
    flow = each("x", ("a b", "$(c)", "it's"), run("a"))
    command = joined(flow, {"a": task("a", 'echo "<$x>"')}, "all").command
    assert (
        subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True).stdout == "<a b>\n<$(c)>\n<it's>\n"
    )
    made = prepared(flow, {"a": task("a", 'echo "<$x>"')})
    assert list(tasks_of(made.flow)) == ["a-1", "a-2", "a-3"]
    texts = [made.tasks[name].command for name in tasks_of(made.flow)]
    out = [subprocess.run(["/bin/sh", "-c", text], capture_output=True, text=True).stdout for text in texts]
    assert out == ["<a b>\n", "<$(c)>\n", "<it's>\n"]


def test_a_long_loop_stays_one_task():
    """Seven rounds are no clearer as seven tasks."""
    made = prepared(each("x", tuple("abcdefg"), run("a")), {"a": task("a", "echo $x")})
    assert (len(tasks_of(made.flow)), made.joined) == (1, {"a": "the loop has 7 rounds of 1 tasks"})


@pytest.mark.parametrize("command", [None, " ", "echo \\"])
def test_what_has_no_command_of_its_own_cannot_be_joined(command):
    """A declared call, nothing, a line that would go on in the next."""
    with pytest.raises(CannotBeSaidError):
        joined(chain(run("a"), (AND, run("b"))), {"a": task("a", command), "b": task("b", "true")}, "all")


def test_limits_add_up_only_where_all_are_known():
    """One part without a limit leaves the whole without."""
    flow = chain(run("a"), (AND, run("b")))
    assert joined(flow, {n: task(n, "true", timeout=60) for n in "ab"}, "all").timeout == 120
    assert joined(flow, {"a": task("a", "true", timeout=60), "b": task("b", "true")}, "all").timeout is None
