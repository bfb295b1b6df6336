"""A job that needs something of its host runs there, wherever it is started from.

**Why.** A local socket, a device, `/proc` or a service on localhost is not there on another machine. A lone job
stays; a chain can be started from elsewhere and still run on the host by SSM.

**Says nothing** when only files of the host are touched.
"""

from collections.abc import Iterator, Sequence

from migrator.advice.host_ties import TieKind
from migrator.advice.rule import MOVES, Rule, Subject, shown
from migrator.model import Job, Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for staying by how much of the cluster needs its host."""
    ties = [tie for tie in subject.shape.ties if tie.kind is TieKind.NEEDS_HOST]
    if not ties:
        return
    proof = shown(piece for tie in ties for piece in tie.evidence)
    if subject.lone:
        yield Reason(Target.RETAIN, 6, "it needs what is on its host", proof)
        yield Reason(Target.EVENTBRIDGE, -3, "it must go on running on its host, so the move saves $0", proof)
        return
    text = f"{_who([tie.job for tie in ties], subject)} what is on the host, and must be run there by SSM"
    for target in MOVES:
        yield Reason(target, -1, text, proof)


def _who(jobs: Sequence[Job], subject: Subject) -> str:
    if len(jobs) == len(subject.shape.moving):
        return "it needs" if len(jobs) == 1 else "all of its jobs need"
    return f"{jobs[0].title} needs" if len(jobs) == 1 else f"{len(jobs)} of its jobs need"


RULE = Rule("needs-host", judge, "decision guide, overlaps (EventBridge $0: the compute stays)")
