"""boto3 clients and resources: S3 objects, and calls that start work (method names are the API's in snake case)."""

from __future__ import annotations

from migrator.commands.facts import WaitKind
from migrator.commands.invocation import ServiceUse
from migrator.commands.languages.abstract import (
    UNKNOWN,
    Map,
    Seq,
    Text,
    Tool,
    as_value,
    concatenated,
    text,
    text_options,
)
from migrator.commands.languages.findings import Used
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Machine
from migrator.commands.values import literal, unknown
from migrator.model import Mode

_NAMES: dict[tuple[str, str], tuple[str, ...]] = {
    ("glue", "start_job_run"): ("JobName",), ("glue", "start_crawler"): ("Name",),
    ("glue", "start_workflow_run"): ("Name",),
    ("lambda", "invoke"): ("FunctionName",), ("emr", "add_job_flow_steps"): ("JobFlowId",),
    ("emr", "run_job_flow"): ("Name",),
    ("emr-serverless", "start_job_run"): ("name", "applicationId"), ("ecs", "run_task"): ("taskDefinition",),
    ("batch", "submit_job"): ("jobName", "jobDefinition"), ("athena", "start_query_execution"): ("WorkGroup",),
    ("redshift-data", "execute_statement"): ("ClusterIdentifier", "WorkgroupName"),
    ("sns", "publish"): ("TopicArn", "TargetArn", "PhoneNumber"),
    ("sqs", "send_message"): ("QueueUrl",), ("stepfunctions", "start_execution"): ("stateMachineArn",),
    ("codebuild", "start_build"): ("projectName",), ("events", "put_events"): (), ("ses", "send_email"): ("Source",),
    ("sagemaker", "create_training_job"): ("TrainingJobName",), ("databrew", "start_job_run"): ("Name",),
}  # fmt: skip
_ACTIONS = {"add_job_flow_steps": "add-steps", "run_job_flow": "create-cluster"}
_SERVICES = {"sfn": "stepfunctions", "states": "stepfunctions"}
_STATUS = (
    "get_job_run",
    "describe_",
    "get_query_execution",
    "get_crawler",
    "list_steps",
    "batch_get_builds",
    "get_workflow_run",
)


def client(_machine: Machine, call: Call) -> object:
    """Read `boto3.client('s3')`."""
    found = call.first("service_name")
    name = as_value(found)
    if not isinstance(found, Text) or not name.exact:
        return Tool("method", {"owner": Tool("session"), "name": "session"})
    return Tool(f"boto3:{_SERVICES.get(name.text, name.text)}")


