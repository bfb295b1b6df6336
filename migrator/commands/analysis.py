"""Read what each job's command does. Equal commands under equal conditions are read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from migrator.commands.facts import CommandFacts, Join, Step, StepKind, Trait, Unit
from migrator.commands.library import Library
from migrator.commands.placing import placed, witnessed
from migrator.commands.record import Draft, Flow, Record, quoted
from migrator.commands.scope import HERE, Scope, Source
from migrator.commands.traits import conclude
from migrator.commands.units import units
from migrator.commands.values import Value, literal
from migrator.commands.walk import Walker
from migrator.model import Access, Job, JobId, Mode, Resource
from migrator.shell import parse
from migrator.sources.tree import Tree

_FREQUENT = 4
_SHELL_SETTINGS = frozenset(
    {"MAILTO", "MAILFROM", "CRON_TZ", "SHELL", "CONTENT_TYPE", "CONTENT_TRANSFER_ENCODING", "RANDOM_DELAY"}
)


@dataclass(frozen=True, slots=True)
class _Key:
    """All that a reading depends on."""

    command: str
    stdin: str | None
    shell: str
    settings: tuple[tuple[str, str], ...]
    host: str | None
    user: str | None
    frequent: bool


def analyse(jobs: Iterable[Job], tree: Tree) -> dict[JobId, CommandFacts]:
    """Read the commands of all jobs, in their order.

    Nothing raises for what a command holds: what is not understood is in `unclear`. Called scripts are looked up in
    `tree`, redacted, and followed.
    """
    library = Library(tree)
    read: dict[_Key, CommandFacts] = {}
    facts: dict[JobId, CommandFacts] = {}
    for job in jobs:
        key = _key(job)
        if key not in read:
            read[key] = witnessed(_read(key, library), library, key.command, key.stdin)
        facts[job.id] = _declared(job, placed(read[key], job))
    return facts


def _key(job: Job) -> _Key:
    settings = tuple((setting.name, setting.value) for setting in job.settings)
    return _Key(job.command, job.stdin, job.shell, settings, job.host, job.user, _frequent(job))


def _frequent(job: Job) -> bool:
    fields = job.schedule.fields
    return fields is not None and fields.minute.bit_count() >= _FREQUENT


def _read(key: _Key, library: Library) -> CommandFacts:
    walker = Walker(library, key.host, frequent=key.frequent)
    record = walker.record
    if key.command.strip():
        scope = _scope(key)
        if not key.shell.rpartition("/")[2].endswith(("sh", "ash")):
            record.open(f"how `{key.shell}` reads the command: it is read as sh would")
        script = parse(key.command)
        walker.script(script, scope, Flow())
        if not record.drafts:
            record.drafts.append(_fallback(key, record))
            for trait, says in record.drafts[-1].traits:
                record.trait(trait, HERE, key.command.strip(), says)
        if record.running:
            last = record.drafts[-1]
            record.trait(Trait.DAEMON, last.origin, last.text, "started with `&` and left behind")
    conclude(record, key.user, key.command)
    return replace(_facts(record), secrets=library.secrets(record.opened))


def _scope(key: _Key) -> Scope:
    settings = dict(key.settings)
    user = settings.get("LOGNAME") or settings.get("USER") or key.user
    home = _home(settings.get("HOME"), user)
    variables = {name: literal(value) for name, value in settings.items()}
    variables.pop("HOME", None)
    return Scope(
        source=Source(key.command),
        folder=home,
        home=home,
        user=user,
        host=key.host,
        variables=variables,
        exported=set(variables),
        zero=literal(key.shell),
        arguments=(),
        fed=None if key.stdin is None else literal(key.stdin),
    )


def _home(setting: str | None, user: str | None) -> Value:
    """Give the folder that cron starts in: HOME, root's home, else the user's own sign (crontab(5))."""
    if setting:
        return literal(setting)
    if user == "root":
        return literal("/root")
    return literal(f"~{user}" if user else "~")


def _fallback(key: _Key, record: Record) -> Draft:
    """Give the one step of a command that holds nothing but shell housekeeping: the job still runs something."""
    spare = record.spare
    chosen = next((d for d in spare if d.role.value in ("filter", "probe")), spare[0] if spare else None)
    text = key.command.strip()
    first = text.split(None, 1)[0] if text.split() else "command"
    draft = Draft(
        name=chosen.name if chosen is not None else first[:40],
        text=text,
        kind=StepKind.PROGRAM,
        origin=HERE,
        program=chosen.program if chosen is not None else first,
        join=Join.FIRST,
        branch=(),
        loop=False,
    )
    for skipped in spare[:50]:
        draft.accesses.extend(access for access in skipped.accesses if access not in record.accesses)
        draft.maintains = draft.maintains or skipped.maintains
        draft.traits.extend(skipped.traits)
    return draft


def _facts(record: Record) -> CommandFacts:
    names = _names(record.drafts)
    steps = tuple(
        _step(draft, name, place) for place, (draft, name) in enumerate(zip(record.drafts, names, strict=True))
    )
    for draft, name in zip(record.drafts, names, strict=True):
        draft.name = name
    return CommandFacts(
        job=JobId(""),
        steps=steps,
        units=units(record.drafts),
        branches=tuple(record.branches),
        accesses=_once(record.accesses),
        locks=tuple(dict.fromkeys(record.locks)),
        waits=tuple(record.waits),
        wrappers=tuple(record.wrappers),
        called=tuple(record.called),
        traits=tuple(record.traits),
        fan_out=record.fan_out,
        fan_in=record.fan_in,
        timeout=record.timeout,
        unclear=tuple(record.unclear),
        services=tuple(record.services),
    )


def _names(drafts: list[Draft]) -> list[str]:
    """Make the steps' names unique in the job: a second `gzip` is `gzip-2`."""
    taken: dict[str, int] = {}
    names: list[str] = []
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
        names.append(unique)
    return names


def _step(draft: Draft, name: str, place: int) -> Step:
    join = draft.join
    if place == 0:
        join = Join.PARALLEL if join is Join.PARALLEL else Join.FIRST
    elif join is Join.FIRST:
        join = Join.THEN
    return Step(
        name=name,
        text=draft.text,
        kind=draft.kind,
        origin=draft.origin,
        program=draft.program,
        join=join,
        branch=draft.branch,
        loop=draft.loop,
        accesses=_once(draft.accesses),
        call=draft.call,
        unclear=tuple(dict.fromkeys(draft.unclear)),
    )


def _once(accesses: Iterable[Access]) -> tuple[Access, ...]:
    """Keep one access for each resource and mode: the surest, in the place of the first."""
    kept: dict[tuple[Resource, Mode, bool], Access] = {}
    for access in accesses:
        key = (access.resource, access.mode, access.log)
        if key not in kept or kept[key].confidence < access.confidence:
            kept[key] = access
    return tuple(kept.values())


def _declared(job: Job, facts: CommandFacts) -> CommandFacts:
    """Add what a manifest says: a cloud call where there is no command, reads and writes."""
    declared = job.declared
    if declared is None:
        return facts
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
