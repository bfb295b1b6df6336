"""The measures are what they say, on plans of a few jobs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.labelled import labels
from tests.labelled.planning import TREES, plan_of, score_of
from tests.labelled.scoring import score

SHARED = labels.HERE.parents[2] / "shared" / "corpus" / "score.py"


def label(edges, jobs=(1, 2, 3, 4), clusters=None, steps=()):
    """Make labels; an edge is `(from, to)` or `(from, to, {more keys})`."""
    return labels.of_document(
        {
            "tree": "t",
            "crontab": "etc/tab",
            "path_mapping": {},
            "clusters": [{"jobs": [f"L{job}" for job in group]} for group in clusters or [[job] for job in jobs]],
            "jobs": [{"id": f"L{job}", "steps": ["x"] * dict(steps).get(job, 0)} for job in jobs],
            "edges": [
                {"from": f"L{up}", "to": f"L{down}", "strength": "hard", **(rest[0] if rest else {})}
                for up, down, *rest in edges
            ],
        }
    )


def plan(ties, jobs=(1, 2, 3, 4), clusters=None, steps=(), path="etc/tab"):
    """Make the data of a plan whose jobs are called after their lines."""
    return {
        "jobs": [
            {"id": f"j{job}", "origin": {"path": path, "line": job}, "steps": [{}] * dict(steps).get(job, 1)}
            for job in jobs
        ],
        "dependencies": [{"upstream": f"j{up}", "downstream": f"j{down}"} for up, down in ties],
        "clusters": [{"jobs": [f"j{job}" for job in group]} for group in clusters or [[job] for job in jobs]],
    }


def test_all_found():
    """What must be found is found, and nothing else."""
    got = score(plan([(1, 2), (2, 3)]), label([(1, 2), (2, 3)]))
    assert (got.recall, got.precision, got.missed, got.false) == (1, 1, frozenset(), frozenset())


def test_a_missed_and_a_false_edge():
    """An edge the other way round is both."""
    got = score(plan([(2, 1)]), label([(1, 2)]))
    assert (got.recall, got.precision) == (0, 0)
    assert (got.missed, got.false) == ({(1, 2)}, {(2, 1)})


def test_a_way_round_counts_as_found():
    """1 -> 2 -> 3 says 1 -> 3 as well."""
    got = score(plan([(1, 2), (2, 3)]), label([(1, 2), (2, 3), (1, 3)]))
    assert got.recall == 1


def test_what_follows_from_two_labels_is_no_fault():
    """1 -> 3 follows from 1 -> 2 -> 3; it does not stand for 1 -> 2."""
    got = score(plan([(1, 3)]), label([(1, 2), (2, 3)]))
    assert (got.recall, got.precision) == (0, 1)


def test_what_follows_from_three_labels_is_one():
    """Nobody would say that of 1 -> 4."""
    assert score(plan([(1, 4)]), label([(1, 2), (2, 3), (3, 4)])).false == {(1, 4)}


@pytest.mark.parametrize("more", [{"strength": "soft"}, {"lag": "previous-run"}, {"literal": False}])
def test_soft_late_and_meant_edges_may_be_found_or_not(more):
    """They are asked of nobody, and are no fault."""
    edges = [(1, 2), (2, 3, more)]
    assert score(plan([(1, 2)]), label(edges)).recall == 1
    assert score(plan([(1, 2), (2, 3)]), label(edges)).precision == 1


def test_nothing_to_find_and_nothing_found():
    """Shares of nothing are unknown, not 0 or 1."""
    got = score(plan([]), label([]))
    assert (got.recall, got.precision, got.cluster_f1) == (None, None, 1)


def test_jobs_of_other_files_do_not_count():
    """The same line of another crontab is another job."""
    got = score(plan([(1, 2)], path="etc/other"), label([(1, 2)]))
    assert (got.read, got.found, got.recall, got.step_error) == (frozenset(), frozenset(), 0, None)


def test_clusters_by_pairs():
    """Of three labelled pairs one is found, and one that is none."""
    got = score(plan([], clusters=[[1, 2], [3, 4]]), label([], clusters=[[1, 2, 3], [4]]))
    assert got.cluster_f1 == pytest.approx(2 * 1 / (2 + 3))


def test_steps_by_distance():
    """One step too many and two too few, over the two jobs that were counted."""
    got = score(plan([], steps={1: 3, 2: 1, 3: 9}), label([], steps={1: 2, 2: 3}))
    assert got.step_error == 1.5


@given(st.sets(st.tuples(st.integers(1, 4), st.integers(1, 4)).filter(lambda pair: pair[0] != pair[1])))
def test_labels_found_as_they_are_make_a_full_score(edges):
    """Whatever the graph, finding exactly the labelled edges misses nothing and invents nothing."""
    got = score(plan(edges), label(edges))
    assert (got.missed, got.false) == (frozenset(), frozenset())


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/corpus/score.py beside the project")
@pytest.mark.parametrize("tree", TREES)
def test_measures_agree_with_an_independent_scorer(tree, tmp_path):
    """Another program's figures for the same plan are the same."""
    (tmp_path / "plan.json").write_text(json.dumps(plan_of(tree)), encoding="utf-8")
    (tmp_path / "truth.yaml").write_text(yaml.safe_dump(labels.document(tree)), encoding="utf-8")
    command = [sys.executable, SHARED, tmp_path / "plan.json", tmp_path / "truth.yaml", "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    ours = score_of(tree)
    for name in ("recall", "precision", "cluster_f1", "step_error"):
        assert getattr(ours, name) == pytest.approx(theirs[name]), name
    assert sorted(ours.missed) == [tuple(pair) for pair in theirs["missed"]]
    assert sorted(ours.false) == [tuple(pair) for pair in theirs["false"]]
