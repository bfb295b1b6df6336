"""`aws batch submit-job`: a job in a queue of AWS Batch."""

from __future__ import annotations

from migrator.artifacts.calls.call import Allowed, Call, State, rule_of, universal
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
    queue = _queue(given, name, found.pop("JobQueue", None))
    definition = _definition(given, name, found.pop("JobDefinition", None))
    parameters: dict[str, Value] = {"JobName": name, "JobQueue": queue, "JobDefinition": definition}
    parameters |= ({"Parameters": more} if more else {}) | found
    submits = Allowed(("batch:SubmitJob",), (queue, *_of_definition(definition)))
    ends = Allowed(("batch:TerminateJob",), (own_arn("batch", "job/*"),))
    looks = Allowed(("batch:DescribeJobs",), ("*",))
    return Call(
        "batch",
        "submitJob",
        parameters,
        State("arn:aws:states:::batch:submitJob", parameters, (submits,)),
        State(
            "arn:aws:states:::batch:submitJob.sync",
            parameters,
            (submits, ends, looks, rule_of("StepFunctionsGetEventsForBatchJobsRule")),
        ),
        universal("batch", "submitJob", parameters, submits),
        given.notes,
        {
            "source": ("aws.batch",),
            "detail-type": ("Batch Job State Change",),
            "detail": {"jobName": (name,), "jobQueue": (queue,), "status": ("FAILED",)},
        },
        given.declared,
    )


def _queue(given: Given, name: str, text: Value) -> str | Joined | Asked:
    if isinstance(text, str):
        return named_arn(text, "batch", "job-queue/", "job queue", _JOB)
    if not given.declared:
        msg = "it names no job queue"
        raise CannotBeSaidError(msg)
    return Asked("JobQueue", f"the ARN of the queue of AWS Batch that {name} goes into", QUEUE_ARN)


def _definition(given: Given, name: str, text: Value) -> str | Joined | Asked:
    if isinstance(text, str):
        return named_arn(text, "batch", "job-definition/", "job definition", _DEFINITION)
    if not given.declared:
        msg = "it names no job definition"
        raise CannotBeSaidError(msg)
    return Asked("JobDefinition", f"the ARN of the job definition of {name}, with its revision", DEFINITION_ARN)


def _of_definition(definition: str | Joined | Asked) -> tuple[Value, ...]:
    """Give the ARNs that a submission is checked against: the definition, and its revisions where none is named."""
    if isinstance(definition, Asked):
        return (definition,)
    last = definition if isinstance(definition, str) else str(definition.pieces[-1])
    if last.rpartition(":")[2].isdigit():
        return (definition,)
    every = f"{definition}:*" if isinstance(definition, str) else Joined((*definition.pieces, ":*"))
    return (definition, every)
