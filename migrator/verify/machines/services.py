"""What the calls of a state machine reach: commands on hosts by Systems Manager, and other services of AWS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from migrator.verify.machines.definition import ASKING, Call
from migrator.verify.machines.execution import MachineError, StateError
from migrator.verify.traces import Recorder, ShellRun
from migrator.verify.values import Value, table

Native = Callable[[Call, Value], tuple[ShellRun, str] | None]
"""Gives the command that a call of another service stands for, and the shell of its job; None where there is none."""

Sleeping = Callable[[Value], tuple[ShellRun, str] | None]
"""Gives the command that a Wait of so many seconds stands for; None where no job sleeps so long."""

Watching = Callable[[Mapping[str, Value]], tuple[ShellRun, str] | None]
"""Gives the command that waits for an object that a bucket is asked for; None where no job waits so."""

_DONE = {"codebuild": "SUCCEEDED", "redshiftdata": "FINISHED"}
"""The services that are asked until they are done, and what they say then."""
_LOOKS = frozenset({"getCommandInvocation", "listCommands", "listCommandInvocations"})


@dataclass(frozen=True, slots=True)
class Document:
    """What a document runs: a job's command in its shell; None where it only tells the day, and lets the run go on.

    `rounds` has what stands before the command in each round of the loops around it.
    """

    run: ShellRun | None
    command: str
    rounds: tuple[Mapping[str, str], ...] = ()

    def text(self, parameters: Value) -> str:
        """Give the command as it is for the parameters that the document is sent with."""
        given = table(parameters)
        before = ""
        for number, items in enumerate(self.rounds, start=1):
            told = given.get(f"Round{number}")
            one = str(told[0]) if isinstance(told, list) and len(told) == 1 else ""
            if one not in items:
                msg = f"it sends a document without the round of its loop, or one that there is not: {one or 'none'}"
                raise MachineError(msg)
            before += items[one]
        return before + self.command


@dataclass(slots=True)
class _Sent:
    """A command on its way: its status, what it comes before, and how often it was looked at."""

    status: int
    ended: frozenset[int]
    looks: int = 0


@dataclass(slots=True)
class AwsServices:
    """Calls that are answered as AWS would, given how the commands end.

    `refused` is a document that cannot be sent; `asks` are the services that the machine asks how a call has ended.
    """

    recorder: Recorder
    documents: Mapping[str, Document]
    native: Native
    sleeping: Sleeping
    refused: str | None = None
    silent: str | None = None
    asks: frozenset[str] = frozenset(_DONE)
    watching: Watching = lambda _: None
    sent: list[_Sent] = field(default_factory=list)
    watched: dict[str, tuple[_Sent, frozenset[int]]] = field(default_factory=dict)
    polled: list[_Sent] = field(default_factory=list)
    sends: dict[tuple[str, str], int] = field(default_factory=dict)

    def call(self, call: Call, given: Value, frontier: frozenset[int]) -> tuple[Value, frozenset[int]]:
        """Answer a call; raise StateError."""
        parameters = table(given)
        if call.sdk and call.service == "ssm":
            if call.action == "sendCommand":
                return self._send(parameters, frontier), frontier
            if call.action in _LOOKS:
                return self._look(call.action, parameters, frontier)
        if call.sdk and (call.service, call.action) == ("s3", "listObjectsV2"):
            return self._listed(parameters, frontier)
        if call.sdk and call.action.startswith(ASKING):
            return self._ask(call, frontier)
        found = self.native(call, given)
        if found is None:
            msg = f"{call.service}:{call.action} is no call that a job makes"
            raise MachineError(msg)
        run, command = found
        status, ended = run.run(command, frontier)
        if call.sdk and call.service in _DONE and call.service in self.asks:
            self.polled.append(_Sent(status, ended))
            return {"Id": "id", "Build": {"Id": "id"}}, frontier
        if status:
            raise StateError("States.TaskFailed", ended)
        return {}, ended

    def slept(self, seconds: Value, frontier: frozenset[int]) -> frozenset[int]:
        """Take down the command that a Wait stands for."""
        found = self.sleeping(seconds)
        if found is None:
            msg = f"it waits {seconds} seconds, which no job does"
            raise MachineError(msg)
        return found[0].run(found[1], frontier)[1]

    def _ask(self, call: Call, frontier: frozenset[int]) -> tuple[Value, frozenset[int]]:
        if not self.polled:
            msg = f"{call.service}:{call.action} asks for what was not started"
            raise MachineError(msg)
        sent = self.polled[-1]
        sent.looks += 1
        status = "IN_PROGRESS" if sent.looks == 1 else "FAILED" if sent.status else _DONE.get(call.service, "SUCCEEDED")
        answer: Value = {"Status": status, "Builds": [{"BuildStatus": status}]}
        return answer, frontier | sent.ended if sent.looks > 1 else frontier

    def _listed(self, parameters: Mapping[str, Value], frontier: frozenset[int]) -> tuple[Value, frozenset[int]]:
        """Tell how many names begin so: none at the first look, then as the command that waits for one ends."""
        found = self.watching(parameters)
        if found is None:
            msg = f"it looks for {parameters.get('Prefix')} in {parameters.get('Bucket')}, which no job waits for"
            raise MachineError(msg)
        run, command = found
        sent, begun = self.watched.get(command, (None, frontier))
        if sent is None or frontier not in (begun, sent.ended):
            self.watched[command] = _Sent(*run.run(command, frontier)), frontier
            return {"KeyCount": 0}, frontier
        if sent.status:
            return {"KeyCount": 0}, sent.ended
        del self.watched[command]
        return {"KeyCount": 1}, sent.ended

    def attempts(self, document: str) -> int:
        """Say how often a document was sent, in the round of its loop in which it was sent most often."""
        return max((number for (name, _), number in self.sends.items() if name == document), default=0)

    def begin(self) -> object:
        """Remember how much was taken down."""
        return len(self.recorder.events), dict(self.recorder.counts)

    def again(self, begun: object) -> None:
        """Forget what was taken down since."""
        assert isinstance(begun, tuple)
        number, counts = begun
        del self.recorder.events[number:]
        del self.recorder.before[number:]
        self.recorder.counts = dict(counts)

    def _send(self, parameters: Mapping[str, Value], frontier: frozenset[int]) -> Value:
        name = str(parameters.get("DocumentName"))
        document = self.documents.get(name)
        if document is None:
            msg = f"it sends {name}, which is no document of this file"
            raise MachineError(msg)
        key = (name, str(parameters.get("Parameters")))
        self.sends[key] = self.sends.get(key, 0) + 1
        if name == self.refused:
            raise StateError("Ssm.InvalidInstanceIdException", frontier)
        status, ended = 1, frontier
        if name != self.silent:
            text = document.text(parameters.get("Parameters"))
            status, ended = document.run.run(text, frontier) if document.run else (0, frontier)
        self.sent.append(_Sent(status, ended))
        return {"Command": {"CommandId": f"command-{len(self.sent) - 1}"}}

    def _look(
        self, action: str, parameters: Mapping[str, Value], frontier: frozenset[int]
    ) -> tuple[Value, frozenset[int]]:
        name = str(parameters.get("CommandId"))
        number = int(name.removeprefix("command-")) if name.removeprefix("command-").isdecimal() else -1
        if not 0 <= number < len(self.sent):
            msg = f"it looks at {name}, which was not sent"
            raise MachineError(msg)
        sent = self.sent[number]
        sent.looks += 1
        if sent.looks == 1:
            # Right after it was sent Systems Manager may not know a command yet; then it runs for a while.
            raise StateError("Ssm.InvocationDoesNotExistException", frontier)
        if sent.looks == 2:
            return _answer(action, "InProgress", -1), frontier
        return _answer(action, "Failed" if sent.status else "Success", sent.status), frontier | sent.ended


def _answer(action: str, status: str, code: int) -> Value:
    one: Value = {
        "Status": status,
        "ResponseCode": code,
        "StatusDetails": status,
        "TargetCount": 1,
        "CompletedCount": 0 if status == "InProgress" else 1,
        "ErrorCount": int(status == "Failed"),
        "DeliveryTimedOutCount": 0,
    }
    lists = {"listCommands": "Commands", "listCommandInvocations": "CommandInvocations"}
    return {lists[action]: [one]} if action in lists else one
