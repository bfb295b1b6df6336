"""What asl-validator says about the machines, for each job in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from migrator.plan.document import VerdictPart
from migrator.verify.asl_validator import TOOL, NotRunError, find_asl_validator
from migrator.verify.machines.definition import Machine
from migrator.verify.verdicts import judged, skipped

_ABSENT = f"{TOOL} (npm) is not on PATH"


def consumer_verdicts(found: Sequence[tuple[Machine, Sequence[str]]], search_path: str | None) -> Iterator[VerdictPart]:
    """Judge machines, each with the ids of its jobs; `search_path` (as in PATH) is where the tool is looked for."""
    tool = find_asl_validator(search_path)
    why = _ABSENT
    said: list[tuple[str, ...]] | None = None
    if tool is not None:
        try:
            said = tool.faults([json.dumps(machine.definition) for machine, _ in found])
        except NotRunError as error:
            why = str(error)
    for number, (machine, jobs) in enumerate(found):
        for job in jobs:
            if said is None:
                yield skipped(job, TOOL, why, TOOL)
            else:
                faults = [f"{machine.name}: {fault}" for fault in said[number]]
                yield judged(job, TOOL, faults, f"it finds nothing in {machine.name}", TOOL)
