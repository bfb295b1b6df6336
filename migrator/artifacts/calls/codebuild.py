"""`aws codebuild start-build`: a build of a project."""

from __future__ import annotations

from migrator.artifacts.calls.call import Allowed, Call, events, integrated, rule_of
from migrator.artifacts.calls.given import Given
from migrator.artifacts.calls.names import checked
from migrator.artifacts.calls.options import Kind, Option, members
from migrator.artifacts.calls.values import Value, own_arn
from migrator.artifacts.parts.file import CannotBeSaidError

OPTIONS = {
    "project-name": Option("ProjectName"),
    "source-version": Option("SourceVersion"),
    "environment-variables-override": Option("EnvironmentVariablesOverride", Kind.STRUCTURE),
    "buildspec-override": Option("BuildspecOverride"),
    "compute-type-override": Option("ComputeTypeOverride"),
    "image-override": Option("ImageOverride"),
    "timeout-in-minutes-override": Option("TimeoutInMinutesOverride", Kind.NUMBER),
}
_PROJECT = r"[A-Za-z0-9][A-Za-z0-9_-]{1,149}"


def call(given: Given) -> Call:
    """Read a start; raise CannotBeSaidError."""
    found = members(given, OPTIONS)
    name = given.name or found.pop("ProjectName", None)
    if not isinstance(name, str) or given.operands:
        msg = "it names no project, or more than that"
        raise CannotBeSaidError(msg)
    name = checked(name, "project", _PROJECT)
    variables = found.get("EnvironmentVariablesOverride")
    if isinstance(variables, dict):  # shorthand of one
        found["EnvironmentVariablesOverride"] = (variables,)
    parameters: dict[str, Value] = {"ProjectName": name, **found}
    project = own_arn("codebuild", f"project/{name}")
    starts = Allowed(("codebuild:StartBuild",), (project,))
    follows = Allowed(("codebuild:StopBuild", "codebuild:BatchGetBuilds"), (project,))
    failed = {"project-name": (name,), "build-status": ("FAILED", "FAULT", "STOPPED", "TIMED_OUT")}
    return integrated(
        "codebuild",
        "startBuild",
        parameters,
        (starts,),
        (follows, rule_of("StepFunctionsGetEventForCodeBuildStartBuildRule")),
        failures=events("codebuild", "CodeBuild Build State Change", **failed),
        notes=given.notes,
        declared=given.declared,
    )
