"""The tasks of one job: its units, or the command itself where nothing in it is a step."""

from collections.abc import Sequence

from migrator.commands.facts import CommandFacts, Join, Step, StepKind, Unit, Wait
from migrator.model import Job, Origin, Range
from migrator.workflows.naming import Names, slug
from migrator.workflows.types import Task

_SIGNS = {Join.AND: " && ", Join.OR: " || ", Join.PARALLEL: " & ", Join.THEN: "\n", Join.FIRST: "\n"}


def tasks(job: Job, facts: CommandFacts | None, names: Names) -> tuple[Task, ...]:
    """Give the job's tasks in the order of its units. A job of one task gives it its own name."""
    if facts is None or not facts.units:
        return (_whole(job, names),)
    lone = len(facts.units) == 1
    return tuple(_task(job, facts, unit, names, lone=lone) for unit in facts.units)


def _whole(job: Job, names: Names) -> Task:
    said = job.declared
    return Task(
        name=names.give(job.id),
        job=job.id,
        steps=(),
        text=job.command,
        origin=job.origin,
        call=said.call if said else None,
        duration=_duration(job),
        retries=said.retries if said else None,
        timeout=said.timeout if said else None,
        command=job.command if job.command.strip() else None,
        retry_delay=said.retry_delay if said else None,
    )


def _task(job: Job, facts: CommandFacts, unit: Unit, names: Names, *, lone: bool) -> Task:
    steps = [facts.steps[index] for index in unit.steps]
    said = job.declared
    only = steps[0] if len(steps) == 1 else None
    timeout = said.timeout if said and said.timeout is not None else facts.timeout
    return Task(
        name=names.give(job.id if lone else f"{job.id}.{slug(steps[0].name)}"),
        job=job.id,
        steps=unit.steps,
        text=_text(steps),
        origin=steps[0].origin,
        call=only.call if only else None,
        wait=_wait(only, facts) if only else None,
        branch=_common([step.branch for step in steps]),
        # What the whole job takes is not known of its parts; its limits hold for each of them.
        duration=_duration(job) if lone else None,
        retries=said.retries if said else None,
        timeout=timeout,
        command=job.command if lone and job.command.strip() else None,
        why=unit.why,
        retry_delay=said.retry_delay if said else None,
    )


def _duration(job: Job) -> Range | None:
    """Give what the manifest says, else what a log tells."""
    if job.declared and job.declared.duration:
        return job.declared.duration
    return job.measured.duration if job.measured else None


def _text(steps: Sequence[Step]) -> str:
    text = steps[0].text
    for step in steps[1:]:
        text += _SIGNS[step.join] + step.text
    return text


def _wait(step: Step, facts: CommandFacts) -> Wait | None:
    if step.kind is not StepKind.WAIT:
        return None
    here: list[Wait] = [wait for wait in facts.waits if _at(wait.origin) == _at(step.origin)]
    exact = [wait for wait in here if wait.text == step.text]
    return next(iter(exact or here), None)


def _at(origin: Origin) -> tuple[str, int]:
    return (origin.path, origin.line)


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    first, last = min(paths), max(paths)
    size = 0
    while size < min(len(first), len(last)) and first[size] == last[size]:
        size += 1
    return first[:size]
