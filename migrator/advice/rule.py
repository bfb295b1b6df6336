"""What a rule is, and what it judges."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from migrator.advice.bands import Band
from migrator.advice.case import Case, line_of
from migrator.advice.environments import Managed
from migrator.advice.host_ties import Tie, TieKind
from migrator.advice.shape import MANY_UNITS, Shape
from migrator.commands.facts import BranchKind, CommandFacts
from migrator.costs import PriceList, Workload
from migrator.model import Evidence, Job, Reason, Target
from migrator.model.frozen import frozen
from migrator.settings import Need, Settings

_SHOWN = 5
_DECISIONS = 2

# Every target that a job moves to; what ties a job to its host speaks against all of them.
MOVES = (Target.EVENTBRIDGE, Target.STEP_FUNCTIONS, Target.AIRFLOW, Target.MWAA)


@frozen
class Subject:
    """A cluster as a rule sees it. `managed` is the environment's answer where the cluster's band is Airflow."""

    case: Case
    shape: Shape
    band: Band
    work: Workload
    settings: Settings
    prices: PriceList
    managed: Managed | None = None

    @property
    def lone(self) -> bool:
        """Say whether it is one unit that moves."""
        return bool(self.shape.moving) and self.shape.units <= 1

    def tied(self, kind: TieKind) -> tuple[Tie, ...]:
        """Give the ties of one kind that hold a job on its host."""
        return tuple(tie for tie in self.shape.staying if tie.kind is kind)


Judge: TypeAlias = Callable[[Subject], Iterator[Reason]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the decision guide: `judge` gives reasons for and against, it chooses nothing.

    `reference` names the guide's section, and an AWS page where there is one.
    """

    id: str
    judge: Judge
    reference: str


def at_lines(jobs: Iterable[Job], says: str = "") -> tuple[Evidence, ...]:
    """Point at the jobs' own lines, five at most."""
    return tuple(line_of(job, says) for job in islice(jobs, _SHOWN))


def shown(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Keep the first five proofs."""
    return tuple(islice(evidence, _SHOWN))


def decisions(subject: Subject) -> Iterator[Evidence]:
    """Point at the decisions in jobs of several units, two at most: forks and joins need room beside them."""
    found = (branch for facts in _several(subject) for branch in facts.branches)
    yield from islice((Evidence(branch.origin, branch.text, "decides") for branch in found), _DECISIONS)


def handlers(subject: Subject) -> tuple[Evidence, ...]:
    """Point at what handles a failure in jobs of several units."""
    found = (branch for facts in _several(subject) for branch in facts.branches if branch.kind is BranchKind.HANDLER)
    return shown(Evidence(branch.origin, branch.text, "a failure is handled") for branch in found)


def forks(subject: Subject) -> Iterator[Evidence]:
    """Point at the jobs that start several others or join them."""
    moving = {job.id for job in subject.shape.moving}
    inside = [tie for tie in subject.case.cluster.dependencies if {tie.upstream, tie.downstream} <= moving]
    after, before = Counter(tie.upstream for tie in inside), Counter(tie.downstream for tie in inside)
    for job in subject.shape.moving:
        counts = ((after[job.id], "jobs need it"), (before[job.id], "jobs before it"))
        if told := [f"{count} {what}" for count, what in counts if count > 1]:
            yield line_of(job, " and ".join(told))


def _several(subject: Subject) -> Iterator[CommandFacts]:
    for job in subject.shape.moving:
        facts = subject.case.facts.get(job.id)
        if facts is not None and len(facts.units) > 1:
            yield facts


def for_dags(subject: Subject, need: Need, text: str, against: str) -> Iterator[Reason]:
    """Speak for Airflow and against Step Functions where a need is stated and there are units enough for it."""
    shape = subject.shape
    if need in shape.needs and shape.units >= MANY_UNITS:
        proof = at_lines(shape.moving)
        yield Reason(Target.AIRFLOW, 3, text, proof)
        yield Reason(Target.MWAA, 3, text, proof)
        yield Reason(Target.STEP_FUNCTIONS, -3, against, proof)


def held(ties: tuple[Tie, ...], text: str, weight: int) -> Iterator[Reason]:
    """Speak for staying and against every move, on the same proof."""
    if not ties:
        return
    proof = shown(piece for tie in ties for piece in tie.evidence)
    yield Reason(Target.RETAIN, weight, text, proof)
    for target in MOVES:
        yield Reason(target, -weight, text, proof)
