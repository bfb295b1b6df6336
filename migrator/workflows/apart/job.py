"""Take the command of one job apart."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass

from migrator.commands.facts import CommandFacts
from migrator.model import Job
from migrator.redaction.marks import MARK
from migrator.shell import parse
from migrator.workflows.apart.aborts import Options, without_last_exit
from migrator.workflows.apart.native import is_call
from migrator.workflows.apart.pieces import OF_THE_SHELL, Layer, Piece, State, Wrap
from migrator.workflows.apart.rows import Row
from migrator.workflows.apart.source import Mark, Source, functions_of
from migrator.workflows.apart.taker import Refusal
from migrator.workflows.apart.taking import Taker
from migrator.workflows.apart.whole import SHELLS, whole
from migrator.workflows.flow import Flow, Run, tasks_of, with_names

# What cron itself gives to a job (crontab(5)).
_FROM_CRON = frozenset({"HOME", "LOGNAME", "SHELL", "PATH"})


@dataclass(frozen=True, slots=True)
class Apart:
    """A job's command as a flow over numbered pieces, the command of each, and why it was not taken further apart."""

    flow: Flow
    pieces: tuple[Piece, ...]
    commands: tuple[str, ...]
    why: str


def take_apart(job: Job, facts: CommandFacts) -> Apart | str:
    """Take a job of several units apart; give the reason where its command stays whole."""
    if job.stdin is not None:
        return "the job reads the text behind `%` as its standard input"
    if posixpath.basename(job.shell) not in SHELLS:
        return f"what `{job.shell}` makes of a part is not known"
    if MARK.search(job.command):
        return "a secret stands in it"
    if any(not step.trail for step in facts.steps):
        return "its steps do not stand in its text"
    source = _source(job, facts)
    if reason := whole(source):
        return reason
    taker = Taker()
    try:
        flow = taker.script(without_last_exit(source.script.items), source, _state(job))
    except Refusal as refusal:
        return str(refusal)
    if isinstance(flow, Run):
        return _reasons(taker.why) or "its parts need one shell"
    return _apart(flow, taker)


def only_call(job: Job, facts: CommandFacts) -> bool:
    """Say whether the command of a job of one step is nothing but that call of a cloud service."""
    if job.stdin is not None or not facts.steps[0].trail:
        return False
    source = _source(job, facts)
    if source.script.faults or any(item.background for item in source.script.items):
        return False
    state = _state(job)
    row = Row(source.script.items, source, state)
    work = tuple(item.node for one in row.elements if not one.pure for item in one.items)
    return is_call(work, source, row.states[-1], facts.steps[0])


def _state(job: Job) -> State:
    seen = _FROM_CRON | {setting.name for setting in job.settings}
    return State((Layer(),), Options(), seen | OF_THE_SHELL, seen)


def _source(job: Job, facts: CommandFacts) -> Source:
    unit_of = {step: place for place, unit in enumerate(facts.units) for step in unit.steps}
    marks = [Mark(step.trail[0], place, unit_of[place], step.trail) for place, step in enumerate(facts.steps)]
    files: defaultdict[str | None, defaultdict[int, dict[tuple[str, str], None]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for one in facts.followed:
        files[one.caller][one.at][one.path, one.text] = None
    script = parse(job.command)
    return Source(
        job.command,
        None,
        script,
        tuple(sorted(marks, key=lambda mark: (mark.at, mark.step))),
        {caller: {at: tuple(found) for at, found in calls.items()} for caller, calls in files.items()},
        functions_of(script),
        job.shell,
    )


def _apart(flow: Flow, taker: Taker) -> Apart:
    keys = tasks_of(flow)
    number = {key: str(place) for place, key in enumerate(keys)}
    started: set[Wrap] = set()
    pieces = tuple(taker.pieces[key] for key in keys)
    commands = tuple(piece.command(started) for piece in pieces)
    return Apart(with_names(flow, number), pieces, commands, _reasons(taker.why))


def _reasons(found: list[str]) -> str:
    return "; ".join(list(dict.fromkeys(found))[:3])
