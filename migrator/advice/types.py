"""What is recommended, and why."""

from dataclasses import dataclass
from enum import StrEnum

from migrator.costs.types import Estimate
from migrator.graph.types import Dependency, Relation
from migrator.model import Evidence, JobId, Range, Reason, Severity, Target
from migrator.model.frozen import frozen
from migrator.model.worded import worded


@frozen
class Rejected:
    """A target that was not chosen, and the main reason."""

    target: Target
    why: str


@frozen
class Flip:
    """What would change the answer: `when` in words, the setting to change, the target that would then be chosen.

    `undecided` says that the answer would be open then, `to` being the guide's. `jobs` are those of the cluster that
    would go there; empty means all of them.
    """

    when: str
    to: Target
    key: str
    value: str
    undecided: bool = False
    jobs: tuple[JobId, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """Jobs that would go from one target to another; the same target twice where the answer would be open no more."""

    before: Target
    after: Target
    jobs: int


@dataclass(frozen=True, slots=True)
class PortfolioFlip:
    """A change of one setting, and all that it would change: `jobs` move or are settled, most of them first."""

    when: str
    key: str
    value: str
    jobs: int
    shifts: tuple[Shift, ...]


@frozen
class Hazard:
    """Something that breaks when the job leaves cron. `carried`: the files that a plan writes see to it."""

    id: str
    severity: Severity
    job: JobId
    text: str
    remedy: str
    evidence: tuple[Evidence, ...]
    carried: bool = False


@frozen
class Effort:
    """How much work a job's move is: `size` is a slug (none, small, medium, large), `why` what makes it so."""

    job: JobId
    size: str
    why: tuple[str, ...]


@worded
class RunsOn(StrEnum):
    """Where a command runs after the move. `UPKEEP` serves the host itself: cron keeps it till the host ends."""

    CRON = "cron"  # it stays as it is
    UPKEEP = "upkeep"
    HOST = "host"  # started from elsewhere, by SSM, on the same host
    AWS = "aws"  # needs its host no more


STAYING = frozenset({RunsOn.CRON, RunsOn.UPKEEP})
"""Where cron goes on starting the command."""


@frozen
class Placement:
    """Where one job's command will run, and why there; `compute` is what it becomes, where it moves."""

    job: JobId
    runs_on: RunsOn
    why: str
    compute: str = "ssm"


@worded
class Verdict(StrEnum):
    """Whether a move pays for itself. `OPEN`: the ranges allow both; `UNKNOWN`: what decides is not stated."""

    SAVES_NOTHING = "saves-nothing"
    PAYS_BACK = "pays-back"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Payback:
    """What the move takes and what it gives back.

    `sizes` counts the jobs of each size; `hours` is their work, `cost` that in USD. `saving` is USD a month, below zero
    where the move costs more; `months` what it takes until the saving has paid the cost. None is unknown: `why` says on
    what it depends, and what else the figures rest on.
    """

    sizes: tuple[tuple[str, int], ...]
    hours: Range | None
    cost: Range | None
    saving: Range | None
    months: Range | None
    verdict: Verdict
    why: tuple[str, ...]


@frozen
class Recommendation:
    """The answer for one cluster. `undecided` says why the answer is open; `target` is then the guide's answer.

    `pinned` marks the user's choice. `reasons` speak for and against, strongest first. `estimates` has every target's
    bill; of a free amount and of a shared environment it has the cluster's part, so that the bills of the chosen
    targets add up to the portfolio's. `unmoved` is what was tried and changes nothing. `worlds` counts in how many of
    the tried worlds the cluster goes where; empty where nobody tried.
    """

    cluster: str
    target: Target
    runner_up: Target | None
    reasons: tuple[Reason, ...]
    rejected: tuple[Rejected, ...]
    estimates: tuple[Estimate, ...]
    flips: tuple[Flip, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    pinned: bool = False
    undecided: str | None = None
    notes: tuple[str, ...] = ()
    efforts: tuple[Effort, ...] = ()
    placements: tuple[Placement, ...] = ()
    unmoved: tuple[str, ...] = ()
    worlds: tuple[tuple[Target, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What a person must answer: `about` names clusters or jobs, `settles` what the answer decides.

    `jobs` is the number of jobs for which it decides that; `moves` says that a target is among it.
    """

    id: str
    about: tuple[str, ...]
    text: str
    settles: str
    jobs: int = 0
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Stability:
    """How far the answers hold over everything that is doubtful or unstated.

    `worlds` were tried, each a full set of answers to what is open. Of `jobs` that cron runs, `firm` go to the same
    target in all worlds and `part` (0 to 1) of them on average where the plan has them go. `ties` doubtful ties were
    turned, `left` more were not, and `settings` are the unstated ones. `questions` are the three that settle most,
    `settled` the jobs that these settle together.
    """

    worlds: int
    jobs: int
    firm: int
    part: float
    ties: int
    left: int
    settings: tuple[str, ...]
    questions: tuple[str, ...] = ()
    settled: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """A tie to decide on.

    `taken` says that the plan takes it for real; `changes` what the other answer would change in a recommendation.
    """

    tie: Dependency | Relation
    taken: bool
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to place the whole portfolio, its bill, and why it was not taken."""

    name: str
    estimate: Estimate | None
    why_not: str


@dataclass(frozen=True, slots=True)
class Environment:
    """An Airflow environment that clusters share: its whole bill, of which each member's estimate has a part.

    `jobs` and `dags` are what runs on it, `name` the isolation group or empty, `why` what decided for its target,
    `load` what its busiest minute asks of it.
    """

    target: Target
    name: str
    clusters: tuple[str, ...]
    jobs: int
    dags: int
    estimate: Estimate
    why: str
    load: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """All answers, sorted by cluster id, and what holds over the portfolio.

    `shared` are bills that no cluster's estimate has a part of. `environments` are whole bills that the members'
    estimates already divide among them: never add them to those. `notes` are true of many jobs and said once.
    `payback` weighs the work against what it saves, None where nothing moves. `flips` are changes of one setting with
    all that each changes, the farthest-reaching first. `doubts` are ties that a person should decide on.
    """

    recommendations: tuple[Recommendation, ...]
    shared: tuple[Estimate, ...]
    alternatives: tuple[Alternative, ...]
    questions: tuple[Question, ...]
    environments: tuple[Environment, ...] = ()
    notes: tuple[str, ...] = ()
    payback: Payback | None = None
    flips: tuple[PortfolioFlip, ...] = ()
    stability: Stability | None = None
    doubts: tuple[Doubt, ...] = ()


NOTHING = Advice((), (), (), ())
"""No advice: what a scan has."""
