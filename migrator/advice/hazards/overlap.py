"""A run can last until the next one starts.

**Why.** Cron starts the next run beside it. The targets do so as well unless they are told; Airflow up to sixteen
times.

**Says nothing** where nobody states a duration, where the duration fits the gap, and where a lock keeps runs apart.
"""

from collections.abc import Iterator

from migrator.advice.gaps import shortest_gap
from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.costs import figure
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report stated durations above the shortest time between two starts."""
    gap = shortest_gap(move.fields) if move.fields is not None else None
    lasting = move.duration
    if gap is None or lasting is None or move.facts.locks or lasting.high <= gap * 60:
        return
    text = f"it can take {figure(lasting.high / 60)} minutes and starts again after {gap}, without a lock"
    yield move.hazard(Severity.SILENT, text, "say whether runs may overlap: allow, skip or wait")


CHECK = HazardCheck(
    "overlap",
    find,
    MOVES,
    "https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dag-run.html (max_active_runs)",
)
