"""A cloud call as AWS gets it, however it is made: by EventBridge Scheduler, or by a state machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from migrator.artifacts.calls.values import Asked, Value, acts, asked_in, own_arn, texts_in
from migrator.artifacts.parts.file import CannotBeSaidError

UNIVERSAL = "arn:aws:scheduler:::aws-sdk:"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the caller must be allowed: IAM actions on resources, under StringEquals and the like where needed."""

    actions: tuple[str, ...]
    resources: tuple[Value, ...]
    condition: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """How to ask whether a call that has no `.sync` is done: a call of its own, with the id that the first one gave.

    `status` is the member of the answer that tells; `done` and `failed` are its last values.
    """

    resource: str
    parameters: Mapping[str, Value]
    status: str
    done: frozenset[str]
    failed: frozenset[str]


@dataclass(frozen=True, slots=True)
class State:
    """The call as a Task of a state machine (JSONPath): `Resource`, `Parameters`, and what the machine's role needs.

    `policies` are ARNs of managed policies that a person names for the role.
    """

    resource: str
    parameters: Mapping[str, Value]
    allowed: tuple[Allowed, ...]
    poll: Poll | None = None
    policies: tuple[Asked, ...] = ()

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Give what a person must fill in, each once, in order."""
        return tuple(dict.fromkeys([*_asked(self.parameters, self.allowed), *self.policies]))


@dataclass(frozen=True, slots=True)
class Start:
    """The call as a target of EventBridge Scheduler: `Arn`, `Input`, and members such as `EcsParameters`.

    The Input is `sent`, as JSON, or `text`, handed over as it is, such as the body of a message; there may be none.
    """

    arn: Value
    allowed: tuple[Allowed, ...]
    sent: Value = None
    text: str | None = None
    more: Mapping[str, Value] = field(default_factory=dict)
    policies: tuple[Asked, ...] = ()

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Give what a person must fill in, each once, in order."""
        return tuple(dict.fromkeys([*_asked((self.arn, self.sent, self.more), self.allowed), *self.policies]))


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of CloudWatch that counts failures, of the one thing that the dimension names."""

    namespace: str
    name: str
    dimension: str
    value: str


@dataclass(frozen=True, slots=True)
class Call:
    """A cloud call that needs no host.

    `service` and `action` are the SDK's (`sfn`, `startExecution`), `parameters` the request, its members in PascalCase
    as Step Functions and Scheduler write them. `request` returns once the service has taken the call, `job` at the end
    of what it starts. `region` is the one that the command names: the stack must stand there. `notes` are sentences on
    what is different from the command. `failures` is the pattern of the events of failed runs; where there are no such
    events, `counted` counts them.
    """

    service: str
    action: str
    parameters: Mapping[str, Value]
    request: State
    job: State
    start: Start
    notes: tuple[str, ...] = ()
    failures: Mapping[str, Value] | None = None
    declared: bool = False
    region: str | None = None
    counted: Metric | None = None

    def state(self, *, followed: bool) -> State:
        """Choose how a state machine makes the call. `followed`: another task goes on, or not, by what it gives.

        A manifest's call means «run the job», so the machine waits for its end. `aws glue start-job-run` gives back
        control at once, and what stands behind it in the shell (`&& next`, `|| alert`) knows the start alone: there the
        machine does not wait either. Where nothing follows, it waits, and the run shows how the job went. All of it
        costs one transition (`migrator.costs.polling`), but for services without `.sync`, which are polled.

        Raise CannotBeSaidError where a key would act as a path (Amazon States Language, «Payload Template»).
        """
        chosen = self.job if self.declared or not followed else self.request
        _check_keys(chosen.parameters)
        return chosen


def universal(
    service: str, action: str, parameters: Mapping[str, Value], *allowed: Allowed, policies: tuple[Asked, ...] = ()
) -> Start:
    """Make a universal target of a call (Scheduler user guide, «Using universal targets»)."""
    return Start(f"{UNIVERSAL}{service}:{action}", allowed, sent=parameters, policies=policies)


def integrated(
    service: str,
    action: str,
    parameters: Mapping[str, Value],
    starts: tuple[Allowed, ...],
    follows: tuple[Allowed, ...],
    *,
    failures: Mapping[str, Value],
    notes: tuple[str, ...] = (),
    declared: bool = True,
    start: Start | None = None,
    state: str = "",
    told: Mapping[str, Value] | None = None,
    policies: tuple[Asked, ...] = (),
) -> Call:
    """Make a call that Step Functions can wait for: `starts` is the leave for its start, `follows` for its end.

    `state` names the integration where it is not called as in the SDK, and `told` is what it takes then.
    """
    resource, _, waited = (state or f"{service}:{action}.sync").partition(".")
    resource, told = f"arn:aws:states:::{resource}", parameters if told is None else told
    return Call(
        service,
        action,
        parameters,
        State(resource, told, starts, policies=policies),
        State(f"{resource}.{waited}", told, (*starts, *follows), policies=policies),
        start or universal(service, action, parameters, *starts, policies=policies),
        notes,
        failures,
        declared,
    )


def events(source: str, kind: str, **detail: Value) -> dict[str, Value]:
    """Give the pattern of the events by which a service tells of runs."""
    return {"source": (f"aws.{source}",), "detail-type": (kind,), "detail": detail}


def rule_of(name: str) -> Allowed:
    """Give leave to manage the rule that `.sync` learns of the end by (Step Functions, «IAM policies»)."""
    return Allowed(("events:PutTargets", "events:PutRule", "events:DescribeRule"), (own_arn("events", f"rule/{name}"),))


def _asked(value: Value, allowed: tuple[Allowed, ...]) -> Iterator[Asked]:
    yield from asked_in(value)
    for one in allowed:
        yield from asked_in((one.resources, one.condition))


def _check_keys(value: Value) -> None:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key.endswith(".$"):
                msg = f"the key {key[:40]!r} of what it sends would be taken for a path by Step Functions"
                raise CannotBeSaidError(msg)
            _check_keys(item)
    elif isinstance(value, tuple):
        for item in value:
            _check_keys(item)


def check_texts(call: Call) -> None:
    """Raise CannotBeSaidError where a text that is sent would act: in Scheduler's Input, or in a template."""
    if any(acts(text) for text in texts_in((call.start.text, call.start.more, call.failures))):
        msg = "a name in it holds braces, which CloudFormation acts on"
        raise CannotBeSaidError(msg)
    for text in texts_in((call.parameters, call.start.sent, call.start.text)):
        if "<aws.scheduler." in text:  # user guide, «Adding context attributes»
            msg = "it sends a text that Scheduler would take for a name of its own (<aws.scheduler...>)"
            raise CannotBeSaidError(msg)
        if text == "Ref" or text.startswith("Fn::") or "\0" in text:
            msg = f"it sends {text[:40]!r}, which a template could take for more than a text"
            raise CannotBeSaidError(msg)
