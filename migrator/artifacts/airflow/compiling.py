"""Turn the flow of a shell into nodes with trigger rules that run the same tasks in the same order.

A task that a failure keeps from running ends as `upstream_failed`, which other rules take for a failure: so a part that
begins only on a condition is given a guard, one task whose success means that it begins, and what in it goes by a
failure or an end waits for the guard's success and for a mark, an operator that does nothing but say so. What begins in
any case needs none. The state of a run follows from its leaves: each job ends in one task, which succeeds or is skipped
exactly where the shell's status is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from migrator.artifacts.airflow.nodes import (
    ALL_DONE,
    ALL_SUCCESS,
    NONE_FAILED,
    NONE_FAILED_MIN_ONE_SUCCESS,
    ONE_FAILED,
    ONE_SUCCESS,
    Node,
)
from migrator.plan.clusters import TaskPart
from migrator.workflows.flow import AndOr, Beside, Choice, Flow, InOrder, Run, Sign


class Kind(Enum):
    """How the states of a part's last tasks say that it succeeded."""

    PLAIN = auto()  # one task, and it succeeded
    HANDLED = auto()  # one task, and it succeeded or was skipped
    ARMS = auto()  # one of them succeeded
    ENDED = auto()  # all have ended, whatever that gave; only of a part that begins in any case


