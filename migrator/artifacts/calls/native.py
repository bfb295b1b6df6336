"""The cloud call that a task is, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from migrator.artifacts.calls import (
    athena,
    batch,
    codebuild,
    ecs,
    emr,
    glue,
    lambda_function,
    redshift_data,
    sns,
    sqs,
    step_functions,
)
from migrator.artifacts.calls.call import Call, check_texts
from migrator.artifacts.calls.given import Given, of_command, of_manifest
from migrator.artifacts.calls.options import Option, flags
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart

_READERS: Mapping[tuple[str, str], tuple[Callable[[Given], Call], Mapping[str, Option]]] = {
    ("athena", "start-query-execution"): (athena.call, athena.OPTIONS),
    ("batch", "submit-job"): (batch.call, batch.OPTIONS),
    ("codebuild", "start-build"): (codebuild.call, codebuild.OPTIONS),
    ("ecs", "run-task"): (ecs.call, ecs.OPTIONS),
    ("emr", "add-steps"): (emr.call, {}),
    ("glue", "start-job-run"): (glue.call, glue.OPTIONS),
    ("lambda", "invoke"): (lambda_function.call, lambda_function.OPTIONS),
    ("redshift-data", "execute-statement"): (redshift_data.call, redshift_data.OPTIONS),
    ("sns", "publish"): (sns.call, sns.OPTIONS),
    ("sqs", "send-message"): (sqs.call, sqs.OPTIONS),
    ("stepfunctions", "start-execution"): (step_functions.call, step_functions.OPTIONS),
}


def native(task: TaskPart, job: JobPart, read: Collection[str] = ()) -> Call:
    """Give the cloud call of a task; `read` are files of the host that other tasks read.

    A command counts only where it is one simple command of words that need no run. What is not known to be the same by
    itself raises CannotBeSaidError, and the command runs on its host as it is.
    """
    if task.call is None:
        msg = "it is no call of a service"
        raise CannotBeSaidError(msg)
    known = (task.call.service, task.call.action)
    if known not in _READERS:
        msg = f"{known[0]} {known[1]} is not known as a call of its own"
        raise CannotBeSaidError(msg)
    reader, options = _READERS[known]
    if job.command.strip():
        given = of_command(task.command or task.text, job, flags(options), read)
    else:
        given = of_manifest(task.call)
    if (given.service, given.action) != known:
        msg = "its command is another call than its step"
        raise CannotBeSaidError(msg)
    found = lambda_function.call(given, frozenset(read)) if known == ("lambda", "invoke") else reader(given)
    found = replace(found, region=given.region)
    check_texts(found)
    return found
