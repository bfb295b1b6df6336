"""A loop that waits until a file or an object is there, and the job that makes it.

**Speaks** when a job looks again and again for a place that another job writes.

**Confidence.** That of the names, and half of what is missing to certainty more: nobody waits for what nobody makes.
One common minute does not make it less sure, for the wait keeps the order. Such a wait becomes a sensor at the target.

**Says nothing** of a wait for a time, a process or a service, and of a loop that waits for what the same job makes.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.through import through
from migrator.graph.types import DependencyKind
from migrator.model import JobId, Mode, Resource

_ASKED_FOR = 0.5


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each wait whose place another job fills."""
    gone = {(touch.job, touch.resource) for touch in scene.touches if touch.mode in (Mode.DELETE, Mode.ROTATE)}
    for flow in scene.data.get(DependencyKind.WAIT, ()):
        sure = flow.belief + (1 - flow.belief) * _ASKED_FOR
        of_cycle = _of_this_cycle(flow.latter.job, flow.former.job, flow.latter.resource, gone)
        holds = "waits until it is there" if of_cycle else ""
        yield through(flow, DependencyKind.WAIT, "waits", sure, timed=not of_cycle, holds=holds)


def _of_this_cycle(latter: JobId, former: JobId, resource: Resource, gone: set[tuple[JobId, Resource]]) -> bool:
    """Say whether the last cycle's file cannot end the wait: a part of its name varies, or one of both removes it."""
    return "*" in resource.name or (latter, resource) in gone or (former, resource) in gone


EVIDENCE = EvidenceKind("waits", find)
