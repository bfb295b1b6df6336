"""The exit code that a finished run deserves."""

from __future__ import annotations

from migrator.plan import MigrationPlan

DONE = 0
NO_JOB = 3
INCOMPLETE = 11
UNVERIFIED = 12


def exit_code(plan: MigrationPlan) -> int:
    """Give 12 where an artifact failed its check, 3 for no job, 11 for anything unread or undecided, else 0."""
    if any(verdict.holds is False for verdict in plan.verdicts):
        return UNVERIFIED
    if not plan.jobs:
        return NO_JOB
    if plan.unread or plan.counts.undecided:
        return INCOMPLETE
    return DONE
