"""Whether a call runs a job's command on the compute that the settings ask for, read from the written call alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from migrator.plan.jobs import JobPart
from migrator.verify.cloud_call import Request
from migrator.verify.values import Value, scalars, table

_CALLS = {"ecs": ("ecs", "runTask"), "batch": ("batch", "submitJob")}
# What a person fills in; a job of Batch has a name of its own, and may have a limit.
_FILLED = {
    "ecs": frozenset({"Cluster", "TaskDefinition", "LaunchType", "NetworkConfiguration"}),
    "batch": frozenset({"JobQueue", "JobDefinition"}),
}
_BESIDE = {"ecs": frozenset({"Overrides"}), "batch": frozenset({"ContainerOverrides", "JobName", "Timeout"})}
_REFERENCE = re.compile(r"<[A-Za-z0-9]+>")
_OF_CRON = frozenset({"SHELL", "LOGNAME", "USER"})


def moved(job: JobPart) -> bool:
    """Say whether the settings ask for compute that a call can start."""
    return job.compute in _CALLS and bool(job.command.strip())


def elsewhere_faults(job: JobPart, command: str, written: Request) -> Iterator[str]:
    """Say in what a call differs from one that runs a command of a job as its settings ask."""
    if (written.service, written.action) != _CALLS.get(job.compute):
        yield f"it calls {written.service}:{written.action}, and the settings ask for {job.compute}"
        return
    members, filled = written.members, _FILLED[job.compute]
    for name in sorted(filled):
        if not all(_REFERENCE.fullmatch(str(one)) for one in scalars(members.get(name))) or name not in members:
            yield f"{name} is not left to be filled in"
    for name in sorted(members.keys() - filled - _BESIDE[job.compute]):
        yield f"{name} is sent, which nobody asks for"
    override = _override(job.compute, members)
    if override.get("Command") != [job.shell, "-c", command]:
        yield "it runs another command"
    given = override.get("Environment", [])
    tables = [table(one) for one in given] if isinstance(given, list) else []
    found = {str(one.get("Name")): one.get("Value") for one in tables}
    wanted = {one.name: one.value for one in job.settings if one.name not in _OF_CRON}
    if found != wanted:
        yield "its variables are not those of the crontab's settings lines"


def _override(compute: str, members: Mapping[str, Value]) -> Mapping[str, Value]:
    if compute == "batch":
        return table(members.get("ContainerOverrides"))
    containers = table(members.get("Overrides")).get("ContainerOverrides")
    return table(containers[0]) if isinstance(containers, list) and len(containers) == 1 else {}
