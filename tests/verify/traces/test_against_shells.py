"""What the interpreter says of a script is what a real shell does with it."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from migrator.verify.traces import Context, NotComparableError, Outcomes, Trace, shell_trace
from tests.execution.shapes import SHAPES
from tests.verify.traces.real_shell import run_all
from tests.verify.traces.scripts import Maker

pytestmark = pytest.mark.oracle
_FAILURES = 3


def legal(trace: Trace, lines: list[str]) -> bool:
    """Say whether lines are the trace's commands in an order that it allows."""
    texts = [event.text for event in trace.events]
    if Counter(texts) != Counter(lines):
        return False
    places = defaultdict(list)
    for index, text in enumerate(texts):
        places[text].append(index)
    waiting: list[tuple[int, frozenset[int]]] = [(0, frozenset())]
    seen = set(waiting)
    while waiting:
        at, done = waiting.pop()
        if at == len(lines):
            return True
        for index in places[lines[at]]:
            following = (at + 1, done | {index})
            if index not in done and trace.before[index] <= done and following not in seen:
                seen.add(following)
                waiting.append(following)
    return False


def disagreements(shell: str, scripts: list[str], names: tuple[str, ...] = (), most: int | None = None) -> list[str]:
    """Run scripts, in success and with single failures; describe where shell and interpreter differ."""
    context = Context(bash=shell == "bash")
    expected = []
    for number, script in enumerate(scripts):
        try:
            asked = [text for text, _ in shell_trace(script, Outcomes(), context).asked]
            chosen = (
                asked if most is None else [asked[(number + each * 7) % len(asked)] for each in range(most) if asked]
            )
            all_outcomes = [Outcomes(), *(Outcomes(frozenset({text})) for text in sorted(set(chosen)))]
            expected += [(script, outcomes, shell_trace(script, outcomes, context)) for outcomes in all_outcomes]
        except NotComparableError:
            continue
    assert len({script for script, _, _ in expected}) >= 0.98 * len(scripts)
    found = run_all(shell, [(script, outcomes.failed) for script, outcomes, _ in expected], names)
    return [
        f"{script}\n{outcomes.told()}: {lines} {status}, not {[event.text for event in trace.events]} {trace.status}"
        for (script, outcomes, trace), (lines, status) in zip(expected, found, strict=True)
        if status != trace.status or not legal(trace, lines)
    ]


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_shapes_agree_with_a_shell_whatever_fails(shell):
    """Twenty shapes, in success and with each command failing."""
    names = ("extract", "transform", "load", "publish", "notify", "cleanup")
    shapes = [script for name, script in SHAPES.items() if name != "a loop until it works"]
    assert len(shapes) >= 20
    assert disagreements(shell, shapes, names) == []


@pytest.mark.parametrize(("shell", "first"), [("sh", 0), ("bash", 500)])
def test_a_thousand_made_scripts_agree_with_a_shell(shell, first):
    """Of every construct, in success and with some of their commands failing."""
    scripts = [Maker(seed, bash=shell == "bash").script() for seed in range(first, first + 500)]
    assert disagreements(shell, scripts, most=_FAILURES) == []


def test_a_wrong_order_is_seen():
    """The test above can fail: an order that the trace does not allow is none."""
    trace = shell_trace("a && b; c & d; wait; e", Outcomes())
    assert legal(trace, ["a", "b", "d", "c", "e"])
    assert not legal(trace, ["b", "a", "c", "d", "e"])
    assert not legal(trace, ["a", "b", "c", "e", "d"])
    assert not legal(trace, ["a", "b", "c", "d"])
