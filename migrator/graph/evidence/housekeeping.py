"""Jobs that look after what others write: clean-up, rotation, backup, monitoring, a service that shows it.

**Speaks** when a job only deletes in, moves away, copies whole or looks at a place that another writes. None of these
needs the other's run: a backup taken before the load is as good a backup. They are relations, never dependencies. So
is what a server reads that a job keeps running, or starts with the host: it reads when it is asked, not when it starts.

**Confidence.** That of the names. It is that of the tie, not of an order.

**Says nothing** of work that is only sent to the background (`nohup load.sh &`), of a consumer that deletes what it has
worked on, for that is a flow of data, and of a job that clears what it then fills itself, as others do: each clears it
for its own run.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.meetings import flows
from migrator.graph.natures import Nature
from migrator.graph.through import through
from migrator.graph.types import RelationKind
from migrator.model import WRITES, Mode

_NATURES = {
    Nature.BACKUP: RelationKind.BACKUP,
    Nature.MONITORING: RelationKind.MONITORING,
    Nature.SERVICE: RelationKind.SERVICE,
}


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a relation from each job that writes to the one that looks after it."""
    for nature, kind in _NATURES.items():
        for flow in scene.other.get(nature, ()):
            yield through(flow, kind, "housekeeping")
    yield from _care(scene, Mode.DELETE, RelationKind.CLEANUP, logs=False)
    yield from _care(scene, Mode.ROTATE, RelationKind.ROTATION, logs=True)


def _care(scene: Scene, mode: Mode, kind: RelationKind, *, logs: bool) -> Iterator[Candidate]:
    written = [touch for touch in scene.touches if touch.mode in WRITES and (logs or not touch.log)]
    # A temporary file that a job makes and moves away is its own affair; the log that it adds to is everybody's.
    own = {(touch.job, touch.resource) for touch in written if not touch.log and mode is Mode.DELETE}
    carers = [touch for touch in scene.touches if touch.mode is mode and (touch.job, touch.resource) not in own]
    if not carers:
        return
    found = flows(written, carers, scene.families)
    filled = {(touch.job, touch.resource) for touch in written if not touch.log}
    for flow in (*found.flows, *found.shared):
        # Who fills a place as the other does clears it for himself.
        if (flow.latter.job, flow.former.resource) not in filled:
            yield through(flow, kind, "housekeeping")


EVIDENCE = EvidenceKind("housekeeping", find)
