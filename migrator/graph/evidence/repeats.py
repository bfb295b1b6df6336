"""A job that does again, on its own, what another job ends with.

**Speaks** when the last steps of a job that does more are all that the other does: the very same lines of the same
script or makefile. Somebody wanted that part again, later, or did not know that it is done already.

**Confidence.** 0.35, with a short time gap 0.48: worth a look, never enough to join two jobs.

**Says nothing** of two lines with one command at different times, of a part that more than four jobs have, and where
the longer job does not start first.
"""

from collections import defaultdict
from collections.abc import Iterator

from migrator.commands.facts import CommandFacts, Step
from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.timing import Order
from migrator.graph.touches import hosts_of
from migrator.graph.types import DependencyKind
from migrator.model import Evidence, JobId, Origin

_LOW = 0.35
_MOST_JOBS = 4

_Key = tuple[Origin, str]


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate from each job to those that repeat its end."""
    ends: defaultdict[_Key, list[JobId]] = defaultdict(list)
    steps: dict[JobId, tuple[_Key, ...]] = {}
    for job in scene.jobs.values():
        facts = scene.facts.get(job.id)
        inner = _inner(facts, job.origin) if facts else ()
        if facts and inner and len(inner) == len(facts.steps):
            steps[job.id] = inner
            ends[inner[-1]].append(job.id)
    for key, jobs in sorted(ends.items()):
        if 1 < len(jobs) <= _MOST_JOBS:
            yield from _repeated(scene, key, jobs, steps)


def _inner(facts: CommandFacts, line: Origin) -> tuple[_Key, ...]:
    """Give the steps that stand in a script: the entry's own line is nobody else's."""
    return tuple(_key(step) for step in facts.steps if step.origin != line)


def _key(step: Step) -> _Key:
    return step.origin, step.text


def _repeated(scene: Scene, key: _Key, jobs: list[JobId], steps: dict[JobId, tuple[_Key, ...]]) -> Iterator[Candidate]:
    """Tie each job that does only the end to the last one before it that does more."""
    for shorter in jobs:
        before = [
            (gap, longer)
            for longer in jobs
            if _ends_with(steps[longer], steps[shorter]) and (gap := _gap(scene, longer, shorter)) is not None
        ]
        if before:
            longer = min(before)[1]
            job = scene.jobs[shorter]
            evidence = (
                Evidence(key[0], key[1], f"ends the job at {scene.jobs[longer].origin} too"),
                Evidence(job.origin, job.text, "does only that, again"),
            )
            yield Candidate(longer, shorter, DependencyKind.MEANT, _LOW, evidence, place="end", basis="repeats")


def _ends_with(more: tuple[_Key, ...], less: tuple[_Key, ...]) -> bool:
    return len(more) > len(less) and more[-len(less) :] == less


def _gap(scene: Scene, longer: JobId, shorter: JobId) -> int | None:
    """Give the minutes between the starts; None on two hosts, or where the longer job is not the first of both."""
    former, latter = scene.jobs[longer], scene.jobs[shorter]
    timing = scene.clock.timing(former, latter)
    near = hosts_of(former) & hosts_of(latter) and timing.order is Order.BEFORE
    return timing.gap if near else None


EVIDENCE = EvidenceKind("repeats", find)
