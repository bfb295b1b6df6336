"""Read what each job's command does. Equal commands under equal conditions are read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from migrator.collecting import seldom_collected
from migrator.commands.facts import CommandFacts, Join, Step, StepKind, Trait, Unit
from migrator.commands.library import Library
from migrator.commands.placing import moved, witness
from migrator.commands.record import Draft, Flow, Record, quoted
from migrator.commands.scope import Scope, Source
from migrator.commands.traits import conclude
from migrator.commands.units import units
from migrator.commands.values import Value, literal
from migrator.commands.walk import Walker
from migrator.model import Access, Declared, Job, JobId, Mode, Origin, Resource, all_columns, all_rows
from migrator.shell import parse
from migrator.sources.tree import Tree

# Members are found once: in Python 3.11 that takes as long as a call.
_FIRST, _PARALLEL = Join.FIRST, Join.PARALLEL
_FREQUENT = 4
_READ_BEFORE_KEPT = 200


_Key: TypeAlias = tuple[str, str | None, str, tuple[tuple[str, str], ...], str | None, str | None, bool]
"""All that a reading depends on: command, input, shell, settings, host, user, whether it runs every few minutes."""

_START = Flow()


def analyse(jobs: Iterable[Job], tree: Tree) -> dict[JobId, CommandFacts]:
    """Read the commands of all jobs, in their order.

    Nothing raises for what a command holds: what is not understood is in `unclear`. Called scripts are looked up in
    `tree`, redacted, and followed.
    """
    with seldom_collected() as keep:
        return _analyse(jobs, Library(tree), keep)


def _analyse(jobs: Iterable[Job], library: Library, keep: Callable[[], None]) -> dict[JobId, CommandFacts]:
    read: dict[_Key, tuple[Origin, CommandFacts]] = {}
    facts: dict[JobId, CommandFacts] = {}
    for job in jobs:
        frequent = _frequent(job)
        key = _key(job, frequent)
        known = read.get(key)
        if known is None:
            found = _read(job, library, frequent=frequent)
            read[key] = (job.origin, found)
            if len(read) % _READ_BEFORE_KEPT == 0:
                keep()
        else:
            found = moved(known[1], job.id, known[0], job.origin)
        facts[job.id] = found if job.declared is None else _declared(job, job.declared, found)
    return facts


_OF_ROOT = re.compile(r"(?:^|[\s;&|(\"'])/root/(?=[\w.])")


def _key(job: Job, frequent: bool) -> _Key:
    settings = tuple([(setting.name, setting.value) for setting in job.settings]) if job.settings else ()
    return job.command, job.stdin, job.shell, settings, job.host, job.user, frequent


def _frequent(job: Job) -> bool:
    fields = job.schedule.fields
    return fields is not None and fields.minute.bit_count() >= _FREQUENT


def _read(job: Job, library: Library, *, frequent: bool) -> CommandFacts:
    walker = Walker(library, job.host, frequent=frequent)
    record = walker.record
    # Of a file that was saved on Windows: what is meant is read, and a hazard tells what the shell gets.
    command, place = job.command.rstrip("\r"), job.origin
    if command.strip():
        scope = _scope(job)
        if not _is_shell(job.shell):
            record.open(f"how `{job.shell}` reads the command: it is read as sh would")
        walker.script(parse(command), scope, _START)
        if not record.drafts:
            record.drafts.append(_fallback(job, record))
            for trait, says in record.drafts[-1].traits:
                record.trait(trait, place, command.strip(), says)
        if record.running:
            last = record.drafts[-1]
            record.trait(Trait.DAEMON, last.origin, last.text, "started with `&` and left behind")
    conclude(record, job.user, command, place)
    own = command if job.stdin is None else f"{command}\n{job.stdin}"
    witness(record, library, place, own, command)
    return _facts(job.id, record, library)


def _scope(job: Job) -> Scope:
    user, setting = job.user, None
    variables: dict[str, Value] = {}
    if job.settings:
        settings = {each.name: each.value for each in job.settings}
        user, setting = settings.get("LOGNAME") or settings.get("USER") or user, settings.pop("HOME", None)
        variables = {name: literal(value) for name, value in settings.items()}
    if user is None and _OF_ROOT.search(job.command):
        # Nobody else may look into root's home, let alone run what lies there.
        setting = setting or "/root"
    home = _home(setting, user)
    source = Source(job.command, None, 1, job.origin)
    scope = Scope(
        source, home, home, user, job.host, "", "", (), variables, {}, set(variables), {}, {}, _shell(job.shell)
    )
    if job.stdin is not None:
        scope.fed = literal(job.stdin)
    return scope


@lru_cache(maxsize=1024)
def _home(setting: str | None, user: str | None) -> Value:
    """Give the folder that cron starts in: HOME, root's home, else the user's own sign (crontab(5))."""
    if setting:
        return literal(setting)
    if user == "root":
        return literal("/root")
    return literal(f"~{user}" if user else "~")


@lru_cache(maxsize=256)
def _shell(name: str) -> Value:
    return literal(name)


@lru_cache(maxsize=256)
def _is_shell(name: str) -> bool:
    return name.rpartition("/")[2].endswith("sh")


def _fallback(job: Job, record: Record) -> Draft:
    """Give the one step of a command that holds nothing but shell housekeeping: the job still runs something."""
    spare = record.spare
    chosen = next((d for d in spare if d.role.value in ("filter", "probe")), spare[0] if spare else None)
    text = job.command.strip()
    first = text.split(None, 1)[0] if text.split() else "command"
    draft = Draft(
        name=chosen.name if chosen is not None else first[:40],
        text=text,
        kind=StepKind.PROGRAM,
        origin=job.origin,
        program=chosen.program if chosen is not None else first,
        flow=_START,
    )
    for skipped in spare[:50]:
        draft.accesses.extend(access for access in skipped.accesses if access not in record.accesses)
        draft.maintains = draft.maintains or skipped.maintains
        draft.traits.extend(skipped.traits)
    return draft


def _facts(job: JobId, record: Record, library: Library) -> CommandFacts:
    drafts = record.drafts
    _name(drafts)
    drawn = units(drafts)
    return CommandFacts(
        job,
        tuple(map(_step, drafts, range(len(drafts)))),
        drawn,
        tuple(record.branches) if record.branches else (),
        _once(record.accesses),
        tuple(dict.fromkeys(record.locks)) if record.locks else (),
        tuple(record.waits) if record.waits else (),
        tuple(record.wrappers) if record.wrappers else (),
        tuple(record.called) if record.called else (),
        tuple(record.traits) if record.traits else (),
        record.fan_out,
        record.fan_in,
        record.timeout,
        tuple(record.unclear) if record.unclear else (),
        tuple(record.services) if record.services else (),
        library.secrets(record.opened) if record.opened else (),
        tuple(record.followed) if record.followed and (len(drawn) > 1 or _calls(drafts)) else (),
    )


def _calls(drafts: list[Draft]) -> bool:
    return len(drafts) == 1 and drafts[0].call is not None


def _name(drafts: list[Draft]) -> None:
    """Make the steps' names unique in the job: a second `gzip` is `gzip-2`."""
    if len(drafts) == 1:
        drafts[0].name = drafts[0].name or "command"
        return
    taken: dict[str, int] = {}
    for draft in drafts:
        name = draft.name or "command"
        count = taken.get(name, 0) + 1
        taken[name] = count
        unique = name if count == 1 else f"{name}-{count}"
        while count > 1 and unique in taken:
            count += 1
            unique = f"{name}-{count}"
        taken[name] = count
        taken.setdefault(unique, 1)
        draft.name = unique