def method(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a call on a client or resource."""
    service = owner.kind.partition(":")[2]
    if name == "get_waiter":
        waiter = as_value(call.given[0]).text if call.given else ""
        return Tool("waiter", {"service": service, "name": waiter})
    if service == "s3":
        return _s3(machine, owner, name, call)
    if (service, name) in _NAMES:
        _used(machine, service, name, call)
        return UNKNOWN
    if name.startswith(_STATUS):
        machine.polls.append(("service", f"{service} {name.replace('_', '-')}"))
    return UNKNOWN


def _used(machine: Machine, service: str, name: str, call: Call) -> None:
    said = next((as_value(call.named[key]) for key in _NAMES[service, name] if key in call.named), None)
    arguments = tuple((_kebab(key), _shown(value)) for key, value in sorted(call.named.items()))
    action = _ACTIONS.get(name, name.replace("_", "-"))
    use = ServiceUse(service, action, said.shown if said is not None else None, arguments)
    path, line, words = machine.source(call.node, call.frame)
    machine.findings.use(Used(use, path, line, words))
    if "QueryString" in call.named or "Sql" in call.named:
        machine.sql(call.named.get("QueryString", call.named.get("Sql", UNKNOWN)), call)
    for key, value in _addresses(call.named):
        lowered = key.lower()
        if any(word in lowered for word in ("output", "target", "dest", "result", "sink")):
            machine.touch(Mode.WRITE, value, call, 0.8)
        elif not any(word in lowered for word in ("script", "log", "temp", "extra")):
            machine.touch(Mode.READ, value, call, 0.6)


def _kebab(name: str) -> str:
    return "".join(
        f"-{letter.lower()}" if letter.isupper() and place else letter.lower() for place, letter in enumerate(name)
    )


def _shown(thing: object) -> str:
    if isinstance(thing, Map):
        return "{" + ", ".join(f"{key}: {_shown(value)}" for key, value in thing.items.items()) + "}"
    if isinstance(thing, Seq):
        return "[" + ", ".join(_shown(value) for value in thing.items[:20]) + "]"
    return as_value(thing).shown


def _addresses(named: dict[str, object], depth: int = 0) -> list[tuple[str, Text]]:
    found: list[tuple[str, Text]] = []
    for key, value in sorted(named.items()):
        addresses = (option for option in text_options(value) if option.value.text.startswith(("s3://", "s3a://")))
        found.extend((key, option) for option in addresses)
        if isinstance(value, Map) and depth < 3:
            found.extend(
                (f"{key} {k}", t) for k, t in _addresses({str(k): v for k, v in value.items.items()}, depth + 1)
            )
    return found


def address(bucket: object, key: object) -> Text:
    """Give the address of an object."""
    slash = [literal("s3://"), as_value(bucket), literal("/")]
    return concatenated([*slash, as_value(key) if key is not None else literal("")])


def _s3(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    bucket = call.named.get("Bucket", owner.data.get("bucket", UNKNOWN))
    key = call.named.get("Key", owner.data.get("key", UNKNOWN))
    if name in ("Bucket", "Object", "ObjectSummary"):
        data = {"bucket": call.given[0] if call.given else bucket}
        if name != "Bucket":
            data |= {
                "bucket": call.given[0] if len(call.given) > 1 else owner.data.get("bucket", UNKNOWN),
                "key": call.given[-1] if call.given else key,
            }
        return Tool("boto3:s3", data)
    if name in ("upload_file", "upload_fileobj", "put_object", "copy", "copy_object", "put", "upload"):
        return _sent(machine, owner, name, call)
    if name in ("download_file", "download_fileobj", "get_object", "get", "download"):
        return _fetched(machine, owner, name, call)
    if name in ("head_object", "list_objects", "list_objects_v2", "load", "filter", "paginate", "wait_until_exists"):
        prefix = call.named.get("Key", call.named.get("Prefix", owner.data.get("key", text(""))))
        found = address(bucket, prefix)
        machine.polls.append(("object", found.value.text))
        machine.touch(Mode.READ, found, call, 0.8)
        return Map({"Contents": Seq([Map({"Key": _under(prefix)})], True)}) if name.startswith("list") else UNKNOWN
    if name in ("delete_object", "delete", "delete_objects"):
        machine.touch(Mode.DELETE, address(bucket, key), call)
        return UNKNOWN
    if name in ("get_paginator", "objects"):
        return owner
    return UNKNOWN


def _under(prefix: object) -> Text:
    return concatenated([as_value(prefix), unknown("name")])


def _sent(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    local = call.named.get("Filename", call.given[0] if call.given and name == "upload_file" else UNKNOWN)
    bucket, key = _target(owner, call, 1)
    if name == "upload_file":
        machine.touch(Mode.READ, local, call)
    source = call.named.get("CopySource")
    if isinstance(source, Map):
        machine.touch(Mode.READ, address(source.items.get("Bucket", UNKNOWN), source.items.get("Key", UNKNOWN)), call)
    machine.touch(Mode.WRITE, address(bucket, key), call)
    return UNKNOWN


def _fetched(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    bucket, key = _target(owner, call, 0)
    machine.touch(Mode.READ, address(bucket, key), call)
    if name == "download_file":
        own = "bucket" in owner.data
        place = 0 if "key" in owner.data else (1 if own else 2)
        target = call.named.get("Filename", call.given[place] if len(call.given) > place else UNKNOWN)
        machine.touch(Mode.WRITE, target, call)
    return UNKNOWN


def _target(owner: Tool, call: Call, skip: int) -> tuple[object, object]:
    """Give bucket and key of a transfer: from the resource, by name or by place."""
    rest = call.given[skip:]
    bucket = owner.data.get("bucket", call.named.get("Bucket"))
    if bucket is None and rest:
        bucket, rest = rest[0], rest[1:]
    key = owner.data.get("key", call.named.get("Key"))
    if key is None and rest:
        key = rest[0]
    return bucket if bucket is not None else Text(unknown("bucket")), key if key is not None else Text(unknown("key"))


def waiter(machine: Machine, owner: Tool, call: Call) -> object:
    """Read `client.get_waiter('object_exists').wait(Bucket=…, Key=…)`."""
    service, name = str(owner.data.get("service", "")), str(owner.data.get("name", ""))
    settings = call.named.get("WaiterConfig")
    delay = settings.items.get("Delay") if isinstance(settings, Map) else None
    most = settings.items.get("MaxAttempts") if isinstance(settings, Map) else None
    seconds = delay if isinstance(delay, int) else None
    turns = most if isinstance(most, int) else None
    if service == "s3":
        target = address(call.named.get("Bucket", UNKNOWN), call.named.get("Key", UNKNOWN))
        machine.touch(Mode.READ, target, call, 0.9)
        machine.wait(WaitKind.OBJECT, target.value.text, seconds, turns, call.node, call.frame)
    else:
        machine.wait(WaitKind.SERVICE, f"{service} {name.replace('_', '-')}", seconds, turns, call.node, call.frame)
    return UNKNOWN
