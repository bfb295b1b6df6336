"""What a person names."""

import pytest

from migrator.report.naming import UnknownNameError, find_cluster, find_job, unknown_name
from tests.report import plans as p


def doubles():
    """Give two jobs and two clusters of one title."""
    jobs = [p.job("j1", title="load"), p.job("j2", title="load")]
    clusters = [p.cluster("load", [name], id=f"c{name}", file_name=f"load-{name}") for name in ("j1", "j2")]
    return p.plan(jobs, clusters)


def test_jobs_are_found_by_id_and_title():
    """An id is sure, a title is if only one job has it."""
    plan = p.plan([p.job("j1", title="load")], [p.cluster("c", ["j1"])])
    assert find_job(plan, "j1").id == find_job(plan, "load").id == "j1"
    assert find_job(plan, "x") is None
    assert find_job(doubles(), "j2").id == "j2"


def test_clusters_are_found_by_id_file_title_and_job():
    """Whatever a report shows leads to the cluster."""
    plan = p.small_plan()
    for name in ("c-extract-orders", "extract-orders", "load-orders"):
        assert find_cluster(plan, name).id == "c-extract-orders"
    assert find_cluster(plan, "x") is None
    assert find_cluster(doubles(), "load-j2").id == "cj2"
    titled = p.plan([p.job("a")], [p.cluster("nightly load", ["a"], id="c1", file_name="nightly-load")])
    assert find_cluster(titled, "nightly load").id == "c1"


@pytest.mark.parametrize("find", [find_job, find_cluster])
def test_a_title_that_several_have_is_refused(find):
    """The message lists the ids."""
    with pytest.raises(UnknownNameError, match="2 have this name"):
        find(doubles(), "load")


def test_an_unknown_name_comes_with_a_hint():
    """Names that come near, else some that are there."""
    assert "did you mean extract-orders" in str(unknown_name(p.small_plan(), "extract"))
    assert "did you mean extract-orders" in str(unknown_name(p.small_plan(), "exrtact-order"))
    assert "there are backup" in str(unknown_name(p.small_plan(), "zzz"))
    assert "the plan has no job" in str(unknown_name(p.plan([], []), "zzz\x1b"))
