"""What is recommended, and why."""

from dataclasses import dataclass

from migrator.costs.types import Estimate
from migrator.model import Evidence, JobId, Reason, Severity, Target


@dataclass(frozen=True, slots=True)
class Rejected:
    """A target that was not chosen, and the main reason."""

    target: Target
    why: str


@dataclass(frozen=True, slots=True)
class Flip:
    """What would change the answer: `when` in words, the setting to change, the target that would then be chosen."""

    when: str
    to: Target
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Hazard:
    """Something that breaks when the job leaves cron."""

    id: str
    severity: Severity
    job: JobId
    text: str
    remedy: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work a job's move is: `size` is a slug (none, small, medium, large), `why` what makes it so."""

    job: JobId
    size: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The answer for one cluster. `undecided` says why the answer is open; `target` is then the guide's answer.

    `pinned` marks the user's choice. `reasons` speak for and against, strongest first. `estimates` has every target's
    bill; of a free amount and of a shared environment it has the cluster's part, so that the bills of the chosen
    targets add up to the portfolio's.
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


@dataclass(frozen=True, slots=True)
class Question:
    """What a person must answer: `about` names clusters or jobs, `settles` what the answer decides."""

    id: str
    about: tuple[str, ...]
    text: str
    settles: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to place the whole portfolio, its bill, and why it was not taken."""

    name: str
    estimate: Estimate | None
    why_not: str


@dataclass(frozen=True, slots=True)
class Environment:
    """An Airflow environment that clusters share: its whole bill, of which each member's estimate has a part.

    `jobs` and `dags` are what runs on it, `name` the isolation group or empty, `why` what decided for its target.
    """

    target: Target
    name: str
    clusters: tuple[str, ...]
    jobs: int
    dags: int
    estimate: Estimate
    why: str


@dataclass(frozen=True, slots=True)
class Advice:
    """All answers, sorted by cluster id, and what holds over the portfolio.

    `shared` are bills that no cluster's estimate has a part of. `environments` are whole bills that the members'
    estimates already divide among them: never add them to those. `notes` are true of many jobs and said once.
    """

    recommendations: tuple[Recommendation, ...]
    shared: tuple[Estimate, ...]
    alternatives: tuple[Alternative, ...]
    questions: tuple[Question, ...]
    environments: tuple[Environment, ...] = ()
    notes: tuple[str, ...] = ()


NOTHING = Advice((), (), (), ())
"""No advice: what a scan has."""
