"""Apply what a peeled wrapper said to what it runs."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from migrator.commands import resolve, wrappers
from migrator.commands.emit import Here, emit
from migrator.commands.expansion import entered
from migrator.commands.facts import Lock, LockKind, StepKind, Trait
from migrator.commands.invocation import Effect
from migrator.commands.record import Ending, Flow, Walk, quoted
from migrator.commands.redirects import streams
from migrator.commands.scope import Scope
from migrator.commands.values import Value, literal, unknown
from migrator.model import Mode
from migrator.shell.runners import CONTAINERS

Run = Callable[[Walk, list[Value], Here, Scope, Flow], Ending]


def unwrap(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow, run: Run) -> Ending | None:
    """Peel a wrapper off and read what it runs; None where the command runs nothing."""
    peeled = wrappers.peel(name, tuple(values[1:]))
    if peeled is None:
        return None
    _note(walk, name, peeled, here, scope, flow)
    inner = _scope(peeled, scope, name)
    flow = _flow(peeled, flow)
    outer = scope if peeled.kind is not None else here.outer
    before = len(walk.record.drafts)
    if peeled.text is not None:
        ending = _text(walk, peeled.text, here, inner, scope, flow)
    elif peeled.rest:
        place = Here(here.text, here.origin, here.span, here.redirects, outer)
        ending = run(walk, _fed(name, peeled), place, inner, flow)
    else:
        ending = _alone(walk, name, peeled, values, here, scope, flow)
    _after(walk, name, peeled, here, before)
    if name == "exec":
        return Ending.EXITS
    return Ending.FALLS if inner is not scope or ending is Ending.EXITS else ending


def _note(walk: Walk, name: str, peeled: wrappers.Peeled, here: Here, scope: Scope, flow: Flow) -> None:
    record = walk.record
    if name not in ("exec", "command", "builtin", "xargs", "find"):
        record.wrapper(name, quoted(peeled.said), here.origin)
    if peeled.lock is not None:
        lock_name = peeled.lock.text
        if peeled.lock_kind is LockKind.FLOCK or "/" in lock_name:
            lock_name = resolve.path_of(lock_name, scope)
        record.locks.append(Lock(peeled.lock_kind, lock_name, peeled.skips, here.origin, quoted(here.text)))
    if peeled.timeout is not None and record.timeout is None and not record.drafts:
        record.timeout = peeled.timeout
    if peeled.root:
        record.trait(Trait.NEEDS_ROOT, here.origin, here.text, f"`{name}` runs it as root")
    # `nohup` alone leaves nothing behind: it only keeps a hangup from what it runs.
    if peeled.detaches and (name != "nohup" or flow.background):
        record.trait(Trait.DAEMON, here.origin, here.text, f"`{name}` leaves the process behind")


def _scope(peeled: wrappers.Peeled, scope: Scope, name: str) -> Scope:
    changes = peeled.user or peeled.settings or peeled.kind or peeled.folder or peeled.clears or peeled.text is not None
    if not changes:
        return scope
    inner = scope.fork()
    inner.replacing = peeled.replacing or scope.replacing
    if peeled.clears:
        inner.variables, inner.exported = {}, set()
    for variable, value in peeled.settings:
        inner.set(variable, value)
        inner.exported.add(variable)
    user = peeled.user.known if peeled.user is not None else None
    if peeled.user is not None and user != scope.user:
        inner.user = user
    if peeled.kind is StepKind.REMOTE:
        inner.host = peeled.place or None
        inner.user = user or scope.user
    if peeled.kind is StepKind.CONTAINER:
        inner.inside = peeled.place
        inner.mounts = tuple((entered(outside, scope), inside) for outside, inside in peeled.mounts)
        inner.kept = _kept(peeled, scope)
        inner.folder = literal(resolve.WORKDIR if inner.kept else "*")
    elif peeled.fresh:
        home = literal("/root") if inner.user == "root" else literal(f"~{inner.user}" if inner.user else "~")
        inner.home = home
        inner.variables.pop("HOME", None)
        if name != "sudo":
            inner.folder = home
            inner.variables = {}
            inner.functions = {}
    if peeled.folder is not None:
        inner.folder = peeled.folder
    return inner


def _kept(peeled: wrappers.Peeled, scope: Scope) -> str:
    """Name a container whose files outlive the command: by its host too, where that is known."""
    folder = posixpath.basename(scope.folder.text.rstrip("/"))
    name = peeled.kept.replace("{folder}", folder)
    return f"{name}@{scope.host}" if name and scope.host else name


def _fed(name: str, peeled: wrappers.Peeled) -> list[Value]:
    """Give the words that a wrapper runs; of xargs with something unknown where it puts what it reads."""
    values = list(peeled.rest)
    if name != "xargs":
        return values
    put = peeled.placeholder
    if put and any(put in value.text for value in values):
        return [v.but(v.text.replace(put, "*"), v.written).uncertain() if put in v.text else v for v in values]
    return [*values, unknown("…")]


def _flow(peeled: wrappers.Peeled, flow: Flow) -> Flow:
    kind, there = peeled.kind, None if peeled.kind is None else f"{peeled.kind} {peeled.place}"
    loop = flow.loop or peeled.repeats
    return flow.but(calls=flow.calls + 1, depth=flow.depth + 1, kind=kind, there=there, loop=loop)


def _text(walk: Walk, text: Value, here: Here, scope: Scope, outer: Scope, flow: Flow) -> Ending:
    """Read shell text that a wrapper runs; the wrapper's own redirections hold for all of it."""
    before = len(walk.record.drafts)
    ending = walk.text(text.shown, here.span, scope, flow)
    share(walk, before, here, outer)
    return ending


