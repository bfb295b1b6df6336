"""Every minute at which old and new differ, by class and in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from migrator.model import CronFields
from migrator.schedules.cron.wall import DAY_MINUTES, wall_minutes
from migrator.schedules.cron.zones import Piece, pieces

_EXAMPLES = 3
_NEAR = 180  # minutes; cron repairs no greater change of the clock
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WHICH = {
    (True, True): "both times",
    (True, False): "the first time",
    (False, True): "the second time",
    (False, False): "neither time",
}
_Pair = tuple[bool, bool]
_VERBS = {"skipped": "skipped", "moved": "moved", "again": "started once more"}
_ONCE_LESS = "started once less"


@dataclass(frozen=True, slots=True)
class Difference:
    """One class of differing minutes.

    `kind` is skipped, moved or again (around a clock change), missing, extra or twice (elsewhere), random, unknown or
    none (no form at all). `missing` counts cron's starts that the target does not make, `extra` the target's that cron
    does not, over the span; both are 0 where they are not known. `repeated`: the times come twice, as the clocks go
    back.
    """

    kind: str
    text: str
    missing: int = 0
    extra: int = 0
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared: the fields, the zone that cron goes by, and the target's name in a sentence."""

    fields: CronFields
    zone: ZoneInfo
    name: str


@dataclass(frozen=True, slots=True)
class _Sides:
    """The epoch minutes of both sides."""

    old: frozenset[int]
    new: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Event:
    """What happens at one clock change, told without its date so that years can be told together."""

    kind: str
    date: str
    text: str
    missing: int
    extra: int
    repeated: bool = False


def differences(subject: Subject, old: Sequence[int], new: Sequence[int]) -> tuple[Difference, ...]:
    """Give every class of differing minutes; `old` and `new` are sorted epoch minutes of cron and the target."""
    if old == new:
        return ()
    sides = _Sides(frozenset(old), frozenset(new))
    apart = sorted(sides.old ^ sides.new)
    found = list(_classes(subject, sides, apart)) if apart else []
    twice = sorted((Counter(new) - Counter(sides.new)).elements())
    if twice:
        text = f"{subject.name} starts it twice at {_listed([_moment(at, subject.zone) for at in twice])}"
        found.append(Difference("twice", text, extra=len(twice)))
    return tuple(found)


def _classes(subject: Subject, sides: _Sides, apart: list[int]) -> Iterator[Difference]:
    """Tell the minutes near a clock change by change, the others one by one."""
    changes = list(pairwise(pieces(subject.zone, apart[0] - _NEAR - 1, apart[-1] + _NEAR + 1)))
    near: dict[int, list[int]] = defaultdict(list)
    others: list[int] = []
    for minute in apart:
        index = min(range(len(changes)), key=lambda at: abs(changes[at][1].begin - minute), default=None)
        if index is not None and abs(changes[index][1].begin - minute) <= _NEAR:
            near[index].append(minute)
        else:
            others.append(minute)
    events = [
        event for index, minutes in sorted(near.items()) for event in _events(subject, sides, changes[index], minutes)
    ]
    yield from _told_together(events)
    missing = [_moment(minute, subject.zone) for minute in others if minute in sides.old]
    extra = [_moment(minute, subject.zone) for minute in others if minute in sides.new]
    if missing:
        yield Difference("missing", f"{subject.name} does not start it at {_listed(missing)}", missing=len(missing))
    if extra:
        yield Difference("extra", f"{subject.name} starts it when cron does not: {_listed(extra)}", extra=len(extra))


def _told_together(events: Iterable[_Event]) -> Iterator[Difference]:
    alike: dict[tuple[str, str], list[_Event]] = defaultdict(list)
    for event in events:
        alike[event.kind, event.text].append(event)
    for (kind, text), same in alike.items():
        dates = _listed(list(dict.fromkeys(event.date for event in same)))
        yield Difference(
            kind,
            f"{_ONCE_LESS if kind == 'skipped' and same[0].repeated else _VERBS[kind]} on {dates}: {text}",
            sum(event.missing for event in same),
            sum(event.extra for event in same),
            same[0].repeated,
        )


