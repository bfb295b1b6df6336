"""The portfolio as it was chosen, ready to be asked what else it would be."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from migrator.advice.case import Case
from migrator.advice.choice import Choice, answer_of
from migrator.advice.environments import Managed, decide_all, isolation_group
from migrator.advice.regrouping import DoubtfulTie, Group, Known, group_of, regrouped
from migrator.advice.shape import MANY_UNITS, Shape
from migrator.advice.wants import Wants
from migrator.costs import PriceList
from migrator.graph.timing import Clock
from migrator.model import AIRFLOWS, JobId, Target
from migrator.settings import Settings

MOST_JOBS = 300
"""Clusters of so many jobs at most are grouped again together: beyond that it costs more than it tells."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Every cluster with its shape and choice; what is tried against it changes nothing of it.

    `pins` are those that could be followed, by cluster id; `named` are all clusters that the user pinned: they stand,
    whatever else changes. `home` names the cluster of each job that cron runs. `shared_titles` are those that several
    jobs have.
    """

    cases: Mapping[str, Case]
    shapes: Mapping[str, Shape]
    pins: Mapping[str, Target]
    choices: Mapping[str, Choice]
    settings: Settings
    prices: PriceList
    home: Mapping[JobId, str]
    named: frozenset[str]
    clock: Clock = field(default_factory=Clock)
    shared_titles: frozenset[str] = frozenset()
    _known: Known = field(default_factory=dict)
    _made: dict[frozenset[tuple[JobId, JobId]], tuple[Group, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        cases: Sequence[Case],
        shapes: Mapping[str, Shape],
        pins: Mapping[str, Target],
        choices: Mapping[str, Choice],
        settings: Settings,
        prices: PriceList,
    ) -> "Standing":
        """Take the portfolio as it was chosen."""
        home = {job.id: case.cluster.id for case in cases for job in case.active}
        by_id = {case.cluster.id: case for case in cases}
        followed = {name: pin for name, pin in pins.items() if choices[name].pinned}
        times = Counter(job.title for case in cases for job in case.jobs)
        shared = frozenset(title for title, number in times.items() if number > 1)
        return cls(by_id, shapes, followed, choices, settings, prices, home, frozenset(pins), shared_titles=shared)

    def movable(self) -> list[Case]:
        """Give the clusters that people, money or needs can move: those of five units and more."""
        return [case for name, case in self.cases.items() if self.shapes[name].units >= MANY_UNITS]

    def group(self, name: str) -> Group:
        """Give a cluster as the guide sees it."""
        return group_of(self.cases[name], self.shapes[name])

    def environment_of(self, group: Group) -> str:
        """Name the isolation group that a cluster would be in."""
        return isolation_group(group.shape.owners, self.settings)

    def wants(self, groups: Mapping[str, Group]) -> Wants:
        """Sum what clusters, given by id, want of each environment."""
        wants = Wants()
        for name, group in groups.items():
            if self.joins(name, group):
                wants.add(self.environment_of(group), group.shape, group.dags)
        return wants

    def joins(self, name: str, group: Group) -> bool:
        """Say whether a cluster counts for an environment: its own band is Airflow, and no pin takes it out."""
        return group.band.target is Target.AIRFLOW and self.pins.get(name, Target.AIRFLOW) in AIRFLOWS

    def decided(self, wants: Wants, settings: Settings) -> dict[str, Managed]:
        """Choose the kind of each environment, by isolation group."""
        return decide_all(wants.demands(), settings, self.prices)

    def choice(self, group: Group, decided: Mapping[str, Managed]) -> Choice:
        """Choose for a cluster that nobody pinned."""
        environment = self.environment_of(group)
        return answer_of(group.shape, group.band, None, decided.get(environment), environment)

    def can_turn(self, names: Collection[str]) -> bool:
        """Say whether ties among some clusters can be tried: not where a pin holds, nor where there are too many."""
        if any(name in self.named for name in names):
            return False
        return sum(len(self.cases[name].jobs) for name in names) <= MOST_JOBS

    def turned(self, names: Collection[str], ties: Collection[DoubtfulTie]) -> tuple[Group, ...]:
        """Group the jobs of some clusters again, with ties between them the other way round."""
        key = frozenset((tie.upstream, tie.downstream) for tie in ties)
        if key not in self._made:
            found = regrouped(
                [self.cases[name] for name in sorted(names)], ties, self.settings, self.clock, self._known
            )
            self._made[key] = found
        return self._made[key]
