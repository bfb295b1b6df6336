"""Cost lines and estimates. Unknown is None and prints «depends on …», never zero."""

from decimal import Decimal

from migrator.model import Range, Target
from migrator.model.frozen import frozen


@frozen
class CostLine:
    """A line of a bill: `quantity` × `price` USD a month. `quantity` None is unknown and `depends_on` says on what.

    `fixed` marks what is paid without a run. `assumption` is printed beside the line; `source` names the price's source
    and date.
    """

    name: str
    unit: str
    quantity: Range | None
    price: Decimal
    source: str
    assumption: str = ""
    fixed: bool = False
    depends_on: str = ""

    @property
    def monthly(self) -> Range | None:
        """Give the line's USD a month."""
        return self.quantity.scaled(self.price) if self.quantity is not None else None


@frozen
class ComputeUse:
    """What commands need of one kind of compute in a month: `commands` started and `hours` that they run."""

    compute: str
    commands: Range | None
    hours: Range | None


@frozen
class Workload:
    """What a cluster asks of a target in a month. None is unknown.

    `runs` are starts of workflows over all replicas, `starts` starts of jobs where each has a schedule of its own,
    `transitions` states executed over all runs, `task_hours` time that tasks hold a worker, `longest` seconds of the
    longest task. `compute` is what commands run on, calls of services left out. `assumptions` say how `transitions`
    was counted, `depends_on` what would make it exact. `by_event` says that events start all of it, and no clock.
    """

    cluster: str
    workflows: int
    tasks: int
    runs: Range | None
    transitions: Range | None
    task_hours: Range | None
    longest: Range | None
    dags: int = 1
    starts: Range | None = None
    compute: tuple[ComputeUse, ...] = ()
    assumptions: tuple[str, ...] = ()
    depends_on: str = ""
    by_event: bool = False


@frozen
class Account:
    """What the whole account uses in a month, this workload included: free amounts are given once. None is unknown."""

    invocations: Range | None
    transitions: Range | None
    clusters: int = 1


@frozen
class Share:
    """A cluster's part of an environment that `clusters` clusters with `total_dags` DAGs share.

    It pays by its `dags` for an environment sized for `base_dags`, and `step` USD a month for the larger class that it
    causes.
    """

    dags: int
    total_dags: int
    clusters: int
    base_dags: int
    step: Decimal = Decimal(0)

    @property
    def part(self) -> Decimal:
        """Give the part of the base that the cluster carries, 0 to 1."""
        return Decimal(self.dags) / Decimal(self.total_dags)


@frozen
class Estimate:
    """A target's bill for a cluster or the portfolio.

    `fixed`, `usage` and `monthly` are USD a month, None where a line is unknown.
    """

    target: Target
    lines: tuple[CostLine, ...]

    @property
    def fixed(self) -> Range | None:
        """Sum what is paid without a run."""
        return _total([line for line in self.lines if line.fixed])

    @property
    def usage(self) -> Range | None:
        """Sum what runs cost."""
        return _total([line for line in self.lines if not line.fixed])

    @property
    def monthly(self) -> Range | None:
        """Sum all lines."""
        return _total(list(self.lines))


def _total(lines: list[CostLine]) -> Range | None:
    total = Range(Decimal(0), Decimal(0))
    for line in lines:
        if line.monthly is None:
            return None
        total += line.monthly
    return total
