"""The clock stands for an order between two jobs.

**Why.** The later job starts at its minute, whether the earlier is done or not. Separate schedules keep that race; an
order ends it, and changes the minute. The shorter the time between both starts, the nearer the race; where the longest
run is known to be longer than that, it is lost already.

**Says nothing** where both jobs share a schedule, where a wait or a marker holds the later one back, where the longest
run is known to fit, and where the data of the run before is meant.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.graph.types import Lag, Safety
from migrator.model import ScheduleKind, Severity

_SAFE = frozenset({Safety.HELD, Safety.FITS})


def find(move: Move) -> Iterator[Hazard]:
    """Report dependencies on a job of another schedule that only the clock keeps."""
    for tie, upstream in move.upstream:
        if tie.lag is not Lag.NONE or tie.safety in _SAFE:
            continue
        clocks = upstream.schedule, move.job.schedule
        if any(clock.kind is not ScheduleKind.CRON for clock in clocks) or clocks[0].fields == clocks[1].fields:
            continue
        how = tie.timing or f"starts at `{clocks[1].text}`, done or not"
        made_at = " ".join(clocks[0].text.split())
        text = f"it needs what {upstream.title} makes at `{made_at}`: it {how}"
        remedy = "start it when the other has succeeded, or keep both minutes and know of the race"
        yield move.hazard(Severity.SILENT, text, remedy, tie.evidence)


CHECK = HazardCheck("clock-as-order", find, MOVES, "decision guide, overlaps (joins across schedules)")
