"""`aws batch submit-job`: a job in a queue of AWS Batch."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.artifacts.calls.call import Allowed, Call, events, integrated, rule_of
from migrator.artifacts.calls.given import Given
from migrator.artifacts.calls.names import checked, named_arn
from migrator.artifacts.calls.options import Kind, Option, members, others
from migrator.artifacts.calls.values import Asked, Joined, Value, own_arn
from migrator.artifacts.parts.file import CannotBeSaidError

OPTIONS = {
    "job-name": Option("JobName"),
    "job-queue": Option("JobQueue"),
    "job-definition": Option("JobDefinition"),
    "parameters": Option("Parameters", Kind.MAP),
    "container-overrides": Option("ContainerOverrides", Kind.STRUCTURE),
    "array-properties": Option("ArrayProperties", Kind.STRUCTURE),
    "retry-strategy": Option("RetryStrategy", Kind.STRUCTURE),
    "timeout": Option("Timeout", Kind.STRUCTURE),
    "propagate-tags": Option("PropagateTags", Kind.FLAG),
    "share-identifier": Option("ShareIdentifier"),
}
_JOB = r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}"
_DEFINITION = rf"{_JOB}(:[0-9]+)?"
QUEUE_ARN = "^arn:aws[a-z-]*:batch:[a-z0-9-]+:[0-9]{12}:job-queue/[A-Za-z0-9_-]+$"
DEFINITION_ARN = "^arn:aws[a-z-]*:batch:[a-z0-9-]+:[0-9]{12}:job-definition/[A-Za-z0-9_-]+:[0-9]+$"


def call(given: Given) -> Call:
    """Read a submission; a manifest's other keys are parameters of the job. Raise CannotBeSaidError."""
    more = others(given, OPTIONS)
    found = members(given, OPTIONS, frozenset(more))
    if more and "Parameters" in found:
        msg = "it has parameters of the job in two places"
        raise CannotBeSaidError(msg)
    name = found.pop("JobName", None) or given.name
    if not isinstance(name, str) or given.operands:
        msg = "it names no job, or more than that"
        raise CannotBeSaidError(msg)
    name = checked(name, "job", _JOB)
    which = Asked("JobQueue", f"the ARN of the queue of AWS Batch that {name} goes into", QUEUE_ARN)
    queue = _arn(found.pop("JobQueue", None), "job queue", _JOB, which if given.declared else None)
    which = Asked("JobDefinition", f"the ARN of the job definition of {name}, with its revision", DEFINITION_ARN)
    definition = _arn(
        found.pop("JobDefinition", None), "job definition", _DEFINITION, which if given.declared else None
    )
    parameters: dict[str, Value] = {"JobName": name, "JobQueue": queue, "JobDefinition": definition}
    parameters |= ({"Parameters": more} if more else {}) | found
    return job_call(parameters, (queue, *_of_definition(definition)), given.notes, declared=given.declared)


def job_call(
    parameters: Mapping[str, Value], leave: tuple[Value, ...], notes: tuple[str, ...] = (), *, declared: bool = True
) -> Call:
    """Make the call that submits a job; `leave` are the queue and the definitions that it is checked against."""
    return integrated(
        "batch",
        "submitJob",
        parameters,
        (Allowed(("batch:SubmitJob",), leave),),
        (
            Allowed(("batch:TerminateJob",), (own_arn("batch", "job/*"),)),
            Allowed(("batch:DescribeJobs",), ("*",)),
            rule_of("StepFunctionsGetEventsForBatchJobsRule"),
        ),
        failures=events(
            "batch",
            "Batch Job State Change",
            jobName=(parameters["JobName"],),
            jobQueue=(parameters["JobQueue"],),
            status=("FAILED",),
        ),
        notes=notes,
        declared=declared,
    )


def _arn(text: Value, what: str, pattern: str, asked: Asked | None) -> str | Joined | Asked:
    """Give the ARN that a text names, or ask for it where a manifest names none."""
    if isinstance(text, str):
        return named_arn(text, "batch", f"{what.replace(' ', '-')}/", what, pattern)
    if asked is None:
        msg = f"it names no {what}"
        raise CannotBeSaidError(msg)
    return asked


def _of_definition(definition: str | Joined | Asked) -> tuple[Value, ...]:
    """Give the ARNs that a submission is checked against: the definition, and its revisions where none is named."""
    if isinstance(definition, Asked):
        return (definition,)
    last = definition if isinstance(definition, str) else str(definition.pieces[-1])
    if last.rpartition(":")[2].isdigit():
        return (definition,)
    every = f"{definition}:*" if isinstance(definition, str) else Joined((*definition.pieces, ":*"))
    return (definition, every)
