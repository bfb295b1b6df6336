"""Clusters, what is recommended for them, and their workflows, as `plan.json` has them."""

from pydantic import Field, JsonValue

from migrator.commands.facts import WaitKind
from migrator.model import ScheduleKind, Target
from migrator.plan.flow import FlowPart
from migrator.plan.parts import Count, Part, PlaceOf, Proof, RangePart, Text
from migrator.workflows.types import After


class MetricsPart(Part):
    """Counts of a cluster, replicas not multiplied; `runs_per_month` is the mean, null where one is not known."""

    jobs: Count
    steps: Count
    units: Count
    dependencies: Count
    branches: Count
    depth: Count
    width: Count
    fan_in: Count
    fan_out: Count
    runs_per_month: float | None


class ReasonPart(Part):
    """One rule's word on one target: a positive weight speaks for it, a negative one against."""

    rule: Text
    target: Target
    weight: int
    text: Text
    evidence: tuple[Proof, ...]


class RejectedPart(Part):
    """A target that was not chosen, and the main reason."""

    target: Target
    why: Text


class LinePart(Part):
    """A line of a bill: quantity × price. A null quantity is unknown, and `depends_on` says on what."""

    name: Text
    unit: Text
    quantity: RangePart | None = Field(description="in the line's unit a month")
    price: float
    monthly: RangePart | None
    fixed: bool
    assumption: Text
    depends_on: Text
    source: Text


class EstimatePart(Part):
    """A target's bill in USD a month: what is paid without a run, what runs cost, both."""

    monthly: RangePart | None
    fixed: RangePart | None
    usage: RangePart | None
    lines: tuple[LinePart, ...]


class ChangePart(Part):
    """A setting and the value that it would have to get; the value is in the setting's own notation."""

    key: Text
    value: JsonValue


class FlipPart(Part):
    """What would change the answer. Where `undecided`, it would be open, and `to` the guide's answer."""

    when: Text
    to: Target
    change: ChangePart
    undecided: bool = False
    jobs: tuple[Text, ...] = Field(default=(), description="the jobs that would go there; empty: all of the cluster")


class RecommendationPart(Part):
    """The answer for a cluster. Where `undecided` says why it is open, `target` is the guide's answer."""

    target: Target
    undecided: Text | None
    pinned: bool
    runner_up: Target | None
    reasons: tuple[ReasonPart, ...]
    rejected: tuple[RejectedPart, ...]
    estimates: dict[Target, EstimatePart]
    flips: tuple[FlipPart, ...]
    notes: tuple[Text, ...]
    unmoved: tuple[Text, ...] = Field(default=(), description="what was tried and changes nothing of the answer")
    worlds: dict[Target, Count] = Field(
        default_factory=dict,
        description="in how many of the tried worlds the cluster goes where; empty where nobody tried",
    )


class HazardPart(Part):
    """Something that breaks when the job leaves cron. `severity` is silent, loud or nuisance.

    `carried`: the files that are written for the job see to it; who writes a target by hand has to.
    """

    id: Text
    severity: Text
    job: Text
    text: Text
    remedy: Text
    evidence: tuple[Proof, ...]
    carried: bool = False

    @property
    def silent(self) -> bool:
        """Say whether it goes wrong without a sign, and somebody has to see to it."""
        return self.severity == "silent" and not self.carried


class CallPart(Part):
    """A call of a cloud service in the words of the AWS CLI; `name` is of the job, function, queue or machine."""

    service: Text
    action: Text
    name: Text | None
    arguments: tuple[tuple[Text, Text], ...]


class ListingPart(Part):
    """What a bucket must hold: a name that begins with `prefix` and ends in `ending`."""

    bucket: Text
    prefix: Text
    ending: Text


class WaitPart(Part):
    """What a task waits for: `every` are the seconds between two looks where they are known, `timeout` those in all.

    `listing` is what a bucket is asked for; where there is none, `why` says why only the host can look.
    """

    kind: WaitKind
    target: Text
    every: int | None
    timeout: int | None
    listing: ListingPart | None
    why: Text


class TaskPart(Part):
    """One unit of one job: what a target starts, watches and retries on its own. Times in seconds.

    `command` is the redacted shell text that does it alone, in the job's shell and environment; `call` is set where the
    whole of it is one cloud call; `why` says what makes it a task of its own.
    """

    name: Text
    job: Text
    steps: tuple[Count, ...]
    text: Text
    origin: PlaceOf
    service: Text | None
    wait: Text | None
    branch: tuple[Text, ...]
    retries: int | None
    timeout: int | None
    command: Text | None = None
    call: CallPart | None = None
    why: Text = ""
    retry_delay: int | None = None
    waits_for: WaitPart | None = Field(default=None, description="the same as `wait`, as data")


class OrderPart(Part):
    """`task` starts after `upstream`, on its success, failure or end."""

    upstream: Text
    task: Text
    after: After


class JobFlowPart(Part):
    """How a job's shell goes through its tasks; `why` says why it was not taken further apart."""

    job: Text
    flow: FlowPart
    why: Text


class InflowPart(Part):
    """Data that another workflow of the cluster provides."""

    upstream_workflow: Text
    upstream: Text
    task: Text
    what: Text
    previous_run: bool


class WorkflowPart(Part):
    """The jobs of a cluster that share one schedule, in order, as tasks."""

    id: Text
    title: Text
    schedule: Text
    schedule_kind: ScheduleKind
    timezone: Text | None
    jobs: tuple[Text, ...]
    tasks: tuple[TaskPart, ...]
    order: tuple[OrderPart, ...]
    inflows: tuple[InflowPart, ...]
    locks: tuple[Text, ...]
    branches: Count
    replicas: Count
    runs_per_month: float | None
    flows: tuple[JobFlowPart, ...] = ()
    states: RangePart | None = Field(
        default=None, description="states that a run in Step Functions is priced at where a command takes a look or two"
    )
    job_order: tuple[tuple[Text, Text], ...] = Field(
        default=(), description="jobs of which the second starts when the first has succeeded"
    )


class ClusterPart(Part):
    """Jobs joined by dependencies, or of one script with nothing between them, and where they should go.

    `file_name` is safe and unique among the clusters, whatever the case. Clusters of one `shape` get the same answer
    for the same reasons and may be read together.
    """

    id: Text
    title: Text
    jobs: tuple[Text, ...]
    workflows: tuple[WorkflowPart, ...]
    metrics: MetricsPart
    recommendation: RecommendationPart
    hazards: tuple[HazardPart, ...]
    owners: tuple[Text, ...]
    cyclic: bool
    file_name: str = Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}$")
    shape: Text

    @property
    def kin(self) -> bool:
        """Say whether its jobs are of one script and each runs by itself."""
        return len(self.jobs) > 1 and not self.metrics.dependencies
