"""Plans that were written before."""

from __future__ import annotations

from pathlib import Path

from migrator.collecting import uncollected
from migrator.plan import MigrationPlan, PlanError, load, load_lines


def read_plan(directory: Path) -> MigrationPlan:
    """Read `plan.json` of a folder that `migrator plan` wrote; raise PlanError with the remedy otherwise."""
    place = directory / "plan.json" if directory.is_dir() else directory
    try:
        with uncollected(), place.open("rb") as lines:
            plan = load_lines(lines)
        return plan or load(place.read_text(encoding="utf-8"), str(place))
    except (OSError, UnicodeDecodeError) as error:
        fault = error.strerror if isinstance(error, OSError) and error.strerror else "is not a plan"
        raise PlanError(str(place), fault, "give the folder that `migrator plan -o` wrote") from error
