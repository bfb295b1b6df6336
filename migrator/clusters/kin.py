"""Kin: jobs of one script, the same work at other times or with other settings, and nothing between them.

Nobody decides about five copies to five drives one by one. They are told from jobs of a script that does another thing
for every word (`manage.py clear`, `manage.py send`): a script whose steps are known must do the same steps, any other
must be called with the same words up to its first option. Lines without a script are kin where two commands or more are
the same but for what they name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from migrator.commands.facts import CommandFacts, StepKind
from migrator.model import Job, JobId

# From so many steps on a line has a form of its own.
_FORM = 2


def kin(jobs: Iterable[Job], facts: Mapping[JobId, CommandFacts]) -> list[list[JobId]]:
    """Group jobs that depend on nothing; most groups are of one. Jobs of a manifest have names and stay apart."""
    groups: defaultdict[Hashable, list[JobId]] = defaultdict(list)
    for job in jobs:
        known = facts.get(job.id)
        alone = known is None or job.declared is not None
        groups[job.id if alone or known is None else (_place(job), _work(job, known))].append(job.id)
    return list(groups.values())


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
    return facts.called[0].path, steps, tuple(unit.steps for unit in facts.units), len(facts.waits), traits


def _line(job: Job, facts: CommandFacts) -> Hashable:
    """Say what a line without a script does: two commands or more by their form, whatever they name; one as it is.

    `mysqldump a > a.sql; gzip a.sql` and the same for `b` are one work. A single `rsync` or `curl` says too little.
    """
    if len(facts.steps) < _FORM or job.stdin:
        return " ".join(job.command.split()), job.stdin
    return tuple((step.kind, step.program, _form(step.text), step.join, step.branch) for step in facts.steps)


def _form(text: str) -> Hashable:
    """Give a command's first word, how many it has, and its options."""
    words = text.split()
    return next(iter(words), ""), len(words), tuple(word.partition("=")[0] for word in words if word.startswith("-"))


def _up_to_option(text: str) -> str:
    words = text.split()
    first = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    return " ".join(words[:first])
