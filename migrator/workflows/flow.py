"""What the shell of a job does with its tasks: order, outcomes that decide, what runs side by side.

A flow is a tree over the names of a job's tasks. Each node has a status as a shell list has one (POSIX, «Lists»).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeAlias

from migrator.model import JobId
from migrator.model.frozen import frozen
from migrator.model.worded import worded


@worded
class Sign(StrEnum):
    """What decides whether the next node of an and-or list runs."""

    AND = "&&"
    OR = "||"


@frozen
class Run:
    """Run one task; the status is the task's."""

    task: str


@frozen
class InOrder:
    """`a; b`: each after the one before, whatever that gave; the status is the last one's."""

    parts: tuple[Flow, ...]


@frozen
class AndOr:
    """`first && b || c`, left to right; the status is that of the last one that ran."""

    first: Flow
    rest: tuple[tuple[Sign, Flow], ...]


@frozen
class Choice:
    """`if condition; then …; else …; fi`; the status is that of the arm that ran, success where none did."""

    condition: Flow
    then: Flow
    otherwise: Flow | None = None


@frozen
class Beside:
    """`a & b`: all start at once and all are waited for at the end of the job at the latest.

    What follows an `&` is the last part, up to a bare `wait`. Where `waits`, the shell waits there and the status is
    success; else it is the last part's.
    """

    parts: tuple[Flow, ...]
    waits: bool


@frozen
class Each:
    """`for variable in items; do body; done` over constant words, one after the other; the status is the last round's.

    The tasks of the body use `$variable`; each of its runs gets one item as that variable's value.
    """

    variable: str
    items: tuple[str, ...]
    body: Flow


@frozen
class Negated:
    """`! part`."""

    part: Flow


Flow: TypeAlias = "Run | InOrder | AndOr | Choice | Beside | Each | Negated"


def parts_of(flow: Flow) -> tuple[Flow, ...]:
    """Give the parts that a flow is made of, in the order in which they stand; of a task none."""
    match flow:
        case Run():
            return ()
        case InOrder(parts) | Beside(parts, _):
            return parts
        case AndOr(first, rest):
            return (first, *(part for _, part in rest))
        case Choice(condition, then, otherwise):
            return (condition, then) if otherwise is None else (condition, then, otherwise)
        case Each(_, _, part) | Negated(part):
            return (part,)


def with_parts(flow: Flow, change: Callable[[Flow], Flow]) -> Flow:
    """Give a flow of the same form, each of its parts changed."""
    match flow:
        case Run():
            return flow
        case InOrder(parts):
            return InOrder(tuple(change(part) for part in parts))
        case Beside(parts, waits):
            return Beside(tuple(change(part) for part in parts), waits)
        case AndOr(first, rest):
            return AndOr(change(first), tuple((sign, change(part)) for sign, part in rest))
        case Choice(condition, then, otherwise):
            return Choice(change(condition), change(then), None if otherwise is None else change(otherwise))
        case Each(variable, items, part):
            return Each(variable, items, change(part))
        case Negated(part):
            return Negated(change(part))


def tasks_of(flow: Flow) -> tuple[str, ...]:
    """List the tasks of a flow, in the order in which they stand in it."""
    if isinstance(flow, Run):
        return (flow.task,)
    return tuple(task for part in parts_of(flow) for task in tasks_of(part))


def runs_of(flow: Flow) -> tuple[str, ...]:
    """Name each task of a flow as often as a run may come to it."""
    if isinstance(flow, Run):
        return (flow.task,)
    once = tuple(task for part in parts_of(flow) for task in runs_of(part))
    return once * len(flow.items) if isinstance(flow, Each) else once


def ends_of(flow: Flow) -> tuple[str, ...]:
    """Name the tasks behind which the job's shell ends with their status, whatever it is."""
    match flow:
        case Run(task):
            return (task,)
        case InOrder() | AndOr():
            return ends_of(parts_of(flow)[-1])
        case Choice(_, then, otherwise):
            return (*ends_of(then), *(ends_of(otherwise) if otherwise is not None else ()))
        case Beside() | Each() | Negated():
            return ()


def with_names(flow: Flow, names: Mapping[str, str]) -> Flow:
    """Give a flow with other names of its tasks."""
    return Run(names[flow.task]) if isinstance(flow, Run) else with_parts(flow, lambda part: with_names(part, names))


@frozen
class JobFlow:
    """The flow of one job; `why` says why it was not taken further apart, empty where there is nothing to take."""

    job: JobId
    flow: Flow
    why: str = ""