def share(walk: Walk, before: int, here: Here, outer: Scope) -> None:
    """Give redirections around several steps to the last of them, or to the command where there is none."""
    drafts = walk.record.drafts
    flows = streams(here.redirects, outer, speaks=len(drafts) == before + 1 and drafts[-1].dumps)
    text = quoted(here.text)
    for touch in flows.data:
        accesses = resolve.access(touch, outer, here.origin, text)
        if len(drafts) == before:
            walk.record.access(accesses)
            continue
        drafts[-1].accesses.extend(accesses)
        name = resolve.file_name(touch, outer)
        if name is not None:
            (drafts[-1].reads if touch.mode is Mode.READ else drafts[-1].writes).append(name)
    for touch in flows.logs:
        walk.record.access(resolve.access(touch, outer, here.origin, text, log=True))


def _alone(
    walk: Walk, name: str, peeled: wrappers.Peeled, values: list[Value], here: Here, scope: Scope, flow: Flow
) -> Ending:
    """Read a wrapper that runs nothing that can be read: a remote script on standard input, or the bare program."""
    found = streams(here.redirects, scope, speaks=True)
    if peeled.kind is StepKind.REMOTE and found.stdin is not None:
        return walk.text(found.stdin, found.fed_at or here.span, _scope(peeled, scope, name), flow)
    if name in ("env", "flock"):
        return Ending.FALLS
    unclear = (f"what `{name}` runs: {quoted(here.text)}",) if peeled.kind is StepKind.REMOTE else ()
    for why in unclear:
        walk.record.open(why)
    emit(
        walk,
        Effect(kind=peeled.kind or StepKind.PROGRAM, unclear=unclear, place=peeled.place),
        values,
        here,
        scope,
        flow,
        found,
    )
    return Ending.FALLS


def _after(walk: Walk, name: str, peeled: wrappers.Peeled, here: Here, before: int) -> None:
    record = walk.record
    if peeled.parallel and len(record.drafts) > before:
        record.fan_out += 1
        record.fan_in += 1
    if name == "xargs" and len(record.drafts) > before:
        record.drafts[-1].parallel = peeled.parallel
        record.drafts[-1].feeds = True
    if peeled.kind is StepKind.CONTAINER and name in CONTAINERS:
        record.trait(Trait.NEEDS_HOST, here.origin, here.text, f"`{name}` speaks to this host's container service")
