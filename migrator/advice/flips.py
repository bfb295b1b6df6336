"""What would change the answer: each candidate value is put into the settings and the choice is made again with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from migrator.advice.case import Case
from migrator.advice.choice import Choice, choose
from migrator.advice.environments import MANAGED_ENGINEERS
from migrator.advice.money import break_even_hours
from migrator.advice.shape import MANY_UNITS, NEED_WORDS, Shape, shape_of
from migrator.advice.types import Flip
from migrator.costs import PriceList
from migrator.model import Target
from migrator.settings import Existing, Need, Settings


@dataclass(frozen=True, slots=True)
class Variant:
    """Settings with one value changed: `when` in words, `key` and `value` as `migrator.toml` has them."""

    when: str
    key: str
    value: str
    settings: Settings


def flips_of(
    cases: Sequence[Case],
    shapes: Mapping[str, Shape],
    pins: Mapping[str, Target],
    choices: Mapping[str, Choice],
    settings: Settings,
    prices: PriceList,
) -> dict[str, tuple[Flip, ...]]:
    """Give the values that would change a cluster's target, or settle one that is undecided, by cluster id.

    Only clusters of five units and more can be moved by a setting: people, money and needs weigh nothing below.
    """
    movable = [case for case in cases if shapes[case.cluster.id].units >= MANY_UNITS]
    if not movable:
        return {}
    found: dict[str, list[Flip]] = {}
    for variant in _variants(settings, [choices[case.cluster.id] for case in movable]):
        changed = _shapes(movable, shapes, settings, variant.settings)
        for name, now in choose(movable, changed, pins, variant.settings, prices).items():
            if _settles(choices[name], now):
                found.setdefault(name, []).append(Flip(variant.when, now.target, variant.key, variant.value))
    return {name: tuple(flips) for name, flips in found.items()}


def _settles(before: Choice, now: Choice) -> bool:
    if before.pinned or now.undecided is not None:
        return False
    return now.target is not before.target or before.undecided is not None


def _shapes(
    cases: Sequence[Case], shapes: Mapping[str, Shape], settings: Settings, changed: Settings
) -> Mapping[str, Shape]:
    if changed.team.needs == settings.team.needs:
        return shapes
    return {case.cluster.id: shape_of(case, changed) for case in cases}


def _variants(settings: Settings, choices: Sequence[Choice]) -> Iterator[Variant]:
    yield from _people(settings)
    yield from _hours(settings, choices)
    yield from _environments(settings)
    for need in Need:
        needs = settings.team.needs or ()
        if need not in needs:
            listed = ", ".join(f'"{item.value}"' for item in (*needs, need))
            when = f"if the team needs {NEED_WORDS[need]}"
            yield Variant(when, "team.needs", f"[{listed}]", _with(settings, needs=(*needs, need)))


def _people(settings: Settings) -> Iterator[Variant]:
    engineers, tight = settings.team.engineers, settings.team.cost_sensitive
    few = MANAGED_ENGINEERS - 1
    if engineers is None or engineers >= MANAGED_ENGINEERS:
        when = f"with fewer than {MANAGED_ENGINEERS} engineers"
        yield Variant(when, "team.engineers", str(few), _with(settings, engineers=few))
    if engineers is None or engineers < MANAGED_ENGINEERS:
        when = f"with {MANAGED_ENGINEERS} engineers or more"
        yield Variant(when, "team.engineers", str(MANAGED_ENGINEERS), _with(settings, engineers=MANAGED_ENGINEERS))
    if tight is not True:
        yield Variant("if money is short", "team.cost_sensitive", "true", _with(settings, cost_sensitive=True))
    if tight is True:
        yield Variant("if money is not short", "team.cost_sensitive", "false", _with(settings, cost_sensitive=False))


def _hours(settings: Settings, choices: Sequence[Choice]) -> Iterator[Variant]:
    gaps = {choice.managed.trade.gap for choice in choices if choice.managed}
    hours: set[Decimal] = set()
    for gap in sorted(gap for gap in gaps if gap is not None):
        hours.update(break_even_hours(settings, gap) or ())
    for count in sorted(hours):
        upkeep = settings.team.upkeep_hours.model_copy(update={"self_hosted": count})
        hours_a_month = f"{count} measured {'hour' if count == 1 else 'hours'} of upkeep a month"
        none = "if upkeep is measured and takes no time"
        if settings.team.upkeep_hours.self_hosted is not None:
            none = "if upkeep took no time"
        when = f"with {hours_a_month}" if count else none
        yield Variant(when, "team.upkeep_hours.self_hosted", str(count), _with(settings, upkeep_hours=upkeep))


def _environments(settings: Settings) -> Iterator[Variant]:
    words = {Existing.AIRFLOW: "if the team runs an Airflow already", Existing.MWAA: "if the team has an MWAA already"}
    for kind, when in words.items():
        if settings.team.existing is not kind:
            yield Variant(when, "team.existing", f'"{kind.value}"', _with(settings, existing=kind))


def _with(settings: Settings, **changes: object) -> Settings:
    return settings.model_copy(update={"team": settings.team.model_copy(update=changes)})
