"""Tasks that are calls, and what is read of them."""

from __future__ import annotations

import json
from typing import Any

from migrator.artifacts.calls import Call, native, rendered
from migrator.model import Dialect, ScheduleKind
from migrator.plan.clusters import CallPart, TaskPart
from migrator.plan.jobs import JobPart, SchedulePart, SettingPart
from migrator.plan.parts import PlaceOf
from migrator.sources.manifest_items import _ACTIONS

_UNSAID = ("host", "user", "owner", "inactive_kind", "inactive_why", "stdin", "effort")
PLACE = PlaceOf(path="crontab", line=1)


def job(command: str, logs: tuple[str, ...] = (), **settings: str) -> JobPart:
    """Make a job of a command; an empty one is of a manifest."""
    clock = SchedulePart(
        text="5 4 * * *",
        dialect=Dialect.DEBIAN,
        timezone=None,
        kind=ScheduleKind.CRON,
        in_words="",
        runs_per_month=30.0,
    )
    none = "replicas steps units reads writes locks services unclear effort_why deletes waits traits"
    nothing: dict[str, Any] = dict.fromkeys(none.split(" "), ())
    nothing |= dict.fromkeys(_UNSAID)
    lines = tuple(SettingPart(path="crontab", line=1, name=name, value=value) for name, value in settings.items())
    return JobPart(
        id="j", title="j", origin=PLACE, active=True, schedule=clock, command=command, branches=0, source="crontab",
        text=command, logs=logs, settings=lines, **nothing,
    )  # fmt: skip


def task(call: CallPart, command: str | None) -> TaskPart:
    """Make the task that a call is."""
    return TaskPart(
        name="t", job="j", steps=(0,), text=command or "", origin=PLACE, service=call.service, wait=None, branch=(),
        retries=None, timeout=None, command=command, call=call,
    )  # fmt: skip


def commanded(command: str, read: tuple[str, ...] = (), logs: tuple[str, ...] = (), **settings: str) -> Call:
    """Read a command line."""
    words = command.split()
    service, action = words[words.index("aws") + 1 :][:2] if "aws --" not in command else words[3:5]
    return native(
        task(CallPart(service=service, action=action, name=None, arguments=()), command),
        job(command, logs, **settings),
        read,
    )


def declared(service: str, name: str | None = None, **arguments: str) -> Call:
    """Read a manifest's call; keys with underscores have dashes."""
    named, action = _ACTIONS[service]
    given = tuple(sorted((key.replace("_", "-"), text) for key, text in arguments.items()))
    return native(task(CallPart(service=named, action=action, name=name, arguments=given), None), job(""))


def shown(value: Any) -> Any:
    """Give a value as plain JSON: `<X>` in the place of what the stack knows, `<?X>` of what a person fills in."""
    return json.loads(json.dumps(_flat(rendered(value, lambda asked: {"Ref": f"?{asked.name}"}))))


def _flat(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() == {"Ref"}:
        return f"<{value['Ref']}>"
    if isinstance(value, dict) and value.keys() == {"Fn::Join"}:
        return "".join(_flat(piece) for piece in value["Fn::Join"][1])
    if isinstance(value, dict):
        return {key: _flat(item) for key, item in value.items()}
    return [_flat(item) for item in value] if isinstance(value, list) else value
