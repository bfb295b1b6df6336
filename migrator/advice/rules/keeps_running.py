"""A job that leaves a process running is a service, and stays until it becomes one.

**Why.** A task of a state machine or of Airflow is killed with its task, and a Lambda ends at once. A daemon belongs
to the service manager, or to an ECS service.

**Says nothing** about jobs that end by themselves.
"""

from collections.abc import Iterator

from migrator.advice.host_ties import TieKind
from migrator.advice.rule import Rule, Subject, held
from migrator.model import Reason


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for staying where jobs start something that goes on after them."""
    yield from held(subject.tied(TieKind.DAEMON), "it leaves a process running, which a scheduled task cannot", 8)


RULE = Rule(
    "keeps-running",
    judge,
    "decision guide, EventBridge; https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html",
)
