"""The template of the jobs of one set of hosts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from migrator.artifacts.calls import Asked, Call
from migrator.artifacts.calls.command import COMMON, KNOW, asked_for, command_call
from migrator.artifacts.calls.rendering import Asking
from migrator.artifacts.eventbridge import native
from migrator.artifacts.eventbridge.native import native_call
from migrator.artifacts.eventbridge.target import target
from migrator.artifacts.parts import document as documents
from migrator.artifacts.parts.base import imported
from migrator.artifacts.parts.cloudformation import Json, Template, described, dumped, joined, ref
from migrator.artifacts.parts.document import LONGEST_RUN, document
from migrator.artifacts.parts.file import CannotBeSaidError, File
from migrator.artifacts.parts.header import ENVIRONMENT, ended, header, kept_output
from migrator.artifacts.parts.jobs import check_ends
from migrator.artifacts.parts.parameters import TAG, Parameters, logical
from migrator.artifacts.parts.permissions import scheduler_role, secret_policy, to_send
from migrator.artifacts.parts.schedule import Delivery, Started, schedules
from migrator.artifacts.parts.secrets import Secret, secrets_of
from migrator.commands.facts import WaitKind
from migrator.model import ScheduleKind, Target
from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import FormPart, JobPart
from migrator.plan.names import job_key

_KNOW = """\
All schedules are DISABLED. Enable one in the minute in which its crontab line is made a comment.
Scheduler starts a job and does not wait for it. A run that fails is told to the topic of base.yaml.
""".splitlines()
_KNOW_HOSTS = f"""\
Commands have the user, home, shell, settings and standard input that cron gave them.
{ENVIRONMENT}
A start that the host misses is not made up for, as with cron. Delivery is at least once: rarely, it comes twice.
SSM's agent runs five commands at a time (CommandWorkersLimit in amazon-ssm-agent.json); cron has no such limit.
""".splitlines()
_KNOW_CALLS = """\
Calls of cloud services are made by Scheduler, in the account and region of this stack, and not by a host any more.
""".splitlines()
_BY_HOSTS = "each the same command on the same host by Systems Manager"
_BY_CALLS = "each the same cloud call without a host"
_BY_BOTH = f"{_BY_HOSTS}, or, where it is nothing else, the same cloud call without a host"
_BY_CONTAINERS = "the same command in a container, where the settings ask for that"
_MOST_HOSTS = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A job that can be restated, its expressions, and the longest run that its command or manifest allows.

    `call` is the cloud call that it is; where it is none, or only its host can make it, which `why` then says, its
    command runs on its hosts. `moved`: the call runs the command elsewhere, as the settings ask; `stays` says why it
    does not. `after` are jobs of the same minutes that should have succeeded before.
    """

    job: JobPart
    form: FormPart
    limit: int | None
    retries: int
    call: Call | None = None
    why: str = ""
    moved: bool = False
    stays: str = ""
    after: Sequence[str] = ()

    @classmethod
    def of(cls, job: JobPart, tasks: Sequence[TaskPart], read: Collection[str] = ()) -> Self:
        """Take a job and its tasks; raise CannotBeSaidError where it cannot be restated. `read` as in `native`."""
        form = job.schedule.forms.get(Target.EVENTBRIDGE)
        if form is None or not form.expressions:
            raise CannotBeSaidError((form and form.why_not) or "no expression says its schedule")
        limit = tasks[0].timeout if len(tasks) == 1 else None
        retries = max((task.retries or 0 for task in tasks), default=0)
        why = ""
        if any(task.call is not None for task in tasks):
            try:
                return cls(job, form, limit, retries, native_call(job, form, tasks, read))
            except CannotBeSaidError as reason:
                why = str(reason)
                if not job.command.strip():
                    raise
        stays = ""
        if asked_for(job):
            try:
                return cls(job, form, limit, retries, _elsewhere(job, form, limit), moved=True)
            except CannotBeSaidError as reason:
                stays = str(reason)
        check_ends(job)
        # Whether the command can be restated shows only in the attempt.
        document(job, form, limit, Parameters((job.host,)))
        return cls(job, form, limit, retries, why=why, stays=stays)


