"""Who may do what by a template, and whether that is all that its schedules need and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from migrator.verify.actions import action_faults
from migrator.verify.execution_role import SERVICES, documented, is_environment, missing
from migrator.verify.stack import MANAGED_POLICY, POLICY, ROLE, Resource, Stack
from migrator.verify.statements import form_faults, version_faults
from migrator.verify.values import Value, as_list, table

_TRUSTED = ("scheduler.amazonaws.com", "states.amazonaws.com")
_ACCOUNT = re.compile("<AWS::AccountId>")
# The plan's group of schedules, or what the role's own stack calls a machine or an environment.
_SOURCE = re.compile(
    "<import:<BaseStack>-GroupArn>|arn:<AWS::Partition>:(?:states|airflow):<AWS::Region>:<AWS::AccountId>:"
    "(?:stateMachine:|environment/)<AWS::StackName>-[A-Za-z0-9_-]+"
)
_OF_TRUST = frozenset({"Effect", "Principal", "Action", "Condition"})
_ASKING = frozenset({"StringEquals", "ArnLike"})
_ASKED = frozenset({"aws:SourceAccount", "aws:SourceArn"})
_TAG = "ssm:resourceTag/"
_REVISIONS = re.compile(r"[^*]*:(?:task-definition/|job-definition/|execution:)[A-Za-z0-9_-]+:\*")
# Jobs of Batch and tasks of ECS get their names only when they run (service authorization reference).
_UNNAMED = re.compile(r"arn:[^*]*:(?:batch:[^*]*:job|ecs:[^*]*:task)/\*")
# What looks at runs or ends them, and has no resource of its own in IAM (service authorization reference).
_WITHOUT_RESOURCE = frozenset({"batch:DescribeJobs", "redshift-data:DescribeStatement"}) | frozenset(
    f"ssm:{name}" for name in ("CancelCommand", "GetCommandInvocation", "ListCommandInvocations", "ListCommands")
)


def role_faults(stack: Stack) -> Iterator[str]:
    """Say what in a template's roles and policies is too wide, is no leave at all, or does not protect them."""
    of_airflow = is_environment(stack)
    for role in stack.of_kind(ROLE):
        yield from _trust_faults(role, SERVICES if of_airflow else _TRUSTED)
        for statement in _own_statements(role):
            yield from _statement_faults(stack, role.name, statement, of_airflow=of_airflow)
    if of_airflow:
        found = [one for role in stack.of_kind(ROLE) for one in statements(stack, f"<{role.name}>")]
        yield from (f"the environment's role may not do {action}" for action in missing(found))
    for kind in (POLICY, MANAGED_POLICY):
        for policy in stack.of_kind(kind):
            document = policy.properties.get("PolicyDocument")
            yield from version_faults(policy.name, document)
            for statement in _listed(_document(document)):
                yield from _statement_faults(stack, policy.name, statement, of_airflow=of_airflow)


def _statement_faults(stack: Stack, name: str, statement: Mapping[str, Value], *, of_airflow: bool) -> Iterator[str]:
    if of_airflow and documented(statement):
        return
    yield from form_faults(name, statement)
    yield from _width_faults(name, statement)
    yield from action_faults(stack, name, statement)


def statements(stack: Stack, role: str) -> list[Mapping[str, Value]]:
    """Give the statements of a role, its own and those of policies that name it."""
    own = stack.resources.get(role.strip("<>"))
    found = _own_statements(own) if own else []
    for policy in stack.of_kind(POLICY):
        if role in as_list(policy.properties.get("Roles")):
            found += _listed(_document(policy.properties.get("PolicyDocument")))
    return found


def _own_statements(role: Resource) -> list[Mapping[str, Value]]:
    found: list[Mapping[str, Value]] = []
    for inline in as_list(role.properties.get("Policies")):
        if isinstance(inline, dict):
            found += _listed(_document(inline.get("PolicyDocument")))
    return found


