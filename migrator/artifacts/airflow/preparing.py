"""Bring a job's flow into the shape that nodes are made of: loops unrolled, and in one task what is no clearer as many.

A part goes into one task where no trigger rule turns a status round, where a loop has many rounds, and where the marks
that keep the order would outnumber the tasks that they are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrator.artifacts.airflow.compiling import Compiler, Start
from migrator.artifacts.airflow.joining import command_of, joined
from migrator.artifacts.parts.shell_words import quoted
from migrator.plan.clusters import TaskPart
from migrator.workflows.flow import (
    AndOr,
    Choice,
    Each,
    Flow,
    InOrder,
    Negated,
    Run,
    Sign,
    parts_of,
    tasks_of,
    with_names,
    with_parts,
)

_MOST_ROUNDS = 6  # tasks of an unrolled loop


@dataclass(slots=True)
class Prepared:
    """A flow and its tasks by name; `joined` says of each task that holds several why it does."""

    flow: Flow
    tasks: dict[str, TaskPart]
    joined: dict[str, str] = field(default_factory=dict)


def prepared(flow: Flow, tasks: Mapping[str, TaskPart], *, behind: bool = False) -> Prepared:
    """Give a flow without negations and loops, and with no more marks than tasks; raise CannotBeSaidError.

    `behind`: the job starts only when others have succeeded.
    """
    made = Prepared(flow, dict(tasks))
    made.flow = _plain(flow, made)
    depth = _depth(made.flow)
    start = Start(("before",)) if behind else Start(sure=True)
    while depth and _marks(made, start) > len(set(tasks_of(made.flow))):
        depth -= 1
        made.flow = _cut(made.flow, depth, made)
    return made


def _plain(flow: Flow, made: Prepared) -> Flow:
    match flow:
        case Negated():
            return _join(flow, made, "no trigger rule turns a status round")
        case Each():
            return _unrolled(flow, made)
        case Choice(Negated(part), then, None):
            # `if ! a; then b; fi` and `a || b` run the same and end alike.
            return _plain(AndOr(part, ((Sign.OR, then),)), made)
        case Choice(Negated(part), then, otherwise) if otherwise is not None:
            return _plain(Choice(part, otherwise, then), made)
        case _:
            return with_parts(flow, lambda part: _plain(part, made))


def _unrolled(flow: Each, made: Prepared) -> Flow:
    """Give a round after the other, each with the variable's value before its commands."""
    within = tasks_of(flow.body)
    if not flow.items or len(flow.items) * len(within) > _MOST_ROUNDS:
        return _join(flow, made, f"the loop has {len(flow.items)} rounds of {len(within)} tasks")
    rounds: list[Flow] = []
    for number, item in enumerate(flow.items, start=1):
        new = {name: f"{name}-{number}" for name in within}
        for name, own in new.items():
            task = made.tasks[name]
            command = f"{flow.variable}={quoted(item)}\n{command_of(task)}"
            made.tasks[own] = task.model_copy(update={"name": own, "command": command, "call": None, "wait": None})
        rounds.append(_plain(with_names(flow.body, new), made))
    return InOrder(tuple(rounds))


def _join(flow: Flow, made: Prepared, why: str) -> Flow:
    first = tasks_of(flow)[0]
    name = f"{first}-and-more" if len(tasks_of(flow)) > 1 else first
    made.tasks[name] = joined(flow, made.tasks, name)
    made.joined[name] = why
    return Run(name)


def _cut(flow: Flow, depth: int, made: Prepared) -> Flow:
    """Put what lies deeper than `depth` into one task each."""
    if isinstance(flow, Run):
        return flow
    if depth == 0:
        return _join(flow, made, "as tasks of their own they would need more marks than there are tasks")
    return with_parts(flow, lambda part: _cut(part, depth - 1, made))


def _depth(flow: Flow) -> int:
    return max((_depth(part) + 1 for part in parts_of(flow)), default=0)


def _marks(made: Prepared, start: Start) -> int:
    compiler = Compiler(made.tasks, lambda name: f"{name} {len(compiler.nodes)}")
    compiler.job(made.flow, start)
    return sum(node.task is None for node in compiler.nodes)
