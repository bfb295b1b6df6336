"""Work shared among processor cores: the same answers whatever their number.

The process is forked, so that what it holds need not be sent anywhere; a child sends back its answers alone. What a
child does not give, because it was killed or its memory ran out, is worked out again here.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from types import FrameType
from typing import Generic, TypeVar

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
_Given = TypeVar("_Given")
# Neighbours are alike, in what they ask and how long they take: each core gets several pieces of each region.
_PIECES = 8
_NUMBER = 4  # bytes; a pipe of numbers is read by all, each number by one
_MOST_NUMBERS = 4096  # what a pipe surely holds: 16 KiB
_GRACE = 2.0  # seconds
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(slots=True)
class Child(Generic[_Given]):
    """A forked process, and the end of the pipe that it writes to; `apart` where it leads a group of processes."""

    process: int
    pipe: int
    apart: bool
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
    if cores < 2 or not may_fork():
        return list(function(items))
    shares = _shares(len(items), cores)
    children: list[tuple[Child[list[_Answer]], tuple[range, ...]]] = []
    found: list[_Answer | None] = [None] * len(items)
    try:
        for share in shares[1:]:
            # One by one: whatever stops the loop, those that were started are ended.
            children.append((_working(function, items, share), share))  # noqa: PERF401
        _put(found, shares[0], function(_of(items, shares[0])))
        for child, share in children:
            answers = received(child)
            _put(found, share, function(_of(items, share)) if answers is None else answers)
    finally:
        for child, _ in children:
            end(child)
    return found  # type: ignore[return-value]  # each place is in one share


def in_turn(
    function: Callable[[_Item], _Answer], items: Sequence[_Item], cores: int, least: int, most: int = _MOST_NUMBERS
) -> list[_Answer]:
    """Give the answer to each item, in their order; a core that is free takes the next few items.

    As `mapped`, for items that take each their own time. The items are taken in `most` pieces, or fewer.
    """
    with begun(function, items, cores, least, most) as answers:
        return answers()


@contextmanager
def begun(
    function: Callable[[_Item], _Answer], items: Sequence[_Item], cores: int, least: int, most: int = _MOST_NUMBERS
) -> Iterator[Callable[[], list[_Answer]]]:
    """As `in_turn`, but the other cores begin at once; this one takes its part when it is asked for the answers.

    What is never asked for is ended on leaving.
    """
    size = -(-len(items) // min(most, _MOST_NUMBERS)) or 1
    pieces = [items[start : start + size] for start in range(0, len(items), size)]

    def answered(numbers: Iterable[int]) -> dict[int, list[_Answer]]:
        return {number: [function(item) for item in pieces[number]] for number in numbers}

    cores = min(cores, len(items) // least)
    alone = cores < 2 or not may_fork()
    with ExitStack() as stack:
        others = None if alone else stack.enter_context(_shared_out(answered, len(pieces), cores))

        def answers() -> list[_Answer]:
            found = answered(range(len(pieces))) if others is None else others()
            return [answer for number in range(len(pieces)) for answer in found[number]]

        yield answers


def _working(
    function: Callable[[Sequence[_Item]], Sequence[_Answer]], items: Sequence[_Item], places: tuple[range, ...]
) -> Child[list[_Answer]]:
    return forked(lambda: list(function(_of(items, places))))


@contextmanager
def _shared_out(
    answered: Callable[[Iterable[int]], dict[int, list[_Answer]]], count: int, cores: int
) -> Iterator[Callable[[], dict[int, list[_Answer]]]]:
    queue, filling = os.pipe()
    os.write(filling, b"".join(number.to_bytes(_NUMBER, "big") for number in range(count)))
    os.close(filling)
    children: list[Child[dict[int, list[_Answer]]]] = []

    def answers() -> dict[int, list[_Answer]]:
        found = answered(_taken(queue))
        for child in children:
            given = received(child)
            found.update(given or {})
        return found | answered(number for number in range(count) if number not in found)

    try:
        for _ in range(cores - 1):
            # One by one: whatever stops the loop, those that were started are ended.
            children.append(forked(lambda: answered(_taken(queue))))  # noqa: PERF401
        yield answers
    finally:
        os.close(queue)
        for child in children:
            end(child)


def _taken(queue: int) -> Iterator[int]:
    """Take numbers from a pipe until it is empty."""
    while number := os.read(queue, _NUMBER):
        yield int.from_bytes(number, "big")


def may_fork() -> bool:
    """Say whether a copy of this process can go on: there is fork(2), and no other thread that it would not copy."""
    return hasattr(os, "fork") and threading.active_count() == 1


def _shares(count: int, cores: int) -> list[tuple[range, ...]]:
    size = max(1, -(-count // (cores * _PIECES)))
    pieces = [range(start, min(count, start + size)) for start in range(0, count, size)]
    return [tuple(pieces[core::cores]) for core in range(cores)]


def _of(items: Sequence[_Item], places: tuple[range, ...]) -> list[_Item]:
    return [items[place] for place in chain(*places)]


def _put(found: list[_Answer | None], places: tuple[range, ...], answers: Sequence[_Answer]) -> None:
    for place, answer in zip(chain(*places), answers, strict=True):
        found[place] = answer


def forked(work: Callable[[], _Given], *, apart: bool = False) -> Child[_Given]:
    """Have a copy of this process do some work, and send back what it gives; it ends when this one does.

    `apart`: with all programs that it starts it is a group of processes, which are ended together.
    """
    reading, writing = os.pipe()
    here = os.getpid()
    process = os.fork()
    if process:
        os.close(writing)
        if apart:
            _lead(process)
        return Child(process, reading, apart)
    try:
        os.close(reading)
        if apart:
            _lead(0)
            # Raised where it waits for a program, which is then ended first.
            signal.signal(signal.SIGTERM, _leave)
        _end_with(here)
        with os.fdopen(writing, "wb") as stream:
            stream.write(pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))
        os._exit(0)
    finally:
        # Whatever went wrong: the child is a copy, and may not go on as if it were the process that asked.
        os._exit(1)


def received(child: Child[_Given]) -> _Given | None:
    """Wait for what a child gives; None where it did not end well."""
    with os.fdopen(os.dup(child.pipe), "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(child.process, 0)
    child.ended = True
    return pickle.loads(data) if status == 0 else None  # noqa: S301  from our own child, over a pipe of ours


def end(child: Child[_Given]) -> None:
    """End a child that is still at work, and forget it."""
    if not child.ended:
        with suppress(ProcessLookupError, PermissionError):
            if child.apart:
                # It has the time to end the program that it waits for; then the whole group goes.
                os.kill(child.process, signal.SIGTERM)
                wait([child], _GRACE)
            (os.killpg if child.apart else os.kill)(child.process, signal.SIGKILL)
        os.waitpid(child.process, 0)
        child.ended = True
    os.close(child.pipe)


def wait(children: Sequence[Child[_Given]], seconds: float) -> bool:
    """Wait until a child begins to give what it has, or is gone; say whether one did."""
    ready, _, _ = select.select([child.pipe for child in children], [], [], seconds)
    return bool(ready)


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit


def _lead(process: int) -> None:
    """Make a group of a process; both it and the one that forked it do, for either may come first."""
    with suppress(OSError):
        os.setpgid(process, process)


def _end_with(parent: int) -> None:
    """Have the kernel end this process when the one that forked it is gone, killed for example (prctl(2))."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
