"""Which run of upstream does downstream use: compare when both start.

Fire times are compared over a representative stretch of wall-clock time, so that neither today's date nor a clock
change has a say.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice, pairwise

from migrator.graph.fires import Fires, fires, offset
from migrator.graph.types import Lag
from migrator.model import Job, Schedule, ScheduleKind
from migrator.model.frozen import frozen
from migrator.model.worded import worded

_HOUR, _DAY, _WEEK, _MONTH, _YEAR = 60, 1440, 7 * 1440, 28 * 1440, 365 * 1440
_EPOCH = date(1970, 1, 1)
# Beyond this difference in frequency single times need not be compared, and a few show the gap.
_MUCH, _FEW = 20.0, 50
# Starts a day from which on jobs cannot but share minutes: that they do says nothing against a need.
_OFTEN = 48
# Starts a day up to which a day has an order; both beyond it are compared by their gaps, if they are equally often.
_FEW_A_DAY, _ALIKE, _SOONER = 4, 1.2, 3
_HALF_A_DAY, _ALMOST_ALWAYS = 720, 0.9


@worded
class Order(StrEnum):
    """How the starts of two jobs lie to each other, most of the time."""

    BEFORE = "before"  # upstream has started since downstream's last run, in the same cycle
    LATE = "late"  # upstream starts later in the cycle
    RARER = "rarer"  # upstream starts less often
    TOGETHER = "together"  # in the same minute
    FOLLOWS = "follows"  # one of both has no time of its own
    OPEN = "open"  # not known


@frozen
class Timing:
    """What the times say: the lag, how far an inferred dependency is to be believed, and a clause for people.

    `gap` is the least number of minutes from a start of upstream to the start of downstream that uses it, None where
    one of both has no clock. `fresh` is the share of downstream's starts that have a new run of upstream before them,
    `meets` of those at which upstream starts, too.
    """

    order: Order
    lag: Lag
    factor: float
    says: str
    gap: int | None = None
    fresh: float = 1.0
    meets: float = 0.0


_TIMINGS = {
    Order.BEFORE: Timing(Order.BEFORE, Lag.NONE, 1.0, ""),
    Order.FOLLOWS: Timing(Order.FOLLOWS, Lag.NONE, 1.0, ""),
    Order.LATE: Timing(
        Order.LATE, Lag.PREVIOUS_RUN, 1.0, "starts before its upstream does: it uses what the run before left"
    ),
    Order.RARER: Timing(
        Order.RARER, Lag.PREVIOUS_RUN, 1.0, "starts more often than its upstream: it uses what the last run left"
    ),
    Order.TOGETHER: Timing(
        Order.TOGETHER, Lag.PREVIOUS_RUN, 0.75, "starts in the same minute as its upstream: cron gives them no order"
    ),
    Order.OPEN: Timing(Order.OPEN, Lag.NONE, 0.9, "the hour of one of both is not known"),
}


class Clock:
    """Compare the starts of jobs; each pair of schedules once."""

    def __init__(self) -> None:
        self._fires: dict[Schedule, Fires] = {}
        self._asked: dict[tuple[Schedule, Schedule], Timing] = {}
        self._timings: dict[tuple[Schedule, Schedule], Timing] = {}
        self._same: dict[Schedule, Schedule] = {}

    def timing(self, upstream: Job, downstream: Job) -> Timing:
        """Say which run of `upstream` is there when `downstream` starts."""
        if _one_folder(upstream, downstream):
            return _TIMINGS[Order.BEFORE if upstream.origin.path < downstream.origin.path else Order.LATE]
        return self._timing(upstream.schedule, downstream.schedule)

    def together(self, upstreams: list[Job], downstream: Job) -> Timing:
        """Say the same of several jobs that take turns: a mirror for each weekday, for example."""
        schedules = [job.schedule for job in upstreams]
        if any(schedule.fields is None for schedule in (*schedules, downstream.schedule)):
            return _TIMINGS[Order.RARER]
        zones = {schedule.timezone for schedule in (*schedules, downstream.schedule)} - {None}
        if len(zones) > 1:
            return _TIMINGS[Order.RARER]
        known = [self._known(replace(schedule, timezone=None)) for schedule in schedules]
        until = min(found.until for found in known)
        minutes = sorted({minute for found in known for minute in found.minutes if minute < until})
        return _compare(Fires(tuple(minutes), until), self._known(replace(downstream.schedule, timezone=None)))

    def first_of_day(self, one: Job, other: Job) -> int | None:
        """Give the minutes from the last start of `one` on a day to the first of `other`, where that is their order.

        All starts of `one` lie before all of `other` on nine of ten days of `other`, or both start equally often and
        `other` much sooner after `one` than the other way round; None where neither is so.
        """
        there, back = self.timing(one, other), self.timing(other, one)
        if Order.TOGETHER in (there.order, back.order) or one.schedule.fields is None or other.schedule.fields is None:
            return None
        if there.gap is None or back.gap is None or _zones_differ(one, other):
            return None
        up, down = (self._known(self._plain(job.schedule, zoned=False)) for job in (one, other))
        if up.rate > _FEW_A_DAY and down.rate > _FEW_A_DAY:
            alike = there.order is Order.BEFORE and down.rate / up.rate < _ALIKE > up.rate / down.rate
            return there.gap if alike and there.gap * _SOONER <= back.gap else None
        return _same_days(up, down)

    def _timing(self, up: Schedule, down: Schedule) -> Timing:
        asked = (up, down)
        if (known := self._asked.get(asked)) is not None:
            return known
        # The text does not matter, and one zone is compared by its wall clock.
        zoned = up.timezone != down.timezone and None not in (up.timezone, down.timezone)
        key = (self._plain(up, zoned=zoned), self._plain(down, zoned=zoned))
        if key not in self._timings:
            self._timings[key] = self._compared(*key)
        self._asked[asked] = self._timings[key]
        return self._timings[key]

    def _plain(self, schedule: Schedule, *, zoned: bool) -> Schedule:
        if zoned:
            return replace(schedule, text="")
        if schedule not in self._same:
            self._same[schedule] = replace(schedule, text="", timezone=None)
        return self._same[schedule]

    def _compared(self, up: Schedule, down: Schedule) -> Timing:
        kinds = {up.kind, down.kind}
        if kinds & {ScheduleKind.UPSTREAM, ScheduleKind.EVENT}:
            return _TIMINGS[Order.FOLLOWS]
        if ScheduleKind.UNREAD in kinds:
            return _TIMINGS[Order.OPEN]
        if up.kind is ScheduleKind.REBOOT:
            return _TIMINGS[Order.RARER]
        if down.kind is ScheduleKind.REBOOT:
            return _TIMINGS[Order.LATE]
        if ScheduleKind.ANACRON in kinds:
            return self._anacron(up, down)
        earlier = self._known(up)
        if up.timezone is not None and down.timezone is not None and up.timezone != down.timezone:
            east = offset(up.timezone), offset(down.timezone)
            if east[0] is None or east[1] is None:
                return _TIMINGS[Order.OPEN]
            earlier = earlier.shifted(east[1] - east[0])
        return _compare(earlier, self._known(down))

    def _anacron(self, up: Schedule, down: Schedule) -> Timing:
        """Compare by frequency; anacron's delays order jobs of one period (anacrontab(5))."""
        often = [
            1 / (schedule.period_days or 1) if schedule.kind is ScheduleKind.ANACRON else self._known(schedule).rate
            for schedule in (up, down)
        ]
        if often[0] > often[1] * 1.5:
            return _TIMINGS[Order.BEFORE]
        if often[0] * 1.5 < often[1]:
            return _TIMINGS[Order.RARER]
        if up.kind is not down.kind:
            return _TIMINGS[Order.OPEN]
        gap = down.delay_minutes - up.delay_minutes
        if gap == 0:
            return replace(_TIMINGS[Order.TOGETHER], gap=0)
        return replace(_TIMINGS[Order.BEFORE], gap=gap) if gap > 0 else _TIMINGS[Order.LATE]

    def _known(self, schedule: Schedule) -> Fires:
        if schedule not in self._fires:
            self._fires[schedule] = fires(schedule)
        return self._fires[schedule]