def _elsewhere(job: JobPart, form: FormPart, limit: int | None) -> Call:
    if form.guard_days is not None:
        msg = "no expression says its days, and Scheduler cannot ask for the day"
        raise CannotBeSaidError(msg)
    return command_call(job, job.command, limit)


def host_file(name: str, hosts: tuple[str | None, ...], entries: Sequence[Entry]) -> File:
    """Make the template of some hosts' jobs."""
    parameters = Parameters(hosts)
    parameters.base_stack()
    resources: dict[str, Json] = {}
    sent: list[str] = []
    calls: list[tuple[Call, Asking]] = []
    secrets: dict[tuple[str, int], Secret] = {}
    for entry in entries:
        base = _base(entry.job, resources)
        if entry.call is not None:
            asking = _asking(parameters, entry)
            calls.append((entry.call, asking))
            _add_call(base, entry, entry.call, asking, resources, parameters)
        else:
            sent.append(_add(base, entry, resources, parameters))
            secrets |= {(secret.place, secret.number): secret for secret in secrets_of(entry.job).all}
    if sent:
        allowed = secret_policy([parameters.secret(secret) for secret in secrets.values()], parameters)
        resources |= scheduler_role(to_send(sent, parameters)) | allowed | {"FailureNotice": _notice()}
    resources |= native.roles(calls)
    template: Template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": described(f"Cron entries of {_hosts_in_words(hosts)}, started by EventBridge Scheduler"),
        "Parameters": parameters.declared,
        "Resources": resources,
    }
    jobs = [entry.job for entry in entries]
    title = f"EventBridge Scheduler: the cron entries below, {_how(entries)}."
    head = header(title, jobs, parameters.told.items(), _know(parameters, entries))
    return File(f"eventbridge/{name}.yaml", head + dumped(template), tuple(job.id for job in jobs))


def _how(entries: Sequence[Entry]) -> str:
    sent = any(entry.call is None for entry in entries)
    calls = any(entry.call is not None and not entry.moved for entry in entries)
    how = [_BY_BOTH if sent and calls else _BY_CALLS if calls else _BY_HOSTS] if sent or calls else []
    return "; ".join([*how, *([_BY_CONTAINERS] if any(entry.moved for entry in entries) else [])])


def _base(job: JobPart, resources: dict[str, Json]) -> str:
    """Give what the logical ids of a job's resources begin with."""
    base = logical(job_key(job.id), 60)
    base = base if base[:1].isalpha() else f"Job{base}"
    while any(f"{base}{ending}" in resources for ending in ("Document", "Schedule", "Schedule1")):
        base += "X"
    return base


def _asking(parameters: Parameters, entry: Entry) -> Asking:
    def asking(asked: Asked) -> Json:
        return parameters.of_call(asked, "Commands" if entry.moved and asked.name in COMMON else entry.job.id)

    return asking


def _add_call(
    base: str, entry: Entry, call: Call, asking: Asking, resources: dict[str, Json], parameters: Parameters
) -> None:
    """Add the schedules of a job that is a cloud call, and the notice of its failure."""
    job = entry.job
    delivery = Delivery.of(job.schedule.runs_per_month)
    called, role = native.target(call, asking), native.role_name(call)
    started = Started(job_key(job.id), {"Job": job_key(job.id)}, job.schedule.random_minutes)
    for ending, schedule in schedules(started, entry.form, called, delivery, parameters, role):
        resources[f"{base}Schedule{ending}"] = schedule
    for ending, told in native.notice(job, call, asking).items():
        resources[f"{base}{ending}"] = told


