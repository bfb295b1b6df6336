"""Verdicts on the way to `plan.json`."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.plan import cut
from migrator.plan.document import VerdictPart

OURS = "migrator"
_MOST_FAULTS = 3
_LONGEST = 600


def judged(job: str, check: str, faults: Sequence[str], holds: str, tool: str = OURS) -> VerdictPart:
    """Give the verdict of a check: that it holds, and what that says, or the faults that were found."""
    if not faults:
        return VerdictPart(job=job, check=check, holds=True, why=holds, tool=tool)
    told = list(dict.fromkeys(faults))
    more = f"; and {len(told) - _MOST_FAULTS} more" if len(told) > _MOST_FAULTS else ""
    why = cut("; ".join(told[:_MOST_FAULTS]) + more, _LONGEST)
    return VerdictPart(job=job, check=check, holds=False, why=why, tool=tool)


def skipped(job: str, check: str, why: str, tool: str = OURS) -> VerdictPart:
    """Give the verdict of a check that was not made, and why."""
    return VerdictPart(job=job, check=check, holds=None, why=why, tool=tool)
