"""Read a pipeline: one step, whatever its stages are; with a compound stage, that stage's steps."""

from __future__ import annotations

import re

from migrator.commands import expansion
from migrator.commands.asking import program_name
from migrator.commands.emit import heard
from migrator.commands.facts import StepKind, Trait
from migrator.commands.invocation import Role
from migrator.commands.record import Draft, Ending, Flow, Place, Walk
from migrator.commands.redirects import streams
from migrator.commands.resolve import somewhere
from migrator.commands.scope import Scope
from migrator.commands.values import Value, spaced
from migrator.model import Access, Mode
from migrator.shell.runners import SHELLS
from migrator.shell.tree import Command, Node, Pipeline

_DECODERS = frozenset({"base64", "base32", "openssl", "xxd", "gpg", "uudecode"})
_GREPS = frozenset({"grep", "egrep", "fgrep"})
_ADDRESS = re.compile(r"\d+\\?\.\d+\\?\.\d+")
_QUIET = re.compile(r"\s-\w*q|--quiet|--silent")


def pipeline(walk: Walk, node: Pipeline, scope: Scope, flow: Flow) -> Ending:
    """Read a pipeline; a single stage (`! x`, `time x`) is read as itself."""
    if node.timed:
        walk.record.wrapper("time", "", scope.source.origin(node.span))
    if len(node.stages) == 1:
        return walk.node(node.stages[0], scope, flow)
    record = walk.record
    if flow.place is Place.CONDITION:
        _asked_host(walk, node, scope)
    groups = _stages(walk, node, scope, flow)
    _downloads(walk, node, groups)
    if steps := _steps(groups, flow):
        record.drafts.extend(steps)
        _give(groups, steps)
        return Ending.FALLS
    every = [draft for group in groups for draft in group]
    if not every:
        return Ending.FALLS
    main = _main(every)
    counts, worked = _counts(every, flow), main.role is Role.WORK
    touched = [access for draft in every for access in heard(draft, flow.place)]
    merged = _merge(main, every, scope.source.slice(node.span))
    merged.origin = scope.source.origin(node.span)
    if not counts:
        record.spare.append(merged)
        record.access(touched)
        return Ending.FALLS
    record.drafts.append(merged)
    if worked and not scope.pipefail:
        _note_lost_exit(walk, merged, every[-1])
    return Ending.FALLS


def _asked_host(walk: Walk, node: Pipeline, scope: Scope) -> None:
    """Note a question for the host's own name or address: `hostname | grep -q db1`, `ip addr | grep 10.0.0.5`."""
    first, last = node.stages[0], node.stages[-1]
    if not isinstance(first, Command) or not isinstance(last, Command) or program_name(last) not in _GREPS:
        return
    text = scope.source.slice(node.span)
    name = program_name(first)
    if name in ("hostname", "hostnamectl") or (name in ("ip", "ifconfig") and _ADDRESS.search(text)):
        origin = scope.source.origin(node.span)
        walk.record.trait(Trait.HOST_GUARD, origin, text, "tests the host's name before it works")


def _stages(walk: Walk, node: Pipeline, scope: Scope, flow: Flow) -> list[list[Draft]]:
    """Read each stage in a shell of its own; give the drafts of each, which are taken out of the record."""
    record = walk.record
    before = len(record.drafts)
    groups: list[list[Draft]] = []
    inner = flow.but(place=Place.STAGE, depth=flow.depth + 1)
    for former, stage in zip((None, *node.stages), node.stages, strict=False):
        start = len(record.drafts)
        simple = isinstance(stage, Command)
        own = scope.fork()
        if former is not None:
            own.fed = _said(former, scope) if simple else None
        walk.node(stage, own, inner if simple else inner.but(place=Place.PLAIN))
        groups.append(record.drafts[start:])
        if record.full():
            break
    del record.drafts[before:]
    return groups


def _note_lost_exit(walk: Walk, main: Draft, last: Draft) -> None:
    """Note that the failure of the stage that works does not show, where another one comes last."""
    if main is not last:
        why = f"the pipeline's exit code is that of `{last.name}`, not of `{main.name}`"
        walk.record.trait(Trait.SWALLOWS_EXIT, main.origin, main.text, why)


def _said(stage: Node, scope: Scope) -> Value | None:
    """Give the text that `echo text |`, `printf text |` or `cat <<E |` feeds to the next stage; None for others."""
    name = stage.words[0].literal if isinstance(stage, Command) and stage.words else ""
    if not isinstance(stage, Command) or stage.substitutes or name not in ("echo", "printf", "cat"):
        return None
    if name == "cat":
        return streams(stage.redirects, scope, speaks=True).fed if len(stage.words) == 1 else None
    values = [value for value in expansion.words(stage.words[1:], scope) if value.text not in ("-n", "-e", "-ne")]
    if stage.redirects or not values or (name == "printf" and "%" in values[0].text):
        return None
    return spaced(values)


