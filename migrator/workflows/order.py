"""Order inside one job, from the joins of its steps; and the edges of any order that others imply."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from migrator.commands.facts import CommandFacts, Join
from migrator.graph.order import reduced
from migrator.workflows.types import After, Task, TaskOrder

_AFTER = {Join.AND: After.SUCCESS, Join.OR: After.FAILURE}


@dataclass(slots=True)
class _Frame:
    """One level of branches: where its decision came in, and the ends of the arms that are done.

    `last` are the tasks that the next one follows, `handlers` those of them that ran only on a failure, `before` what
    the parallel group that is open came after, `group` its members.
    """

    label: str = ""
    entry: tuple[str, ...] = ()
    ends: list[str] = field(default_factory=list)
    last: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    group: list[str] = field(default_factory=list)


def inside(facts: CommandFacts | None, tasks: Sequence[Task]) -> tuple[TaskOrder, ...]:
    """Give the order of one job's tasks, as its shell would keep it."""
    if facts is None or len(tasks) < 2:
        return ()
    walk = _Walk(joins=facts.fan_in > 0)
    for task in sorted(tasks, key=lambda one: min(one.steps)):
        walk.take(task, facts.steps[min(task.steps)].join)
    return tuple(walk.order)


class _Walk:
    def __init__(self, *, joins: bool) -> None:
        self.order: list[TaskOrder] = []
        self._joins = joins
        self._frames = [_Frame()]

    def take(self, task: Task, join: Join) -> None:
        """Place the next task."""
        self._move(task.branch)
        frame = self._frames[-1]
        if join is Join.PARALLEL:
            self._parallel(frame, task)
            return
        if frame.group:
            frame.last = tuple(frame.group) if self._joins else (frame.group[-1],)
            frame.group = []
        after = _AFTER.get(join, After.DONE)
        if join is Join.OR:
            self._after(task, frame.last, After.FAILURE)
            frame.handlers = (*frame.handlers, task.name)
            return
        for former in frame.last:
            # Behind `a || b &&` stands that one of both went well; `a` may have failed.
            handled = frame.handlers and after is After.SUCCESS
            self._after(task, (former,), After.DONE if handled else after)
        self._after(task, frame.handlers, after)
        frame.last, frame.handlers = (task.name,), ()

    def _parallel(self, frame: _Frame, task: Task) -> None:
        if not frame.group:
            frame.before = (*frame.last, *frame.handlers)
            frame.handlers = ()
        self._after(task, frame.before, After.DONE)
        frame.group.append(task.name)
        frame.last = tuple(frame.group)

    def _after(self, task: Task, formers: Iterable[str], after: After) -> None:
        self.order += [TaskOrder(former, task.name, after) for former in formers]

    def _move(self, branch: tuple[str, ...]) -> None:
        """Leave the branches that the task does not lie in, and enter its own."""
        same = 0
        while same < min(len(branch), len(self._frames) - 1) and self._frames[same + 1].label == branch[same]:
            same += 1
        while len(self._frames) - 1 > same + 1:
            self._leave()
        if len(self._frames) - 1 == same + 1:
            sibling = same < len(branch) and _decision(branch[same]) == _decision(self._frames[-1].label)
            if sibling:
                self._next_arm(branch[same])
                same += 1
            else:
                self._leave()
        for label in branch[same:]:
            outer = self._frames[-1]
            entry = (*outer.last, *outer.handlers)
            self._frames.append(_Frame(label, entry, last=entry))

    def _next_arm(self, label: str) -> None:
        frame = self._frames[-1]
        frame.ends += _ends(frame)
        self._frames[-1] = _Frame(label, frame.entry, frame.ends, last=frame.entry)

    def _leave(self) -> None:
        frame = self._frames.pop()
        outer = self._frames[-1]
        ends = [*frame.ends, *_ends(frame)]
        outer.last, outer.handlers = tuple(dict.fromkeys(ends)), ()


def _ends(frame: _Frame) -> tuple[str, ...]:
    return (*frame.last, *frame.handlers)


def _decision(label: str) -> str:
    return label.partition("/")[0]


def without_implied(order: Iterable[TaskOrder]) -> tuple[TaskOrder, ...]:
    """Leave out the edges that others imply; sorted.

    Success is implied only by a walk of successes, an end by any walk without a failure, a failure by nothing.
    """
    every = sorted(set(order), key=lambda one: (one.upstream, one.task, one.after))
    firm = {(one.upstream, one.task) for one in every if one.after is After.SUCCESS}
    loose = {(one.upstream, one.task) for one in every if one.after is After.DONE} - firm
    kept_firm, kept_loose = set(reduced(firm)), set(reduced(firm | loose)) & loose
    return tuple(
        one
        for one in every
        if one.after is After.FAILURE
        or (one.upstream, one.task) in (kept_firm if one.after is After.SUCCESS else kept_loose)
    )
