"""How stable the answers are: every cluster is placed again in each of a hundred worlds.

A world answers all that is open at once: each unstated setting has one of its values, each doubtful tie is real or is
not, in as many worlds as its confidence says. Clusters that ties join or part are grouped again; where a cluster is
parted, it is counted where most of its jobs go.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from migrator.advice.flips import Flips, gaps_of
from migrator.advice.quarters import Quarters, Regrouped
from migrator.advice.questions import SETTING_ASKED
from migrator.advice.regrouping import Group, needing
from migrator.advice.standing import Standing
from migrator.advice.turning import Turned, tie_question
from migrator.advice.types import Question, Stability
from migrator.advice.wants import Wants
from migrator.advice.worlds import WORLDS, open_settings, settings_of_worlds
from migrator.model import JobId, Target
from migrator.settings import Need

_BEST = 3

Counts = tuple[tuple[Target, int], ...]
"""In how many worlds a cluster goes where, the most frequent first."""

_Needs = tuple[Need, ...] | None
_Going = tuple[tuple[int, ...], Mapping[JobId, Target]]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the worlds gave: counts by cluster id, and of the portfolio how many jobs are firm, and how firm."""

    counts: Mapping[str, Counts]
    jobs: int
    firm: int
    part: float
    ties: int
    left: int
    settings: tuple[str, ...]


def outcomes_of(standing: Standing, turned: Sequence[Turned]) -> Outcomes:
    """Place every cluster in every world."""
    return _Worlds(standing, turned).outcomes()


def stability_of(
    outcomes: Outcomes, flips: Flips, turned: Iterable[Turned], questions: Sequence[Question]
) -> Stability:
    """Join what the worlds gave with the questions that settle most."""
    settling = {tie_question(tie.tie): frozenset(one.job for one in tie.moved) for tie in turned}
    settling |= {name: flips.settled[key] for name, key in SETTING_ASKED.items() if key in flips.settled}
    asked = {question.id: jobs for question in questions if (jobs := settling.get(question.id))}
    best = _best(asked)
    return Stability(
        worlds=WORLDS,
        jobs=outcomes.jobs,
        firm=outcomes.firm,
        part=outcomes.part,
        ties=outcomes.ties,
        left=outcomes.left,
        settings=outcomes.settings,
        questions=best,
        settled=len(frozenset[JobId]().union(*(asked[name] for name in best))),
    )


def _best(asked: Mapping[str, frozenset[JobId]]) -> tuple[str, ...]:
    """Choose the questions that settle most jobs together; of equal ones that which settles more by itself."""
    found: list[str] = []
    settled: frozenset[JobId] = frozenset()
    while len(found) < min(_BEST, len(asked)):
        rest = [name for name in asked if name not in found]
        found.append(max(rest, key=lambda name: (len(asked[name] - settled), len(asked[name]))))
        settled |= asked[found[-1]]
    return tuple(found)


