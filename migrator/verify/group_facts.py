"""All that the checks of a group ask of the plan, as data, and a plan's parts that know nothing else.

Whatever is checked against such parts hangs on these facts alone: a part that is asked for more raises AttributeError.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from migrator.model import Dialect, ScheduleKind, Target
from migrator.plan.clusters import CallPart, TaskPart, WorkflowPart
from migrator.plan.document import ArtifactPart
from migrator.plan.jobs import JobPart, ReplicaPart, SchedulePart, ScriptPart, SettingPart
from migrator.plan.names import job_key
from migrator.plan.parts import Part, PlaceOf, RangePart
from migrator.verify.listing import Group, Listing

_Of = TypeVar("_Of", bound=Part)
Facts = list[Any]
"""Lists, texts, numbers and None, as JSON has them: the target, its jobs, their tasks, and their workflows."""

# What cron sets itself, whatever the settings say.
_OF_CRON = frozenset({"SHELL", "LOGNAME", "USER"})
_PLAIN = re.compile(r"[A-Za-z0-9_./:=@%+,-]+")
# Two braces, which Systems Manager would act on, are looked for in what documents hold.
_LINE = re.compile(r"(?!.*\{\{)[\x20-\x26\x28-\x7e]+")
MOST_HOSTS = 12
_COMMAND, _SCRIPTS = 6, 11  # places in the facts of a job
_TARGETS = (Target.EVENTBRIDGE, Target.STEP_FUNCTIONS)


@dataclass(slots=True)
class Told:
    """The facts of a group, the texts in which its names stand, and what is put for texts that are compared as a whole.

    Such a text stands in a script in single quotes, at the end of a line: `lines` leads from that to what is put there.
    `whole` leads from the text to what is put for it.
    """

    facts: Facts = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    lines: dict[str, str] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)

    def value(self, name: str, text: str) -> str:
        """Give what is put for the value of a setting: itself where it is more than signs that need no quotes."""
        if name in _OF_CRON or not _PLAIN.fullmatch(text):
            self.named.append(text)
            return text
        return self._put(f"{name}=", text, "zqv{:03}")

    def command(self, text: str) -> str:
        """Give what is put for a command that nobody looks into: itself where it does not stand in one line."""
        if not _LINE.fullmatch(text):
            self.named.append(text)
            return text
        return self._put("", text, "zqc{:03} line")

    def _put(self, before: str, text: str, form: str) -> str:
        made = self.whole.setdefault(text, form.format(len(self.whole)))
        self.lines[f" {before}'{text}' \\\n"] = f" {before}'{made}' \\\n"
        return made


def facts_of(group: Group, listing: Listing) -> Told | None:
    """Give the facts of a group that is one template for its jobs; None where it is anything else.

    Of many hosts it matters how many there are, of a schedule all but its minutes, which are compared apart. What tasks
    and scripts there are matters where a machine runs them, or where a schedule makes a call.
    """
    if len(group.artifacts) != 1 or not group.jobs:
        return None
    (artifact,) = group.artifacts
    names, target = artifact.jobs, artifact.target
    if target not in _TARGETS or not artifact.path.endswith(".yaml") or sorted(names) != list(group.jobs):
        return None
    if not all(_at_home(name, artifact, listing) for name in names):
        return None
    tasks = {name: listing.tasks.get(name, ()) for name in names}
    if any(task.waits_for is not None for some in tasks.values() for task in some):
        return None
    told = Told()
    of_machines = target is Target.STEP_FUNCTIONS
    looked_into = {name for name in names if of_machines or any(task.call is not None for task in tasks[name])}
    flows = {flow.id: flow for name in names for flow in listing.workflows.get(name, ())} if of_machines else {}
    told.facts = [
        target,
        [_job(listing.jobs[name], told, whole=name not in looked_into) for name in names],
        [_task(task, whole=name not in looked_into) for name in names for task in tasks[name]],
        [_workflow(flow) for flow in flows.values()],
    ]
    return told


def _at_home(name: str, artifact: ArtifactPart, listing: Listing) -> bool:
    return (
        listing.expected[name] is artifact.target
        and job_key(name) == name
        and tuple(listing.homes[name]) == (artifact.path,)
        and listing.jobs[name].compute == "ssm"
    )


def _job(job: JobPart, told: Told, *, whole: bool) -> Facts:
    """Give the facts of a job; `whole`: its command is compared as a whole."""
    schedule = job.schedule
    hosts = [job.host, *(replica.host for replica in job.replicas)]
    told.named += [host for host in hosts[:MOST_HOSTS] if host]
    if not whole:
        told.named += [job.origin.path, job.command]
    return [
        job.id,
        None if whole else job.origin.path,
        hosts if len(hosts) <= MOST_HOSTS else [len(set(hosts)), len(hosts)],
        job.user,
        job.active,
        [schedule.kind, schedule.dialect, schedule.random_minutes],
        told.command(job.command) if whole else job.command,
        job.stdin,
        job.shell,
        [[setting.name, told.value(setting.name, setting.value)] for setting in job.settings],
        job.compute,
        None if whole else [[script.call, script.path, script.text] for script in job.scripts],
    ]


def _task(task: TaskPart, *, whole: bool = False) -> Facts:
    if whole:
        return [task.job, task.timeout, None]
    call = task.call
    told = None if call is None else [call.service, call.action, call.name, call.arguments]
    return [task.job, task.timeout, [task.origin.path, task.command, task.retries, task.retry_delay, told]]


def _workflow(flow: WorkflowPart) -> Facts:
    states = None if flow.states is None else [flow.states.low, flow.states.high]
    return [flow.id, flow.jobs, flow.job_order, [_task(task) for task in flow.tasks], states]


def parts_of(facts: Facts, path: str) -> tuple[Group, Listing]:
    """Make the group and the listing of facts; `path` is the one of its template."""
    target = Target(facts[0])
    jobs = {job.id: job for job in map(_job_part, facts[1])}
    names = tuple(jobs)
    tasks: defaultdict[str, list[TaskPart]] = defaultdict(list)
    for task in map(_task_part, facts[2]):
        tasks[task.job].append(task)
    workflows: defaultdict[str, list[WorkflowPart]] = defaultdict(list)
    for flow in map(_workflow_part, facts[3]):
        for name in flow.jobs:
            workflows[name].append(flow)
    homes = dict.fromkeys(names, (path,))
    group = Group((_only(ArtifactPart, path=path, target=target, jobs=names),), tuple(sorted(names)))
    return group, Listing(jobs, jobs, homes, tasks, workflows, {}, dict.fromkeys(names, target))


def shell_texts(facts: Facts) -> Iterator[str]:
    """Give all shell text in facts that is looked into."""
    for job in facts[1]:
        yield job[_COMMAND]
        yield from (text for _, _, text in job[_SCRIPTS] or ())


def _job_part(facts: Facts) -> JobPart:
    name, path, hosts, user, active, (kind, dialect, minutes), *rest = facts
    command, stdin, shell, settings, compute, scripts = rest
    host, *others = _numbered(*hosts) if isinstance(hosts[0], int) else hosts
    more: dict[str, object] = {}
    if scripts is not None:
        more["origin"] = _only(PlaceOf, path=path)
        more["scripts"] = tuple(_only(ScriptPart, call=call, path=place, text=text) for call, place, text in scripts)
    return _only(
        JobPart,
        id=name,
        host=host,
        replicas=tuple(_only(ReplicaPart, host=one) for one in others),
        user=user,
        active=active,
        schedule=_only(SchedulePart, kind=ScheduleKind(kind), dialect=Dialect(dialect), random_minutes=minutes),
        command=command,
        stdin=stdin,
        shell=shell,
        settings=tuple(_only(SettingPart, name=one, value=value) for one, value in settings),
        compute=compute,
        **more,
    )


def _numbered(distinct: int, count: int) -> list[str]:
    """Give so many hosts that are called by numbers, as no host is."""
    return [f"#{min(number, distinct - 1)}" for number in range(count)]


def _task_part(facts: Facts) -> TaskPart:
    job, timeout, more = facts
    if more is None:
        return _only(TaskPart, job=job, timeout=timeout, call=None, waits_for=None)
    path, command, retries, delay, told = more
    call = None
    if told is not None:
        service, action, name, arguments = told
        call = CallPart(service=service, action=action, name=name, arguments=tuple(map(tuple, arguments)))
    return _only(
        TaskPart,
        job=job,
        timeout=timeout,
        origin=_only(PlaceOf, path=path),
        command=command,
        retries=retries,
        retry_delay=delay,
        call=call,
        waits_for=None,
    )


def _workflow_part(facts: Facts) -> WorkflowPart:
    name, jobs, order, tasks, states = facts
    return _only(
        WorkflowPart,
        id=name,
        jobs=tuple(jobs),
        job_order=tuple(map(tuple, order)),
        tasks=tuple(map(_task_part, tasks)),
        states=None if states is None else RangePart(low=states[0], high=states[1]),
    )


def _only(part: type[_Of], **known: object) -> _Of:
    """Make a part that has some of its fields, and no other one."""
    made = part.__new__(part)
    object.__setattr__(made, "__dict__", known)
    object.__setattr__(made, "__pydantic_fields_set__", set(known))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made
