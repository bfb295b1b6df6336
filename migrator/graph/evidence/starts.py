"""A script that starts another job's script.

**Speaks** when a script that a job runs calls, from inside, the very script that is another job's own command.

**Confidence.** 0.9 where the other job has no schedule of its own. Where it has one, the same work is done twice, by
itself and inside the other: a relation of 0.4, for nothing says which run anybody needs.

**Says nothing** of two jobs whose lines run the same script (perhaps with other arguments), and of a file of functions
that both read in: shared code is not an order.
"""

from collections import defaultdict
from collections.abc import Iterator

from migrator.commands.facts import Called, CommandFacts
from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.touches import hosts_of
from migrator.graph.types import DependencyKind, RelationKind
from migrator.model import Evidence, Job, JobId, ScheduleKind

_STARTED, _TWICE = 0.9, 0.4
# A script that so many jobs run is a wrapper or a library.
_MOST_OWNERS = 3


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate from each job that starts a script to the jobs whose own script that is."""
    owners: defaultdict[str, list[JobId]] = defaultdict(list)
    own: dict[JobId, set[str]] = {}
    for job in scene.jobs.values():
        facts = scene.facts.get(job.id)
        own[job.id] = {call.path for call in facts.called if call.origin == job.origin} if facts else set()
        for path in own[job.id]:
            owners[path].append(job.id)
    for job in scene.jobs.values():
        facts = scene.facts.get(job.id)
        for call in _inner(job, facts) if facts else ():
            others = owners.get(call.path, [])
            if call.path not in own[job.id] and len(others) <= _MOST_OWNERS:
                for other in others:
                    if hosts_of(job) & hosts_of(scene.jobs[other]):
                        yield _candidate(job, scene.jobs[other], call)


def _inner(job: Job, facts: CommandFacts) -> Iterator[Called]:
    for call in facts.called:
        if call.origin != job.origin and not call.how.startswith("sourced"):
            yield call


def _candidate(job: Job, other: Job, call: Called) -> Candidate:
    alone = other.schedule.kind in (ScheduleKind.UPSTREAM, ScheduleKind.UNREAD)
    return Candidate(
        job.id,
        other.id,
        DependencyKind.STARTS if alone else RelationKind.DOUBTFUL,
        _STARTED if alone else _TWICE,
        (
            Evidence(call.origin, call.written, f"{'starts' if alone else 'runs as well'} {call.path}"),
            Evidence(other.origin, other.text, f"has {call.path} as its own script"),
        ),
        place=f"script:{call.path}",
        holds="is started by it" if alone else "",
        basis="starts",
    )


EVIDENCE = EvidenceKind("starts", find)
