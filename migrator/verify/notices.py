"""Whether the topic is told of what fails: rules that hear of it, by the very names that AWS gives its events."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from migrator.verify.machines.definition import MACHINE
from migrator.verify.stack import Resource, Stack, imported_name
from migrator.verify.values import Value, as_list, table

_KIND = "AWS::Events::Rule"
_ROOM = 2048  # characters of a pattern (EventBridge user guide, quotas)
_LONGEST_ARN = 142  # of a machine, in a region whose name is long
_REFERENCE = re.compile("<[^<>]+>")
_OF_COMMANDS = frozenset(
    f"EC2 Command {what}Status-change Notification" for what in ("", "Invocation ")
)  # Systems Manager user guide, «Amazon EventBridge event examples»
_OF_EXECUTIONS = frozenset({"Step Functions Execution Status Change"})
_DETAIL_TYPES: Mapping[str, frozenset[str]] = {
    "aws.ssm": _OF_COMMANDS,
    "aws.states": _OF_EXECUTIONS,
    "aws.athena": frozenset({"Athena Query State Change"}),
    "aws.batch": frozenset({"Batch Job State Change"}),
    "aws.codebuild": frozenset({"CodeBuild Build State Change"}),
    "aws.ecs": frozenset({"ECS Task State Change"}),
    "aws.emr": frozenset({"EMR Step Status Change"}),
    "aws.glue": frozenset({"Glue Job State Change"}),
    "aws.redshift-data": frozenset({"Redshift Data Statement Status Change"}),
}
_FAILED, _MAY_FAIL = frozenset({"Failed", "TimedOut"}), frozenset({"Failed", "TimedOut", "Cancelled"})
_ENDED = frozenset({"FAILED", "TIMED_OUT", "ABORTED"})


def heard(stack: Stack, source: str) -> Iterator[Mapping[str, Value]]:
    """Give what is asked of the details of events of a source, rule by rule that tells the topic of them."""
    for rule in stack.of_kind(_KIND):
        pattern = table(rule.properties.get("EventPattern"))
        if (
            _tells(rule)
            and pattern.keys() == {"source", "detail-type", "detail"}
            and pattern.get("source") == [source]
            and set(map(str, as_list(pattern.get("detail-type")))) == _DETAIL_TYPES.get(source, frozenset())
        ):
            yield table(pattern.get("detail"))


def pattern_faults(stack: Stack) -> Iterator[str]:
    """Say which rule has a longer pattern than EventBridge takes, its references filled in."""
    machines = {f"<{machine.name}>" for machine in stack.of_kind(MACHINE)}
    for rule in stack.of_kind(_KIND):
        text = json.dumps(rule.properties.get("EventPattern"), separators=(",", ":"))
        named = [name for name in _REFERENCE.findall(text) if name in machines]
        if len(text) - sum(map(len, named)) + _LONGEST_ARN * len(named) > _ROOM:
            yield f"the pattern of {rule.name} may have more than {_ROOM} characters"


def command_told(stack: Stack, document: str) -> bool:
    """Say whether the topic is told of commands of a document, by its name, that failed or took too long."""
    return any(
        detail.keys() == {"document-name", "status"}
        and _FAILED <= set(map(str, as_list(detail.get("status")))) <= _MAY_FAIL
        and _matches(detail.get("document-name"), document)
        for detail in heard(stack, "aws.ssm")
    )


def failure_told(stack: Stack, machine: str) -> bool:
    """Say whether the topic is told of executions of a machine that failed, took too long or were stopped."""
    return any(
        detail.keys() == {"stateMachineArn", "status"}
        and set(map(str, as_list(detail.get("status")))) == _ENDED
        and machine in as_list(detail.get("stateMachineArn"))
        for detail in heard(stack, "aws.states")
    )


def _tells(rule: Resource) -> bool:
    targets = rule.properties.get("Targets")
    return (
        rule.properties.get("State", "ENABLED") == "ENABLED"
        and isinstance(targets, list)
        and any(imported_name(table(one).get("Arn")) == "TopicArn" and table(one).get("Id") for one in targets)
        and all(table(one).keys() == {"Id", "Arn"} for one in targets)
    )


def _matches(patterns: Value, name: str) -> bool:
    return isinstance(patterns, list) and any(
        name == one or (table(one).keys() == {"prefix"} and name.startswith(str(table(one)["prefix"])))
        for one in patterns
    )