@dataclass(frozen=True, slots=True)
class Start:
    """When a part begins: `sure` says in any case, `guard` names a task that succeeds exactly where it does."""

    after: tuple[str, ...] = ()
    rule: str = ALL_SUCCESS
    sure: bool = False
    guard: str | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The last tasks of a part and what their states mean; `guard` as in its start, None where that is sure."""

    last: tuple[str, ...]
    kind: Kind = Kind.PLAIN
    guard: str | None = None


@dataclass(slots=True)
class Compiler:
    """The nodes so far. `tasks` are by name; `name` gives a free id close to the wanted one."""

    tasks: Mapping[str, TaskPart]
    name: Callable[[str], str]
    nodes: list[Node] = field(default_factory=list)

    def job(self, flow: Flow, start: Start, *, plain: bool = False) -> End:
        """Add a job's flow. Its end is one task: it succeeded, or was skipped where the kind is HANDLED.

        `plain`: that one task succeeds wherever the job does.
        """
        end = self._part(flow, start)
        return end if end.kind is Kind.HANDLED and not plain else self._plain(end)

    def mark(self, wanted: str, after: Sequence[str], rule: str, why: str) -> str:
        """Add an operator that does nothing, or find the one that says the same."""
        for node in self.nodes:
            if node.task is None and (node.after, node.rule) == (tuple(after), rule):
                return node.id
        name = self.name(wanted)
        self.nodes.append(Node(name, None, tuple(after), rule, why))
        return name

    def _part(self, flow: Flow, start: Start) -> End:
        match flow:
            case Run(task):
                return self._run(self.tasks[task], start)
            case InOrder(parts):
                return self._in_order(parts, start)
            case AndOr():
                return self._and_or(flow, start)
            case Choice():
                return self._choice(flow, start)
            case Beside():
                return self._beside(flow, start)
            case _:
                msg = f"{type(flow).__name__} was to be put into one task before"
                raise TypeError(msg)

    def _run(self, task: TaskPart, start: Start) -> End:
        name = self.name(task.name)
        self.nodes.append(Node(name, task, start.after, start.rule))
        return End((name,), guard=start.guard)

    def _in_order(self, parts: Iterable[Flow], start: Start) -> End:
        start = self._guarded(start)
        guard = start.guard
        first, *rest = parts
        end = self._part(first, start)
        for part in rest:
            end = self._part(part, self._when_done(end, guard))
        return replace(end, guard=guard)

    def _and_or(self, flow: AndOr, start: Start) -> End:
        if any(sign is Sign.OR for sign, _ in flow.rest):
            start = self._guarded(start)
        end = self._part(flow.first, start)
        for sign, part in flow.rest:
            if sign is Sign.AND:
                found = self._part(part, self._when_ok(end))
                known = start.sure or start.guard is not None
                end = replace(found, guard=start.guard if known else found.guard)
            else:
                found = self._part(part, self._when_failed(end, start.guard))
                last = found if found.kind is Kind.HANDLED else self._plain(found)
                end = End(last.last, Kind.HANDLED, start.guard)
        return end

    def _choice(self, flow: Choice, start: Start) -> End:
        start = self._guarded(start)
        condition = self._part(flow.condition, start)
        then = self._plain(self._part(flow.then, self._when_ok(condition)))
        failed = self._when_failed(condition, start.guard)
        if flow.otherwise is None:
            why = "The condition does not hold: nothing is to be done."
            other = End((self.mark("otherwise", failed.after, failed.rule, why),))
        else:
            other = self._plain(self._part(flow.otherwise, failed))
        return End((*then.last, *other.last), Kind.ARMS, start.guard)

    def _beside(self, flow: Beside, start: Start) -> End:
        start = self._guarded(start)
        ends = [self._part(part, start) for part in flow.parts]
        if flow.waits:
            every = tuple(name for end in ends for name in end.last)
            if start.guard is None:
                return End(every, Kind.ENDED)
            done = self._when_done(End(every, Kind.ENDED), start.guard)
            return End((self._join(done.after, done.rule),), guard=start.guard)
        last = ends[-1] if ends[-1].kind is Kind.HANDLED and start.guard is None else self._plain(ends[-1])
        others = [name for end in ends[:-1] for name in end.last]
        if not others:
            return last
        done_name = self.mark("background_ended", others, ALL_DONE, "What ran in the background has ended.")
        rule = NONE_FAILED if last.kind is Kind.HANDLED else ALL_SUCCESS
        return End((self._join((*last.last, done_name), rule),), guard=start.guard)

    def _join(self, after: Sequence[str], rule: str) -> str:
        return self.mark("end", after, rule, "Its state is the status that the shell would have here.")

    def _guarded(self, start: Start) -> Start:
        if start.sure or start.guard is not None:
            return start
        if start.rule == ALL_SUCCESS and len(start.after) == 1:
            return replace(start, guard=start.after[0])
        begin = self.mark("begin", start.after, start.rule, "What follows begins only where this succeeds.")
        return Start((begin,), guard=begin)

    def _when_ok(self, end: End) -> Start:
        match end.kind:
            case Kind.PLAIN:
                return Start(end.last)
            case Kind.HANDLED:
                if end.guard is None:
                    return Start(end.last, NONE_FAILED)
                return Start((end.guard, *end.last), NONE_FAILED_MIN_ONE_SUCCESS)
            case Kind.ARMS:
                return Start(end.last, ONE_SUCCESS)
            case Kind.ENDED:
                return Start(end.last, ALL_DONE, sure=True)

    def _when_failed(self, end: End, guard: str | None) -> Start:
        last = end if end.kind is Kind.HANDLED else self._plain(end)
        if guard is None:
            return Start(last.last, ONE_FAILED)
        (name,) = last.last
        return Start((guard, self.mark(f"{name}_failed", last.last, ONE_FAILED, f"{name} failed.")))

    def _when_done(self, end: End, guard: str | None) -> Start:
        if guard is None:
            return Start(end.last, ALL_DONE, sure=True)
        why = f"{' and '.join(end.last)} ended, whatever that gave."
        return Start((guard, self.mark(f"{end.last[-1]}_ended", end.last, ALL_DONE, why)), guard=guard)

    def _plain(self, end: End) -> End:
        """Give one task that succeeds exactly where the part began and succeeded."""
        if end.kind is Kind.PLAIN:
            return end
        start = self._when_ok(end)
        return End((self._join(start.after, start.rule),), guard=end.guard)
