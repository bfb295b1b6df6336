"""Tests of the exit codes that a finished plan deserves."""

from __future__ import annotations

import pytest

from migrator.cli import status
from migrator.plan import load
from tests.cli.running import CHAIN, run, tab


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """Give a plan in which everything is read and decided."""
    folder = tmp_path_factory.mktemp("status")
    run("plan", tab(folder, CHAIN), "-o", folder / "plan", "--tz", "UTC")
    return load((folder / "plan/plan.json").read_text(), "plan.json")


def test_done(plan):
    """Everything read, everything decided."""
    assert status.exit_code(plan) == 0


def test_undecided(plan):
    """One recommendation that is open is enough for 11, but not to have read badly."""
    open_one = plan.model_copy(update={"counts": plan.counts.model_copy(update={"undecided": 1})})
    assert status.exit_code(open_one) == 11
    assert status.reading_code(open_one) == 0


def test_nothing_found(plan):
    """Without a job it is 3, whatever else."""
    empty = plan.model_copy(update={"jobs": ()})
    assert status.exit_code(empty) == status.reading_code(empty) == 3


def test_a_failed_artifact_goes_first(plan):
    """12 goes before 11; a check that was not made fails nothing."""

    class Verdict:
        """What a check said."""

        def __init__(self, holds):
            self.holds = holds

    for holds, code in ((False, 12), (None, 0), (True, 0)):
        checked = plan.model_copy(update={"verdicts": (Verdict(holds),)})
        assert status.exit_code(checked) == code
