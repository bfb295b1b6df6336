"""The idiom for the last day of the month: days 28 to 31, and a test whether tomorrow is the first."""

import re

from migrator.advice.hazard import Move
from migrator.model import Evidence

_TOMORROW = re.compile(r"\bdate\b[^;|&]*(?:-d|--date)[= ]?[^;|&]*(?:tomorrow|next day|1 day)")
_EARLIER = (1 << 28) - 2
_LAST_DAYS = sum(1 << day for day in range(28, 32))


def last_day_places(move: Move) -> tuple[Evidence, ...]:
    """Give the places where the command picks the last day itself, empty where the schedule names other days."""
    fields = move.fields
    if fields is None or fields.day & _EARLIER or not fields.day & _LAST_DAYS:
        return ()
    return move.places(_TOMORROW)
