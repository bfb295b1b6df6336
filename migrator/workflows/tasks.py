"""The tasks of one job and their flow: the pieces that its command falls into, or the command itself."""

from collections.abc import Sequence

from migrator.commands.facts import CommandFacts, Join, Step, StepKind, Wait
from migrator.model import Job, Origin, Range, ServiceCall
from migrator.shell import parse
from migrator.shell.tree import Command
from migrator.workflows.apart import Apart, Piece, is_call, only_call, take_apart
from migrator.workflows.flow import JobFlow, Run, with_names
from migrator.workflows.naming import Names, slug
from migrator.workflows.types import Task

_SIGNS = {Join.AND: " && ", Join.OR: " || ", Join.PARALLEL: " & ", Join.THEN: "\n", Join.FIRST: "\n"}
_AT_ONCE = frozenset({"nice", "ionice", "chrt", "env", "sudo", "chronic", "time", "stdbuf", "flock"})
"""Wrappers that start what they stand before at once."""
_GIVES_UP = frozenset({"-n", "--nb", "--nonblock"})
_ENDING = 60  # seconds: a command that is told to end must have the time to say so


def tasks(job: Job, facts: CommandFacts | None, names: Names) -> tuple[tuple[Task, ...], JobFlow]:
    """Give the job's tasks in the order of their text, and the flow over them. A job of one task gives it its name."""
    if facts is None or not facts.units:
        return _one(_bare(job, names), "")
    if len(facts.units) == 1:
        return _one(_lone(job, facts, names, facts.units[0].why), "")
    found = take_apart(job, facts)
    if not isinstance(found, str):
        found = _held(facts) or _limited(job) or found
    if isinstance(found, str):
        return _one(_lone(job, facts, names, f"its parts stay together: {found}"), found)
    return _several(job, facts, found, names)


def _held(facts: CommandFacts) -> str:
    held = ", ".join(sorted({lock.name for lock in facts.locks}))
    return f"it holds {held} from its begin to its end" if held else ""


def _limited(job: Job) -> str:
    """Say what a manifest has somebody do with the whole of a job: `a || b` that works is not to run `a` again."""
    said = job.declared
    limits = [("attempts", said.retries), ("time", said.timeout)] if said else []
    told = " and ".join(what for what, given in limits if given)
    return f"its manifest gives {told} for the whole of it" if told else ""


def _one(task: Task, why: str) -> tuple[tuple[Task, ...], JobFlow]:
    return (task,), JobFlow(task.job, Run(task.name), why)


def _several(job: Job, facts: CommandFacts, found: Apart, names: Names) -> tuple[tuple[Task, ...], JobFlow]:
    made = tuple(
        _part(job, facts, piece, command, names) for piece, command in zip(found.pieces, found.commands, strict=True)
    )
    named = {str(place): task.name for place, task in enumerate(made)}
    return made, JobFlow(job.id, with_names(found.flow, named), found.why)


def _bare(job: Job, names: Names) -> Task:
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
        timeout=_timeout(job),
        command=job.command if job.command.strip() else None,
        retry_delay=said.retry_delay if said else None,
    )


def _lone(job: Job, facts: CommandFacts, names: Names, why: str) -> Task:
    said, only = job.declared, facts.steps[0] if len(facts.steps) == 1 else None
    call = _lone_call(job, facts, only) if only else None
    return Task(
        name=names.give(job.id),
        job=job.id,
        steps=tuple(range(len(facts.steps))),
        text=_text(facts.steps),
        origin=facts.steps[0].origin,
        call=call,
        wait=_wait(only, facts) if only else None,
        duration=_duration(job),
        retries=said.retries if said else None,
        timeout=_timeout(job) or (_limit(job, facts) if call is None else None),
        command=job.command if job.command.strip() else None,
        why=why,
        retry_delay=said.retry_delay if said else None,
    )


def _lone_call(job: Job, facts: CommandFacts, step: Step) -> ServiceCall | None:
    if step.call is None or not job.command.strip():
        return step.call
    return step.call if only_call(job, facts) else None


def _part(job: Job, facts: CommandFacts, piece: Piece, command: str, names: Names) -> Task:
    steps = [facts.steps[mark.step] for mark in piece.marks]
    only = steps[0] if len(steps) == 1 else None
    return Task(
        name=names.give(f"{job.id}.{slug(steps[0].name if steps else piece.text)}"),
        job=job.id,
        steps=tuple(sorted(mark.step for mark in piece.marks)),
        text=_text(steps) if steps else piece.text,
        origin=steps[0].origin if steps else _origin(job, piece),
        call=only.call if only and only.call and is_call(piece.work, piece.source, piece.state, only) else None,
        wait=_wait(only, facts) if only and len(piece.work) == 1 else None,
        branch=piece.branch,
        # What the whole job takes is not known of its parts; one with limits has none.
        command=command,
        why=_why(facts, piece),
    )


def _why(facts: CommandFacts, piece: Piece) -> str:
    units = sorted({mark.unit for mark in piece.marks})
    if not units:
        return "what it does or asks belongs to no unit alone"
    begun = facts.units[units[0]].why
    return f"{begun}; its parts stay together: {piece.why}" if len(units) > 1 and piece.why else begun


def _origin(job: Job, piece: Piece) -> Origin:
    if piece.source.path is None or not piece.work:
        return job.origin
    return Origin(piece.source.path, piece.work[0].span.line)


def _timeout(job: Job) -> int | None:
    return job.declared.timeout if job.declared else None


def _limit(job: Job, facts: CommandFacts) -> int | None:
    """Give the seconds that a `timeout` before the whole command leaves it, and a minute in which it ends.

    None where other work, or a wait for a lock, stands outside of it. timeout(1) goes on limiting what it stands
    before: a limit around it may come later, and never earlier.
    """
    if facts.timeout is None or job.stdin is not None:
        return None
    script = parse(job.command)
    only = script.items[0] if len(script.items) == 1 and not script.faults else None
    if only is None or only.background or not isinstance(only.node, Command) or only.node.substitutes:
        return None
    for wrapper in facts.wrappers:
        if wrapper.name == "timeout":
            return facts.timeout + _ENDING if wrapper.origin == job.origin else None
        waits = wrapper.name == "flock" and _GIVES_UP.isdisjoint(wrapper.arguments.split())
        if waits or wrapper.name not in _AT_ONCE:
            return None
    return None


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
