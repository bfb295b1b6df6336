"""When the jobs of a cluster start: by their own schedule, or by that of what they wait for."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from migrator.graph.order import acyclic, levels
from migrator.graph.types import Dependency, Lag
from migrator.model import CronFields, Job, JobId, Range, Schedule, ScheduleKind
from migrator.schedules.cron import runs_per_month as average_runs

_DAYS_A_MONTH = Decimal(365) / 12


def runs_per_month(schedule: Schedule) -> Range | None:
    """Give the starts in an average month; None where the schedule does not say.

    anacron runs a job once in its period of days, fewer times on a host that is often off (anacron(8)).
    """
    if schedule.kind is ScheduleKind.CRON and schedule.fields is not None:
        return _average(schedule.fields)
    if schedule.kind is ScheduleKind.ANACRON and schedule.period_days:
        runs = (_DAYS_A_MONTH / schedule.period_days).quantize(Decimal("0.01"))
        return Range(Decimal(0), runs)
    return None


@lru_cache(maxsize=4096)
def _average(fields: CronFields) -> Range:
    often = average_runs(fields)
    return Range(often, often)


def effective_schedules(jobs: Mapping[JobId, Job], dependencies: Iterable[Dependency]) -> dict[JobId, Schedule]:
    """Give each job the schedule that starts it.

    A job without one of its own starts when all that it depends on is done: as often as the rarest of them. It keeps
    its own where nothing that is active starts it.
    """
    every = list(dependencies)
    if not every:
        return {job: jobs[job].schedule for job in sorted(jobs)}
    order = acyclic(
        jobs,
        ((d.upstream, d.downstream) for d in every if d.lag is Lag.NONE),
        ((d.upstream, d.downstream) for d in every if d.lag is Lag.PREVIOUS_RUN),
    )
    upstreams: dict[JobId, list[JobId]] = {}
    for upstream, downstream in order:
        upstreams.setdefault(downstream, []).append(upstream)
    level = levels(jobs, order)
    found: dict[JobId, Schedule] = {}
    for job in sorted(jobs, key=lambda one: (level[one], one)):
        own = jobs[job].schedule
        found[job] = own
        if own.kind is ScheduleKind.UPSTREAM:
            starters = [found[one] for one in upstreams.get(job, ()) if jobs[one].active]
            timed = [schedule for schedule in starters if schedule.kind is not ScheduleKind.UPSTREAM]
            if timed:
                found[job] = min(timed, key=_rarity)
    return found


def _rarity(schedule: Schedule) -> tuple[Decimal, str, str]:
    runs = runs_per_month(schedule)
    return (runs.high if runs else Decimal(-1), schedule.text, schedule.timezone or "")
