"""Kin: jobs of one script, the same work at other times or with other settings, and nothing between them.

Nobody decides about five copies to five drives one by one. They are told from jobs of a script that does another thing
for every word (`manage.py clear`, `manage.py send`): a script whose steps are known must do the same steps, any other
must be called with the same words up to its first option; words of the line that reach it through a shell script count
where they are names of code (`RemoveOldSessions`). A script that does more for one word, and all that it does for
another, is the same work, where it is no part of two others. Who does again what another ends with is kin to it. Lines
without a script are kin where two commands or more are the same but for what they name, or where a single one differs
in numbers only, from an argument on that is one: `serve 1` and `serve 2` do one thing, `serve1` and `serve2` are two
programs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise

from migrator.commands.facts import CommandFacts, Step, StepKind
from migrator.model import Job, JobId

# From so many steps on a line has a form of its own.
_FORM = 2
_NUMBER = re.compile(r"\d+")
# `-2` behind the name of a step that is not the first of its name.
_COUNT = re.compile(r"-\d+\Z")
# What a script was called with, and a word that can be a class, a method or a task of a framework.
_HANDED = re.compile(r"\$(?:[1-9@*]|\{[1-9@*])")
_CODE = re.compile(r"[A-Za-z]*[a-z][A-Z][A-Za-z0-9]*|\w+(?::\w+)+")
# So many other forms of one script are looked at for one that does more.
_MOST_FORMS = 60
_ARGUMENT = re.compile(r"(?<![^\s=])\d+(?!\S)")


def kin(
    jobs: Sequence[Job], facts: Mapping[JobId, CommandFacts], repeated: Iterable[tuple[JobId, JobId]] = ()
) -> list[list[JobId]]:
    """Group jobs that depend on nothing; most groups are of one. Jobs of a manifest have names and stay apart.

    `repeated` are pairs of which the second does again what the first ends with.
    """
    groups: defaultdict[Hashable, list[JobId]] = defaultdict(list)
    again = _again(jobs, repeated)
    for job in jobs:
        known = facts.get(job.id)
        alone = known is None or job.declared is not None
        key = job.id if alone or known is None else (_place(job), _work(job, known))
        groups[again.get(job.id, key)].append(job.id)
    made = [group for group in groups.values() if group[0] in again]
    others = [group for group in groups.values() if group[0] not in again]
    return made + _more_or_less(others, {job.id: job for job in jobs}, facts)


def _again(jobs: Sequence[Job], repeated: Iterable[tuple[JobId, JobId]]) -> dict[JobId, Hashable]:
    """Say which job repeats the end of which: each belongs to the one that it repeats."""
    known = {job.id for job in jobs if job.declared is None}
    pairs = sorted({(former, latter) for former, latter in repeated if former in known and latter in known})
    group: dict[JobId, Hashable] = {}
    for former, latter in pairs:
        group[former] = group[latter] = group.get(former, group.get(latter, ("again", former)))
    return group


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
        steps = Counter[Hashable]((step.kind, _does(step)) for step in known.steps)
        steps.update(_called(known))
        scripts[_place(jobs[group[0]]), known.called[0].path].append((steps, group))
    for found in scripts.values():
        made += _joined(found)
    return made


def _joined(found: list[tuple[Counter[Hashable], list[JobId]]]) -> list[list[JobId]]:
    """Put each group to the only wider one that does all it does; of several that lie in each other, the narrowest."""
    by_width = sorted(found, key=lambda one: (one[0].total(), one[1]))
    whole = [list(group) for _, group in by_width]
    for place, (steps, _) in enumerate(by_width):
        wider = [n for n in range(place + 1, min(len(by_width), place + _MOST_FORMS)) if steps <= by_width[n][0]]
        nested = all(by_width[one][0] <= by_width[other][0] for one, other in pairwise(wider))
        if wider and nested:
            whole[wider[0]] += whole[place]
            whole[place] = []
    return [sorted(group) for group in whole if group]


def _does(step: Step) -> str:
    """Name what a step does: of a program that runs tasks, the task."""
    runs_tasks = step.name.startswith(f"{step.program} ") or (step.kind is StepKind.SCRIPT and " " in step.name)
    return _COUNT.sub("", step.name) if runs_tasks else step.program


def _place(job: Job) -> Hashable:
    return job.host, job.user, job.owner, job.shell, job.schedule.kind, job.active, len(job.replicas)


def _work(job: Job, facts: CommandFacts) -> Hashable:
    """Say what a job does, without what merely sets it up."""
    if not facts.called:
        return _line(job, facts)
    steps = tuple(
        (step.kind, _does(step), _up_to_option(step.text) if step.kind is StepKind.SCRIPT else "", step.branch)
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
        _code_names(job, facts),
    )


def _code_names(job: Job, facts: CommandFacts) -> tuple[str, ...]:
    """Give the words of a line that are names of code, where its script hands them on to a program."""
    handed = any(step.kind is StepKind.SCRIPT and _HANDED.search(step.text) for step in facts.steps)
    return tuple(word for word in job.command.split()[1:] if _CODE.fullmatch(word)) if handed else ()


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
