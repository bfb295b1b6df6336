"""What is asked of a group of files, and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from migrator.plan.document import VerdictPart
from migrator.plan.jobs import JobPart
from migrator.verify.machines.definition import Machine
from migrator.verify.starts import Starts


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of all groups: names exported for all, the machines' texts."""

    exported: frozenset[str]
    definitions: bool


Members = tuple[str, str, bool | None, str, str]
"""Those of a verdict: job, check, whether it holds, why, by which tool."""


def members(verdict: VerdictPart) -> Members:
    """Give the members of a verdict."""
    return verdict.job, verdict.check, verdict.holds, verdict.why, verdict.tool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in a group, short enough to be handed from process to process.

    `verdicts` are the members of `VerdictPart`; `machines` have the ids of their jobs, and a definition where that is
    asked for; `dags` are the paths of those that could be read. `claims` are keys of jobs by the file that names them,
    `exports` and `wants` names that a file gives to others and that it takes from none of the group. `starts` are
    schedules whose minutes are still to be compared, `templates` the paths of those that could be read.
    """

    verdicts: tuple[Members, ...]
    machines: tuple[tuple[Machine, list[str]], ...]
    dags: tuple[str, ...]
    claims: tuple[tuple[str, str], ...]
    exports: tuple[tuple[str, str], ...]
    wants: tuple[tuple[str, str], ...]
    starts: tuple[Starts, ...] = ()
    templates: tuple[str, ...] = ()

    def compared(self, jobs: Mapping[str, JobPart]) -> Answer:
        """Compare the minutes that are left, and add the verdicts; `jobs` by id."""
        told = [one.verdict(jobs[one.job].schedule) for one in self.starts]
        more = tuple(map(members, told))
        return replace(self, verdicts=self.verdicts + more, starts=())
