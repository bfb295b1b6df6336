"""Which worker runs which test: whole modules, so that what the tests of one share is made once."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadFileScheduling

LONGEST = (
    "tests/execution/test_three_ways.py",
    "tests/end_to_end/test_bad.py",
    "tests/end_to_end/test_hostile.py",
    "tests/end_to_end/test_corpus.py",
    "tests/end_to_end/test_artifacts.py",
    "tests/cli/test_leaving.py",
    "tests/workflows/test_apart.py",
    "tests/verify/test_faults.py",
    "tests/artifacts/airflow/test_in_airflow.py",
    "tests/redaction/test_whole_runs.py",
    "tests/graph/test_scale.py",
    "tests/test_reports.py",
)
"""The modules that take longest: begun first, so that no worker waits for another with one of them at the end."""


class ByModule(LoadFileScheduling):
    """Hands out modules in the order of the tests."""

    def __init__(self, config: pytest.Config, log: object) -> None:
        super().__init__(config, log)
        self.config.option.loadscopereorder = False


def longest_first(items: list[pytest.Item]) -> None:
    """Put the tests of the longest modules before the others, which keep their order."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(places)))
