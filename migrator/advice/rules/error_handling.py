"""Handling of errors needs something that sees the outcome.

**Why.** EventBridge Scheduler retries the delivery of the call and never sees the job's exit code. Step Functions
catches and retries by state, Airflow by task.

**Says nothing** when no handler and no retry is written down.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines, handlers
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for what sees outcomes where retries or handlers are stated."""
    shape = subject.shape
    if not shape.handles_errors:
        return
    retried = [job for job in shape.moving if job.declared is not None and job.declared.retries]
    proof = at_lines(retried, "retries are asked for") if retried else handlers(subject) or at_lines(shape.moving)
    text = "retries of its jobs are asked for" if retried else "what fails is handled"
    yield Reason(Target.STEP_FUNCTIONS, 2, f"{text}: a state machine retries and catches by state", proof)
    yield Reason(Target.AIRFLOW, 1, f"{text}: Airflow retries by task", proof)
    yield Reason(Target.EVENTBRIDGE, -2, f"{text}, and EventBridge never sees an exit code", proof)


RULE = Rule(
    "error-handling",
    judge,
    "decision guide, Step Functions; https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html",
)
