"""A job, with what its command does, as the plan has it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from migrator.advice.elsewhere import inexact
from migrator.advice.types import Effort, Placement
from migrator.commands.facts import CommandFacts, Wait
from migrator.model import WRITES, Access, Job, Mode, Resource, ResourceKind, Schedule, ServiceCall, Setting, Target
from migrator.plan.jobs import (
    DaysPart,
    FormPart,
    JobPart,
    ReplicaPart,
    SchedulePart,
    ScriptPart,
    SettingPart,
    StepPart,
    TraitPart,
    UnitPart,
)
from migrator.plan.parts import PlaceOf, Proof, number
from migrator.schedules import cron
from migrator.schedules.compare import Comparison
from migrator.schedules.forms import DayTest

_READS = frozenset({Mode.READ})
_DELETES = frozenset({Mode.DELETE, Mode.ROTATE})


def job_part(
    job: Job,
    facts: CommandFacts | None,
    schedule: SchedulePart,
    effort: Effort | None,
    placement: Placement | None = None,
    scripts: tuple[ScriptPart, ...] = (),
) -> JobPart:
    """Join an entry with the facts about its command; without facts it has no steps and says that it is unclear."""
    known = facts or CommandFacts(job.id, (), (), unclear=("its command was not looked into",))
    touched = known.touched
    return JobPart(
        id=job.id,
        title=job.title,
        origin=PlaceOf.of(job.origin),
        host=job.host,
        replicas=tuple(ReplicaPart(host=r.host, path=r.origin.path, line=r.origin.line) for r in job.replicas),
        user=job.user,
        owner=job.owner,
        active=job.active,
        inactive_kind=job.inactive.kind if job.inactive else None,
        inactive_why=job.inactive.why if job.inactive else None,
        schedule=schedule,
        command=job.command,
        stdin=job.stdin,
        steps=_steps(known),
        units=tuple(UnitPart(steps=unit.steps, why=unit.why) for unit in known.units),
        branches=len(known.branches),
        reads=_names(touched, _READS, job.host),
        writes=_names(touched, WRITES, job.host),
        locks=tuple(sorted({lock.name for lock in known.locks})),
        services=_services(known.calls),
        unclear=_unclear(known),
        effort=effort.size if effort else None,
        effort_why=tuple(effort.why) if effort else (),
        source=str(job.source),
        text=job.text,
        deletes=_names(touched, _DELETES, job.host),
        waits=tuple(wait_in_words(wait) for wait in known.waits),
        traits=tuple(TraitPart(trait=t.trait, evidence=Proof.from_evidence(t.evidence)) for t in known.traits),
        logs=tuple(sorted({resource_name(a.resource, job.host) for a in touched if a.log})),
        runs_on=placement.runs_on if placement else None,
        runs_on_why=placement.why if placement else None,
        shell=job.shell,
        settings=_settings(job.settings),
        inexact=inexact(job),
        compute=placement.compute if placement else "ssm",
        skipped_locks=tuple(sorted({lock.name for lock in known.locks if lock.skips})),
        scripts=scripts,
    )


@lru_cache(maxsize=4096)
def _settings(settings: tuple[Setting, ...]) -> tuple[SettingPart, ...]:
    """Take over settings; the jobs of a tab mostly have the same."""
    return tuple(SettingPart(name=s.name, value=s.value, path=s.origin.path, line=s.origin.line) for s in settings)


def schedule_part(schedule: Schedule, forms: Mapping[Target, FormPart], test: DayTest | None = None) -> SchedulePart:
    """Put a schedule in words and count its starts; only the five fields can be counted."""
    runs = cron.runs_per_month(schedule.fields) if schedule.fields is not None else None
    return SchedulePart(
        text=schedule.text,
        dialect=schedule.dialect,
        timezone=schedule.timezone,
        kind=schedule.kind,
        in_words=cron.in_words(schedule),
        runs_per_month=None if runs is None else number(runs),
        forms=dict(forms),
        random_minutes=schedule.random_minutes,
        own_zone=schedule.own_zone,
        day_test=days_part(test.days, test.weekdays, last=test.last_day) if test else None,
    )


def days_part(days: int, weekdays: int, *, either: bool = False, last: bool = False) -> DaysPart:
    """List the values of two masks."""
    return DaysPart(
        days=tuple(day for day in range(1, 32) if days >> day & 1),
        weekdays=tuple(day for day in range(7) if weekdays >> day & 1),
        either=either,
        last=last,
    )


def resource_name(resource: Resource, host: str | None = None) -> str:
    """Name a resource as a manifest would; a file of another host than `host` carries its host."""
    if resource.kind in (ResourceKind.TABLE, ResourceKind.QUEUE):
        return f"{resource.kind}:{resource.name}"
    foreign = resource.kind is ResourceKind.FILE and resource.host not in (None, host)
    return f"{resource.host}:{resource.name}" if foreign else resource.name


def service_name(call: ServiceCall) -> str:
    """Name a cloud call: service, action, and what it is called on."""
    return " ".join(word for word in (call.service, call.action, call.name) if word)


def wait_in_words(wait: Wait) -> str:
    """Say what is waited for, in seconds where they are known."""
    if wait.seconds is None:
        length = "how long is unknown"
    else:
        bounds = (wait.seconds.low,) if wait.seconds.exact else (wait.seconds.low, wait.seconds.high)
        length = "–".join(f"{bound:f}" for bound in bounds) + " s"
    limit = f", at most {wait.timeout} s" if wait.timeout is not None else ""
    return f"{wait.kind} {wait.target}".rstrip() + f" ({length}{limit})"


def _steps(facts: CommandFacts) -> tuple[StepPart, ...]:
    return tuple(
        StepPart(name=step.name, text=step.text, kind=step.kind, origin=PlaceOf.of(step.origin)) for step in facts.steps
    )


def _names(touched: Sequence[Access], modes: Collection[Mode], host: str | None) -> tuple[str, ...]:
    return tuple(sorted({resource_name(a.resource, host) for a in touched if a.mode in modes and not a.log}))


def _services(calls: Iterable[ServiceCall]) -> tuple[str, ...]:
    return tuple(sorted({service_name(call) for call in calls}))


def _unclear(facts: CommandFacts) -> tuple[str, ...]:
    said = [*facts.unclear, *(text for step in facts.steps for text in step.unclear)]
    return tuple(dict.fromkeys(said))


def form_part(comparison: Comparison) -> FormPart:
    """Take over a target's form of a schedule and its proof."""
    form = comparison.form
    rule = form.guard.rule if form.guard else None
    return FormPart(
        expressions=form.expressions,
        timezone=form.timezone,
        exact=comparison.exact,
        differences=tuple(difference.text for difference in comparison.differences),
        guard=form.guard.text if form.guard else None,
        notes=form.notes,
        why_not=form.why_not,
        guard_days=days_part(rule.days, rule.weekdays, either=rule.either, last=rule.last) if rule else None,
        test_kept=form.test_kept,
    )
