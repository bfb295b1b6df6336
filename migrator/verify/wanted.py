"""What cron and a workflow's order make of its jobs: the source that written files are compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from migrator.plan.clusters import TaskPart, WorkflowPart
from migrator.plan.jobs import JobPart
from migrator.redaction.marks import MARK
from migrator.verify.ordering import in_order
from migrator.verify.script import Run
from migrator.verify.traces import (
    NOT_UNDERSTOOD,
    Context,
    NotComparableError,
    Outcomes,
    Recorder,
    Runner,
    ShellRun,
    Trace,
    differences,
    scenarios,
)

_SECRET = "REDACTED-secret"  # noqa: S105 - a mark


@dataclass(frozen=True, slots=True)
class Wanted:
    """The jobs of a workflow and their order: a job starts when all before it have succeeded."""

    jobs: tuple[JobPart, ...]
    before: Mapping[str, tuple[str, ...]]
    elsewhere: tuple[str, ...] = ()

    @classmethod
    def of(cls, workflow: WorkflowPart, jobs: Mapping[str, JobPart]) -> Wanted:
        """Take the jobs of a workflow that are active, in an order in which each stands behind those before it."""
        mine = [name for name in workflow.jobs if name in jobs and jobs[name].active]
        before: dict[str, list[str]] = {name: [] for name in mine}
        for one, other in workflow.job_order:
            if one in before and other in before:
                before[other].append(one)
        direct = {name: tuple(names) for name, names in before.items()}
        elsewhere = {
            task.origin.path
            for task in workflow.tasks
            if task.job in before and task.command not in (None, jobs[task.job].command)
            if task.origin.path not in {jobs[task.job].origin.path, *(one.path for one in jobs[task.job].scripts)}
        }
        return cls(tuple(jobs[name] for name in in_order(direct)), direct, tuple(sorted(elsewhere)))

    def trace(self, outcomes: Outcomes) -> Trace:
        """Tell what runs; raise NotComparableError."""
        if self.elsewhere and not outcomes.whole:
            msg = f"its parts are of {', '.join(self.elsewhere)}, whose text the plan does not hold"
            raise NotComparableError(msg)
        recorder = Recorder(outcomes)
        ended: dict[str, tuple[bool, frozenset[int]]] = {}
        for job in self.jobs:
            former = [ended[name] for name in self.before[job.id]]
            if not all(succeeded for succeeded, _ in former):
                ended[job.id] = (False, frozenset())
                continue
            frontier = frozenset[int]().union(*(behind for _, behind in former))
            status, behind = shell_of(job, recorder).run(text_of(None, job), frontier)
            ended[job.id] = (status == 0, behind)
        return recorder.trace(int(not all(succeeded for succeeded, _ in ended.values())))


def compared(wanted: Wanted, written: Runner) -> tuple[list[str], str]:
    """Compare what cron runs with what was written; give the faults, and what holds where there are none.

    Raise NotComparableError where a text that is not understood is not run as it is, either.
    """
    try:
        faults, count = differences(wanted.trace, written)
    except NotComparableError as error:
        faults, count = differences(wanted.trace, written, whole=True)
        if not faults:
            return [], f"each command as a whole, with the same text and in an allowed order; {error}"
        broken = list(_broken(wanted, written(Outcomes(whole=True)), error))
        if not broken:
            raise
        return broken, ""
    return faults, f"each command once, with the same text and in an allowed order, in {count} ways to end"


def _broken(wanted: Wanted, found: Trace, error: NotComparableError) -> Iterator[str]:
    """Say where a text is another though nobody can tell what it runs: one command stands for the whole of a job.

    What is in several parts differs from the job's own text in any case. Where that can be read, its parts can.
    """
    for job in wanted.jobs:
        label = f"job {job.id}"
        mine = [event for event in found.events if label in event.surroundings]
        if len(mine) == 1 and mine[0].words != (text_of(None, job),) and not job.scripts:
            yield f"{mine[0].text[:200]} is another text than cron's"
    if str(error).endswith(NOT_UNDERSTOOD) and _is_read(wanted):
        yield f"it cannot be read, and what cron runs can: {error}"


def _is_read(wanted: Wanted) -> bool:
    try:
        for _ in scenarios(wanted.trace):
            pass
    except NotComparableError:
        return False
    return True


def shell_of(job: JobPart, recorder: Recorder, *, anywhere: bool = False) -> ShellRun:
    """Give the shell that cron starts for a job; `anywhere` where a cloud call does the work of its command."""
    bash = PurePosixPath(job.shell).name == "bash"
    environment = frozenset(setting.name for setting in job.settings)
    scripts = {script.call: script.text for script in job.scripts}
    return ShellRun(recorder, Context(bash, environment, label=f"job {job.id}", scripts=scripts, anywhere=anywhere))


def text_of(task: TaskPart | None, job: JobPart) -> str:
    """Give the command of a task or of a whole job; where a manifest gives a call in its place, a word for the call."""
    command = (task.command if task else None) or job.command
    return normal(command) if command.strip() else f"call {job.id}"


def normal(command: str) -> str:
    """Write every mark of a secret the same: a document knows that a secret stands there, and not of which kind."""
    return MARK.sub(_SECRET, command)


def command_of(run: Run) -> str:
    """Give the command that a document runs, with the mark in the place of each secret."""
    pieces = (
        piece if isinstance(piece, str) else _SECRET if piece.name in run.secrets else f"${piece.name}"
        for piece in run.command
    )
    return "".join(pieces)
