"""EventBridge costs about nothing, and so it saves nothing: the compute stays.

**Why.** By SSM the command goes on running on the same EC2 host, whose bill stays. A move to other compute saves only
when the host goes.

**Says nothing** about clusters of more than one unit, or where the settings name other compute.
"""

from collections.abc import Iterator

from migrator.advice.case import compute_of
from migrator.advice.rule import Rule, Subject, at_lines
from migrator.model import Access, Reason, ResourceKind, Target
from migrator.model.wording import some
from migrator.settings import Compute


def judge(subject: Subject) -> Iterator[Reason]:
    """Say that a lone command moved by SSM saves $0, and which of the host's files it touches."""
    if not subject.lone:
        return
    job = subject.shape.moving[0]
    facts = subject.case.facts.get(job.id)
    if compute_of(job, subject.settings) is not Compute.SSM or (
        facts and facts.calls and len(facts.calls) == len(facts.steps)
    ):
        return
    places = _places(facts.touched if facts else ())
    on_host = f"; it works on files of its host ({places})" if places else ""
    yield Reason(Target.EVENTBRIDGE, -1, f"started by SSM on the same host the move saves $0{on_host}", at_lines([job]))


def _places(touched: tuple[Access, ...]) -> str:
    names = sorted({a.resource.name for a in touched if a.resource.kind is ResourceKind.FILE and not a.log})
    return some(names, 3)


RULE = Rule(
    "compute-stays", judge, "decision guide, overlaps (EventBridge $0); https://aws.amazon.com/systems-manager/pricing/"
)
