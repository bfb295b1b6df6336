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

    `last` are the tasks that the next one follows; `handlers` those beside them that ran only on a failure; `guards`
    those whose failure the frame handles. `before` is what the open parallel group came after, `group` its members.
    """

    label: str = ""
    entry: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    group: list[str] = field(default_factory=list)


def inside(facts: CommandFacts | None, tasks: Sequence[Task]) -> tuple[TaskOrder, ...]:
    """Give the order of one job's tasks, as its shell would keep it."""
    if facts is None or len(tasks) < 2:
        return ()
    walk = _Walk(joins=facts.fan_in > 0)
    for task in sorted(tasks, key=lambda one: min(one.steps)):
        first = facts.steps[min(task.steps)]
        # A unit that goes on after a branch runs in any case, whatever led to its first step.
        walk.take(task, first.join if len(first.branch) == len(task.branch) else Join.THEN)
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
        else:
            self._close(frame)
            self._follow(frame, task, join)
        for outer in self._frames:
            self._after(task, outer.guards, After.FAILURE)

    def _follow(self, frame: _Frame, task: Task, join: Join) -> None:
        if join is Join.OR and frame.label and frame.last == frame.entry:
            # The first task of a handler: all that lies in it waits for the failure of what stands left of the `||`.
            frame.guards, frame.last = self._frames[-2].handlers or frame.entry, (task.name,)
            return
        if join is Join.OR:
            self._after(task, frame.handlers or frame.last, After.FAILURE)
            frame.handlers = (*frame.handlers, task.name)
            return
        after = _AFTER.get(join, After.DONE)
        # Behind `a || b &&` stands that one of both went well; `a` may have failed.
        self._after(task, frame.last, After.DONE if frame.handlers else after)
        self._after(task, frame.handlers, after)
        frame.last, frame.handlers = (task.name,), ()

    def _parallel(self, frame: _Frame, task: Task) -> None:
        if not frame.group:
            frame.before, frame.handlers = (*frame.last, *frame.handlers), ()
        self._after(task, frame.before, After.DONE)
        frame.group.append(task.name)
        frame.last = tuple(frame.group)

    def _close(self, frame: _Frame) -> None:
        if frame.group and not self._joins:
            # Nothing waits for what was started first; the last one runs in the foreground beside it.
            frame.last = (frame.group[-1],)
        frame.group = []

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
            if same < len(branch) and decision(branch[same]) == decision(self._frames[-1].label):
                done = self._frames.pop()
                self._frames.append(_Frame(branch[same], done.entry, (*done.ends, *_ends(done)), last=done.entry))
                same += 1
            else:
                self._leave()
        for label in branch[same:]:
            self._close(self._frames[-1])
            entry = _ends(self._frames[-1])
            self._frames.append(_Frame(label, entry, last=entry))

    def _leave(self) -> None:
        frame = self._frames.pop()
        self._close(frame)
        outer = self._frames[-1]
        if frame.guards:
            outer.handlers = (*outer.handlers, *_ends(frame))
        else:
            outer.last, outer.handlers = tuple(dict.fromkeys((*frame.ends, *_ends(frame)))), ()


def _ends(frame: _Frame) -> tuple[str, ...]:
    return (*frame.last, *frame.handlers)


def decision(label: str) -> str:
    """Give the number of the decision that a branch label belongs to: `if 3`, `else 3` and `case 3/2` are of one."""
    return label.rpartition(" ")[2].partition("/")[0]


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
