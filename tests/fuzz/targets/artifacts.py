"""Files of a target as somebody may have changed them: checked against the plan, a verdict and never an exception."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from migrator.model import Target as Place
from migrator.verify import check as verify
from tests.fuzz.targets.target import Target
from tests.fuzz.targets.written import written

_PLACES = (Place.EVENTBRIDGE, Place.STEP_FUNCTIONS, Place.AIRFLOW, Place.MWAA)


def check(data: bytes, place: Place) -> None:
    """Put a text in the place of each main file of a target, and verify."""
    plan, files = written(place)
    name = _main(files)
    with tempfile.TemporaryDirectory() as folder:
        for path, kept in files.items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data if path == name else kept)
        verdicts = verify(plan, Path(folder), 0, search_path="")
    assert verdicts


def _main(files: dict[str, bytes]) -> str:
    """Name the file that says the most: a DAG before a template, else the longest."""
    return max(files, key=lambda path: (path.endswith(".py"), len(files[path]), path))


def _target(place: Place) -> Target:
    _, files = written(place)
    return Target(f"verify-{place}", partial(check, place=place), (files[_main(files)],), longest=32_768)


TARGETS = tuple(_target(place) for place in _PLACES)
