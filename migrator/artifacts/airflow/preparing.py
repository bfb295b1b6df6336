"""Bring a job's flow into the shape that nodes are made of: loops unrolled, and in one task what is no clearer as many.

A part goes into one task where no trigger rule turns a status round, where a loop has many rounds, and where the marks
that keep the order would outnumber the tasks that they are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrator.artifacts.airflow.compiling import Compiler, Start
from migrator.artifacts.airflow.joining import command_of, joined, names_in, parts_of
from migrator.artifacts.parts.shell_words import quoted
from migrator.plan.clusters import TaskPart
from migrator.plan.flow import AndOrPart, BesidePart, ChoicePart, EachPart, FlowPart, InOrderPart, NegatedPart, RunPart
from migrator.workflows.flow import Sign

_MOST_ROUNDS = 6  # tasks of an unrolled loop


@dataclass(slots=True)
class Prepared:
    """A flow and its tasks by name; `joined` says of each task that holds several why it does."""

    flow: FlowPart
    tasks: dict[str, TaskPart]
    joined: dict[str, str] = field(default_factory=dict)


def prepared(flow: FlowPart, tasks: Mapping[str, TaskPart], *, behind: bool = False) -> Prepared:
    """Give a flow without negations and loops, and with no more marks than tasks; raise CannotBeSaidError.

    `behind`: the job starts only when others have succeeded.
    """
    made = Prepared(flow, dict(tasks))
    made.flow = _plain(flow, made)
    depth = _depth(made.flow)
    start = Start(("before",)) if behind else Start(sure=True)
    while depth and _marks(made, start) > len(set(names_in(made.flow))):
        depth -= 1
        made.flow = _cut(made.flow, depth, made)
    return made


def _plain(flow: FlowPart, made: Prepared) -> FlowPart:
    match flow:
        case RunPart():
            return flow
        case NegatedPart():
            return _join(flow, made, "no trigger rule turns a status round")
        case EachPart():
            return _unrolled(flow, made)
        case ChoicePart(condition=NegatedPart(part=part), then=then, otherwise=None):
            # `if ! a; then b; fi` and `a || b` run the same and end alike.
            return _plain(AndOrPart(first=part, signs=(Sign.OR,), rest=(then,)), made)
        case ChoicePart(condition=NegatedPart(part=part), then=then, otherwise=otherwise) if otherwise is not None:
            return _plain(ChoicePart(condition=part, then=otherwise, otherwise=then), made)
        case ChoicePart(condition=condition, then=then, otherwise=otherwise):
            other = None if otherwise is None else _plain(otherwise, made)
            return ChoicePart(condition=_plain(condition, made), then=_plain(then, made), otherwise=other)
        case InOrderPart(parts=parts):
            return InOrderPart(parts=tuple(_plain(part, made) for part in parts))
        case BesidePart(parts=parts, waits=waits):
            return BesidePart(parts=tuple(_plain(part, made) for part in parts), waits=waits)
        case AndOrPart(first=first, signs=signs, rest=rest):
            return AndOrPart(first=_plain(first, made), signs=signs, rest=tuple(_plain(part, made) for part in rest))


def _unrolled(flow: EachPart, made: Prepared) -> FlowPart:
    """Give a round after the other, each with the variable's value before its commands."""
    within = names_in(flow.body)
    if not flow.items or len(flow.items) * len(within) > _MOST_ROUNDS:
        return _join(flow, made, f"the loop has {len(flow.items)} rounds of {len(within)} tasks")
    rounds: list[FlowPart] = []
    for number, item in enumerate(flow.items, start=1):
        new = {name: f"{name}-{number}" for name in within}
        for name, own in new.items():
            task = made.tasks[name]
            command = f"{flow.variable}={quoted(item)}\n{command_of(task)}"
            made.tasks[own] = task.model_copy(update={"name": own, "command": command, "call": None, "wait": None})
        rounds.append(_plain(_renamed(flow.body, new), made))
    return InOrderPart(parts=tuple(rounds))


def _renamed(flow: FlowPart, new: Mapping[str, str]) -> FlowPart:
    match flow:
        case RunPart(task=task):
            return RunPart(task=new[task])
        case InOrderPart(parts=parts):
            return InOrderPart(parts=tuple(_renamed(part, new) for part in parts))
        case BesidePart(parts=parts, waits=waits):
            return BesidePart(parts=tuple(_renamed(part, new) for part in parts), waits=waits)
        case AndOrPart(first=first, signs=signs, rest=rest):
            return AndOrPart(first=_renamed(first, new), signs=signs, rest=tuple(_renamed(part, new) for part in rest))
        case ChoicePart(condition=condition, then=then, otherwise=otherwise):
            other = None if otherwise is None else _renamed(otherwise, new)
            return ChoicePart(condition=_renamed(condition, new), then=_renamed(then, new), otherwise=other)
        case EachPart(variable=variable, items=items, body=body):
            return EachPart(variable=variable, items=items, body=_renamed(body, new))
        case NegatedPart(part=part):
            return NegatedPart(part=_renamed(part, new))


def _join(flow: FlowPart, made: Prepared, why: str) -> FlowPart:
    first = names_in(flow)[0]
    name = f"{first}-and-more" if len(names_in(flow)) > 1 else first
    made.tasks[name] = joined(flow, made.tasks, name)
    made.joined[name] = why
    return RunPart(task=name)


def _cut(flow: FlowPart, depth: int, made: Prepared) -> FlowPart:
    """Put what lies deeper than `depth` into one task each."""
    if isinstance(flow, RunPart):
        return flow
    if depth == 0:
        return _join(flow, made, "as tasks of their own they would need more marks than there are tasks")
    match flow:
        case InOrderPart(parts=parts):
            return InOrderPart(parts=tuple(_cut(part, depth - 1, made) for part in parts))
        case BesidePart(parts=parts, waits=waits):
            return BesidePart(parts=tuple(_cut(part, depth - 1, made) for part in parts), waits=waits)
        case AndOrPart(first=first, signs=signs, rest=rest):
            cut = tuple(_cut(part, depth - 1, made) for part in rest)
            return AndOrPart(first=_cut(first, depth - 1, made), signs=signs, rest=cut)
        case ChoicePart(condition=condition, then=then, otherwise=otherwise):
            other = None if otherwise is None else _cut(otherwise, depth - 1, made)
            then, condition = _cut(then, depth - 1, made), _cut(condition, depth - 1, made)
            return ChoicePart(condition=condition, then=then, otherwise=other)
        case _:
            return flow


def _depth(flow: FlowPart) -> int:
    return max((_depth(part) + 1 for part in parts_of(flow)), default=0)


def _marks(made: Prepared, start: Start) -> int:
    compiler = Compiler(made.tasks, lambda name: f"{name} {len(compiler.nodes)}")
    compiler.job(made.flow, start)
    return sum(node.task is None for node in compiler.nodes)
