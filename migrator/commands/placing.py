"""Put places and words of evidence right: the line of each job, and the text that stands where a file is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from migrator.commands.facts import Branch, Called, CommandFacts, Lock, Step, TraitFound, Wait, Wrapper
from migrator.commands.library import Library
from migrator.commands.record import Record, quoted
from migrator.model import Access, Evidence, JobId, Origin, ServiceCall

_NAMED = re.compile(r"\$(\w+)")
_Told = TypeVar("_Told", Access, Branch, Lock, Wait, ServiceCall)


def moved(facts: CommandFacts, job: JobId, old: Origin, new: Origin) -> CommandFacts:
    """Give a job the facts that were read for an equal command at another line.

    The line is told by identity: a script that is a crontab too has lines of the same name.
    """

    def call(found: ServiceCall) -> ServiceCall:
        return replace(found, origin=new) if found.origin is old else found

    def step(found: Step) -> Step:
        return Step(
            found.name,
            found.text,
            found.kind,
            new if found.origin is old else found.origin,
            found.program,
            found.join,
            found.branch,
            found.loop,
            _accesses(found.accesses, old, new),
            None if found.call is None else call(found.call),
            found.unclear,
            found.trail,
        )

    def trait(found: TraitFound) -> TraitFound:
        proof = found.evidence
        return TraitFound(found.trait, Evidence(new, proof.text, proof.says)) if proof.origin is old else found

    return CommandFacts(
        job,
        steps=tuple([step(each) for each in facts.steps]),
        units=facts.units,
        branches=tuple([replace(each, origin=new) if each.origin is old else each for each in facts.branches]),
        accesses=_accesses(facts.accesses, old, new),
        locks=tuple([replace(each, origin=new) if each.origin is old else each for each in facts.locks]),
        waits=tuple([replace(each, origin=new) if each.origin is old else each for each in facts.waits]),
        wrappers=tuple([Wrapper(w.name, w.arguments, new) if w.origin is old else w for w in facts.wrappers]),
        called=tuple([Called(c.written, c.path, c.how, new) if c.origin is old else c for c in facts.called]),
        traits=tuple([trait(each) for each in facts.traits]),
        fan_out=facts.fan_out,
        fan_in=facts.fan_in,
        timeout=facts.timeout,
        unclear=facts.unclear,
        services=tuple([call(each) for each in facts.services]),
        secrets=facts.secrets,
        followed=facts.followed,
    )


def _accesses(found: tuple[Access, ...], old: Origin, new: Origin) -> tuple[Access, ...]:
    return tuple(
        [
            Access(a.resource, a.mode, new, a.text, a.confidence, a.log, a.stale, a.columns, a.rows)
            if a.origin is old
            else a
            for a in found
        ]
    )


def witness(record: Record, library: Library, place: Origin, own: str, command: str) -> None:
    """Give each piece of evidence the words that stand at its place; what was read may be an expansion of them.

    `own` is all text of the job's line, which is `place`; `command` is quoted where the words are not in it.
    """

    def words(origin: Origin | None, text: str) -> str:
        here = origin is None or origin is place
        if here and text in own:
            return text
        first = text.lstrip().split("\n", 1)[0].rstrip("\\…").rstrip()
        if here:
            return text if first and first in own else quoted(command.strip())
        line = library.line(origin.path, origin.line) if origin is not None else None
        return text if line is None or (first and first in line) else quoted(line.strip())

    for draft in record.drafts:
        if draft.accesses:
            _tell(draft.accesses, words)
        if draft.call is not None:
            draft.call = replace(draft.call, text=words(draft.call.origin, draft.call.text))
    if record.branches or record.accesses or record.locks or record.waits or record.services:
        _tell(record.branches, words)
        _tell(record.accesses, words)
        _tell(record.locks, words)
        _tell(record.waits, words)
        _tell(record.services, words)
    if record.called:
        record.called = [_as_written(call, words(call.origin, call.written)) for call in record.called]
    for number, trait in enumerate(record.traits):
        proof = trait.evidence
        if proof.origin is place and proof.text in own:
            continue
        if (text := words(proof.origin, proof.text)) != proof.text:
            record.traits[number] = replace(trait, evidence=replace(proof, text=text))


def _tell(found: list[_Told], words: Callable[[Origin | None, str], str]) -> None:
    for number, each in enumerate(found):
        if (text := words(each.origin, each.text)) != each.text:
            found[number] = replace(each, text=text)


def _as_written(call: Called, text: str) -> Called:
    """Give a call in the words of its line, `text`: `${X}/a.sh` is kept as `$X/a.sh`."""
    if text == call.written:
        return call
    braced = _NAMED.sub(r"${\1}", call.written)
    return replace(call, written=braced if braced in text else text)
