"""Whether two descriptions of the same work run the same commands in an allowed order, outcome by outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from migrator.verify.traces.recording import ANYWHERE, Event, Outcomes, Trace

Runner: TypeAlias = Callable[[Outcomes], Trace]
"""Tells what is run, given the outcomes."""

_MOST_FAULTS = 3
_MOST_PAIRS = 60
_MOST_SCENARIOS = 400
_MOST_STARTED = 60_000  # commands in all scenarios together, one of many words counted as several
_WORDS_OF_ONE = 20


def differences(source: Runner, written: Runner, *, whole: bool = False) -> tuple[list[str], int]:
    """Compare in success, with each command failing, and in small jobs with each two; give the faults and the count.

    Raise NotComparableError where one of the two cannot tell.
    """
    faults: list[str] = []
    count = 0
    for outcomes, expected in scenarios(source, whole=whole):
        count += 1
        faults += [f"where {outcomes.told()}: {fault}" for fault in _faults(expected, written(outcomes))]
        if len(faults) >= _MOST_FAULTS:
            break
    return faults[:_MOST_FAULTS], count


def scenarios(source: Runner, *, whole: bool = False) -> Iterator[tuple[Outcomes, Trace]]:
    """Give outcomes with what the source does then: one change of the success at a time, and two where they are few."""
    first = Outcomes(whole=whole)
    done = {first}
    waiting = [(first, 0)]
    pairs = started = 0
    while waiting and len(done) <= _MOST_SCENARIOS and started <= _MOST_STARTED:
        outcomes, depth = waiting.pop(0)
        trace = source(outcomes)
        started += sum(1 + len(event.words) // _WORDS_OF_ONE for event in trace.events)
        yield outcomes, trace
        pairs = pairs or sum(number - 1 for _, number in trace.asked) ** 2
        if depth >= (2 if pairs <= _MOST_PAIRS else 1):
            continue
        for changed in _changes(outcomes, trace):
            if changed not in done:
                done.add(changed)
                waiting.append((changed, depth + 1))


def _changes(outcomes: Outcomes, trace: Trace) -> Iterator[Outcomes]:
    chosen = dict(outcomes.chosen)
    for text, number in trace.asked:
        if text in outcomes.failed or text in chosen:
            continue
        if text.startswith(("case ", "for ")):
            for way in range(1, number):
                yield replace(outcomes, chosen=(*outcomes.chosen, (text, way)))
        else:
            yield replace(outcomes, failed=outcomes.failed | {text})


def _faults(expected: Trace, found: Trace) -> Iterator[str]:
    expected = _as_calls(expected, found)
    wanted, there = _labels(expected), _labels(found)
    missing, more = Counter(wanted) - Counter(there), Counter(there) - Counter(wanted)
    for event, _ in sorted(missing, key=str):
        yield f"{event.text} is not run" + _beside(event, [one for one, _ in more])
    for event, _ in sorted(more, key=str):
        if not any(event.text == one.text for one, _ in missing):
            yield f"{event.text} is run, which the shell does not do"
    if not missing and not more:
        yield from _order_faults(expected, wanted, found, there)
    if bool(expected.status) != bool(found.status):
        ways = ("success", "failure")
        yield f"it ends in {ways[bool(found.status)]}, cron's in {ways[bool(expected.status)]}"


def _as_calls(expected: Trace, found: Trace) -> Trace:
    """Take commands for the cloud calls that do their work: what is around them on a host does not reach those."""
    calls = {event.words for event in found.events if event.surroundings == ANYWHERE}
    events = tuple(Event(one.words, (), ANYWHERE) if one.words in calls else one for one in expected.events)
    return replace(expected, events=events) if calls else expected


def _beside(missing: Event, more: list[Event]) -> str:
    other = next((one for one in more if one.text == missing.text), None)
    if other is None:
        return ""
    if other.redirects != missing.redirects:
        return " with the same redirections"
    return " with the same folder, variables and redirections around it"


def _order_faults(
    expected: Trace, wanted: list[tuple[Event, int]], found: Trace, there: list[tuple[Event, int]]
) -> Iterator[str]:
    place = {label: index for index, label in enumerate(there)}
    earlier = _earlier(found)
    for index, before in enumerate(expected.before):
        here = place[wanted[index]]
        for one in sorted(before):
            if not earlier[here] >> place[wanted[one]] & 1:
                yield f"{expected.events[index].text} does not wait for {expected.events[one].text}"


def _labels(trace: Trace) -> list[tuple[Event, int]]:
    """Tell runs of the same command apart."""
    seen: Counter[Event] = Counter()
    labels: list[tuple[Event, int]] = []
    for event in trace.events:
        labels.append((event, seen[event]))
        seen[event] += 1
    return labels


def _earlier(trace: Trace) -> list[int]:
    """Give for each event the set of all that end before it, as bits."""
    found: list[int] = []
    for before in trace.before:
        bits = 0
        for one in before:
            bits |= found[one] | 1 << one
        found.append(bits)
    return found
