"""Where each job's command runs once the plan is carried out, and so what its host is still needed for.

A schedule that moves does not empty a host: by default the command goes on running there, started by SSM. Only a
command that leaves (a container, Batch, Lambda, calls of cloud services alone) lets the host go.
"""

from migrator.advice.hazard import Move
from migrator.advice.host_ties import Tie, TieKind, ties_of
from migrator.advice.types import Placement, RunsOn
from migrator.model import Target

_TIED = {
    TieKind.BOOT: "it starts with the host",
    TieKind.MAINTENANCE: "it keeps the host itself in order, and ends with it",
    TieKind.DAEMON: "it keeps a process running there",
    TieKind.WATCHDOG: "it watches a process there",
    TieKind.SUB_MINUTE: "it runs every few seconds",
    TieKind.NEEDS_HOST: "it works on the host's own files or services",
}


def placement_of(move: Move) -> Placement | None:
    """Say where one job's command will run and why; None for a job that cron does not run."""
    job = move.job
    if not job.active:
        return None
    if move.target is Target.RETAIN:
        return _staying(move, ties_of(job, move.facts))
    if move.only_calls:
        return Placement(job.id, RunsOn.AWS, "it only calls cloud services")
    if move.leaves_host:
        return Placement(job.id, RunsOn.AWS, f"its command becomes {move.compute.value}")
    return Placement(job.id, RunsOn.HOST, "its command goes on running there, started by SSM")


def _staying(move: Move, ties: tuple[Tie, ...]) -> Placement:
    if any(tie.kind is TieKind.MAINTENANCE for tie in ties):
        return Placement(move.job.id, RunsOn.UPKEEP, _TIED[TieKind.MAINTENANCE])
    why = _TIED[ties[0].kind] if ties else "cron starts it as well as anything would"
    return Placement(move.job.id, RunsOn.CRON, why)
