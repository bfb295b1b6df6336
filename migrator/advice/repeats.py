"""One script run several times, over other arguments: for the guide it is what a loop over them is, and counts once.

A unit that only repeats what an earlier unit does (the same command at the same place, the same program, the same
called service by name) is no step more: what one run must know of another decides about targets, and these know
nothing of each other. Where a run reads what an earlier one wrote, they are stages, and each counts.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from migrator.commands.facts import CommandFacts, Step, Unit
from migrator.model import Mode, Resource

_Kind = tuple[object, ...]


def counted_units(facts: CommandFacts) -> tuple[Unit, ...]:
    """Give the units that the guide counts: all, but those that only repeat earlier ones on their own."""
    if len({step.text for step in facts.steps}) == len(facts.steps):
        return facts.units
    rounds = _rounds(facts.steps)
    if not any(rounds) or _are_stages(facts.steps, rounds):
        return facts.units
    return tuple(unit for unit in facts.units if any(not rounds[index] for index in unit.steps))


def repeated_scripts(facts: CommandFacts) -> tuple[tuple[str, int], ...]:
    """Give the scripts whose repeated units are not counted, and how often each is run; empty where all are counted."""
    if len(counted_units(facts)) == len(facts.units):
        return ()
    most: dict[str, int] = {}
    for step, number in zip(facts.steps, _rounds(facts.steps), strict=True):
        if number:
            most[step.origin.path] = max(most.get(step.origin.path, 0), number + 1)
    return tuple(most.items())


def _rounds(steps: Sequence[Step]) -> list[int]:
    """Count, for each step, those before it that do the same."""
    seen: Counter[_Kind] = Counter()
    found = []
    for step in steps:
        kind = _kind(step)
        found.append(seen[kind])
        seen[kind] += 1
    return found


def _kind(step: Step) -> _Kind:
    called = (step.call.service, step.call.action, step.call.name) if step.call else ()
    return step.origin, step.text, step.program, step.branch, called


def _are_stages(steps: Sequence[Step], rounds: Sequence[int]) -> bool:
    """Say whether a later round reads what only an earlier one wrote."""
    repeated = {_kind(step) for step, number in zip(steps, rounds, strict=True) if number}
    written: defaultdict[Resource, set[int]] = defaultdict(set)
    for step, number in zip(steps, rounds, strict=True):
        if _kind(step) not in repeated:
            continue
        for access in step.accesses:
            by = written[access.resource]
            if access.mode is not Mode.READ:
                by.update(() if access.log else (number,))
            elif by and number not in by:
                return True
    return False
