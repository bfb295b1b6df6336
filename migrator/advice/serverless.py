"""What MWAA Serverless would not do for jobs that go to Airflow: it is an "also consider", never a target.

It ends a task after 60 minutes, ignores trigger rules and catch-up, takes the day of the month or of the week but not
both, and holds 100 workflows (https://docs.aws.amazon.com/mwaa/latest/mwaa-serverless-userguide/quotas.html).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from migrator.advice.case import Case, duration_of
from migrator.advice.choice import dags_of
from migrator.advice.shape import Shape
from migrator.history import lasting
from migrator.model import Job
from migrator.model.wording import counted, some
from migrator.settings import Need, Settings
from migrator.workflows.types import After

_TASK_SECONDS = Decimal(3600)
_WORKFLOWS = 100
_NAMED = 3

Going = Sequence[tuple[Case, Shape]]
"""Clusters that go to Airflow, each with its shape."""


def nothing_fits(case: Case, shape: Shape, settings: Settings) -> bool:
    """Say whether every job of a cluster is one task that always takes longer than a task may."""
    return all(_always_too_long(case, job, settings) for job in shape.moving)


def shortcomings(going: Going, settings: Settings) -> str:
    """Say, as a clause, what would not work there and for which jobs."""
    found = list(_shortcomings(going, settings))
    return "; ".join(found) if found else "nothing here is known to be beyond its limits (60 minutes a task)"


def _shortcomings(going: Going, settings: Settings) -> Iterator[str]:
    told = [(job, duration_of(job, settings)) for _, shape in going for job in shape.moving]
    if long := [f"{job.title} (up to {lasting(int(s.high))})" for job, s in told if s and s.high > _TASK_SECONDS]:
        yield f"it ends a task after 60 minutes, too soon for {some(long, _NAMED)}"
    if unknown := sum(seconds is None for _, seconds in told):
        jobs = counted(unknown, "job takes", "jobs take")
        also = " too" if long else ""
        yield f"how long {jobs} is not known: beyond 60 minutes it would end {'it' if unknown == 1 else 'them'}{also}"
    if handling := [case.cluster.title for case, _ in going if _handles(case)]:
        yield f"it ignores trigger rules, which what follows a failure needs: {some(handling, _NAMED)}"
    if any(Need.BACKFILL in shape.needs for _, shape in going):
        yield "it ignores catch-up, so backfills are done by hand"
    if both := [job.title for _, shape in going for job in shape.moving if _both_days(job)]:
        yield f"it takes the day of the month or of the week, not both: {some(both, _NAMED)}"
    if (dags := sum(dags_of(case) for case, _ in going)) > _WORKFLOWS:
        yield f"it holds {_WORKFLOWS} workflows, and these are {dags:,}"


def _always_too_long(case: Case, job: Job, settings: Settings) -> bool:
    seconds = duration_of(job, settings)
    units = len(case.facts[job.id].units) if job.id in case.facts else 1
    return seconds is not None and seconds.low > _TASK_SECONDS and units <= 1


def _handles(case: Case) -> bool:
    return any(order.after is not After.SUCCESS for flow in case.workflows for order in flow.order)


def _both_days(job: Job) -> bool:
    fields = job.schedule.fields
    return fields is not None and not fields.day_star and not fields.weekday_star
