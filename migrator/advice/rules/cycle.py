"""Jobs that need each other in a circle have no order that a target could keep.

**Why.** A DAG has no cycles by name, and a state machine that follows one never ends. One of the dependencies is not
real, or means the previous run.

**Says nothing** when the dependencies have an order.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, shown
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak against everything that keeps an order while the cluster has none."""
    if not subject.shape.cyclic:
        return
    proof = shown(piece for tie in subject.case.cluster.dependencies for piece in tie.evidence)
    for target in (Target.STEP_FUNCTIONS, Target.AIRFLOW, Target.MWAA):
        yield Reason(target, -6, "its dependencies form a cycle, so there is no order to keep", proof)


RULE = Rule(
    "cycle",
    judge,
    "decision guide, overlaps; https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html",
)
