"""A labelled tree is planned as its labels say, and its row tells what is wrong with it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.labelled import labels, planning
from tests.labelled.scoring import Score


def test_only_the_labelled_crontab_is_read():
    """The rest of a tree is there to be looked at, not to be scheduled."""
    assert [row["path"] for row in planning.plan_of("ops-host")["ledger"]] == ["etc/cron.d/ops"]


def test_deployed_paths_lead_into_the_tree():
    """What the crontab calls by its place on the host is found in the tree: nothing is missing."""
    assert [job["unclear"] for job in planning.plan_of("home-backups")["jobs"] if job["unclear"]] == []


def test_a_mean_leaves_out_what_is_unknown():
    """A tree where nothing must be found has no recall, and does not lower that of the others."""
    assert planning.mean([1.0, None, 0.5]) == 0.75


def test_the_table_names_the_faults(monkeypatch):
    """A row of figures, a dash for what is unknown, and each missed and invented edge below it."""
    got = Score(frozenset(), frozenset(), frozenset({(1, 2)}), frozenset({(3, 4)}), 0.5, None, 1.0, 0.25)
    monkeypatch.setattr(planning, "score_of", lambda tree: got)
    head, row, *faults = planning.table(("ops-host",)).split("\n")
    assert head.split() == ["tree", "recall", "precision", "clusters", "steps"]
    assert row.split() == ["ops-host", "0.50", "–", "1.00", "0.25"]
    assert [fault.split() for fault in faults] == [["missed", "L1", "->", "L2"], ["false", "L3", "->", "L4"]]


def test_it_can_be_called():
    """The command that the guide for contributors names prints the trees that were asked for."""
    command = [sys.executable, "-m", "tests.labelled.planning", "ops-host"]
    ran = subprocess.run(command, capture_output=True, check=True, text=True, cwd=labels.HERE.parents[1])
    assert ran.stdout.split("\n")[1].startswith("ops-host")


@pytest.mark.parametrize("text", ["L1 - L2", "L1 -> 2", "1 -> 2", "L1 -> L2 "])
def test_an_edge_that_cannot_be_read_is_refused(text):
    """A slip of the pen must not hide a fault."""
    with pytest.raises(AssertionError, match="not an edge"):
        labels.known({text: "some reason"})


@pytest.mark.parametrize("text", ["7", "L", "L7a", "job7"])
def test_a_job_that_cannot_be_read_is_refused(text):
    """Jobs are called after their lines."""
    with pytest.raises(AssertionError, match="not the id"):
        labels.line_of(text)
