"""Kin: jobs of one script, the same work at other times or with other settings, and nothing between them.

Nobody decides about five copies to five drives one by one. They are told from jobs of a script that does another thing
for every word (`manage.py clear`, `manage.py send`): a script whose steps are known must do the same steps, any other
must be called with the same words up to its first option. A script that does more for one word, and all that it does
for another, is the same work. Lines without a script are kin where two commands or more are the same but for what they
name, or where a single one differs in numbers only, from an argument on that is one: `serve 1` and `serve 2` do one
thing, `serve1` and `serve2` are two programs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence

from migrator.commands.facts import CommandFacts, StepKind
from migrator.model import Job, JobId

# From so many steps on a line has a form of its own.
_FORM = 2
_NUMBER = re.compile(r"\d+")
_ARGUMENT = re.compile(r"(?<![^\s=])\d+(?!\S)")


def kin(jobs: Sequence[Job], facts: Mapping[JobId, CommandFacts]) -> list[list[JobId]]:
    """Group jobs that depend on nothing; most groups are of one. Jobs of a manifest have names and stay apart."""
    groups: defaultdict[Hashable, list[JobId]] = defaultdict(list)
    for job in jobs:
        known = facts.get(job.id)
        alone = known is None or job.declared is not None
        groups[job.id if alone or known is None else (_place(job), _work(job, known))].append(job.id)
    return _more_or_less(list(groups.values()), {job.id: job for job in jobs}, facts)


def _more_or_less(
    groups: list[list[JobId]], jobs: Mapping[JobId, Job], facts: Mapping[JobId, CommandFacts]
) -> list[list[JobId]]:
    """Join the groups of one shell script where one does all that another does, and more."""
    scripts: defaultdict[Hashable, list[tuple[Counter[Hashable], list[JobId]]]] = defaultdict(list)
    made: list[list[JobId]] = []
    for group in groups:
        known = facts.get(group[0])
        if known is None or not known.called or len(known.steps) < _FORM or jobs[group[0]].declared is not None:
            made.append(group)
            continue
        # A script that runs whatever it is given is no work of its own: what it calls counts too.
        steps = Counter[Hashable]((step.kind, step.program) for step in known.steps)
        steps.update(_called(known))
        scripts[_place(jobs[group[0]]), known.called[0].path].append((steps, group))
    for found in scripts.values():
        widest, whole = max(found, key=lambda one: (one[0].total(), one[1]))
        less = [group for steps, group in found if group is not whole and steps <= widest]
        made += [group for _, group in found if group is not whole and not any(group is one for one in less)]
        made.append(sorted([*whole, *(job for group in less for job in group)]))
    return made


def _place(job: Job) -> Hashable:
    return job.host, job.user, job.owner, job.shell, job.schedule.kind, job.active, len(job.replicas)


def _work(job: Job, facts: CommandFacts) -> Hashable:
    """Say what a job does, without what merely sets it up."""
    if not facts.called:
        return _line(job, facts)
    steps = tuple(
        (step.kind, step.program, _up_to_option(step.text) if step.kind is StepKind.SCRIPT else "", step.branch)
        for step in facts.steps
    )
    traits = frozenset(found.trait for found in facts.traits)
    return (
        facts.called[0].path,
        _called(facts),
        steps,
        tuple(unit.steps for unit in facts.units),
        len(facts.waits),
        traits,
    )


def _called(facts: CommandFacts) -> frozenset[str]:
    return frozenset(call.path for call in facts.called)


def _line(job: Job, facts: CommandFacts) -> Hashable:
    """Say what a line without a script does: two commands or more by their form, whatever they name; one as it is.

    `mysqldump a > a.sql; gzip a.sql` and the same for `b` are one work. A single `rsync` or `curl` says too little, but
    `serve run 001` and `serve run 002` are the same.
    """
    if len(facts.steps) < _FORM or job.stdin:
        words = " ".join(job.command.split())
        number = _ARGUMENT.search(words)
        start = number.start() if number else len(words)
        return words[:start] + _NUMBER.sub("0", words[start:]), job.stdin
    return tuple((step.kind, step.program, _form(step.text), step.join, step.branch) for step in facts.steps)


def _form(text: str) -> Hashable:
    """Give a command's first word, how many it has, and its options."""
    words = text.split()
    return next(iter(words), ""), len(words), tuple(word.partition("=")[0] for word in words if word.startswith("-"))


def _up_to_option(text: str) -> str:
    words = text.split()
    first = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    return " ".join(words[:first])
