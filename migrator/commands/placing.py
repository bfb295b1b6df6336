"""Put places and words of evidence right: the job's own line, and the text that stands where a file is named."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from migrator.commands.facts import Branch, CommandFacts, Lock, Wait
from migrator.commands.library import Library
from migrator.commands.record import quoted
from migrator.commands.scope import HERE
from migrator.model import Access, Evidence, Job, Origin, ServiceCall

_Told = TypeVar("_Told", Access, Branch, Lock, Wait, ServiceCall)


def placed(facts: CommandFacts, job: Job) -> CommandFacts:
    """Put the job's own line where the reading says «here»."""
    place = job.origin

    def at(origin: Origin) -> Origin:
        return place if origin == HERE else origin

    def call(found: ServiceCall | None) -> ServiceCall | None:
        return found if found is None or found.origin != HERE else replace(found, origin=place)

    def accesses(found: tuple[Access, ...]) -> tuple[Access, ...]:
        return tuple(replace(a, origin=place) if a.origin == HERE else a for a in found)

    return replace(
        facts,
        job=job.id,
        steps=tuple(
            replace(step, origin=at(step.origin), accesses=accesses(step.accesses), call=call(step.call))
            for step in facts.steps
        ),
        branches=tuple(replace(branch, origin=at(branch.origin)) for branch in facts.branches),
        accesses=accesses(facts.accesses),
        locks=tuple(replace(lock, origin=at(lock.origin)) for lock in facts.locks),
        waits=tuple(replace(wait, origin=at(wait.origin)) for wait in facts.waits),
        wrappers=tuple(replace(wrapper, origin=at(wrapper.origin)) for wrapper in facts.wrappers),
        called=tuple(replace(called, origin=at(called.origin)) for called in facts.called),
        traits=tuple(
            replace(found, evidence=Evidence(at(found.evidence.origin), found.evidence.text, found.evidence.says))
            for found in facts.traits
        ),
        services=tuple(replace(found, origin=at(found.origin or place)) for found in facts.services),
    )


def witnessed(facts: CommandFacts, library: Library, command: str, stdin: str | None) -> CommandFacts:
    """Give each piece of evidence the words that stand at its place; what was read may be an expansion of them."""
    own = f"{command}\n{stdin}"

    def words(origin: Origin, text: str) -> str:
        line = command if origin == HERE else library.line(origin.path, origin.line)
        first = text.lstrip().split("\n", 1)[0].rstrip("\\…").rstrip()
        if line is None or (first and (first in line or (origin == HERE and first in own))):
            return text
        return quoted(line.strip())

    def told(found: tuple[_Told, ...]) -> tuple[_Told, ...]:
        return tuple(one(each) for each in found)

    def one(each: _Told) -> _Told:
        origin: Origin | None = each.origin
        text = words(HERE if origin is None else origin, each.text)
        return each if text == each.text else replace(each, text=text)

    return replace(
        facts,
        steps=tuple(
            replace(step, accesses=told(step.accesses), call=None if step.call is None else one(step.call))
            for step in facts.steps
        ),
        branches=told(facts.branches),
        accesses=told(facts.accesses),
        locks=told(facts.locks),
        waits=told(facts.waits),
        services=told(facts.services),
        traits=tuple(
            replace(found, evidence=replace(found.evidence, text=words(found.evidence.origin, found.evidence.text)))
            for found in facts.traits
        ),
    )
