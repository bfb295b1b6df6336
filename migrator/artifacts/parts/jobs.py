"""What is asked of a job whatever its target is: its hosts, its schedule, whether it ends, all of it as one task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.commands.facts import Trait
from migrator.model import Target
from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import FormPart, JobPart

Hosts: TypeAlias = tuple[str | None, ...]


def hosts_of(job: JobPart) -> Hosts:
    """Give the hosts that a job stands on, its own first."""
    return (job.host, *sorted({replica.host for replica in job.replicas} - {job.host}))


def check_ends(job: JobPart) -> None:
    """Raise CannotBeSaidError where a job leaves a process behind."""
    if any(found.trait is Trait.DAEMON for found in job.traits):
        msg = "it leaves a process behind, and Systems Manager ends or waits for what a command leaves"
        raise CannotBeSaidError(msg)


def shared_form(jobs: Sequence[JobPart], target: Target) -> FormPart:
    """Choose the form of the schedule that jobs share: that of a job which does not narrow it by its own test."""
    found = [(job, job.schedule.forms.get(target)) for job in jobs]
    forms = [(job, form) for job, form in found if form is not None and form.expressions]
    if not forms:
        reasons = [form.why_not for _, form in found if form is not None and form.why_not]
        raise CannotBeSaidError(reasons[0] if reasons else "no expression says its schedule")
    wide = [form for job, form in forms if job.schedule.day_test is None or form.test_kept]
    chosen = wide[0] if wide else forms[0][1]
    if not wide and any(form.expressions != chosen.expressions for _, form in forms):
        msg = "its jobs start at the same minutes, and each tests for other days in its command"
        raise CannotBeSaidError(msg)
    return chosen


def whole_task(job: JobPart, tasks: Sequence[TaskPart]) -> TaskPart:
    """Make one task of a job's command; its limit is that of the tasks it is taken apart into, where they have one."""
    limits = {task.timeout for task in tasks}
    return TaskPart(
        name=job.id,
        job=job.id,
        steps=tuple(sorted({step for task in tasks for step in task.steps})),
        text=job.command,
        origin=job.origin,
        service=None,
        wait=None,
        branch=(),
        retries=max((task.retries or 0 for task in tasks), default=0) or None,
        timeout=limits.pop() if len(limits) == 1 else None,
        command=job.command,
        retry_delay=max((task.retry_delay or 0 for task in tasks), default=0) or None,
    )
