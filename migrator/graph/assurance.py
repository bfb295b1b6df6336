"""Is the order of two jobs safe today: does something hold downstream back, or does only the clock speak for it."""

from migrator.graph.timing import Order, Timing
from migrator.graph.types import Lag, Safety
from migrator.model import Job, ScheduleKind
from migrator.model.frozen import frozen
from migrator.settings import Settings

_HOUR, _DAY = 60, 1440
_TWO_MINUTES = 120  # in seconds
_MOST_FRESH = 0.97
_MOST = 0.5


@frozen
class Assurance:
    """The judgement, the minutes between the two starts, and both in words."""

    safety: Safety
    slack: int | None
    says: str


def assurance(upstream: Job, downstream: Job, timing: Timing, held: str, settings: Settings) -> Assurance:
    """Judge the order of two jobs; `held` says what holds downstream until upstream is done, empty where nothing does.

    cron(8) starts a job at its minute and asks for nothing else, so a gap is as good as the longest run is short.
    """
    if held:
        return Assurance(Safety.HELD, timing.gap, held)
    if timing.order is Order.FOLLOWS:
        return Assurance(*_followed(downstream))
    if timing.gap is None:
        return Assurance(Safety.OPEN, None, timing.says or "how the starts lie to each other is not known")
    if timing.order is Order.TOGETHER:
        return Assurance(Safety.RACE, 0, "starts in the same minute: nothing says which of both is first")
    if timing.lag is Lag.PREVIOUS_RUN:
        words = f"uses what a run left that started at least {span(timing.gap)} before"
    else:
        words = f"starts {span(timing.gap)} after the start of its upstream{_stale(timing)}"
    safety, because = _fitting(longest_run(upstream, settings), timing.gap)
    if not timing.meets:
        return Assurance(safety, timing.gap, words + because)
    # What is done in time is no help where the next run writes the same again.
    safety = Safety.RACE if safety is Safety.FITS else safety
    return Assurance(safety, timing.gap, f"{words}{because}; {_meeting(timing)}")


def _followed(downstream: Job) -> tuple[Safety, None, str]:
    if downstream.schedule.kind is ScheduleKind.EVENT:
        return Safety.HELD, None, "is started by what arrives"
    if downstream.schedule.kind is ScheduleKind.UPSTREAM:
        return Safety.HELD, None, "is started by what it depends on"
    return Safety.OPEN, None, "when its upstream starts is not on a clock"


def _fitting(longest: int | None, gap: int) -> tuple[Safety, str]:
    if longest is None:
        return Safety.HOPED, ", whether that is done or not"
    if longest <= gap * 60:
        return Safety.FITS, f", which takes {_seconds(longest)} at most"
    return Safety.RACE, f", which can take {_seconds(longest)}: it may use half a result"


def _stale(timing: Timing) -> str:
    """Say how many starts have no new run before them: other weekdays, other months, other hours."""
    if timing.fresh >= _MOST_FRESH:
        return ""
    return f" ({100 - round(timing.fresh * 100)} % of its starts have no new run before them and use an older one's)"


def _meeting(timing: Timing) -> str:
    # Not all starts are looked at: a share in figures would say more than is known.
    part = "each" if timing.meets >= 1 else "most" if timing.meets >= _MOST else "some"
    return f"at {part} of its starts the next run of its upstream begins, too"


def longest_run(job: Job, settings: Settings) -> int | None:
    """Give the seconds that a job may take, by the settings, else its manifest, or a log's where it was longer.

    None where none says.
    """
    logged = int(job.measured.duration.high) if job.measured is not None else None
    stated = _stated(job, settings)
    return logged if stated is None else max(stated, logged or 0)


def _stated(job: Job, settings: Settings) -> int | None:
    said = settings.jobs.get(job.id) or settings.jobs.get(job.title)
    if said is not None and said.duration is not None:
        return said.duration.worst if said.duration.worst is not None else said.duration.typical
    if job.declared is not None and job.declared.duration is not None:
        return int(job.declared.duration.high)
    return None


def span(minutes: int) -> str:
    """Write minutes for people: `45 minutes`, `2 hours`, `1 hour 30 minutes`, `3 days`."""
    if minutes >= 2 * _DAY:
        return f"{minutes // _DAY} days"
    hours, rest = divmod(minutes, _HOUR)
    parts = [_counted(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(_counted(rest, "minute"))
    return " ".join(parts)


def _seconds(seconds: int) -> str:
    """Write a time that a run may take: seconds below two minutes, else minutes, rounded up."""
    return _counted(seconds, "second") if seconds < _TWO_MINUTES and seconds % 60 else span(-(-seconds // 60))


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit}" + ("" if number == 1 else "s")
