"""Whether a document of Systems Manager is one step, asks for what it is told, and ends a job when it should."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from migrator.plan.clusters import TaskPart
from migrator.verify.values import Value, as_list, table

_NAME = re.compile(r"[A-Za-z0-9_.-]{3,128}")
_CONTENT = frozenset({"schemaVersion", "description", "parameters", "mainSteps"})
_STEP = frozenset({"action", "name", "inputs"})
_INPUTS = frozenset({"timeoutSeconds", "runCommand"})
_PARAMETERS = {
    "ScheduledTime": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
    "Round": "^[0-9]{1,5}$",
}
_SENT = frozenset({"DocumentName", "InstanceIds", "Targets", "TimeoutSeconds", "Parameters"})
_SENT |= {"MaxConcurrency", "MaxErrors"}
_DELIVERED = 60, 900  # seconds
_LONGEST = 172_800  # seconds: 48 hours, the most that the action takes
_LEAST = 1800  # where a run of several commands has room for no more
_GRACE = 60  # a command that ends itself must have the time to say so


def content_faults(name: str, content: Value, tasks: Sequence[TaskPart], *, shared: bool = False) -> Iterator[str]:
    """Say what a document does beside running its script, and where it ends it at another time than the plan says.

    `tasks` are those that it may be for; `shared` says that the history of a run must have room for several.
    """
    given = table(content)
    steps = as_list(given.get("mainSteps"))
    step = table(steps[0]) if steps else {}
    inputs = table(step.get("inputs"))
    for part, known in ((given, _CONTENT), (step, _STEP), (inputs, _INPUTS)):
        for member in sorted(part.keys() - known):
            yield f"{name} says {member}, which no job needs"
    if given.get("schemaVersion") != "2.2" or not _NAME.fullmatch(str(step.get("name", ""))):
        yield f"{name} is no document that Systems Manager takes: its schema or the name of its step"
    for asked, told in table(given.get("parameters")).items():
        pattern = _PARAMETERS.get(asked.rstrip("0123456789"))
        if table(told) != {**table(told), "type": "String", "allowedPattern": pattern} or len(table(told)) != 3:
            yield f"{name} takes any text for {asked}, or needs none"
    yield from _limit_faults(name, str(inputs.get("timeoutSeconds", "")), tasks, shared=shared)


def sending_faults(who: str, parameters: Mapping[str, Value]) -> Iterator[str]:
    """Say what is sent beside a document to its hosts, and where it may reach them long after its time, or hardly."""
    for name in sorted({name.removesuffix(".$") for name in parameters} - _SENT):
        yield f"{who} sends {name}, which no job needs"
    if {"InstanceIds", "Targets"} <= parameters.keys():
        yield f"{who} names hosts in two ways"
    delivered = parameters.get("TimeoutSeconds")
    if not isinstance(delivered, int) or not _DELIVERED[0] <= delivered <= _DELIVERED[1]:
        yield f"{who} lets a command reach its host too late or hardly"


def _limit_faults(name: str, text: str, tasks: Sequence[TaskPart], *, shared: bool) -> Iterator[str]:
    if not text.isdecimal() or not text.isascii():
        yield f"{name} has no timeout, so it is killed after an hour"
        return
    limits = [task.timeout for task in tasks if task.timeout is not None]
    open_ended = not tasks or len(limits) < len(tasks)
    least = min(limits, default=_LONGEST)
    most = _LONGEST if open_ended else min(sum(limits) + _GRACE, _LONGEST)
    if open_ended and not limits:
        least = _LEAST if shared else _LONGEST
    if not min(least, _LONGEST) <= int(text) <= most:
        yield f"{name} is ended after {text} s, the plan says {least if least == most else f'{least} to {most}'} s"
