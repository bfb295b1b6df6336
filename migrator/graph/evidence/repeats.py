"""A job that does again, on its own, what another job ends with.

**Speaks** when the last steps of a job that does more are all that the other does: the very same lines of the same
script or makefile. Somebody wanted that part again, later, or did not know that it is done already.

**Confidence.** 0.35, with a short time gap 0.48: worth a look, never enough to join two jobs.

**Says nothing** of two lines with one command at different times, and of a part that more than four jobs have.
"""

from collections import defaultdict
from collections.abc import Iterator

from migrator.commands.facts import CommandFacts, Step
from migrator.graph.candidates import Candidate, EvidenceKind, Scene
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
    for longer in jobs:
        for shorter in jobs:
            more, less = steps[longer], steps[shorter]
            alike = len(more) > len(less) and more[-len(less) :] == less
            if alike and hosts_of(scene.jobs[longer]) & hosts_of(scene.jobs[shorter]):
                evidence = (
                    Evidence(key[0], key[1], f"ends {scene.jobs[longer].title} too"),
                    Evidence(scene.jobs[shorter].origin, scene.jobs[shorter].text, "does only that, again"),
                )
                yield Candidate(longer, shorter, DependencyKind.MEANT, _LOW, evidence, place="end", basis="repeats")


EVIDENCE = EvidenceKind("repeats", find)
