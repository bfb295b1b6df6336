"""A job of every minute fits Airflow badly.

**Why.** A DAG run has seconds of overhead and a row of history; 1,440 a day crowd the scheduler. EventBridge to a
Lambda or a queue carries such a rate without notice.

**Says nothing** about jobs that run less often than every minute of an hour.
"""

from collections.abc import Iterator

from migrator.advice.host_ties import every_minute
from migrator.advice.rule import Rule, Subject, at_lines
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak against Airflow where jobs start every minute."""
    often = [job for job in subject.shape.moving if every_minute(job)]
    if not often:
        return
    text, proof = "it starts every minute, more overhead than work for a DAG", at_lines(often)
    yield Reason(Target.AIRFLOW, -2, text, proof)
    yield Reason(Target.MWAA, -2, text, proof)
    yield Reason(Target.EVENTBRIDGE, 1, "it starts every minute, which a schedule carries for about $0", proof)


RULE = Rule(
    "every-minute",
    judge,
    "decision guide, EventBridge; https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html",
)
