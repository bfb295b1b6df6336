"""Jobs that hold the same lock: never at the same time, in no order.

**Speaks** when two jobs on one host name one lock of one kind: an exclusion, which a target must keep.

**Confidence.** 0.9 for a name, 0.6 for a pattern.

**Says nothing** of a job that locks itself out, of a lock whose name is not known, and of different kinds: a process
list does not see a lock file.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from migrator.commands.facts import Lock, LockKind
from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.touches import hosts_of, plain_lock
from migrator.graph.types import RelationKind
from migrator.model import Evidence, JobId

_SURE, _PATTERN = 0.9, 0.6
# Beyond this number a lock's jobs are tied one to the next: all pairs would say no more.
_MOST = 8


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a relation for each two jobs that share a lock."""
    holders: defaultdict[tuple[LockKind, str, str | None], dict[JobId, Lock]] = defaultdict(dict)
    for job in scene.jobs.values():
        facts = scene.facts.get(job.id)
        for lock in facts.locks if facts else ():
            if lock.name.strip("*/. ") and plain_lock(lock):
                for host in hosts_of(job):
                    holders[lock.kind, lock.name, host].setdefault(job.id, lock)
    said: set[tuple[JobId, JobId, str]] = set()
    for (_, name, _), locks in sorted(holders.items(), key=lambda item: (item[0][0], item[0][1], str(item[0][2]))):
        ids = sorted(locks)
        for one, other in combinations(ids, 2) if len(ids) <= _MOST else pairwise(ids):
            if (one, other, name) not in said:
                said.add((one, other, name))
                yield _candidate(one, other, locks[one], locks[other])


def _candidate(one: JobId, other: JobId, former: Lock, latter: Lock) -> Candidate:
    evidence = tuple(Evidence(lock.origin, lock.text, f"locks {lock.name}") for lock in (former, latter))
    sure = _PATTERN if "*" in former.name else _SURE
    return Candidate(one, other, RelationKind.LOCK, sure, evidence, place=former.name, basis="locks")


EVIDENCE = EvidenceKind("locks", find)
