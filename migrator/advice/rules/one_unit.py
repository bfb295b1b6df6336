"""One unit needs a trigger and nothing more.

**Why.** A state machine or a DAG keeps units in order; one unit has no order to keep, and each of them is one more
service to run and watch. A script of nine commands that fail together is one unit.

**Says nothing** when a second unit is there.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for EventBridge Scheduler, and against what keeps order, when one unit moves."""
    if not subject.lone:
        return
    job = subject.shape.moving[0]
    steps = len(subject.case.facts[job.id].steps) if job.id in subject.case.facts else 1
    counted = f"{steps} commands that are one unit" if steps > 1 else "one unit"
    proof = at_lines(subject.shape.moving, counted)
    yield Reason(Target.EVENTBRIDGE, 5, f"{counted}: one time or event starts one thing", proof)
    yield Reason(Target.STEP_FUNCTIONS, -2, f"{counted}: there is no order for a state machine to keep", proof)
    yield Reason(Target.AIRFLOW, -4, f"{counted}: the guide gives Airflow 5 and more", proof)


RULE = Rule(
    "one-unit",
    judge,
    "decision guide, EventBridge; https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html",
)
