"""Runs a definition in moto's interpreter; Systems Manager is a recorder whose commands end as one says."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

_PARSER = "moto.stepfunctions.parser"
_REGION = "us-east-1"
_AWS_SDK = f"{_PARSER}.asl.component.state.exec.state_task.service.state_task_service_aws_sdk"
_LONGEST = 600  # seconds


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
    """How an execution ended."""

    status: str
    error: str | None
    history: Callable[[], list[Any]]

    @property
    def states(self) -> tuple[str, ...]:
        """Give the names of the states that it went through."""
        entered = (event.get("stateEnteredEventDetails") for event in self.history())
        return tuple(details["name"] for details in entered if details)


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A client of Step Functions, and the machines that it has by their definition."""

    client: Any
    machines: dict[str, str] = field(default_factory=dict)

    def machine(self, definition: Any) -> str:
        """Give the machine of a definition, waits cut short; it is made once."""
        text = json.dumps(hurried(definition))
        if text not in self.machines:
            role = "arn:aws:iam::123456789012:role/r"
            made = self.client.create_state_machine(name=f"m{len(self.machines)}", definition=text, roleArn=role)
            self.machines[text] = made["stateMachineArn"]
        return self.machines[text]


@contextmanager
def interpreter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Interpreter]:
    """Give a client of Step Functions that executes what it is told to."""
    boto3 = pytest.importorskip("boto3")
    moto = pytest.importorskip("moto")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", _REGION)
    # It reads a definition when a machine is made and at each start, which takes longer than the execution does.
    parser = import_module(f"{_PARSER}.asl.parse.asl_parser").AmazonStateLanguageParser
    monkeypatch.setattr(parser, "parse", staticmethod(lru_cache(parser.parse)))
    # Before a call is made again it waits for a second at least.
    monkeypatch.setattr(
        f"{_PARSER}.asl.component.common.retry.retrier_decl.time", SimpleNamespace(sleep=lambda _: None)
    )
    with moto.mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        yield Interpreter(boto3.client("stepfunctions", _REGION))


def run(
    given: Interpreter, monkeypatch: pytest.MonkeyPatch, definition: Any, host: Host, told: dict[str, Any] | None = None
) -> Ran:
    """Execute a definition, waits cut short, until it ends."""
    monkeypatch.setattr(f"{_AWS_SDK}.boto_client_for", lambda **_: host)
    client = given.client
    start = json.dumps({"ScheduledTime": "2030-01-31T06:00:00Z"} | (told or {}))
    name = f"e{time.monotonic_ns()}"
    execution = client.start_execution(stateMachineArn=given.machine(definition), name=name, input=start)[
        "executionArn"
    ]
    account, region = execution.split(":")[4], execution.split(":")[3]
    backend = import_module(f"{_PARSER}.models").stepfunctions_parser_backends[account][region]
    begin = time.monotonic()
    while backend.describe_execution(execution).status == "RUNNING":
        assert time.monotonic() - begin < _LONGEST
        time.sleep(0.005)
    found = client.describe_execution(executionArn=execution)
    return Ran(
        found["status"], found.get("error"), lambda: client.get_execution_history(executionArn=execution)["events"]
    )


def hurried(value: Any) -> Any:
    """Wait for nothing: neither in Wait states nor before a call is made again."""
    if isinstance(value, dict):
        short = {"Seconds": 0} if value.get("Type") == "Wait" else {}
        short |= {"IntervalSeconds": 1, "BackoffRate": 1.0} if "IntervalSeconds" in value else {}
        return {key: hurried(member) for key, member in value.items()} | short
    if isinstance(value, list):
        return [hurried(item) for item in value]
    return value
