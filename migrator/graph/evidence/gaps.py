"""A short time between the starts of two jobs, on the same days.

**Speaks** never by itself: half of all crontabs have their jobs minutes apart, and few mean anything by it. Where
words or names say already that one job comes after another, it supports them.

**Confidence.** Adds a fifth of what is missing to certainty, for a start one to 120 minutes later at least nine times
out of ten.

**Says nothing** for one common minute, for longer gaps, and where both jobs run on different days.
"""

from migrator.graph.candidates import EvidenceKind, nothing
from migrator.graph.timing import Order, Timing

_SUPPORT = 0.2
_LONGEST = 120
_ALMOST_ALWAYS = 0.9


def support(timing: Timing) -> float:
    """Say what the gap adds to other words for an order."""
    near = timing.gap is not None and 0 < timing.gap <= _LONGEST
    return _SUPPORT if timing.order is Order.BEFORE and near and timing.fresh >= _ALMOST_ALWAYS else 0.0


EVIDENCE = EvidenceKind("gaps", nothing, support)