def _events(subject: Subject, sides: _Sides, change: tuple[Piece, Piece], minutes: list[int]) -> Iterator[_Event]:
    before, after = change
    at, back = after.begin, before.offset - after.offset
    repeated = [minute for minute in minutes if at - back <= minute < at + back]
    # By wall-clock time: whether cron and the target start it the first and the second time.
    patterns: dict[tuple[_Pair, _Pair], list[int]] = defaultdict(list)
    for first in sorted({minute if minute < at else minute - back for minute in repeated}):
        second = first + back
        ours, theirs = (first in sides.old, second in sides.old), (first in sides.new, second in sides.new)
        patterns[ours, theirs].append(first)
    for (ours, theirs), firsts in patterns.items():
        yield _repeat(subject, before.offset, ours, theirs, firsts)
    rest = [minute for minute in minutes if minute not in set(repeated)]
    if rest:
        yield _jump(subject, sides, change, rest)


def _repeat(subject: Subject, offset: int, ours: _Pair, theirs: _Pair, firsts: list[int]) -> _Event:
    """Tell of times that come twice."""
    times = [_clock(minute + offset) for minute in firsts]
    text = (
        f"{_listed(times)} {'comes' if len(times) == 1 else 'come'} twice; "
        f"cron starts it {_WHICH[ours]}, {subject.name} {_WHICH[theirs]}"
    )
    missing = sum(old and not new for old, new in zip(ours, theirs, strict=True)) * len(firsts)
    extra = sum(new and not old for old, new in zip(ours, theirs, strict=True)) * len(firsts)
    return _Event(_kind(missing, extra), _date(firsts[0] + offset), text, missing, extra, repeated=True)


def _jump(subject: Subject, sides: _Sides, change: tuple[Piece, Piece], minutes: list[int]) -> _Event:
    """Tell of starts beside a change, by the times that it leaves out."""
    before, after = change
    begin, end = after.begin + before.offset, after.begin + after.offset
    left_out = [_clock(wall) for wall in wall_minutes(subject.fields, begin, end)]
    if left_out:
        why = f"{_listed(left_out)} {'does' if len(left_out) == 1 else 'do'} not exist"
    else:
        why = f"the clock goes from {_clock(begin)} to {_clock(end)}"
    walls = {minute: minute + (before if minute < after.begin else after).offset for minute in minutes}
    missing = [_clock(walls[minute]) for minute in minutes if minute in sides.old]
    extra = [_clock(walls[minute]) for minute in minutes if minute in sides.new]
    if missing and extra:
        what = f"cron starts it at {_listed(missing)}, {subject.name} at {_listed(extra)}"
    elif missing:
        what = f"cron starts it at {_listed(missing)}, {subject.name} does not"
    else:
        what = f"{subject.name} starts it at {_listed(extra)}, cron does not"
    date = _date(walls[minutes[0]])
    return _Event(_kind(len(missing), len(extra)), date, f"{why}; {what}", len(missing), len(extra))


def _kind(missing: int, extra: int) -> str:
    return ("moved" if extra else "skipped") if missing else "again"


def _clock(wall: int) -> str:
    hour, minute = divmod(wall % DAY_MINUTES, 60)
    return f"{hour:02d}:{minute:02d}"


def _date(wall: int) -> str:
    return f"{_EPOCH + timedelta(minutes=wall):%Y-%m-%d}"


def _moment(minute: int, zone: ZoneInfo) -> str:
    return f"{datetime.fromtimestamp(minute * 60, zone):%Y-%m-%d %H:%M}"


def _listed(words: Sequence[str]) -> str:
    """List a few words and say how many more there are."""
    if len(words) > _EXAMPLES + 1:
        return f"{', '.join(words[:_EXAMPLES])} and {len(words) - _EXAMPLES:,} more"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
