"""`aws emr add-steps`: a step on a cluster of EMR.

The CLI makes a step of type Spark a call of `spark-submit` by command-runner.jar (awscli, emr/steputils.py). A
manifest's step is such a step too: `script` is what spark-submit gets.
"""

from __future__ import annotations

from typing import Any

from migrator.artifacts.calls.call import Allowed, Call, events, integrated, rule_of
from migrator.artifacts.calls.given import Given
from migrator.artifacts.calls.names import checked
from migrator.artifacts.calls.options import json_value
from migrator.artifacts.calls.shorthand import ShorthandError, read_shorthand
from migrator.artifacts.calls.values import Asked, Value, own_arn
from migrator.artifacts.parts.file import CannotBeSaidError

_CLUSTER = "j-[A-Z0-9]{1,40}"
_RUNNER = "command-runner.jar"
_KEYS = frozenset({"cluster-id", "script", "release"})


def call(given: Given) -> Call:
    """Read a step; raise CannotBeSaidError."""
    cluster, step, notes = _declared(given) if given.declared else _commanded(given)
    there = own_arn("elasticmapreduce", "cluster/", cluster)
    adds = Allowed(("elasticmapreduce:AddJobFlowSteps",), (there,))
    follows = Allowed(("elasticmapreduce:DescribeStep", "elasticmapreduce:CancelSteps"), (there,))
    # Step Functions has names of its own for what the service calls a job flow («Call Amazon EMR»).
    own: dict[str, Value] = {"ClusterId": cluster, "Step": step}
    parameters: dict[str, Value] = {"JobFlowId": cluster, "Steps": (step,)}
    return integrated(
        "emr",
        "addJobFlowSteps",
        parameters,
        (adds,),
        (follows, rule_of("StepFunctionsGetEventForEMRAddJobFlowStepsRule")),
        failures=events(
            "emr", "EMR Step Status Change", clusterId=(cluster,), name=(step["Name"],), state=("FAILED", "CANCELLED")
        ),
        notes=(*given.notes, *notes),
        declared=given.declared,
        state="elasticmapreduce:addStep.sync",
        told=own,
    )


def _declared(given: Given) -> tuple[str | Asked, dict[str, Value], tuple[str, ...]]:
    unknown = sorted(given.options.keys() - _KEYS)
    if unknown or not given.name:
        msg = f"its argument {unknown[0][:40]} is not carried over" if unknown else "its step has no name"
        raise CannotBeSaidError(msg)
    cluster: str | Asked = Asked("ClusterId", f"the id of the EMR cluster that runs {given.name}", f"^{_CLUSTER}$")
    if "cluster-id" in given.options:
        cluster = checked(given.options["cluster-id"], "cluster", _CLUSTER)
    script: Value = Asked("Script", f"the address in S3 of what spark-submit runs as {given.name}", "^s3://.+$")
    script = given.options.get("script", script)
    release = given.options.get("release")
    notes = (f"The cluster must be of the release {release}.",) if release else ()
    return cluster, _step(given.name, _RUNNER, ("spark-submit", script)), notes


def _commanded(given: Given) -> tuple[str, dict[str, Value], tuple[str, ...]]:
    if set(given.options) != {"cluster-id", "steps"} or given.operands:
        msg = "it has options beside the cluster and one step"
        raise CannotBeSaidError(msg)
    cluster = checked(given.options["cluster-id"], "cluster", _CLUSTER)
    return cluster, _read_step(given.options["steps"]), ()


def _read_step(text: str) -> dict[str, Value]:
    try:
        said: Any = json_value(text, "step") if text.lstrip().startswith(("{", "[")) else read_shorthand(text)
    except ShorthandError as error:
        msg = f"its step is not read: {error}"
        raise CannotBeSaidError(msg) from error
    steps = said if isinstance(said, list) else [said]
    if len(steps) != 1 or not isinstance(steps[0], dict):
        msg = "it adds several steps, of which each may fail by itself"
        raise CannotBeSaidError(msg)
    step = steps[0]
    kind = str(step.get("Type", "CUSTOM_JAR")).upper()
    arguments = step.get("Args", [])
    if not step.keys() <= {"Type", "Name", "ActionOnFailure", "Args", "Jar"} or not _all_texts(arguments):
        msg = "its step has members that are not carried over"
        raise CannotBeSaidError(msg)
    action = str(step.get("ActionOnFailure", "CONTINUE"))
    if kind == "SPARK" and "Jar" not in step:
        name = str(step.get("Name", "Spark application"))
        return _step(name, _RUNNER, ("spark-submit", *arguments), action)
    if kind == "CUSTOM_JAR" and isinstance(step.get("Jar"), str):
        return _step(str(step.get("Name", "Custom JAR")), step["Jar"], tuple(arguments), action)
    msg = f"a step of the type {kind[:20]} is not carried over"
    raise CannotBeSaidError(msg)


def _all_texts(arguments: Any) -> bool:  # Any: what JSON held
    return isinstance(arguments, list) and all(isinstance(one, str) for one in arguments)


def _step(name: str, jar: str, arguments: tuple[Value, ...], action: str = "CONTINUE") -> dict[str, Value]:
    return {"Name": name, "ActionOnFailure": action, "HadoopJarStep": {"Jar": jar, "Args": arguments}}
