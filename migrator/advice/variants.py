"""Settings with one value changed: what a team could say of its people, its money and its needs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from migrator.advice.environments import MANAGED_ENGINEERS
from migrator.advice.money import ASSUMED_HOURLY, break_even_hours, hourly_cost, hours_saved
from migrator.advice.shape import NEED_WORDS
from migrator.costs import rounded
from migrator.model import Range
from migrator.settings import Existing, Need, Settings

HOURS, REMAINING, HOURLY = "team.upkeep_hours.self_hosted", "team.upkeep_hours.managed", "team.hourly_cost"
ENGINEERS, TIGHT, EXISTING, NEEDS = "team.engineers", "team.cost_sensitive", "team.existing", "team.needs"
TRIED = {
    ENGINEERS: "the number of engineers",
    TIGHT: "a tight budget",
    HOURS: "the hours of upkeep",
    REMAINING: "the hours that remain under MWAA",
    HOURLY: "the cost of an hour",
    EXISTING: "an environment that runs already",
    NEEDS: "another need of the team",
}
"""What each key is called where no value of it changes anything."""
_OWNERS = "team.owners."
UNWEIGHED = ("how often it runs", "how long it takes")
"""What no rule of the guide weighs for the target: runs and durations change the bill, and never the target."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Settings with one value changed: `when` in words, `key` and `value` as `migrator.toml` has them."""

    when: str
    key: str
    value: str
    settings: Settings


def tried_words(key: str) -> str:
    """Name what a key is about."""
    return TRIED.get(key) or f"the engineers of {key.removeprefix(_OWNERS)}"


def variants(settings: Settings, gaps: Sequence[Range]) -> Iterator[Variant]:
    """Give every change worth a trial; `gaps` are what MWAA costs more than a comparable Airflow, USD a month."""
    yield from _engineers(settings)
    yield from _owners(settings)
    yield from _budget(settings)
    yield from _hours(settings, gaps)
    yield from _hourly(settings, gaps)
    yield from _remaining(settings, gaps)
    yield from _environments(settings)
    yield from _needs(settings)


def with_team(settings: Settings, **changes: object) -> Settings:
    """Give the settings with other values in `[team]`."""
    return settings.model_copy(update={"team": settings.team.model_copy(update=changes)})


def with_upkeep(settings: Settings, **changes: Decimal) -> Settings:
    """Give the settings with other hours of upkeep."""
    return with_team(settings, upkeep_hours=settings.team.upkeep_hours.model_copy(update=changes))


def _engineers(settings: Settings) -> Iterator[Variant]:
    engineers, few = settings.team.engineers, MANAGED_ENGINEERS - 1
    if engineers is None or engineers >= MANAGED_ENGINEERS:
        when = f"with fewer than {MANAGED_ENGINEERS} engineers"
        yield Variant(when, ENGINEERS, str(few), with_team(settings, engineers=few))
    if engineers is None or engineers < MANAGED_ENGINEERS:
        when = f"with {MANAGED_ENGINEERS} engineers or more"
        yield Variant(when, ENGINEERS, str(MANAGED_ENGINEERS), with_team(settings, engineers=MANAGED_ENGINEERS))


def _owners(settings: Settings) -> Iterator[Variant]:
    """Give an isolation group whose engineers are counted by owner as many as the guide's line, and one fewer."""
    owners = settings.team.owners
    for group in settings.isolation:
        if not all(owner in owners for owner in group):
            continue
        first, rest = group[0], sum(owners[owner] for owner in group[1:])
        for wanted in (MANAGED_ENGINEERS - 1, MANAGED_ENGINEERS):
            count = wanted - rest
            if count >= 0 and (rest + owners[first] < MANAGED_ENGINEERS) is not (wanted < MANAGED_ENGINEERS):
                when = f"with {wanted} engineers in {', '.join(group)}"
                key = f"{_OWNERS}{json.dumps(first, ensure_ascii=False)}"
                yield Variant(when, key, str(count), with_team(settings, owners={**owners, first: count}))