def _steps(groups: list[list[Draft]], flow: Flow) -> list[Draft]:
    """Give the steps of the one stage that has several, if the others only carry text to or from it."""
    several = [group for group in groups if sum(draft.role is Role.WORK for draft in group) > 1]
    if len(several) != 1 or flow.place is Place.CAPTURE:
        return []
    return [draft for draft in several[0] if draft.role is Role.WORK]


def _give(groups: list[list[Draft]], steps: list[Draft]) -> None:
    """Give what the other stages touch to the first and last step of the stage that has several."""
    chosen = {id(step) for step in steps}
    behind = False
    for group in groups:
        if any(id(draft) in chosen for draft in group):
            behind = True
            continue
        for draft in group:
            (steps[-1] if behind else steps[0]).take(draft)


def _main(every: list[Draft]) -> Draft:
    """Choose the stage that the step is named after: the first that works, else the first."""
    for wanted in ((StepKind.SCRIPT, StepKind.DATABASE, StepKind.CLOUD, StepKind.REMOTE, StepKind.CONTAINER), ()):
        for draft in every:
            if draft.role is Role.WORK and draft.kind is not StepKind.OPAQUE and (not wanted or draft.kind in wanted):
                return draft
    working = [draft for draft in every if draft.role is Role.WORK]
    return working[0] if working else every[0]


def _counts(every: list[Draft], flow: Flow) -> bool:
    """Say whether a pipeline is a step: something in it works, or it stands alone and keeps what it finds.

    A question put to a program's output (`psql -l | grep -q shop`) is a test, where its answer decides.
    """
    last = every[-1]
    if (
        flow.place is Place.CONDITION
        and last.name in ("grep", "egrep", "fgrep")
        and " -" in last.text
        and _QUIET.search(last.text)
    ):
        return False
    if any(draft.role is Role.WORK for draft in every):
        return True
    return flow.place is Place.PLAIN and any(
        access.mode is not Mode.READ and not access.log for draft in every for access in draft.accesses
    )


def _merge(main: Draft, every: list[Draft], text: str) -> Draft:
    removes = any(
        draft.feeds and draft.program.rpartition("/")[2] in ("rm", "rmdir", "unlink", "shred") for draft in every
    )
    accesses: list[Access] = []
    for draft in every:
        found = draft.accesses
        if removes:
            found = [
                Access(somewhere(a.resource), Mode.DELETE, a.origin, a.text, a.confidence, a.log)
                if a.mode is Mode.READ
                else a
                for a in found
            ]
        accesses.extend(found)
    main.text = text
    if any(draft.kind is StepKind.OPAQUE for draft in every):
        main.kind = StepKind.OPAQUE
    main.accesses = accesses
    main.role = Role.WORK
    main.reads = [name for draft in every for name in draft.reads]
    main.writes = [name for draft in every for name in draft.writes]
    main.state = set().union(*(draft.state for draft in every))
    main.unclear = [why for draft in every for why in draft.unclear]
    main.dumps = any(draft.dumps for draft in every)
    main.carries = main.carries or any(draft.carries for draft in every if draft.role is Role.WORK)
    main.dated = any(draft.dated for draft in every)
    main.parallel = any(draft.parallel for draft in every)
    main.there = next((draft.there for draft in every if draft.there), "")
    main.call = next((draft.call for draft in every if draft.call is not None), None)
    main.maintains = main.maintains or next(
        (draft.maintains for draft in every if draft.maintains and draft.kind is StepKind.FILES), ""
    )
    main.waits = [wait for draft in every for wait in draft.waits]
    if len(main.accesses) > 400:
        main.accesses = main.accesses[:400]
    return main


def _downloads(walk: Walk, node: Pipeline, groups: list[list[Draft]]) -> None:
    """Say that text which is decoded or fetched and then run cannot be read."""
    names = [program_name(stage) if isinstance(stage, Command) else "" for stage in node.stages]
    if not any(name in SHELLS for name in names[1:]):
        return
    source = next((name for name in names if name in _DECODERS), names[0] or "a pipeline")
    why = f"what the shell runs that reads `{source}`'s output"
    walk.record.open(why)
    for group, name in zip(groups, names, strict=False):
        for draft in group:
            if name in SHELLS:
                draft.kind = StepKind.OPAQUE
                draft.unclear = [why]
