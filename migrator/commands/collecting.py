"""How often Python looks for cycles while commands are read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MADE_BEFORE_A_LOOK = 100_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector look at every 100,000th new object instead of every 700th, and put it back afterwards.

    Shell trees and facts hold no cycles, so that each look goes over all that was read and frees nothing: a fifth of
    the time. Readers of other languages may make some, so it is not off.
    """
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(max(before[0], _MADE_BEFORE_A_LOOK), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
