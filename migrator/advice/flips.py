"""What would change the answer: each change is made, and the choice is made again with it.

Settings are tried for all clusters of five units and more at once: people, money and needs weigh nothing below. A
doubtful tie is tried the other way round for the clusters that it touches, which are grouped, built and chosen again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from migrator.advice.choice import Choice, choose
from migrator.advice.money import price_gap
from migrator.advice.shape import with_needs
from migrator.advice.standing import Standing
from migrator.advice.turning import Turned, deny_or_add
from migrator.advice.types import Flip, PortfolioFlip, Shift
from migrator.advice.variants import UNWEIGHED, Variant, tried_words, variants
from migrator.model import JobId, Range, Target

_MOST_TIES = 10
_MOST_OF_PORTFOLIO = 100


@dataclass(frozen=True, slots=True)
class Flips:
    """All flips. `unmoved` says of clusters of five units and more, by id, what was tried and changes nothing.

    `settled` are the jobs whose target a setting changes, or no longer leaves open, by its key.
    """

    of_clusters: Mapping[str, tuple[Flip, ...]]
    unmoved: Mapping[str, tuple[str, ...]]
    of_portfolio: tuple[PortfolioFlip, ...]
    settled: Mapping[str, frozenset[JobId]]


def flips_of(standing: Standing, turned: Sequence[Turned]) -> Flips:
    """Give the changes that would move a cluster, or settle one that is undecided."""
    found: dict[str, list[Flip]] = {}
    whole: list[PortfolioFlip] = []
    settled: dict[str, set[JobId]] = {}
    tried, moving = _tried(standing)
    for variant, moves in tried:
        for name, now in moves:
            open_ = now.undecided is not None
            found.setdefault(name, []).append(Flip(variant.when, now.target, variant.key, variant.value, open_))
            settled.setdefault(variant.key, set()).update(job.id for job in standing.shapes[name].moving)
        if moves:
            whole.append(_of_setting(standing, variant, moves))
    whole += [_of_tie(standing, tie) for tie in turned if tie.moved]
    for name, flips in _by_cluster(standing, turned):
        found.setdefault(name, []).extend(flips)
    whole.sort(key=lambda flip: (-flip.jobs, flip.key, flip.when))
    keys = dict.fromkeys(variant.key for variant, _ in tried)
    return Flips(
        {name: tuple(flips) for name, flips in found.items()},
        {name: _unmoved(keys, found.get(name, ())) for name in moving},
        tuple(whole[:_MOST_OF_PORTFOLIO]),
        {key: frozenset(jobs) for key, jobs in settled.items()},
    )


def _tried(standing: Standing) -> tuple[list[tuple[Variant, list[tuple[str, Choice]]]], list[str]]:
    """Try every change of a setting; give with each the clusters that it moves, and all that could have been moved."""
    movable = standing.movable()
    free = [case.cluster.id for case in movable if not standing.choices[case.cluster.id].pinned]
    if not free:
        return [], []
    settings, tried = standing.settings, []
    for variant in variants(settings, gaps_of(standing, free)):
        shapes = standing.shapes
        if variant.settings.team.needs != settings.team.needs:
            names = [case.cluster.id for case in movable]
            shapes = {name: with_needs(standing.shapes[name], variant.settings) for name in names}
        chosen = choose(movable, shapes, standing.pins, variant.settings, standing.prices)
        moves = [(name, chosen[name]) for name in free if _settles(standing.choices[name], chosen[name])]
        tried.append((variant, moves))
    return tried, free


def gaps_of(standing: Standing, names: Iterable[str]) -> list[Range]:
    """Give what MWAA costs more for each environment that there is, and for one that a first DAG would begin."""
    managed = {id(found): found for name in names if (found := standing.choices[name].managed)}
    gaps = {found.trade.gap for found in managed.values()}
    if all(found.trade.environments == 1 for found in managed.values()):
        gaps.add(price_gap(1, standing.prices))
    return sorted((gap for gap in gaps if gap is not None), key=lambda gap: (gap.low, gap.high))


def _settles(before: Choice, now: Choice) -> bool:
    return now.target is not before.target or (before.undecided is not None and now.undecided is None)


def _unmoved(keys: Iterable[str], flips: Iterable[Flip]) -> tuple[str, ...]:
    moving = {flip.key for flip in flips}
    return (*(tried_words(key) for key in keys if key not in moving), *UNWEIGHED)


def _of_setting(standing: Standing, variant: Variant, moves: Iterable[tuple[str, Choice]]) -> PortfolioFlip:
    shifts: Counter[tuple[Target, Target]] = Counter()
    for name, now in moves:
        shifts[standing.choices[name].target, now.target] += len(standing.shapes[name].moving)
    return _portfolio_flip(variant.when, variant.key, variant.value, shifts)


def _of_tie(standing: Standing, tie: Turned) -> PortfolioFlip:
    key, value = deny_or_add(tie.tie, standing.settings)
    return _portfolio_flip(tie.when(standing), key, value, Counter((one.before, one.after) for one in tie.moved))


def _portfolio_flip(when: str, key: str, value: str, shifts: Counter[tuple[Target, Target]]) -> PortfolioFlip:
    ordered = sorted(shifts.items(), key=lambda item: (-item[1], item[0]))
    told = tuple(Shift(before, after, jobs) for (before, after), jobs in ordered)
    return PortfolioFlip(when, key, value, sum(shift.jobs for shift in told), told)


def _by_cluster(standing: Standing, turned: Iterable[Turned]) -> Iterator[tuple[str, list[Flip]]]:
    """Give each cluster's own ties as flips, those first that move most of its jobs."""
    ranked: dict[str, list[tuple[int, Flip]]] = {}
    for tie in turned:
        if not tie.moved:
            continue
        key, value = deny_or_add(tie.tie, standing.settings)
        groups: dict[tuple[str, Target, bool], list[JobId]] = {}
        for one in tie.moved:
            name = standing.home[one.job]
            if name in tie.clusters:
                groups.setdefault((name, one.after, one.undecided), []).append(one.job)
        for (name, target, open_), jobs in sorted(groups.items(), key=lambda item: item[0]):
            flip = Flip(tie.when(standing), target, key, value, open_, tuple(sorted(jobs)))
            ranked.setdefault(name, []).append((len(jobs), flip))
    for name, flips in ranked.items():
        flips.sort(key=lambda item: -item[0])
        yield name, [flip for _, flip in flips[:_MOST_TIES]]