def _budget(settings: Settings) -> Iterator[Variant]:
    if settings.team.cost_sensitive is not True:
        yield Variant("if money is short", TIGHT, "true", with_team(settings, cost_sensitive=True))
    else:
        yield Variant("if money is not short", TIGHT, "false", with_team(settings, cost_sensitive=False))


def _hours(settings: Settings, gaps: Sequence[Range]) -> Iterator[Variant]:
    hours: set[Decimal] = set()
    for gap in gaps:
        hours.update(break_even_hours(settings, gap) or ())
    for count in sorted(hours):
        hours_a_month = f"{count} measured {'hour' if count == 1 else 'hours'} of upkeep a month"
        none = "if upkeep is measured and takes no time"
        if settings.team.upkeep_hours.self_hosted is not None:
            none = "if upkeep took no time"
        when = f"with {hours_a_month}" if count else none
        yield Variant(when, HOURS, f"{count:f}", with_upkeep(settings, self_hosted=count))


def _hourly(settings: Settings, gaps: Sequence[Range]) -> Iterator[Variant]:
    """Give the cost of an hour from which MWAA pays, and up to which Airflow does, by the hours that were measured.

    Without hours both ends of what is assumed are tried.
    """
    saved = hours_saved(settings, [])
    costs = {ASSUMED_HOURLY.low, ASSUMED_HOURLY.high} if saved is None else set()
    for gap in gaps:
        if saved is not None and saved.low > 0:
            costs.add((gap.high / saved.low).to_integral_value(ROUND_FLOOR) + 1)
        if saved is not None and saved.high > 0:
            costs.add((gap.low / saved.high).to_integral_value(ROUND_CEILING) - 1)
    for cost in sorted(cost for cost in costs if cost >= 0 and cost != settings.team.hourly_cost):
        when = f"if an engineer's hour costs {rounded(cost)}"
        yield Variant(when, HOURLY, f"{cost:f}", with_team(settings, hourly_cost=cost))


def _remaining(settings: Settings, gaps: Sequence[Range]) -> Iterator[Variant]:
    """Give the hours under MWAA up to which it pays, and from which it does not; none is tried without other hours."""
    upkeep = settings.team.upkeep_hours
    hourly = hourly_cost(settings, [])
    left = {Decimal(0)}
    if upkeep.self_hosted is not None and hourly.low > 0:
        for gap in gaps:
            left.add((upkeep.self_hosted - gap.high / hourly.low).to_integral_value(ROUND_CEILING) - 1)
            left.add((upkeep.self_hosted - gap.low / hourly.high).to_integral_value(ROUND_FLOOR) + 1)
    for count in sorted(hours for hours in left if hours >= 0 and hours != upkeep.managed):
        when = f"if {count} {'hour' if count == 1 else 'hours'} of upkeep a month remain under MWAA"
        yield Variant(when, REMAINING, f"{count:f}", with_upkeep(settings, managed=count))


def _environments(settings: Settings) -> Iterator[Variant]:
    words = {
        Existing.AIRFLOW: "if the team runs an Airflow already",
        Existing.MWAA: "if the team has an MWAA already",
    }
    existing = settings.team.existing
    if existing in words:
        words = {Existing.NONE: "if the team had no environment yet"} | words
    for kind, when in words.items():
        if existing is not kind:
            yield Variant(when, EXISTING, f'"{kind.value}"', with_team(settings, existing=kind))


def _needs(settings: Settings) -> Iterator[Variant]:
    stated = settings.team.needs or ()
    for need in Need:
        if need in stated:
            needs = tuple(item for item in stated if item is not need)
            when = f"if the team does not need {NEED_WORDS[need]}"
        else:
            needs, when = (*stated, need), f"if the team needs {NEED_WORDS[need]}"
        listed = ", ".join(f'"{item.value}"' for item in needs)
        yield Variant(when, NEEDS, f"[{listed}]", with_team(settings, needs=needs))
