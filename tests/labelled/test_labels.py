"""The labels speak of what is in the trees."""

from __future__ import annotations

import re

import pytest

from tests.labelled import labels
from tests.labelled.planning import TREES

JOB_LINE = re.compile(r"[\d*@]")
EVIDENCE = re.compile(r"(?P<path>.+):(?P<line>\d+)")


def lines_of(tree, path):
    """Give the lines of a file of a tree."""
    return (labels.HERE / "trees" / tree / path).read_text(encoding="utf-8").split("\n")


def test_each_tree_has_labels_and_a_level():
    """No folder is forgotten, and nothing speaks of a folder that is not there."""
    named = sorted(path.stem for path in (labels.HERE / "labels").glob("*.yaml"))
    assert list(TREES) == named == sorted(labels.levels())
    assert all(labels.document(tree)["tree"] == tree for tree in TREES)


def test_there_are_enough_of_them():
    """At least six trees, four languages, two trees without any dependency."""
    assert len(TREES) >= 6
    assert len({language for tree in TREES for language in labels.document(tree)["languages"]}) >= 4
    assert sum(not labels.read(tree).has_dependencies for tree in TREES) >= 2


@pytest.mark.parametrize("tree", TREES)
def test_every_job_line_is_labelled_once(tree):
    """The jobs are the lines of the crontab that are neither settings nor comments, with their commands."""
    data = labels.document(tree)
    lines = lines_of(tree, data["crontab"])
    assert [job["line"] for job in data["jobs"]] == [n for n, line in enumerate(lines, 1) if JOB_LINE.match(line)]
    for job in data["jobs"]:
        assert job["id"] == f"L{job['line']}"
        words = lines[job["line"] - 1].split()
        assert " ".join(words) == " ".join(f"{job['schedule']} {job.get('user', '')} {job['command']}".split())


@pytest.mark.parametrize("tree", TREES)
def test_clusters_part_the_jobs(tree):
    """Each job is in one cluster."""
    label = labels.read(tree)
    assert sorted(job for cluster in label.clusters for job in cluster) == sorted(label.jobs)


@pytest.mark.parametrize("tree", TREES)
def test_edges_join_labelled_jobs_and_point_at_text(tree):
    """Each names two jobs, says why, and its evidence is a line with something on it."""
    data, jobs = labels.document(tree), labels.read(tree).jobs
    seen = set()
    for edge in data["edges"]:
        pair = (edge["from"], edge["to"])
        assert pair not in seen
        seen.add(pair)
        assert {int(job[1:]) for job in pair} <= jobs
        assert edge["strength"] in {"hard", "soft"}
        assert edge.get("lag", "previous-run") == "previous-run"
        assert edge["why"]
        for place in edge["evidence"]:
            match = EVIDENCE.fullmatch(place)
            assert lines_of(tree, match["path"])[int(match["line"]) - 1].strip()


@pytest.mark.parametrize("tree", TREES)
def test_scripts_are_files_of_the_tree(tree):
    """What a label says is called is there; so are its traps."""
    data = labels.document(tree)
    for job in data["jobs"]:
        assert all(lines_of(tree, script) for script in job.get("scripts", []))
        assert ("steps" in job) != ("steps_note" in job)
    assert len(data["traps"]) >= 3


@pytest.mark.parametrize("tree", TREES)
def test_known_faults_are_of_labelled_jobs(tree):
    """A fault that is known to be missed is an edge that must be found; each has its reason."""
    label, level = labels.read(tree), labels.levels()[tree]
    assert set(level.missed) <= label.must
    assert not set(level.false) & (label.must | label.allowed)
    assert all(len(why) > 20 for why in (*level.missed.values(), *level.false.values()))