class _Worlds:
    """The portfolio in every world; grouping and bands are made once for each state."""

    def __init__(self, standing: Standing, turned: Sequence[Turned]) -> None:
        self._standing = standing
        gaps = gaps_of(standing, standing.choices)
        self._settings = settings_of_worlds(standing.settings, gaps)
        self._open = tuple(point.key for point in open_settings(standing.settings, gaps))
        self._movable = {case.cluster.id: standing.group(case.cluster.id) for case in standing.movable()}
        self._wants: dict[_Needs, Wants] = {}
        self._needed: dict[tuple[int, _Needs], Group] = {}
        self._turned: list[list[int]] = [[] for _ in range(WORLDS)]
        self._ties = Quarters(standing, [tie.tie for tie in turned if standing.can_turn(tie.clusters)])
        self._left = len(turned) - self._ties.ties

    def outcomes(self) -> Outcomes:
        """Count, world by world, where every cluster goes, and how many jobs stay where the plan has them."""
        weighing: list[list[Regrouped]] = [[] for _ in range(WORLDS)]
        for seen in self._ties.seen:
            for world in seen.worlds if seen.made.weighs else ():
                weighing[world].append(seen.made)
        environments = [self._environments(world, found) for world, found in enumerate(weighing)]
        counts = {name: self._quiet(name, environments) for name in self._standing.cases}
        kept = {name: self._kept_by_all(name, counts[name]) for name in self._standing.cases}
        for name, going in self._moved(environments).items():
            counts[name], kept[name] = self._restless(name, environments, going)
        jobs = len(self._standing.home)
        every = [share for shares in kept.values() for share in shares]
        return Outcomes(
            counts={name: _ordered(found) for name, found in counts.items()},
            jobs=jobs,
            firm=sum(share == WORLDS for share in every),
            part=sum(every) / (jobs * WORLDS) if jobs else 1.0,
            ties=self._ties.ties,
            left=self._left,
            settings=self._open,
        )

    def _environments(self, world: int, regrouped: Sequence[Regrouped]) -> Mapping[str, Target]:
        """Choose the kind of each environment in a world, from what weighs there of all that is grouped again."""
        settings = self._settings[world]
        needs = settings.team.needs
        if needs not in self._wants:
            self._wants[needs] = self._standing.wants({name: self._need(name, world) for name in self._movable})
        wants = self._wants[needs].copy()
        for found in regrouped:
            for name in found.clusters:
                group = self._need(name, world) if name in self._movable else None
                if group is not None and self._standing.joins(name, group):
                    wants.take(self._standing.environment_of(group), group.shape, group.dags)
            for group in found.groups:
                there = self._in(group, world)
                if there.band.target is Target.AIRFLOW:
                    wants.add(self._standing.environment_of(there), there.shape, there.dags)
        return {name: managed.target for name, managed in self._standing.decided(wants, settings).items()}

    def _need(self, name: str, world: int) -> Group:
        """Give a cluster of five units or more as the needs of a world make it."""
        return self._in(self._movable[name], world)

    def _in(self, group: Group, world: int) -> Group:
        """Give a group as the needs of a world make it; made once for each group, all of which live as long as this."""
        key = (id(group), self._settings[world].team.needs)
        if key not in self._needed:
            self._needed[key] = needing(group, self._settings[world])
        return self._needed[key]

    def _target(self, group: Group, environments: Mapping[str, Target]) -> Target:
        if group.band.target is not Target.AIRFLOW:
            return group.band.target
        return environments.get(self._standing.environment_of(group), Target.AIRFLOW)

    def _still(self, name: str, world: int, environments: Sequence[Mapping[str, Target]]) -> Target:
        """Give the target of a cluster that no tie changes in a world."""
        choice = self._standing.choices[name]
        if choice.pinned or name not in self._movable:
            return choice.target
        return self._target(self._need(name, world), environments[world])

    def _quiet(self, name: str, environments: Sequence[Mapping[str, Target]]) -> Counter[Target]:
        choice = self._standing.choices[name]
        if choice.pinned or name not in self._movable:
            return Counter({choice.target: WORLDS})
        return Counter(self._still(name, world, environments) for world in range(WORLDS))

    def _kept_by_all(self, name: str, found: Counter[Target]) -> list[int]:
        moving = len(self._standing.shapes[name].moving)
        tied = len(self._standing.cases[name].active) - moving
        return [found[self._standing.choices[name].target]] * moving + [WORLDS] * tied

    def _moved(self, environments: Sequence[Mapping[str, Target]]) -> Mapping[str, list[_Going]]:
        """Give where the jobs of clusters go in the worlds in which ties join or part them, by cluster."""
        found: defaultdict[str, list[_Going]] = defaultdict(list)
        for seen in self._ties.seen:
            # What weighs nothing goes to one place in all worlds that group it so.
            alike = [(world,) for world in seen.worlds] if seen.made.weighs else [seen.worlds]
            for worlds in alike:
                going: dict[str, dict[JobId, Target]] = {}
                for group in seen.made.groups:
                    target = self._target(self._in(group, worlds[0]), environments[worlds[0]])
                    for job in group.jobs:
                        going.setdefault(self._standing.home[job], {})[job] = target
                for name, targets in going.items():
                    found[name].append((worlds, targets))
        return found

    def _restless(
        self, name: str, environments: Sequence[Mapping[str, Target]], restless: Iterable[_Going]
    ) -> tuple[Counter[Target], list[int]]:
        """Count a cluster that ties join or part in some worlds, and for each of its jobs where the plan is kept."""
        planned = self._standing.choices[name].target
        counts: Counter[Target] = Counter()
        kept: Counter[JobId] = Counter()
        jobs = [job.id for job in self._standing.shapes[name].moving]
        tied = len(self._standing.cases[name].active) - len(jobs)
        left = set(range(WORLDS))
        for worlds, targets in restless:
            left.difference_update(worlds)
            going = Counter(targets.values())
            # Parted in equal halves, it does not count as kept.
            counts[max(going, key=lambda target: (going[target], target is not planned, target))] += len(worlds)
            for job, target in targets.items():
                kept[job] += len(worlds) * (target is planned)
        quiet = Counter(self._still(name, world, environments) for world in left)
        still = quiet[planned]
        return counts + quiet, [*(still + kept[job] for job in jobs), *[WORLDS] * tied]


def _ordered(found: Counter[Target]) -> Counts:
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))
