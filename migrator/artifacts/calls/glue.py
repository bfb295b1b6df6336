"""`aws glue start-job-run`: a run of a Glue job."""

from __future__ import annotations

from migrator.artifacts.calls.call import Allowed, Call, events, integrated
from migrator.artifacts.calls.given import Given
from migrator.artifacts.calls.names import checked
from migrator.artifacts.calls.options import Kind, Option, members
from migrator.artifacts.calls.values import Value, own_arn
from migrator.artifacts.parts.file import CannotBeSaidError

OPTIONS = {
    "job-name": Option("JobName"),
    "arguments": Option("Arguments", Kind.MAP),
    "allocated-capacity": Option("AllocatedCapacity", Kind.NUMBER),
    "timeout": Option("Timeout", Kind.NUMBER),
    "max-capacity": Option("MaxCapacity", Kind.DECIMAL),
    "security-configuration": Option("SecurityConfiguration"),
    "worker-type": Option("WorkerType"),
    "number-of-workers": Option("NumberOfWorkers", Kind.NUMBER),
    "execution-class": Option("ExecutionClass"),
    "job-run-queuing-enabled": Option("JobRunQueuingEnabled", Kind.FLAG),
}
# Glue takes nearly any sign in a name; these cannot act anywhere, and no policy takes them for a wildcard.
_JOB = r"[A-Za-z0-9_][A-Za-z0-9_ .()-]{0,254}"


def call(given: Given) -> Call:
    """Read a start; a manifest's keys with dashes (`--date`) are arguments of the job. Raise CannotBeSaidError."""
    own = {key: text for key, text in given.options.items() if given.declared and key.startswith("--")}
    found = members(given, OPTIONS, frozenset(own))
    if own and "Arguments" in found:
        msg = "it has arguments of the job in two places"
        raise CannotBeSaidError(msg)
    name = given.name or found.pop("JobName", None)
    if not isinstance(name, str) or given.operands:
        msg = "it names no job, or more than a job"
        raise CannotBeSaidError(msg)
    name = checked(name, "job", _JOB)
    parameters: dict[str, Value] = {"JobName": name, **({"Arguments": own} if own else {}), **found}
    job = own_arn("glue", f"job/{name}")
    starts = Allowed(("glue:StartJobRun",), (job,))
    follows = Allowed(("glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"), (job,))
    return integrated(
        "glue",
        "startJobRun",
        parameters,
        (starts,),
        (follows,),
        failures=events("glue", "Glue Job State Change", jobName=(name,), state=("FAILED", "TIMEOUT", "STOPPED")),
        notes=given.notes,
        declared=given.declared,
    )