def _add(base: str, entry: Entry, resources: dict[str, Json], parameters: Parameters) -> str:
    """Add a job's document and schedules; give the document's logical id."""
    job = entry.job
    content, guarded = document(job, entry.form, entry.limit, parameters)
    resources[f"{base}Document"] = documents.resource(job_key(job.id), {"Job": job_key(job.id)}, content)
    delivery = Delivery.of(job.schedule.runs_per_month)
    called = target(f"{base}Document", parameters, delivery, guarded=guarded)
    started = Started(job_key(job.id), {"Job": job_key(job.id)}, job.schedule.random_minutes)
    for ending, schedule in schedules(started, entry.form, called, delivery, parameters):
        resources[f"{base}Schedule{ending}"] = schedule
    return f"{base}Document"


def _notice() -> Json:
    """Tell the topic of runs that failed, in place of cron's mail (user guide, «Run Command event types»)."""
    return {
        "Type": "AWS::Events::Rule",
        "Properties": {
            "Description": "A command that cron ran failed",
            "EventPattern": {
                "source": ["aws.ssm"],
                "detail-type": [
                    "EC2 Command Status-change Notification",
                    "EC2 Command Invocation Status-change Notification",
                ],
                "detail": {
                    "document-name": [{"prefix": joined([ref("AWS::StackName"), "-"])}],
                    "status": ["Failed", "TimedOut", "Cancelled"],
                },
            },
            "Targets": [{"Id": "topic", "Arn": imported("TopicArn")}],
        },
    }


def _know(parameters: Parameters, entries: Sequence[Entry]) -> Iterator[str]:
    yield from _KNOW
    hosted = [entry for entry in entries if entry.call is None]
    if hosted:
        yield from _KNOW_HOSTS
        yield kept_output("What a run printed", [entry.job for entry in hosted])
    yield from _KNOW_CALLS if any(entry.call is not None and not entry.moved for entry in entries) else ()
    yield from KNOW if any(entry.moved for entry in entries) else ()
    regions = sorted({entry.call.region for entry in entries if entry.call is not None and entry.call.region})
    if regions:
        yield f"Deploy it in {', '.join(regions)}, where its calls are made, beside a stack of base.yaml there."
    if len(parameters.hosts) > 1:
        yield f"The entry stands on {len(parameters.hosts)} hosts, and each start runs on all of them, as now."
    if parameters.by_tag:
        yield f"The hosts are found by the tag {TAG}: whoever may set tags decides where these commands may run."
    if any(entry.limit is None for entry in hosted):
        yield f"A run may take {LONGEST_RUN // 3600} hours, the most that Systems Manager allows; cron sets no limit."
    for entry in entries:
        yield from _about(entry)


def _about(entry: Entry) -> Iterator[str]:
    job, place = entry.job, str(entry.job.origin)
    if entry.form.guard_days is not None:
        yield f"{place}: no expression says its days; the document goes on only on those that cron means."
    if job.schedule.random_minutes:
        yield f"{place}: cron draws the start from {job.schedule.random_minutes} minutes; the flexible window does so."
    if entry.why:
        yield f"{place}: its cloud call is made by its host as before, because {entry.why}."
    if entry.stays:
        yield f"{place}: the settings ask for {job.compute}; its command stays on its host, because {entry.stays}."
    for note in entry.call.notes if entry.call is not None else ():
        yield f"{place}: {note}"
    yield from ended(job, [entry.limit] if entry.limit is not None and entry.call is None else [])
    if any(wait.startswith(WaitKind.RANDOM) for wait in job.waits):
        yield f"{place}: its own pause of random length is left in it, so its window is off."
    if entry.retries:
        yield f"{place}: its manifest asks for {entry.retries} retries, which Scheduler cannot make of a failed run."
    if entry.after:
        before = ", ".join(entry.after)
        yield f"{place}: it should follow {before}, which starts at the same minutes; Scheduler keeps no such order."
    for text in entry.form.differences:
        yield f"{place}: {text}."
    if job.schedule.kind is not ScheduleKind.CRON:
        yield f"{place}: it is started by {job.schedule.kind}."


def _hosts_in_words(hosts: tuple[str | None, ...]) -> str:
    named = [host or "a host without a name" for host in hosts]
    more = f" and {len(named) - _MOST_HOSTS} more hosts" if len(named) > _MOST_HOSTS else ""
    return ", ".join(named[:_MOST_HOSTS]) + more
