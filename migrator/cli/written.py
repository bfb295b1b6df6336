"""Plans that were written before."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from migrator.collecting import uncollected
from migrator.plan import MigrationPlan, PlanError, load, load_lines

_MOST_BYTES = 2 << 30  # a plan of 100,000 jobs has some 80 MB
_REMEDY = "give the folder that `migrator plan -o` wrote"


def read_plan(directory: Path) -> MigrationPlan:
    """Read `plan.json` of a folder that `migrator plan` wrote; raise PlanError with the remedy otherwise."""
    place = directory / "plan.json" if directory.is_dir() else directory
    try:
        # What looks like a plan may be a pipe that nobody writes to, or a device without an end.
        descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with uncollected(), os.fdopen(descriptor, "rb") as stream:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise PlanError(str(place), "is not a plain file", _REMEDY)
            if found.st_size > _MOST_BYTES:
                raise PlanError(str(place), f"is larger than {_MOST_BYTES >> 30} GiB, and no plan", _REMEDY)
            if (plan := load_lines(stream)) is not None:
                return plan
            stream.seek(0)
            text = stream.read().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fault = error.strerror if isinstance(error, OSError) and error.strerror else "is not a plan"
        raise PlanError(str(place), fault, _REMEDY) from error
    return load(text, str(place))
