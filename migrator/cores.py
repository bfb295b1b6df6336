"""Work shared among processor cores: the same answers whatever their number.

The process is forked, so that what it holds need not be sent anywhere; a child sends back its answers alone. What a
child does not give, because it was killed or its memory ran out, is worked out again here.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
# Neighbours are alike, in what they ask and how long they take: each core gets several pieces of each region.
_PIECES = 8


@dataclass(slots=True)
class _Child:
    """A forked process, the end of the pipe that it writes to, and the items that it works on."""

    process: int
    pipe: int
    places: tuple[range, ...]
    ended: bool = False


def available() -> int:
    """Count the processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def mapped(
    function: Callable[[Sequence[_Item]], Sequence[_Answer]], items: Sequence[_Item], cores: int, least: int
) -> list[_Answer]:
    """Give the answers of `function`, one for each item and in their order; each core works on a part of the items.

    `least` items are worth a core of their own. The answers must be picklable and hang on nothing but their item. Where
    there is no fork(2), or where another thread runs that it would not copy, all is done here.
    """
    cores = min(cores, len(items) // least)
    if cores < 2 or not hasattr(os, "fork") or threading.active_count() > 1:
        return list(function(items))
    shares = _shares(len(items), cores)
    children = []
    found: list[_Answer | None] = [None] * len(items)
    try:
        for share in shares[1:]:
            # One by one: whatever stops the loop, those that were started are ended.
            children.append(_start(function, items, share))  # noqa: PERF401
        _put(found, shares[0], function(_of(items, shares[0])))
        for child in children:
            answers: Sequence[_Answer] | None = _received(child)
            _put(found, child.places, function(_of(items, child.places)) if answers is None else answers)
    finally:
        for child in children:
            _end(child)
    return found  # type: ignore[return-value]  # each place is in one share


def _shares(count: int, cores: int) -> list[tuple[range, ...]]:
    size = max(1, -(-count // (cores * _PIECES)))
    pieces = [range(start, min(count, start + size)) for start in range(0, count, size)]
    return [tuple(pieces[core::cores]) for core in range(cores)]


def _of(items: Sequence[_Item], places: tuple[range, ...]) -> list[_Item]:
    return [items[place] for place in chain(*places)]


def _put(found: list[_Answer | None], places: tuple[range, ...], answers: Sequence[_Answer]) -> None:
    for place, answer in zip(chain(*places), answers, strict=True):
        found[place] = answer


def _start(
    function: Callable[[Sequence[_Item]], Sequence[_Answer]], items: Sequence[_Item], places: tuple[range, ...]
) -> _Child:
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return _Child(process, reading, places)
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as stream:
            stream.write(pickle.dumps(list(function(_of(items, places))), pickle.HIGHEST_PROTOCOL))
        os._exit(0)
    finally:
        # Whatever went wrong: the child is a copy, and may not go on as if it were the process that asked.
        os._exit(1)


def _received(child: _Child) -> Sequence[_Answer] | None:
    """Read a child's answers, None where it did not end well."""
    with os.fdopen(os.dup(child.pipe), "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(child.process, 0)
    child.ended = True
    return pickle.loads(data) if status == 0 else None  # noqa: S301  from our own child, over a pipe of ours


def _end(child: _Child) -> None:
    os.close(child.pipe)
    if not child.ended:
        os.kill(child.process, signal.SIGKILL)
        os.waitpid(child.process, 0)
