"""Runs a definition in moto's interpreter; Systems Manager is a recorder whose commands end as one says."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

_AWS_SDK = "moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk"
_LONGEST = 60  # seconds


@dataclass(slots=True)
class Host:
    """Commands by the documents that are sent: `failing` fail, each so many times (-1: always).

    `statuses` are answers to be given first; `lost` can not be looked at, `refused` not be sent.
    """

    failing: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    trace: list[str] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)

    def send_command(self, **call: Any) -> Any:
        """Record the command; the id names the document."""
        name = call["DocumentName"]
        if name in self.refused:
            raise ValueError(name)
        self.trace.append(name)
        self.sent.append(call)
        return {"Command": {"CommandId": f"{name}/{len(self.trace)}", "Status": "Pending"}}

    def get_command_invocation(self, **call: Any) -> Any:
        """Say how the command ended."""
        name = call["CommandId"].partition("/")[0]
        if self.statuses.get(name):
            return self.statuses[name].pop(0)
        if name in self.lost:
            raise ValueError(name)
        if self.failing.get(name):
            self.failing[name] -= 1
            return {"Status": "Failed", "ResponseCode": 1}
        return {"Status": "Success", "ResponseCode": 0}

    def list_commands(self, **call: Any) -> Any:
        """Say how the command ended on its hosts."""
        name = call["CommandId"].partition("/")[0]
        errors = 1 if self.failing.get(name) else 0
        seen = {"Status": "Success", "TargetCount": 2, "ErrorCount": errors, "DeliveryTimedOutCount": 0}
        return {"Commands": [seen]}


@dataclass(frozen=True, slots=True)
class Ran:
    """How an execution ended, the names of the states that it went through, and the input of each choice."""

    status: str
    error: str | None
    states: tuple[str, ...]


@contextmanager
def interpreter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Give a client of Step Functions that executes what it is told to."""
    boto3 = pytest.importorskip("boto3")
    moto = pytest.importorskip("moto")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with moto.mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        yield boto3.client("stepfunctions", "us-east-1")


def run(client: Any, monkeypatch: pytest.MonkeyPatch, definition: Any, host: Host, given: Any = None) -> Ran:
    """Execute a definition, waits cut short, until it ends."""
    monkeypatch.setattr(f"{_AWS_SDK}.boto_client_for", lambda **_: host)
    made = client.create_state_machine(
        name=f"m{time.monotonic_ns()}",
        definition=json.dumps(hurried(definition)),
        roleArn="arn:aws:iam::123456789012:role/r",
    )
    told = json.dumps({"ScheduledTime": "2030-01-31T06:00:00Z"} | (given or {}))
    execution = client.start_execution(stateMachineArn=made["stateMachineArn"], input=told)["executionArn"]
    begin = time.monotonic()
    while (found := client.describe_execution(executionArn=execution))["status"] == "RUNNING":
        assert time.monotonic() - begin < _LONGEST
        time.sleep(0.02)
    events = client.get_execution_history(executionArn=execution)["events"]
    entered = [event["stateEnteredEventDetails"]["name"] for event in events if "stateEnteredEventDetails" in event]
    return Ran(found["status"], found.get("error"), tuple(entered))


def hurried(value: Any) -> Any:
    """Wait for nothing: neither in Wait states nor before a call is made again."""
    if isinstance(value, dict):
        short = {"Seconds": 0} if value.get("Type") == "Wait" else {}
        short |= {"IntervalSeconds": 1, "BackoffRate": 1.0} if "IntervalSeconds" in value else {}
        return {key: hurried(member) for key, member in value.items()} | short
    if isinstance(value, list):
        return [hurried(item) for item in value]
    return value
