"""Order inside one job, from its flow; and the edges of any order that others imply."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from migrator.graph.order import reduced
from migrator.workflows.flow import AndOr, Beside, Choice, Each, Flow, InOrder, Negated, Run, Sign
from migrator.workflows.types import After, TaskOrder


class _End(NamedTuple):
    """A task that a flow may end with; `firm` where the flow fails with it."""

    task: str
    firm: bool


class _Span(NamedTuple):
    """The tasks of a flow, those it may begin with and those it may end with."""

    every: tuple[str, ...]
    heads: tuple[str, ...]
    ends: tuple[_End, ...]


def inside(flow: Flow) -> tuple[TaskOrder, ...]:
    """Give the order of one job's tasks, as its shell would keep it."""
    order: list[TaskOrder] = []
    _span(flow, order)
    return tuple(order)


def _span(flow: Flow, order: list[TaskOrder]) -> _Span:
    match flow:
        case Run(task):
            return _Span((task,), (task,), (_End(task, firm=True),))
        case InOrder(parts):
            spans = [_span(part, order) for part in parts]
            for former, latter in pairwise(spans):
                _link(former.ends, latter.heads, After.DONE, order)
            return _Span(_every(spans), spans[0].heads, spans[-1].ends)
        case AndOr(first, rest):
            return _and_or(_span(first, order), rest, order)
        case Choice(condition, then, otherwise):
            return _choice(condition, then, otherwise, order)
        case Beside(parts, _):
            spans = [_span(part, order) for part in parts]
            ends = tuple(_End(end.task, firm=False) for span in spans for end in span.ends)
            return _Span(_every(spans), tuple(head for span in spans for head in span.heads), ends)
        case Each(_, _, body):
            return _span(body, order)
        case Negated(part):
            found = _span(part, order)
            return _Span(found.every, found.heads, tuple(_End(end.task, firm=False) for end in found.ends))


def _and_or(first: _Span, rest: tuple[tuple[Sign, Flow], ...], order: list[TaskOrder]) -> _Span:
    spans, ends = [first], first.ends
    for sign, part in rest:
        span = _span(part, order)
        if sign is Sign.AND:
            _succeed(ends, span.heads, order)
            ends = span.ends
        else:
            # All that lies in a handler waits for the failure of what stands left of the `||`.
            _fail(ends, span.every, order)
            ends = (*(_End(end.task, firm=False) for end in ends), *span.ends)
        spans.append(span)
    return _Span(_every(spans), first.heads, ends)


def _choice(condition: Flow, then: Flow, otherwise: Flow | None, order: list[TaskOrder]) -> _Span:
    asked, taken = _span(condition, order), _span(then, order)
    _succeed(asked.ends, taken.heads, order)
    spans, ends = [asked, taken], taken.ends
    if otherwise is None:
        ends = (*(_End(end.task, firm=False) for end in asked.ends), *ends)
    else:
        other = _span(otherwise, order)
        _fail(asked.ends, other.every, order)
        spans.append(other)
        ends = (*ends, *other.ends)
    return _Span(_every(spans), asked.heads, ends)


def _succeed(ends: Iterable[_End], heads: Iterable[str], order: list[TaskOrder]) -> None:
    # Behind `a || b &&` stands that one of both went well; `a` may have failed.
    heads = tuple(heads)
    for end in ends:
        _link([end], heads, After.SUCCESS if end.firm else After.DONE, order)


def _fail(ends: tuple[_End, ...], tasks: Iterable[str], order: list[TaskOrder]) -> None:
    firm = [end for end in ends if end.firm]
    _link(firm or ends, tasks, After.FAILURE, order)


def _link(ends: Iterable[_End], tasks: Iterable[str], after: After, order: list[TaskOrder]) -> None:
    tasks = tuple(tasks)
    order += [TaskOrder(end.task, task, after) for end in ends for task in tasks]


def _every(spans: Iterable[_Span]) -> tuple[str, ...]:
    return tuple(task for span in spans for task in span.every)


def decision(label: str) -> str:
    """Give the number of the decision that a branch label belongs to: `if 3` and `else 3` are of one."""
    return label.rpartition(" ")[2].partition("/")[0]


def without_implied(order: Iterable[TaskOrder]) -> tuple[TaskOrder, ...]:
    """Leave out the edges that others imply; sorted.

    Success is implied only by a walk of successes, an end by any walk without a failure, a failure by nothing.
    """
    every = sorted(set(order), key=lambda one: (one.upstream, one.task, one.after))
    if not every:
        return ()
    firm = {(one.upstream, one.task) for one in every if one.after is After.SUCCESS}
    loose = {(one.upstream, one.task) for one in every if one.after is After.DONE} - firm
    kept_firm, kept_loose = set(reduced(firm)), set(reduced(firm | loose)) & loose
    return tuple(
        one
        for one in every
        if one.after is After.FAILURE
        or (one.upstream, one.task) in (kept_firm if one.after is After.SUCCESS else kept_loose)
    )
