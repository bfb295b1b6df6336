"""What the comment at the beginning of a template tells its reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrator.artifacts.calls.command import KNOW
from migrator.artifacts.parts.document import LONGEST_RUN
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.parts.header import ENVIRONMENT, ended, kept_output
from migrator.artifacts.parts.parameters import TAG, Parameters
from migrator.artifacts.step_functions.definition import Plan
from migrator.artifacts.step_functions.watching import Watch
from migrator.artifacts.step_functions.work import Work
from migrator.commands.facts import WaitKind

TITLE = "Step Functions: a state machine for each workflow of these cron entries, started by EventBridge Scheduler."
_KNOW = """\
All schedules are DISABLED. Enable one in the minute in which its crontab line is made a comment.
Give the stack a name of at most 35 characters: it begins the names of the machines, which have at most 80.
An execution that fails, is stopped or takes too long is told to the topic of base.yaml.
Executions and each of their steps can be seen for 90 days in Step Functions; no log group is made.
A run that is still going on when the next is due does not keep it from starting, as with cron.
Delivery is at least once: rarely, a start comes twice.
""".splitlines()
_KNOW_HOSTS = f"""\
Commands run on the same hosts by Systems Manager, with the user, home, shell and settings that cron gave them.
{ENVIRONMENT}
A command is looked at every 30 seconds: the next one starts up to so much later than in a shell.
Stopping an execution does not stop the command that runs: cancel that in Run Command.
A start that the host misses is not made up for, as with cron.
The role of a machine may look at all commands of the account in this region: IAM knows no narrower leave for that.
""".splitlines()
_KNOW_CALLS = """\
Calls of cloud services are made by the machine, in the account and region of this stack, and not by a host any more.
""".splitlines()


def know(plans: Sequence[Plan], parameters: Parameters) -> Iterator[str]:
    """Give the sentences, those of all workflows first."""
    yield from _KNOW
    works = [work for plan in plans for work in plan.works]
    if hosted := [work.job for work in works if work.commands]:
        yield from _KNOW_HOSTS
        yield kept_output("What a command printed", hosted)
    yield from _KNOW_CALLS if any(work.calls.keys() - work.moved for work in works) else ()
    yield from KNOW if any(work.moved for work in works) else ()
    if parameters.by_tag:
        yield f"The hosts are found by the tag {TAG}: whoever may set tags decides where these commands may run."
        yield "A command runs on all hosts at once, and where it fails on one the next runs on none."
    for plan in plans:
        yield from dict.fromkeys(_of_plan(plan))


def _of_plan(plan: Plan) -> Iterator[str]:
    place = str(plan.works[0].job.origin)
    if plan.spread:
        yield f"{place}: it stands on {len(plan.spread)} hosts; each has its own schedule and executions, as now."
    if plan.form.guard_days is not None:
        yield f"{place}: no expression says its days; the first step asks a host and ends the run on all others."
    for text in plan.form.differences:
        yield f"{place}: {text}."
    for inflow in plan.workflow.inflows:
        when = "the run before of " if inflow.previous_run else ""
        yield f"{place}: it needs {when}{inflow.upstream} ({inflow.what}); the clock alone keeps that order, as now."
    for work in plan.works:
        yield from _of_work(work, plan)


def _of_work(work: Work, plan: Plan) -> Iterator[str]:
    job, place = work.job, str(work.job.origin)
    if work.why:
        yield f"{place}: its command is {'one task' if len(work.tasks) == 1 else 'several tasks'}: {work.why}."
    if job.locks:
        held = ", ".join(job.locks)
        yield f"{place}: its command takes {held} on its host, as now; executions themselves may overlap."
    if work.stays:
        yield f"{place}: the settings ask for {job.compute}; its commands stay on its host, because {work.stays}."
    if job.schedule.random_minutes:
        yield f"{place}: cron draws the start from {job.schedule.random_minutes} minutes; the flexible window does so."
    for call in work.calls.values():
        # A machine waits for what Scheduler only starts.
        yield from (f"{place}: {note}" for note in call.call.notes if "Scheduler" not in note)
        if call.call.region is not None:
            yield f"{place}: its command names the region {call.call.region}: this stack must stand there."
    for watched in work.watches.values():
        asked = f"s3://{watched.bucket}/{watched.prefix}"
        yield f"{place}: the machine asks for {asked} every {watched.every} s; the bucket must be in its region."
        if watched.endless:
            hours = watched.looks * watched.every // 360 / 10
            yield f"{place}: its command waits for {asked} without an end, the machine {hours:g} hours."
    for name in work.commands:
        wait = work.tasks[name].waits_for
        if wait is not None and wait.kind is WaitKind.OBJECT:
            yield f"{place}: it looks for {wait.target} on its host: {_why_on_host(work, name)}."
    yield from ended(job, [plan.limits[name] for name in work.commands if work.tasks[name].timeout is not None])
    open_ended = [name for name in work.commands if work.tasks[name].timeout is None]
    longest = max((plan.limits[name] for name in open_ended), default=LONGEST_RUN)
    if longest < LONGEST_RUN:
        hours = longest // 360 / 10
        room = "for which a run's history has room; cron sets no limit"
        yield f"{place}: a command is ended after {hours:g} hours, {room}."


def _why_on_host(work: Work, name: str) -> str:
    try:
        Watch.of(work.tasks[name], work.job)
    except CannotBeSaidError as reason:
        return str(reason)
    return "its command is one task"
