"""How many states a run of a state machine executes, by the form of each job's flow and the order of the jobs.

A state counts each time that it is executed, a retry once more (https://aws.amazon.com/step-functions/pricing/). Which
states each form makes is told in docs/states.md. The range is that of runs in which the work goes well: the low end is
the shortest way through tests and handlers, the high end the longest, failures that the flow deals with included. A
flow is counted from its end, as a machine is built: each part knows what lies behind its success and its failure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum, auto
from typing import assert_never

from migrator.model import JobId, Range
from migrator.model.frozen import frozen
from migrator.workflows.arrangement import Arrangement, Layers, Series, Together, arranged, before_each, layered
from migrator.workflows.flow import AndOr, Beside, Choice, Each, Flow, InOrder, Negated, Run, Sign

STATES_A_LOOK = Decimal(3)
MOST_LOOKS = Decimal(25_000 // 9)
"""Looks in one run, at most: each leaves 9 events, and an execution fails at 25,000 (Step Functions, «Quotas»)."""
GUARD = Decimal(1)
"""States of the test of the day that a run begins with where no expression says its days, but for its looks."""
NOT_TODAY = Decimal(2)
"""States of a run on any other day, but for the looks: the test and an end."""
_ZERO, _ONE, _TWO = Decimal(0), Decimal(1), Decimal(2)
_WELL, _EITHER = frozenset({True}), frozenset({True, False})
_MOST_ARRANGED = 40  # jobs of one machine; for more there is no file, and they are counted in layers


class Made(Enum):
    """What a task becomes."""

    COMMAND = auto()  # sent to a host, then looked at
    CALL = auto()  # one state, whose end is the call's
    ASKED = auto()  # a call without an end of its own: made, then asked for
    PAUSE = auto()  # one Wait
    WATCH = auto()  # asks a bucket until an object is there


@frozen
class Cost:
    """What a task becomes, how often it is looked at, and how often it may be tried. A test may fail in a good run."""

    made: Made
    looks: Range
    attempts: Decimal = _ONE
    test: bool = False


@frozen
class _Span:
    """States from here to the end; `high` is None where no good run comes here."""

    low: Decimal
    high: Decimal | None

    def after(self, low: Decimal, high: Decimal) -> _Span:
        return _Span(self.low + low, None if self.high is None else self.high + high)


@frozen
class _Way:
    """What lies behind a part: `next` where one state leads on to it, `entered` where a Choice or a Catch does.

    The end of a machine is no state of its own behind a state that can end it, and one behind a Choice.
    """

    next: _Span
    entered: _Span


def _same(span: _Span) -> _Way:
    return _Way(span, span)


def _one() -> _Way:
    return _same(_Span(_ONE, _ONE))


def run_states(
    jobs: Sequence[JobId], order: Iterable[tuple[JobId, JobId]], flows: Mapping[JobId, Flow], costs: Mapping[str, Cost]
) -> Range:
    """Count the states of a run of some jobs, one at least; `costs` are those of their tasks by name."""
    pairs = list(order)
    before = before_each(jobs, pairs) if len(jobs) <= _MOST_ARRANGED else None
    arrangement: Arrangement = arranged(before) if before is not None else layered(jobs, pairs)
    counter = _Counter({str(job): flow for job, flow in flows.items()}, costs)
    done = _Way(_Span(_ZERO, _ZERO), _Span(_ONE, _ONE))
    found = counter.jobs(arrangement, done, None).next
    return Range(found.low, max(found.low, found.high or _ZERO))


@frozen
class _Counter:
    """Counts flows. `whose` are the flows of the jobs."""

    whose: Mapping[str, Flow]
    costs: Mapping[str, Cost]

    def jobs(self, jobs: Arrangement, ok: _Way, bad: _Way | None) -> _Way:
        """Count jobs in their order; `bad` is None at the top, where a failed job ends the run."""
        match jobs:
            case str():
                failed = _same(_Span(_ONE, None)) if bad is None else bad
                return self.flow(self.whose[jobs], ok, failed)
            case Series():
                for part in reversed(jobs.parts):
                    ok = self.jobs(part, ok, bad)
                return ok
            case Together():
                branches = [self.jobs(part, _one(), _one()) for part in jobs.parts]
                stops = any(self._may_stop(part) for part in jobs.parts)
                return self._parallel(branches, self._judged(ok, bad, either=stops))
            case Layers():
                return self._layers(jobs, ok, bad)
        assert_never(jobs)

    def _layers(self, jobs: Layers, ok: _Way, bad: _Way | None) -> _Way:
        stops = any(self._may_stop(job) for layer in jobs.layers for job in layer)
        way = self._judged(ok, bad, either=stops)
        for number, layer in reversed(list(enumerate(jobs.layers))):
            branches = [self.jobs(job, _one(), _one()) for job in layer]
            if number:
                branches = [self._judged(branch, _one(), either=stops) for branch in branches]
            way = self._parallel(branches, way)
        return way

    def _judged(self, ok: _Way, bad: _Way | None, *, either: bool) -> _Way:
        """Put a Choice before two ways."""
        other = _Span(_ONE, None) if bad is None else bad.entered
        return _same(_joined(ok.entered, other, either=either).after(_ONE, _ONE))

    def _parallel(self, branches: Sequence[_Way], behind: _Way) -> _Way:
        low = _ONE + sum((branch.next.low for branch in branches), _ZERO)
        high = _ONE + sum((branch.next.high or branch.next.low for branch in branches), _ZERO)
        return _same(behind.next.after(low, high))

    def _may_stop(self, jobs: Arrangement) -> bool:
        """Say whether jobs can fail in a good run: by a test."""
        if isinstance(jobs, str):
            return False in self._ends(self.whose[jobs], asked=False)
        parts = [job for layer in jobs.layers for job in layer] if isinstance(jobs, Layers) else jobs.parts
        return any(self._may_stop(part) for part in parts)

    def _ends(self, flow: Flow, *, asked: bool) -> frozenset[bool]:
        """Say how a flow may end in a good run."""
        match flow:
            case Run(task):
                return _EITHER if asked or self.costs[task].test else _WELL
            case InOrder(parts):
                return self._ends(parts[-1], asked=asked)
            case AndOr():
                return self._list_ends(flow, asked=asked)
            case Choice(_, then, otherwise):
                other = _WELL if otherwise is None else self._ends(otherwise, asked=asked)
                return self._ends(then, asked=asked) | other
            case Beside(parts, waits):
                return _WELL if waits else self._ends(parts[-1], asked=asked)
            case Each(_, items, body):
                return self._ends(body, asked=asked) if items else _WELL
            case Negated(part):
                return frozenset(not end for end in self._ends(part, asked=asked))
        assert_never(flow)

    def _list_ends(self, flow: AndOr, *, asked: bool) -> frozenset[bool]:
        ends = self._ends(flow.first, asked=asked)
        for sign, part in flow.rest:
            stays = frozenset({sign is Sign.OR}) & ends
            goes_on = (sign is Sign.AND) in ends
            inner = self._ends(part, asked=asked)
            ends = stays | inner if goes_on else stays
        return ends

    def flow(self, flow: Flow, ok: _Way, bad: _Way, *, asked: bool = False) -> _Way:
        """Count a flow and what lies behind it. `asked`: its status is asked for, and either may be."""
        match flow:
            case Run(task):
                cost = self.costs[task]
                return _same(_task(cost, ok, bad, either=asked or cost.test))
            case InOrder(parts):
                way = self.flow(parts[-1], ok, bad, asked=asked)
                for part in reversed(parts[:-1]):
                    way = self.flow(part, way, way)
                return way
            case AndOr():
                return self._list(flow, ok, bad, asked=asked)
            case Choice(condition, then, otherwise):
                other = ok if otherwise is None else self.flow(otherwise, ok, bad, asked=asked)
                return self.flow(condition, self.flow(then, ok, bad, asked=asked), other, asked=True)
            case Beside(parts, waits):
                first = [self.flow(part, _one(), _one()) for part in parts[:-1]]
                last = self._judged_last(parts[-1], ok, ok if waits else bad, asked=asked)
                return self._parallel(first, last)
            case Each(_, items, body):
                return self._each(len(items), body, ok, bad, asked=asked)
            case Negated(part):
                return self.flow(part, bad, ok, asked=asked)
        assert_never(flow)

    def _list(self, flow: AndOr, ok: _Way, bad: _Way, *, asked: bool) -> _Way:
        for sign, part in reversed(flow.rest):
            entry = self.flow(part, ok, bad, asked=asked)
            ok, bad = (entry, bad) if sign is Sign.AND else (ok, entry)
        return self.flow(flow.first, ok, bad, asked=asked)

    def _judged_last(self, part: Flow, ok: _Way, bad: _Way, *, asked: bool) -> _Way:
        """Count the part whose status a Parallel or a Map goes on by: its own end, and a Choice where that matters."""
        if ok is bad:
            own = self.flow(part, _one(), _one()).next
            return _same(ok.next.after(own.low, own.high or own.low))
        ended = [_same(way.entered.after(_TWO, _TWO)) for way in (ok, bad)]
        return self.flow(part, ended[0], ended[1], asked=asked)

    def _each(self, rounds: int, body: Flow, ok: _Way, bad: _Way, *, asked: bool) -> _Way:
        if not rounds:
            return ok
        one = self.flow(body, _one(), _one()).next
        earlier = Decimal(rounds - 1)
        last = self._judged_last(body, ok, bad, asked=asked)
        # A Pass gives the rounds, the Map goes through them.
        return _same(last.next.after(_TWO + earlier * one.low, _TWO + earlier * (one.high or one.low)))


def _joined(ok: _Span, bad: _Span, *, either: bool) -> _Span:
    """Give the span of two ways; a good run may take the second too where `either`, and to be dealt with."""
    highs = [high for high in (ok.high, bad.high) if high is not None]
    return _Span(min(ok.low, bad.low) if either else ok.low, max(highs, default=None))


def _task(cost: Cost, ok: _Way, bad: _Way, *, either: bool) -> _Span:
    looked = (STATES_A_LOOK * cost.looks.low, STATES_A_LOOK * cost.looks.high)
    match cost.made:
        case Made.PAUSE:
            return ok.next.after(_ONE, _ONE)
        case Made.WATCH:
            # Its begin, a call and a Choice a look, a Pass and a Wait between two.
            behind = _joined(ok.entered, bad.entered, either=either)
            low, high = (_ONE + 4 * looks - _TWO for looks in (cost.looks.low, cost.looks.high))
            return behind.after(low, high)
        case Made.CALL:
            return _joined(ok.next, bad.entered, either=either).after(_ONE, cost.attempts)
        case Made.ASKED:
            behind = _joined(ok.entered, bad.entered, either=either)
            return behind.after(_ONE + looked[0], cost.attempts + looked[1])
        case Made.COMMAND if cost.attempts > 1:
            # In a Parallel of its own, with an end of its own.
            behind = _joined(ok.next, bad.entered, either=either)
            return behind.after(3 + looked[0], (3 + looked[1]) * cost.attempts)
        case Made.COMMAND:
            return _joined(ok.entered, bad.entered, either=either).after(_ONE + looked[0], _ONE + looked[1])
    assert_never(cost.made)
