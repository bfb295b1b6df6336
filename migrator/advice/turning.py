"""Doubtful ties, each tried the other way round: denied where the plan takes it, affirmed where it does not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrator.advice.case import Case
from migrator.advice.environments import Managed
from migrator.advice.regrouping import DoubtfulTie, Group
from migrator.advice.standing import Standing
from migrator.advice.wants import Wants
from migrator.graph.types import Dependency, DependencyKind, RelationKind
from migrator.model import JobId, Target
from migrator.model.frozen import frozen
from migrator.settings import DenyOrAdd, Settings

# What is nearer to a guess is not worth a question; what is surer than this is not doubted.
_WORTH_ASKING, _SURE = 0.3, 0.7
# So many jobs are grouped again, with the ties that are nearest to the threshold first.
_MOST_REGROUPED = 60_000


@frozen
class Moved:
    """A job that would go elsewhere, or whose answer would be open no more; `undecided` says that it is open then."""

    job: JobId
    before: Target
    after: Target
    undecided: bool


@frozen
class Turned:
    """A doubtful tie and the jobs that the other answer would move.

    `clusters` are those that it joins or parts; jobs of others move only where they share an environment with them.
    """

    tie: DoubtfulTie
    clusters: tuple[str, ...]
    moved: tuple[Moved, ...]

    @property
    def taken(self) -> bool:
        """Say whether the plan takes the tie for real."""
        return isinstance(self.tie, Dependency)

    def when(self, standing: Standing) -> str:
        """Say the change in words."""
        upstream, downstream = (named(standing, name, self.tie) for name in (self.tie.upstream, self.tie.downstream))
        return f"if {downstream} {'does not need' if self.taken else 'needs'} {upstream}"


def deny_or_add(tie: DoubtfulTie, settings: Settings) -> tuple[str, str]:
    """Give the setting that turns a tie, and the whole value that it would have to get, as TOML."""
    denies = isinstance(tie, Dependency)
    said = settings.dependencies.deny if denies else settings.dependencies.add
    entries = (*said, DenyOrAdd(upstream=tie.upstream, downstream=tie.downstream, why="…"))
    return f"dependencies.{'deny' if denies else 'add'}", f"[{', '.join(_entry(entry) for entry in entries)}]"


def tie_question(tie: DoubtfulTie) -> str:
    """Name the question about a tie."""
    return f"depends-{tie.upstream}-{tie.downstream}"


def doubtful(cases: Iterable[Case], home: Mapping[JobId, object]) -> list[DoubtfulTie]:
    """Give the ties between jobs that cron runs, each once, the nearest to the threshold first."""
    weak = {
        (tie.upstream, tie.downstream): tie
        for case in cases
        for tie in case.relations
        if tie.kind is RelationKind.DOUBTFUL and tie.confidence >= _WORTH_ASKING
    }
    unsure = [
        tie
        for case in cases
        for tie in case.cluster.dependencies
        if tie.confidence < _SURE and tie.kind is not DependencyKind.DECLARED
    ]
    every: list[DoubtfulTie] = [*weak.values(), *unsure]
    running = [tie for tie in every if tie.upstream in home and tie.downstream in home]
    return sorted(running, key=lambda tie: (-tie.confidence, tie.upstream, tie.downstream))


def turned_of(standing: Standing) -> tuple[Turned, ...]:
    """Try every doubtful tie by itself, the nearest to the threshold first."""
    return tuple(_Trial(standing).turned())


class _Trial:
    """The environments as they are, from which each trial starts."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._groups = {case.cluster.id: standing.group(case.cluster.id) for case in standing.movable()}
        self._wants = standing.wants(self._groups)
        self._decided = standing.decided(self._wants, standing.settings)

    def turned(self) -> Iterator[Turned]:
        """Try each tie; one that cannot be tried moves nothing."""
        home, spent = self._standing.home, 0
        for tie in doubtful(self._standing.cases.values(), home):
            names = tuple(sorted({home[tie.upstream], home[tie.downstream]}))
            if self._standing.can_turn(names):
                spent += sum(len(self._standing.cases[name].jobs) for name in names)
                yield Turned(tie, names, tuple(self._moved(tie, names)) if spent <= _MOST_REGROUPED else ())
            else:
                yield Turned(tie, names, ())

    def _moved(self, tie: DoubtfulTie, names: Sequence[str]) -> Iterator[Moved]:
        standing = self._standing
        groups = standing.turned(names, [tie])
        decided = self._decided_with(names, groups)
        for group in groups:
            now = standing.choice(group, decided)
            for job in group.jobs:
                before = standing.choices[standing.home[job]]
                settled = before.undecided is not None and now.undecided is None
                if now.target is not before.target or settled:
                    yield Moved(job, before.target, now.target, now.undecided is not None)
        if decided is not self._decided:
            yield from self._neighbours(names, decided)

    def _decided_with(self, names: Sequence[str], groups: Sequence[Group]) -> Mapping[str, Managed]:
        """Choose the environments again where what is wanted of them changes."""
        standing = self._standing
        leaving = [name for name in names if name in self._groups and standing.joins(name, self._groups[name])]
        joining = [group for group in groups if group.band.target is Target.AIRFLOW]
        if not leaving and not joining:
            return self._decided
        wants: Wants = self._wants.copy()
        for name in leaving:
            group = self._groups[name]
            wants.take(standing.environment_of(group), group.shape, group.dags)
        for group in joining:
            wants.add(standing.environment_of(group), group.shape, group.dags)
        return standing.decided(wants, standing.settings)

    def _neighbours(self, names: Sequence[str], decided: Mapping[str, Managed]) -> Iterator[Moved]:
        """Give the jobs of other clusters that move because their environment is another then."""
        standing = self._standing
        turned = {
            name
            for name, managed in decided.items()
            if name in self._decided and _answer(managed) != _answer(self._decided[name])
        }
        if not turned:
            return
        for name, group in self._groups.items():
            before = standing.choices[name]
            if name in names or before.managed is None or before.group not in turned:
                continue
            now = standing.choice(group, decided)
            settled = before.undecided is not None and now.undecided is None
            if now.target is not before.target or settled:
                for job in group.jobs:
                    yield Moved(job, before.target, now.target, now.undecided is not None)


def _answer(managed: Managed) -> tuple[Target, bool]:
    """Give what decides about a job: the words beside it tell of numbers that change with every cluster."""
    return managed.target, managed.undecided is None


def named(standing: Standing, name: JobId, tie: DoubtfulTie) -> str:
    """Give a job's title, with its place where another job is called alike."""
    jobs = {job.id: job for end in (tie.upstream, tie.downstream) for job in standing.cases[standing.home[end]].jobs}
    job = jobs[name]
    alike = job.title in standing.shared_titles
    return f"{job.title} ({job.origin.path}:{job.origin.line})" if alike else job.title


def _entry(entry: DenyOrAdd) -> str:
    sides = (("upstream", entry.upstream), ("downstream", entry.downstream), ("why", entry.why))
    return "{" + ", ".join(f"{name} = {_quoted(text)}" for name, text in sides) + "}"


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, but for DEL (toml.io/en/v1.0.0, strings).
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
