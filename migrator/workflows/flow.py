"""What the shell of a job does with its tasks: order, outcomes that decide, what runs side by side.

A flow is a tree over the names of a job's tasks. Each node has a status as a shell list has one (POSIX, «Lists»).
"""

from __future__ import annotations

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


@frozen
class JobFlow:
    """The flow of one job; `why` says why it was not taken further apart, empty where there is nothing to take."""

    job: JobId
    flow: Flow
    why: str = ""
