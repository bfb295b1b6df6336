"""Put places and words of evidence right: the line of each job, and the text that stands where a file is named."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from migrator.commands.facts import Branch, Called, CommandFacts, Lock, Step, TraitFound, Wait, Wrapper
from migrator.commands.library import Library
from migrator.commands.record import quoted
from migrator.model import Access, Evidence, JobId, Origin, ServiceCall

_Told = TypeVar("_Told", Access, Branch, Lock, Wait, ServiceCall)


def moved(facts: CommandFacts, job: JobId, old: Origin, new: Origin) -> CommandFacts:
    """Give a job the facts that were read for an equal command at another line.

    The line is told by identity: a script that is a crontab too has lines of the same name.
    """

    def call(found: ServiceCall) -> ServiceCall:
        return replace(found, origin=new) if found.origin is old else found

    def accesses(found: tuple[Access, ...]) -> tuple[Access, ...]:
        return tuple(
            [Access(a.resource, a.mode, new, a.text, a.confidence, a.log) if a.origin is old else a for a in found]
        )

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
            accesses(found.accesses),
            None if found.call is None else call(found.call),
            found.unclear,
        )

    def trait(found: TraitFound) -> TraitFound:
        proof = found.evidence
        return TraitFound(found.trait, Evidence(new, proof.text, proof.says)) if proof.origin is old else found

    return CommandFacts(
        job,
        steps=tuple([step(each) for each in facts.steps]),
        units=facts.units,
        branches=tuple([replace(each, origin=new) if each.origin is old else each for each in facts.branches]),
        accesses=accesses(facts.accesses),
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
    )


def witnessed(facts: CommandFacts, library: Library, place: Origin, own: str, command: str) -> CommandFacts:
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

    def told(found: tuple[_Told, ...]) -> tuple[_Told, ...]:
        for each in found:
            if words(each.origin, each.text) != each.text:
                return tuple([one(each) for each in found])
        return found

    def one(each: _Told) -> _Told:
        text = words(each.origin, each.text)
        return each if text == each.text else replace(each, text=text)

    def step(found: Step) -> Step:
        accesses = told(found.accesses)
        call = None if found.call is None else one(found.call)
        same = accesses is found.accesses and call is found.call
        return found if same else replace(found, accesses=accesses, call=call)

    def trait(found: TraitFound) -> TraitFound:
        text = words(found.evidence.origin, found.evidence.text)
        return found if text == found.evidence.text else replace(found, evidence=replace(found.evidence, text=text))

    return CommandFacts(
        facts.job,
        steps=tuple([step(each) for each in facts.steps]),
        units=facts.units,
        branches=told(facts.branches),
        accesses=told(facts.accesses),
        locks=told(facts.locks),
        waits=told(facts.waits),
        wrappers=facts.wrappers,
        called=facts.called,
        traits=tuple([trait(each) for each in facts.traits]),
        fan_out=facts.fan_out,
        fan_in=facts.fan_in,
        timeout=facts.timeout,
        unclear=facts.unclear,
        services=told(facts.services),
        secrets=facts.secrets,
    )
