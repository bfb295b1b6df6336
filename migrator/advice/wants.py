"""What all clusters together want of each environment: clusters are added to it and taken from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from migrator.advice.environments import Demand
from migrator.advice.shape import Shape


@dataclass(slots=True)
class _Want:
    """The sum over the clusters of one isolation group."""

    clusters: int = 0
    jobs: int = 0
    dags: int = 0
    owners: Counter[str] = field(default_factory=Counter)


class Wants:
    """The demands by isolation group (empty for all who are in none)."""

    def __init__(self) -> None:
        self._of: dict[str, _Want] = {}

    def add(self, group: str, shape: Shape, dags: int) -> None:
        """Count a cluster whose own band is Airflow."""
        self._change(group, shape, dags, 1)

    def take(self, group: str, shape: Shape, dags: int) -> None:
        """Count a cluster no more."""
        self._change(group, shape, dags, -1)

    def copy(self) -> Wants:
        """Give a sum of its own, to be changed without changing this one."""
        other = Wants()
        other._of = {
            group: _Want(want.clusters, want.jobs, want.dags, want.owners.copy()) for group, want in self._of.items()
        }
        return other

    def demands(self) -> Iterator[Demand]:
        """Give what each group wants, sorted by group; groups without a cluster are left out."""
        for group, want in sorted(self._of.items()):
            if want.clusters:
                owners = tuple(sorted(owner for owner, count in want.owners.items() if count > 0))
                yield Demand(group, want.jobs, want.dags, owners)

    def _change(self, group: str, shape: Shape, dags: int, by: int) -> None:
        want = self._of.setdefault(group, _Want())
        want.clusters += by
        want.jobs += by * len(shape.moving)
        want.dags += by * dags
        for owner in shape.owners:
            want.owners[owner] += by