def managed(stack: Stack) -> Iterator[tuple[str, str]]:
    """Give what the managed policies of a template allow: actions, each with what."""
    for policy in stack.of_kind(MANAGED_POLICY):
        for statement in _listed(_document(policy.properties.get("PolicyDocument"))):
            if statement.get("Effect") != "Allow":
                continue
            for resource in map(str, as_list(statement.get("Resource"))):
                yield from ((str(action), resource) for action in as_list(statement.get("Action")))


def allows(stack: Stack, role: str, action: str, resource: str) -> bool:
    """Say whether a role may do something with a resource, by its exact name or by a tag."""
    return any(
        statement.get("Effect") == "Allow"
        and action in as_list(statement.get("Action"))
        and any(_covers(given, resource) for given in as_list(statement.get("Resource")))
        for statement in statements(stack, role)
    )


def _covers(given: Value, resource: str) -> bool:
    return isinstance(given, str) and (given == resource or (given.endswith("/*") and resource.startswith(given[:-1])))


def _trust_faults(role: Resource, services: tuple[str, ...]) -> Iterator[str]:
    trusted = _listed(_document(role.properties.get("AssumeRolePolicyDocument")))
    if not trusted:
        yield f"{role.name} has no trust policy"
    for statement in trusted:
        principal = statement.get("Principal")
        named = as_list(principal.get("Service")) if isinstance(principal, dict) and len(principal) == 1 else []
        if not named or not set(map(str, named)) <= set(services):
            yield f"{role.name} trusts another principal than {' or '.join(services)}"
        condition = table(statement.get("Condition"))
        asked = {key: text for test in condition.values() for key, text in table(test).items()}
        if (statement.get("Effect"), statement.get("Action")) != ("Allow", "sts:AssumeRole"):
            yield f"{role.name} cannot be taken: its trust does not allow sts:AssumeRole"
        if statement.keys() - _OF_TRUST or condition.keys() - _ASKING or asked.keys() != _ASKED:
            yield f"{role.name} can be taken where something else holds than the account and the source"
        for key, wanted in (("aws:SourceAccount", _ACCOUNT), ("aws:SourceArn", _SOURCE)):
            if not wanted.fullmatch(str(asked.get(key))):
                yield f"{role.name} can be taken by others' schedules: its trust does not ask for {key}"


def _width_faults(name: str, statement: Mapping[str, Value]) -> Iterator[str]:
    if "NotAction" in statement or "NotResource" in statement:
        yield f"{name} allows all but something"
    for action in as_list(statement.get("Action")):
        if "*" in str(action):
            yield f"{name} allows the actions {action}"
        if action == "iam:PassRole" and not _to_tasks(statement.get("Condition")):
            yield f"{name} may pass roles to others than the tasks of ECS"
    for resource in as_list(statement.get("Resource")):
        text = str(resource)
        if "*" in text and not (_by_tag(statement.get("Condition")) or _of_one(text) or _alone(statement)):
            yield f"{name} holds for the resources {resource}"


def _to_tasks(condition: Value) -> bool:
    return condition == {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}


def _of_one(resource: str) -> bool:
    """Say whether a star stands for revisions or runs of one named thing, or for jobs that have no names before."""
    return (_REVISIONS.fullmatch(resource) or _UNNAMED.fullmatch(resource)) is not None


def _alone(statement: Mapping[str, Value]) -> bool:
    """Say whether IAM knows no narrower resource for what a statement allows."""
    actions = {str(action) for action in as_list(statement.get("Action"))}
    return bool(actions) and actions <= _WITHOUT_RESOURCE


def _by_tag(condition: Value) -> bool:
    return any(key.startswith(_TAG) for key in table(table(condition).get("StringEquals")))


def _document(value: Value) -> Value:
    return table(value).get("Statement")


def _listed(value: Value) -> list[Mapping[str, Value]]:
    return [item for item in as_list(value) if isinstance(item, dict)]