def _one_folder(one: Job, other: Job) -> bool:
    """Say whether run-parts starts both, one after the other in the order of their names (run-parts(8))."""
    return (
        one.source == other.source == "periodic"
        and one.host == other.host
        and one.origin.path.rpartition("/")[0] == other.origin.path.rpartition("/")[0]
        and one.origin.path != other.origin.path
    )


def _compare(up: Fires, down: Fires) -> Timing:
    if not up.minutes or not down.minutes:
        return _TIMINGS[Order.RARER if down.minutes else Order.OPEN]
    until = min(up.until, down.until)
    starts = [minute for minute in down.minutes if minute < until]
    sample = [(start, before) for before, start in islice(pairwise(starts), 0, None, _stride(len(starts)))]
    if up.rate > _MUCH * down.rate:
        few = starts[:_FEW]
        timing = replace(_with_gap(Order.BEFORE, up.minutes, few), meets=_meets(up.minutes, few))
        # Seen for too short a time to meet one of downstream's starts, it is never longer ago than its pace.
        return timing if starts else replace(timing, gap=min(b - a for a, b in pairwise(up.minutes)))
    if down.rate > _MUCH * up.rate:
        return _with_gap(Order.RARER, up.minutes, [start for start, _ in sample])
    judged = [(start, found) for start, before in sample if (found := _at(up.minutes, before, start)) is not None]
    if not judged:
        return _TIMINGS[Order.OPEN]
    counts = Counter(found for _, found in judged)
    preference = (Order.BEFORE, Order.TOGETHER, Order.LATE, Order.RARER)
    order = max(preference, key=lambda one: (counts[one], -preference.index(one)))
    # A start soon after a rarer upstream's is judged to be of its cycle, and uses a run as all the others do.
    alike = {order, Order.BEFORE} if order is Order.RARER else {order}
    timing = _with_gap(order, up.minutes, [start for start, found in judged if found in alike])
    timing = replace(timing, meets=_meets(up.minutes, [start for start, _ in judged]))
    if order is Order.TOGETHER and min(up.rate, down.rate) >= _OFTEN:
        return replace(timing, factor=1.0)
    return replace(timing, fresh=counts[Order.BEFORE] / len(judged)) if order is Order.BEFORE else timing


