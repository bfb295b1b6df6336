"""Whether a written call says what a job's command or manifest says, read anew here.

Members of a request are compared by their names in words (`job-name`, `JobName`), values by what they hold: text,
number, JSON, or the words of the CLI's shorthand in their order.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from migrator.plan.clusters import CallPart, TaskPart
from migrator.verify.command_words import plain_words
from migrator.verify.values import Value, loaded, table

_HERE = r"arn:<AWS::Partition>:[a-z0-9-]+:<AWS::Region>:<AWS::AccountId>:(?:[a-zA-Z-]+[:/])?"
_REFERENCE = re.compile(r"<[A-Za-z0-9]+>")
_PARTS = re.compile(r"[^\s{}\[\],=\"']+")
# Options that change nothing of the call itself: where it is made, and what of the answer is printed.
_ASIDE_FLAGS = frozenset({"debug", "no-cli-pager", "no-cli-auto-prompt", "no-paginate"})
_ASIDE = _ASIDE_FLAGS | {"region", "query", "output", "color", "cli-binary-format", "log-type"}
_ASIDE |= {"cli-read-timeout", "cli-connect-timeout"}
_SWITCHES = frozenset({"job-run-queuing-enabled", "with-event", "enable-ecs-managed-tags", "enable-execute-command"})
_FLAGS = _ASIDE_FLAGS | _SWITCHES | {f"no-{name}" for name in _SWITCHES}
# What a service or the CLI takes where nothing is said; a written call may say it.
_DEFAULTS: Mapping[str, Mapping[str, Value]] = {
    "lambda": {"InvocationType": "RequestResponse", "Payload": {}},
    "stepfunctions": {"Input": {}},
    "athena": {"WorkGroup": "primary"},
    "redshift-data": {"WithEvent": True},
    "ecs": {"Cluster": "default"},
}
_NAMED = {
    "lambda": "function-name",
    "glue": "job-name",
    "ecs": "task-definition",
    "batch": "job-name",
    "sns": "topic-arn",
    "sqs": "queue-url",
    "stepfunctions": "state-machine-arn",
    "codebuild": "project-name",
    "athena": "work-group",
    "redshift-data": "statement-name",
    "emr": "name",
}
# Where a manifest's keys go that are no options, and members that hold what it says without a structure.
_INSIDE = {
    "lambda": ("Payload",),
    "glue": ("Arguments",),
    "batch": ("Parameters",),
    "stepfunctions": ("Input",),
    "athena": ("QueryExecutionContext", "ResultConfiguration"),
}
_SERVICES = {"sfn": "stepfunctions", "redshiftdata": "redshift-data"}
_ACTIONS = {"addJobFlowSteps": "add-steps"}

Options: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """A call as it was written: the SDK's names, members with capitals first."""

    service: str
    action: str
    members: Mapping[str, Value]


def request_faults(task: TaskPart, command: str, written: Request) -> Iterator[str]:
    """Say in what a written call differs from a task's; `command` is empty for a manifest. Raise NotPlainError."""
    declared = not command.strip()
    service, action, options = _declared(task.call) if declared else _commanded(command)
    if (_SERVICES.get(written.service, written.service), _words_of(written.action)) != (service, action):
        yield f"it calls {written.service}:{written.action}, and the job {service} {action}"
        return
    options = _qualified(options)
    if service == "emr":
        yield from _step_faults(options, written.members)
    else:
        yield from _member_faults(service, options, written.members, declared=declared)


def _qualified(options: Options) -> Options:
    """Name a function's version or alias by itself, and a topic by one option."""
    found = dict(options)
    name = found.get("function-name", "")
    version = (name.partition(":function:")[2] if name.startswith("arn:") else name).partition(":")[2]
    if version:
        found["function-name"] = name.removesuffix(f":{version}")
        found["qualifier"] = version
    if "target-arn" in found:
        found["topic-arn"] = found.pop("target-arn")
    return found


def _commanded(command: str) -> tuple[str, str, Options]:
    words = plain_words(command)
    while words and re.fullmatch(r"AWS_(?:DEFAULT_)?REGION=.*", words[0]):
        words = words[1:]
    options: Options = {}
    operands: list[str] = []
    rest = iter(words[1:])
    for word in rest:
        name, sign, value = word[2:].partition("=")
        if not word.startswith("--"):
            operands.append(word)
        elif sign:
            options[name] = value
        elif name in _FLAGS:
            options[name.removeprefix("no-") if name[3:] in _SWITCHES else name] = str(name in _SWITCHES).lower()
        else:
            options[name] = next(rest, "")
    if options.get("cli-binary-format") == "base64" and "payload" in options:
        options["payload"] = _decoded(options["payload"])
    service, action = [*operands, "", ""][:2]
    return service, action, {name: text for name, text in options.items() if name not in _ASIDE}


