"""Where each job's command runs once the plan is carried out, and so what its host is still needed for.

A schedule that moves does not empty a host: by default the command goes on running there, started by SSM. Only a
command that leaves (a container, Batch, Lambda, calls of cloud services alone) lets the host go.
"""

from migrator.advice.hazard import Move
from migrator.advice.host_ties import Tie, TieKind, ties_of
from migrator.advice.types import Placement, RunsOn
from migrator.model import Target
from migrator.settings import Compute

_TIED = {
    TieKind.BOOT: "started with the host",
    TieKind.MAINTENANCE: "the host's own upkeep, which ends with it",
    TieKind.DAEMON: "a process kept running there",
    TieKind.WATCHDOG: "a watch over a process there",
    TieKind.SUB_MINUTE: "started every few seconds",
    TieKind.NEEDS_HOST: "work on the host's own files or services",
}

_BECOMES = {
    Compute.ECS: "a container runs, as a task of ECS",
    Compute.BATCH: "a container runs, as a job of AWS Batch",
}


def placement_of(move: Move) -> Placement | None:
    """Say where one job's command will run and why; None for a job that cron does not run."""
    job = move.job
    if not job.active:
        return None
    if move.target is Target.RETAIN:
        return _staying(move, ties_of(job, move.facts))
    if move.only_calls:
        return Placement(job.id, RunsOn.AWS, "calls of cloud services only, made without it")
    stays = move.why_on_host
    if stays is None:
        return Placement(job.id, RunsOn.AWS, f"a command that {_BECOMES[move.compute]}", move.compute.value)
    where = "goes on running there" if job.has_host else "goes on running on a host, which no file names"
    asked = f"; the settings ask for {move.compute.value}, but {stays}" if stays else ""
    return Placement(job.id, RunsOn.HOST, f"a command that {where}, started by SSM{asked}", move.compute.value)


def _staying(move: Move, ties: tuple[Tie, ...]) -> Placement:
    if any(tie.kind is TieKind.MAINTENANCE for tie in ties):
        return Placement(move.job.id, RunsOn.UPKEEP, _TIED[TieKind.MAINTENANCE])
    why = _TIED[ties[0].kind] if ties else "as well off with cron as with anything else"
    return Placement(move.job.id, RunsOn.CRON, why)