def _meets(minutes: tuple[int, ...], starts: list[int]) -> float:
    """Give the share of starts that are among these minutes."""
    return sum(bisect_left(minutes, start) < bisect_right(minutes, start) for start in starts) / max(len(starts), 1)


def _zones_differ(one: Job, other: Job) -> bool:
    return len({one.schedule.timezone, other.schedule.timezone} - {None}) > 1


def _same_days(up: Fires, down: Fires) -> int | None:
    """Give the least gap within a day, where nearly all days of `down` have all starts of `up` before."""
    until = min(up.until, down.until)
    last: dict[int, int] = {minute // _DAY: minute for minute in up.minutes if minute < until}
    first: dict[int, int] = {}
    for minute in down.minutes:
        if minute < until:
            first.setdefault(minute // _DAY, minute)
    gaps = [minute - last[day] for day, minute in first.items() if day in last and minute > last[day]]
    if not gaps or len(gaps) < _ALMOST_ALWAYS * len(first) or min(gaps) > _HALF_A_DAY:
        return None
    return min(gaps)


def _with_gap(order: Order, up: tuple[int, ...], starts: list[int]) -> Timing:
    """Add the shortest time since upstream's start to what an order means."""
    after = bisect_right if order is Order.TOGETHER else bisect_left
    gaps = [start - up[at - 1] for start in starts if (at := after(up, start))]
    return replace(_TIMINGS[order], gap=min(gaps, default=None))


def _stride(count: int) -> int:
    """Space the starts that are looked at: at most 200, spread over all hours and weekdays."""
    stride = count // 200 + 1
    while stride > 1 and any(stride % cycle == 0 for cycle in (2, 3, 5, 7)):
        stride += 1
    return stride


def _at(up: tuple[int, ...], before: int, start: int) -> Order | None:
    """Judge one start of downstream, `before` being the one before it; None where upstream's past is not seen."""
    at = bisect_left(up, start)
    since = at - bisect_left(up, before)
    if since >= 2:
        return Order.BEFORE
    following = up[at] if at < len(up) else None
    if following == start:
        return Order.TOGETHER
    if at == 0:
        return None
    if since == 0:
        return Order.RARER
    if following is None:
        return None
    return Order.BEFORE if _same_cycle(up[at - 1], start, following) else Order.LATE


def _same_cycle(former: int, start: int, following: int) -> bool:
    """Say whether a start belongs to the run of upstream at `former` rather than to the one to come.

    It does in one year, month, week, day or hour, whichever upstream's own pace is, and when it is nearer and within a
    day: 22:00 and 02:00 are one night.
    """
    pace, gap = following - former, start - former
    if gap <= _DAY and gap < following - start:
        return True
    if pace >= _YEAR:
        return _day(former).year == _day(start).year
    if pace >= _MONTH:
        return _day(former).replace(day=1) == _day(start).replace(day=1)
    if pace >= _WEEK:
        return _day(former).isocalendar()[:2] == _day(start).isocalendar()[:2]
    if pace >= _DAY:
        return former // _DAY == start // _DAY
    return pace >= _HOUR and former // _HOUR == start // _HOUR


def _day(minute: int) -> date:
    return _EPOCH + timedelta(days=minute // _DAY)
