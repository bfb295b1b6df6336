"""Limits of a run: how long each command may take so that the history of the run has room for it.

An execution fails at 25,000 events of its history (Step Functions, «Quotas»). A look at a command is a Wait, a call and
a Choice: two, five and two events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrator.artifacts.parts.document import LONGEST_RUN
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.step_functions.run_command import LOOK_SECONDS
from migrator.plan.clusters import TaskPart

_EVENTS = 24_000  # of 25,000: calls that are made again leave events too
_EVENTS_A_LOOK = 9
_EVENTS_A_COMMAND = 30  # sending it, its Parallel, its branch and its end
_GRACE = 60  # seconds: a command that ends itself at its limit must have the time to say so
_LEAST = 1800  # seconds; below it, a command without a limit of its own would be cut off too early


def time_limits(tasks: Mapping[str, TaskPart], ran: Sequence[str], taken: int = 0) -> dict[str, int]:
    """Give the longest run of each task that is looked at in seconds, from its own limit or from the room that is left.

    `ran` names each such task as often as a run may come to it; `taken` are events of other tasks. Raise
    CannotBeSaidError where there is no room.
    """
    known = {name: min(task.timeout + _GRACE, LONGEST_RUN) for name, task in tasks.items() if task.timeout is not None}
    attempts = {name: 1 + (task.retries or 0) for name, task in tasks.items()}
    room = _EVENTS - taken - sum(_EVENTS_A_COMMAND * attempts[name] for name in ran)
    room -= sum(events(known[name]) * attempts[name] for name in ran if name in known)
    open_ended = sum(attempts[name] for name in ran if name not in known)
    share = room // _EVENTS_A_LOOK // open_ended * LOOK_SECONDS if open_ended else _LEAST
    if room < 0 or share < _LEAST:
        msg = (
            f"a run of its {len(ran)} commands may leave more than 25,000 events in its history, which ends it: "
            "give them time limits, or part it"
        )
        raise CannotBeSaidError(msg)
    return {name: known.get(name, min(share, LONGEST_RUN)) for name in tasks}


def events(seconds: int) -> int:
    """Give the events that looking at a command for so long leaves."""
    return _EVENTS_A_LOOK * -(-seconds // LOOK_SECONDS)
