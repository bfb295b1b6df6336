"""A cluster and its metrics."""

from migrator.graph.types import Dependency
from migrator.model import JobId, Range
from migrator.model.frozen import frozen


@frozen
class Metrics:
    """Counts of a cluster, replicas not multiplied.

    `dependencies` counts the edges after those implied by others are left out. `depth` is the longest chain in jobs,
    `width` the largest number of jobs on one level; `fan_in` and `fan_out` the largest degrees. `runs_per_month` is the
    sum over jobs, None where a schedule does not say.
    """

    jobs: int
    steps: int
    units: int
    dependencies: int
    branches: int
    depth: int
    width: int
    fan_in: int
    fan_out: int
    runs_per_month: Range | None


@frozen
class Cluster:
    """Jobs joined by dependencies, or kin: jobs of one script with nothing between them; or a lone job.

    `id` follows from the jobs' ids, `title` is for people.
    """

    id: str
    title: str
    jobs: tuple[JobId, ...]
    dependencies: tuple[Dependency, ...]
    metrics: Metrics
    cyclic: bool = False

    @property
    def kin(self) -> bool:
        """Say whether its jobs are of one script and each runs by itself."""
        return len(self.jobs) > 1 and not self.dependencies