def _step(draft: Draft, place: int) -> Step:
    join = draft.join
    if place == 0:
        join = join if join is _PARALLEL else _FIRST
    elif join is _FIRST:
        join = Join.THEN
    return Step(
        draft.name,
        draft.text,
        draft.kind,
        draft.origin,
        draft.program,
        join,
        draft.branch,
        draft.loop,
        _once(draft.accesses),
        draft.call,
        tuple(dict.fromkeys(draft.unclear)) if draft.unclear else (),
        draft.trail,
    )


def _once(accesses: list[Access]) -> tuple[Access, ...]:
    """Keep one access for each resource and mode: the surest, in the place of the first."""
    if len(accesses) < 2:
        return tuple(accesses)
    kept: dict[tuple[Resource, Mode, bool], Access] = {}
    for access in accesses:
        key = (access.resource, access.mode, access.log)
        known = kept.get(key)
        if known is None:
            kept[key] = access
            continue
        surer = access if known.confidence < access.confidence else known
        if known.columns != access.columns or known.rows != access.rows:
            columns, rows = all_columns(known.columns, access.columns), all_rows(known.rows, access.rows)
            surer = replace(surer, columns=columns, rows=rows)
        kept[key] = surer
    return tuple(kept.values())


def _declared(job: Job, declared: Declared, facts: CommandFacts) -> CommandFacts:
    """Add what a manifest says: a cloud call where there is no command, reads and writes."""
    origin = declared.origin or job.origin
    if declared.call is not None and not job.command.strip():
        found = declared.call
        text = quoted(found.text or f"{found.service} {found.action} {found.name or ''}".strip())
        label = f"{found.service} {found.action}".strip()
        step = Step(label, text, StepKind.CLOUD, found.origin or origin, f"aws {label}", call=found)
        facts = replace(facts, steps=(step,), units=(Unit((0,), f"the manifest declares the call `{label}`"),))
    touches = [(Mode.READ, resource) for resource in declared.reads] + [
        (Mode.WRITE, resource) for resource in declared.writes
    ]
    accesses = tuple(Access(resource, mode, origin, _said(mode, resource)) for mode, resource in touches)
    return replace(facts, accesses=facts.accesses + accesses)


def _said(mode: Mode, resource: Resource) -> str:
    return f"{'reads' if mode is Mode.READ else 'writes'}: {resource.name}"
