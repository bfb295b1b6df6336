"""The worlds over which an answer is tried: what is open takes each of its values in its share of a hundred worlds.

Nothing is drawn. In which worlds a point takes which value follows from the point's name alone, so that two points are
mixed, none depends on how many others there are, and the same input gives the same worlds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b

from migrator.advice.environments import MANAGED_ENGINEERS
from migrator.advice.money import ASSUMED_HOURLY, ASSUMED_PART_SAVED, break_even_hours
from migrator.advice.variants import (
    ENGINEERS,
    EXISTING,
    HOURLY,
    HOURS,
    NEEDS,
    REMAINING,
    TIGHT,
    with_team,
    with_upkeep,
)
from migrator.model import Range
from migrator.settings import Existing, Need, Settings

WORLDS = 100
_NUMBERS = tuple(str(world).encode() for world in range(WORLDS))

Change = Callable[[Settings], Settings]


@dataclass(frozen=True, slots=True)
class OpenSetting:
    """A setting that nobody stated: its key, and each value that it may have with the number of worlds for it."""

    key: str
    values: tuple[tuple[int, Change], ...]


def spread(name: str, shares: Sequence[int]) -> tuple[int, ...]:
    """Give for each world the index of a value; `shares` are worlds for each, and their sum is `WORLDS`."""
    begun = f"{name}\0".encode()
    digests = [blake2b(begun + world, digest_size=8).digest() for world in _NUMBERS]
    order = sorted(range(WORLDS), key=digests.__getitem__)
    found = [0] * WORLDS
    position = 0
    for index, share in enumerate(shares):
        for world in order[position : position + share]:
            found[world] = index
        position += share
    return tuple(found)


def settings_of_worlds(settings: Settings, gaps: Sequence[Range]) -> tuple[Settings, ...]:
    """Give the settings of each world: what is stated as it is, what is not with each of its values in its share."""
    found = [settings] * WORLDS
    for point in open_settings(settings, gaps):
        chosen = spread(point.key, [share for share, _ in point.values])
        found = [point.values[index][1](before) for index, before in zip(chosen, found, strict=True)]
    return tuple(found)


def open_settings(settings: Settings, gaps: Sequence[Range]) -> tuple[OpenSetting, ...]:
    """Give the unstated settings that can move a target; each value counts alike where nothing says more.

    Unmeasured upkeep stays so in a third of the worlds, takes no time in a third, and more than MWAA costs in one.
    """
    return tuple(_open(settings, gaps))


def _open(settings: Settings, gaps: Sequence[Range]) -> Iterator[OpenSetting]:
    team = settings.team
    if team.engineers is None and not team.owners:
        yield _alike(ENGINEERS, [_team(engineers=MANAGED_ENGINEERS - 1), _team(engineers=MANAGED_ENGINEERS)])
    if team.cost_sensitive is None:
        yield _alike(TIGHT, [_team(cost_sensitive=False), _team(cost_sensitive=True)])
    if team.existing is None:
        yield _alike(EXISTING, [_team(existing=kind) for kind in Existing])
    if team.needs is None:
        some = [_team(needs=(need,)) for need in Need]
        none = WORLDS // 2
        share = (WORLDS - none) // len(some)
        yield OpenSetting(NEEDS, ((WORLDS - share * len(some), _team(needs=())), *((share, need) for need in some)))
    measured = team.upkeep_hours.self_hosted
    if measured is None:
        turning = [hours for gap in gaps if (hours := break_even_hours(settings, gap)) is not None]
        many = max((hours[1] for hours in turning), default=Decimal(0))
        yield _alike(HOURS, [_same, _upkeep(self_hosted=Decimal(0)), _upkeep(self_hosted=many)])
        return
    if team.hourly_cost is None:
        yield _alike(HOURLY, [_team(hourly_cost=ASSUMED_HOURLY.low), _team(hourly_cost=ASSUMED_HOURLY.high)])
    if team.upkeep_hours.managed is None:
        yield _alike(REMAINING, [_upkeep(managed=Decimal(0)), _upkeep(managed=measured * ASSUMED_PART_SAVED)])


def _alike(key: str, changes: Sequence[Change]) -> OpenSetting:
    share, rest = divmod(WORLDS, len(changes))
    return OpenSetting(key, tuple((share + (number < rest), change) for number, change in enumerate(changes)))


def _team(**changes: object) -> Change:
    return lambda settings: with_team(settings, **changes)


def _upkeep(**changes: Decimal) -> Change:
    return lambda settings: with_upkeep(settings, **changes)


def _same(settings: Settings) -> Settings:
    return settings
