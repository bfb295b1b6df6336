"""Jobs of one script: the same program at other times, or with other words behind it."""

from collections.abc import Iterable, Mapping

from migrator.commands.facts import CommandFacts
from migrator.model import Job, JobId

Family = tuple[str, ...]


def families(jobs: Iterable[Job], facts: Mapping[JobId, CommandFacts]) -> dict[JobId, Family]:
    """Give what each job runs: its own script and the programs of its steps.

    Two goals of one makefile run other programs, so they are two families. A job whose line calls no script that was
    read is a family of its own.
    """
    found: dict[JobId, Family] = {}
    for job in jobs:
        of_job = facts.get(job.id)
        own = [call.path for call in of_job.called if call.origin == job.origin] if of_job else []
        programs = [step.program for step in of_job.steps] if of_job else []
        found[job.id] = (own[0], *programs) if own else (job.id,)
    return found
