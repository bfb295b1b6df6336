"""The exit code that a finished run deserves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrator.plan import MigrationPlan

DONE = 0
FAILED = 1
WRONG_USAGE = 2
NO_JOB = 3
INCOMPLETE = 11
UNVERIFIED = 12
INTERRUPTED = 130
TERMINATED = 143


def exit_code(plan: MigrationPlan) -> int:
    """Give 12 where an artifact failed its check, 3 for no job, 11 for anything unread or undecided, else 0."""
    if any(verdict.holds is False for verdict in plan.verdicts):
        return UNVERIFIED
    if plan.counts.undecided and plan.jobs:
        return INCOMPLETE
    return reading_code(plan)


def reading_code(plan: MigrationPlan) -> int:
    """Give 3 for no job, 11 for anything unread, else 0: what `scan` answers for, which recommends nothing."""
    if not plan.jobs:
        return NO_JOB
    return INCOMPLETE if plan.unread or _unread_log(plan) else DONE


def _unread_log(plan: MigrationPlan) -> bool:
    """Say whether a run log as a whole was not read: real logs hold a strange line now and then."""
    if plan.history is None:
        return False
    broken = any(bad.line == 0 for bad in plan.history.bad)
    return broken or any(log.unread == log.lines > 0 for log in plan.history.logs)
