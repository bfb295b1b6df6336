"""What a hazard's check is, and what it looks at."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from migrator.advice.case import Case, compute_of, duration_of, line_of, said_of
from migrator.advice.elsewhere import does_itself, inexact, why_on_host
from migrator.advice.types import Hazard
from migrator.commands.facts import CommandFacts, Trait
from migrator.graph.types import Dependency
from migrator.model import AIRFLOWS, SCHEDULED, CronFields, Evidence, Job, Range, Severity, Target
from migrator.model.frozen import frozen
from migrator.schedules.compare import Comparison, Difference
from migrator.schedules.cron import remarks
from migrator.settings import Compute, JobSettings, Settings
from migrator.sources.items import Format
from migrator.workflows.types import Task

MOVES = SCHEDULED | AIRFLOWS
EVERYWHERE = MOVES | {Target.RETAIN}


@frozen
class Move:
    """One job, with its tasks, on its way to a target (or staying, with RETAIN); `upstream` are its ties to others."""

    job: Job
    facts: CommandFacts
    case: Case
    target: Target
    settings: Settings
    upstream: tuple[tuple[Dependency, Job], ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def fields(self) -> CronFields | None:
        """Give the five fields, None where the job has no clock."""
        return self.job.schedule.fields

    @property
    def comparison(self) -> Comparison | None:
        """Give the schedule beside its form on the target, None where nothing was compared or the job stays."""
        return self.case.proofs.get(self.job.id, {}).get(self.target)

    @property
    def compute(self) -> Compute:
        """Give what the command becomes."""
        return compute_of(self.job, self.settings)

    @property
    def leaves_host(self) -> bool:
        """Say whether the command is to run elsewhere than on its host, be it once it is a function of Lambda."""
        if self.target not in SCHEDULED or self.compute is Compute.SSM or self.only_calls:
            return False
        return self.compute is Compute.LAMBDA or self.why_on_host is None

    @property
    def why_on_host(self) -> str | None:
        """Say why the command stays on its host, other compute asked for or not; None where it does not."""
        if self.compute is Compute.SSM:
            return ""
        if self.target in AIRFLOWS:
            return "a DAG does not follow that"
        if self.target is Target.EVENTBRIDGE and self.comparison is not None and self.comparison.form.guard is not None:
            return "no expression says its days, and Scheduler cannot ask for the day"
        return why_on_host(self.job, self.job.command, self.compute.value, inexact(self.job))

    @property
    def declared_only(self) -> bool:
        """Say whether a manifest alone has the job: no crontab's line starts it, and what does no file names."""
        return self.job.source == Format.MANIFEST

    @property
    def only_calls(self) -> bool:
        """Say whether the target itself does all that the job does: calls of cloud services, waits for objects."""
        alone = not self.job.replicas and (self.target is not Target.EVENTBRIDGE or len(self.tasks) == 1)
        return bool(self.tasks) and alone and all(does_itself(task, self.target) for task in self.tasks)

    @property
    def duration(self) -> Range | None:
        """Give the job's seconds where somebody says them."""
        return duration_of(self.job, self.settings)

    @property
    def longest_by_ssm(self) -> Decimal | None:
        """Give the most seconds for which SSM is asked how the command goes, where it is and somebody says them."""
        asked = self.compute is Compute.SSM and not self.only_calls
        return self.duration.high if asked and self.duration is not None else None

    @property
    def said(self) -> JobSettings:
        """Give what the settings say of the job."""
        return said_of(self.job, self.settings)

    def differences(self, *kinds: str) -> tuple[Difference, ...]:
        """Give the differences of some kinds between cron's minutes and the target's."""
        found = self.comparison
        return tuple(item for item in found.differences if item.kind in kinds) if found is not None else ()

    def guarded(self, kind: str) -> Iterator[tuple[str, str]]:
        """Give a remark on the schedule with the test of the day that the target's form needs for it."""
        found = self.comparison
        if found is not None and found.form.guard is not None:
            for remark in remarks(self.job.schedule):
                if remark.kind == kind:
                    yield remark.text, found.form.guard.text

    def line(self, says: str = "") -> tuple[Evidence, ...]:
        """Point at the job's own line."""
        return (line_of(self.job, says),)

    def proof(self, trait: Trait) -> tuple[Evidence, ...]:
        """Give the places where a trait was found, empty where it was not."""
        return tuple(found.evidence for found in self.facts.traits if found.trait is trait)

    def places(self, pattern: re.Pattern[str]) -> tuple[Evidence, ...]:
        """Give the command and the steps whose text has the pattern, the command once."""
        found = list(self.line()) if pattern.search(self.job.command) else []
        found += [
            Evidence(step.origin, step.text)
            for step in self.facts.steps
            if step.origin != self.job.origin and pattern.search(step.text)
        ]
        return tuple(dict.fromkeys(found))

    def hazard(
        self, severity: Severity, text: str, remedy: str, evidence: tuple[Evidence, ...] = (), *, carried: bool = False
    ) -> Hazard:
        """Make a hazard of this job; the registry fills its id in. `carried`: written files see to it."""
        return Hazard("", severity, self.job.id, text, remedy, evidence or self.line(), carried)


Find: TypeAlias = Callable[[Move], Iterator[Hazard]]


@dataclass(frozen=True, slots=True)
class HazardCheck:
    """A check: `find` tells what breaks for a job, `targets` where that holds, `reference` where it is documented.

    What follows from the schedule alone (`of_schedule`) is said once for all jobs of a cluster with that schedule.
    """

    id: str
    find: Find
    targets: frozenset[Target]
    reference: str
    of_schedule: bool = False
