"""What is advised on: a cluster with all that the stages before found out about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from migrator.clusters.types import Cluster
from migrator.commands.facts import CommandFacts
from migrator.graph.types import Relation
from migrator.model import Evidence, Job, JobId, Range, Target
from migrator.schedules.compare import Comparison
from migrator.settings import Compute, JobSettings, Settings
from migrator.workflows.types import Workflow

_NOTHING_SAID = JobSettings()


@dataclass(frozen=True, slots=True)
class Case:
    """A cluster, its jobs in the cluster's order, their facts, its workflows, and ties that did not join it to others.

    `proofs` compare each job's schedule with its form on each target; `facts` and `proofs` may hold other jobs' too.
    """

    cluster: Cluster
    jobs: tuple[Job, ...]
    facts: Mapping[JobId, CommandFacts]
    workflows: tuple[Workflow, ...] = ()
    relations: tuple[Relation, ...] = ()
    proofs: Mapping[JobId, Mapping[Target, Comparison]] = field(default_factory=dict)

    @property
    def active(self) -> tuple[Job, ...]:
        """Give the jobs that cron runs."""
        return tuple(job for job in self.jobs if job.active)

    @property
    def replicas(self) -> int:
        """Give the largest number of hosts on which one of its jobs stands."""
        return max((1 + len(job.replicas) for job in self.jobs), default=1)


def said_of(job: Job, settings: Settings) -> JobSettings:
    """Give what the settings say of a job: by its id, else by its title, else nothing."""
    if not settings.jobs:
        return _NOTHING_SAID
    return settings.jobs.get(job.id) or settings.jobs.get(job.title) or _NOTHING_SAID


def owner_of(job: Job, settings: Settings) -> str | None:
    """Give the job's owner, the settings' word before the manifest's."""
    return said_of(job, settings).owner or job.owner


def compute_of(job: Job, settings: Settings) -> Compute:
    """Give what the job's command becomes; the same host by SSM where nothing is said, which changes least."""
    return said_of(job, settings).compute or settings.aws.compute or Compute.SSM


def duration_of(job: Job, settings: Settings) -> Range | None:
    """Give the job's seconds where they are known: by the settings, else by the manifest, else by a log."""
    if said := said_of(job, settings).duration:
        return Range(Decimal(said.typical), Decimal(said.typical if said.worst is None else said.worst))
    if job.declared and job.declared.duration:
        return job.declared.duration
    return job.measured.duration if job.measured else None


def is_measured(job: Job, settings: Settings) -> bool:
    """Say whether the job's seconds are known by a log alone."""
    said = said_of(job, settings).duration or (job.declared.duration if job.declared else None)
    return said is None and job.measured is not None


def line_of(job: Job, says: str = "") -> Evidence:
    """Point at the job's own line."""
    return Evidence(job.origin, job.text, says)
