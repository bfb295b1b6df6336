"""How often Python looks for cycles while much is made that has none."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_MADE_BEFORE_A_LOOK = 100_000
_LOOKS_BEFORE_OLD = 1_000


@contextmanager
def seldom_collected() -> Iterator[Callable[[], None]]:
    """Let the collector look at every 100,000th new object instead of every 700th, and put it back afterwards.

    Shell trees, facts and plans hold no cycles, so that each look goes over all that was made and frees nothing: a
    fifth of the time. Readers of other languages may make some, which die young, so it is not off, but it leaves old
    objects alone. What was made counts as old at the end: else the first look afterwards goes over all of it at once.
    The function that is given does the same before: what was made until it is called is not looked at.
    """
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(max(before[0], _MADE_BEFORE_A_LOOK), *(max(count, _LOOKS_BEFORE_OLD) for count in before[1:]))
    free = not gc.get_freeze_count()
    try:
        yield gc.freeze if free else _leave
    finally:
        if free:
            _all_old()
        gc.set_threshold(*before)


@contextmanager
def uncollected() -> Iterator[None]:
    """Do without the collector where nothing that is made has cycles; what was made counts as old at the end."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            _all_old()
        if enabled:
            gc.enable()


def _all_old() -> None:
    gc.freeze()
    gc.unfreeze()


def _leave() -> None:
    """Leave it to whoever put objects out of the collector's sight before."""