def _declared(call: CallPart | None) -> tuple[str, str, Options]:
    if call is None:
        return "", "", {}
    options = dict(call.arguments)
    if call.name and not (call.service == "athena" and call.name.endswith(".sql")):
        options.setdefault(_NAMED.get(call.service, "name"), call.name)
    return call.service, call.action, options


def _member_faults(service: str, options: Options, members: Mapping[str, Value], *, declared: bool) -> Iterator[str]:
    left = {_words_of(name): (name, value) for name, value in members.items()}
    inside: dict[str, Value] = {}
    for name in _INSIDE.get(service, ()) if declared else ():
        if _words_of(name) not in options and name in members:
            inside |= table(left.pop(_words_of(name))[1])
    for name, text in options.items():
        if name in left:
            found: Value = left.pop(name)[1]
        elif (key := next((key for key in inside if name in (key, _words_of(key))), None)) is not None:
            found = inside.pop(key)
        else:
            yield f"{name} is missing"
            continue
        if not _same(found, text):
            yield f"{name} has another value"
    for name, value in [*left.values(), *inside.items()]:
        if not _default(service, name, value) and not (declared and _filled_in(value)):
            yield f"{name} is sent, which the job does not say"


def _step_faults(options: Options, members: Mapping[str, Value]) -> Iterator[str]:
    """Compare a step of EMR: the CLI makes a call of spark-submit of a step of the type Spark."""
    steps = members.get("Steps")
    step = table(steps[0]) if isinstance(steps, list) and len(steps) == 1 else {}
    arguments = table(step.get("HadoopJarStep")).get("Args")
    given = [str(one) for one in arguments] if isinstance(arguments, list) else []
    if not _same(members.get("JobFlowId"), options.get("cluster-id", "")) and (
        "cluster-id" in options or not _filled_in(members.get("JobFlowId"))
    ):
        yield "the step goes to another cluster"
    if "steps" in options:
        if given not in (wanted := _arguments_of(options["steps"]), ["spark-submit", *wanted]):
            yield "the step has other arguments"
        return
    if step.get("Name") != options.get("name"):
        yield "the step has another name"
    script = options.get("script")
    if given != ["spark-submit", script] and (script or not _filled_in(given[1] if len(given) == 2 else None)):
        yield "the step runs another script"


def _arguments_of(steps: str) -> list[str]:
    short = re.search(r"Args=\[(.*?)\]", steps)
    if short:
        return short[1].split(",") if short[1] else []
    found = loaded(steps)
    first = table(found[0] if isinstance(found, list) and found else found)
    arguments = first.get("Args")
    return [str(one) for one in arguments] if isinstance(arguments, list) else []


def _default(service: str, name: str, value: Value) -> bool:
    defaults = _DEFAULTS.get(service, {})
    if name not in defaults:
        return False
    default = defaults[name]
    return loaded(value) == default if value == "{}" else value == default or _same(value, str(default))


def _filled_in(value: Value) -> bool:
    """Say whether a person fills all of a value in."""
    if isinstance(value, dict):
        return bool(value) and all(_filled_in(inner) for inner in value.values())
    if isinstance(value, list):
        return bool(value) and all(_filled_in(inner) for inner in value)
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None


def _same(value: Value, text: str) -> bool:
    if isinstance(value, bool):
        return value is (text not in {"false", "no"})
    if isinstance(value, (int, float)):
        return json.dumps(value) == text or str(value).removesuffix(".0") == text
    said = loaded(text)
    if isinstance(value, str):
        here = re.fullmatch(_HERE + re.escape(text), value) is not None
        return value == text or here or _same_queue(value, text) or (said is not None and loaded(value) == said)
    if isinstance(said, (dict, list)):
        return value == said or _plain(value) == _plain(said)
    return _leaves(value) == [_small(part) for part in _PARTS.findall(text)]


def _same_queue(value: str, text: str) -> bool:
    """Compare a queue's address with its name or ARN, and its ARN with an address."""
    if text.startswith("https://") and value.startswith("arn:"):
        value, text = text, value
    if not value.startswith("https://sqs."):
        return False
    *_, account, name = value.split("/")
    if not text.startswith("arn:"):
        return name == text and account == "<AWS::AccountId>"
    return text.split(":")[3:] == [value.split(".")[1], account, name]


def _plain(value: Value) -> Value:
    if isinstance(value, dict):
        return {_small(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _leaves(value: Value) -> list[str]:
    if isinstance(value, dict):
        return [part for key, inner in value.items() for part in [*_leaves(key), *_leaves(inner)]]
    if isinstance(value, list):
        return [part for inner in value for part in _leaves(inner)]
    return [_small(part) for part in _PARTS.findall(str(value))]


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return text


def _words_of(name: str) -> str:
    """Write a member's or an action's name as the CLI does."""
    spelled = re.sub(r"(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z0-9])(?=[A-Z])", "-", _ACTIONS.get(name, name))
    return spelled.lower()
