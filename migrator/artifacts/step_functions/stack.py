"""The template of a cluster's workflows: machines, their documents, schedules, roles and the notice of a failure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from migrator.artifacts.parts.base import imported
from migrator.artifacts.parts.cloudformation import (
    Json,
    Template,
    arn,
    attribute,
    described,
    dumped,
    joined,
    json_text,
    ref,
)
from migrator.artifacts.parts.file import File
from migrator.artifacts.parts.header import header
from migrator.artifacts.parts.parameters import Parameters, logical
from migrator.artifacts.parts.permissions import role, scheduler_role, secret_policy, to_send
from migrator.artifacts.parts.schedule import SCHEDULED_TIME, Delivery, Started, schedules
from migrator.artifacts.parts.secrets import Secret, secrets_of
from migrator.artifacts.step_functions.definition import INSTANCE, SCHEDULED, Builder, Plan, substituted
from migrator.artifacts.step_functions.header import TITLE, know
from migrator.plan.clusters import ClusterPart
from migrator.plan.names import job_key

_MOST_HEARD = 12  # machines in one rule: a pattern has 2,048 characters (EventBridge, quotas), an ARN up to 142


@dataclass(frozen=True, slots=True)
class ClusterStack:
    """The template of some workflows of a cluster, as a value, and its parameters."""

    plans: tuple[Plan, ...]
    template: Template
    parameters: Parameters

    @classmethod
    def of(cls, cluster: ClusterPart, plans: Sequence[Plan]) -> Self:
        """Make it; raise CannotBeSaidError where a workflow cannot be restated."""
        hosts = tuple(dict.fromkeys(host for plan in plans for work in plan.works for host in work.hosts))
        parameters = Parameters(hosts)
        parameters.base_stack()
        resources: dict[str, Json] = {}
        documents: dict[str, Json] = {}
        machines = [_add(plan, resources, documents, parameters) for plan in plans]
        secrets = [parameters.secret(secret) for secret in _secrets(plans)]
        resources |= scheduler_role([_to_start(machines)]) | secret_policy(secrets, parameters)
        for begin in range(0, len(machines), _MOST_HEARD):
            number = begin // _MOST_HEARD + 1
            resources["FailureNotice" + (str(number) if begin else "")] = _notice(machines[begin:][:_MOST_HEARD])
        template: Template = {
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": described(f"Cron entries as state machines: {cluster.title}"),
            "Parameters": parameters.declared,
            "Resources": resources,
        }
        return cls(tuple(plans), template, parameters)

    def file(self, name: str) -> File:
        """Write it."""
        jobs = [work.job for plan in self.plans for work in plan.works]
        head = header(TITLE, jobs, self.parameters.told.items(), know(self.plans, self.parameters))
        return File(f"step-functions/{name}.yaml", head + dumped(self.template), tuple(job.id for job in jobs))


def _add(plan: Plan, resources: dict[str, Json], documents: dict[str, Json], parameters: Parameters) -> str:
    """Add a workflow's resources; give the machine's logical id."""
    key = job_key(plan.workflow.id)
    base = logical(key, 60)
    base = base if base[:1].isalpha() else f"Workflow{base}"
    while f"{base}Machine" in resources:
        base += "X"
    builder = Builder(plan, parameters, documents)
    definition = builder.definition()
    values: dict[str, Json] = {}
    called = joined([ref("AWS::StackName"), f"-{key}"])
    metadata: dict[str, Json] = {"Workflow": key, "Jobs": [job_key(work.job.id) for work in plan.works]}
    resources |= {name: documents[name] for name in builder.mine}
    resources[f"{base}Machine"] = {
        "Type": "AWS::StepFunctions::StateMachine",
        "Metadata": metadata,
        "DependsOn": f"{base}RolePolicy",
        "Properties": {
            "StateMachineName": called,
            "StateMachineType": "STANDARD",
            "RoleArn": attribute(f"{base}Role", "Arn"),
            "Definition": substituted(definition, values),
            **({"DefinitionSubstitutions": values} if values else {}),
        },
    }
    resources |= _role(f"{base}Role", called, builder, parameters)
    resources |= _schedules(base, plan, metadata, parameters)
    return f"{base}Machine"


def _role(name: str, machine: Json, builder: Builder, parameters: Parameters) -> dict[str, Json]:
    """Give the role of a machine; no other machine may take it (developer guide, «Confused deputy prevention»)."""
    trust: Json = {
        "Effect": "Allow",
        "Principal": {"Service": "states.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": {
                "aws:SourceAccount": ref("AWS::AccountId"),
                "aws:SourceArn": arn("states", ["stateMachine:", machine]),
            }
        },
    }
    # Neither action knows resources: IAM takes nothing but a star for them (service authorization reference, ssm).
    look: Json = {
        "Sid": "SeeWhatBecameOfCommands",
        "Effect": "Allow",
        "Action": sorted(builder.looks),
        "Resource": "*",
        "Condition": {"StringEquals": {"aws:RequestedRegion": ref("AWS::Region")}},
    }
    sent = {host for work in builder.plan.works for host in work.hosts}
    hosts = [host for host in parameters.hosts if host in sent]
    commands = [*to_send(builder.mine, parameters, hosts), look] if builder.mine else []
    once = [one for place, one in enumerate(builder.allowed) if one not in builder.allowed[:place]]
    return role(name, trust, "run-jobs", [*commands, *once], builder.managed)


def _to_start(machines: Sequence[str]) -> Json:
    return {
        "Sid": "StartTheseMachines",
        "Effect": "Allow",
        "Action": "states:StartExecution",
        "Resource": [ref(name) for name in machines],
    }


def _schedules(base: str, plan: Plan, metadata: dict[str, Json], parameters: Parameters) -> Iterator[tuple[str, Json]]:
    key = metadata["Workflow"]
    delivery = Delivery.of(plan.workflow.runs_per_month)
    minutes = max(work.job.schedule.random_minutes for work in plan.works)
    given: list[tuple[str, dict[str, Json]]] = [("", {})]
    if plan.spread:
        instances = parameters.instances(plan.spread)
        given = [(f"-on-{number}", {INSTANCE: one}) for number, one in enumerate(instances, start=1)]
    for ending, told in given:
        target: dict[str, Json] = {
            "Arn": ref(f"{base}Machine"),
            "Input": json_text({SCHEDULED: SCHEDULED_TIME, **told}),
        }
        started = Started(f"{key}{ending}", metadata, minutes)
        for number, schedule in schedules(started, plan.form, target, delivery, parameters):
            yield f"{base}Schedule{logical(ending)}{number}", schedule


def _secrets(plans: Sequence[Plan]) -> list[Secret]:
    found = [
        secret
        for plan in plans
        for work in plan.works
        for name in work.commands
        for secret in secrets_of(work.job, work.tasks[name]).all
    ]
    return list({(secret.place, secret.number): secret for secret in found}.values())


def _notice(machines: Sequence[str]) -> Json:
    """Tell the topic of executions that failed, in place of cron's mail (developer guide, «Execution status»)."""
    return {
        "Type": "AWS::Events::Rule",
        "Properties": {
            "Description": "A workflow that cron ran failed",
            "EventPattern": {
                "source": ["aws.states"],
                "detail-type": ["Step Functions Execution Status Change"],
                "detail": {
                    "status": ["FAILED", "TIMED_OUT", "ABORTED"],
                    "stateMachineArn": [ref(name) for name in machines],
                },
            },
            "Targets": [{"Id": "topic", "Arn": imported("TopicArn")}],
        },
    }
