"""One picture in one file."""

import pytest

from migrator.report import graph_file, write_graph
from migrator.report.folder import WriteError
from migrator.report.naming import UnknownNameError
from migrator.report.pictures import RenderError
from tests.report import plans as p


@pytest.mark.parametrize(
    ("ending", "start"), [(".svg", b"<?xml"), (".png", b"\x89PNG"), (".dot", b"digraph"), (".mmd", b"flowchart")]
)
def test_the_ending_chooses_the_form(tmp_path, ending, start):
    """Pictures and texts, of everything or of one cluster."""
    path = tmp_path / f"graph{ending.upper()}"
    write_graph(p.small_plan(), path)
    assert path.read_bytes().startswith(start)
    whole = path.read_bytes()
    write_graph(p.small_plan(), path, "extract-orders")
    assert path.read_bytes().startswith(start)
    assert path.read_bytes() != whole


def test_text_holds_every_job_and_a_large_picture_is_the_overview(tmp_path):
    """A program can read what a person could not look at."""
    plan = p.lattice(10, 10)
    write_graph(plan, tmp_path / "g.mmd")
    assert (tmp_path / "g.mmd").read_text().count("stage-") == 100
    write_graph(plan, tmp_path / "g.dot")
    assert "rank=same; n" not in (tmp_path / "g.dot").read_text()
    write_graph(plan, tmp_path / "g.svg")
    assert b"100 jobs" in (tmp_path / "g.svg").read_bytes()


def test_a_dense_graph_is_the_overview_too(tmp_path):
    """Few jobs may have too many lines."""
    ties = [p.needs(f"j{one}", f"j{two}") for one in range(13) for two in range(13) if one != two]
    names = [f"j{number}" for number in range(13)]
    plan = p.plan([p.job(name) for name in names], [p.cluster("ring", names, dependencies=len(ties))], ties)
    write_graph(plan, tmp_path / "g.svg")
    assert b"13 jobs, 13 units" in (tmp_path / "g.svg").read_bytes()


def test_an_unknown_cluster_is_an_error(tmp_path):
    """With the names that come near."""
    with pytest.raises(UnknownNameError, match="did you mean extract-orders"):
        write_graph(p.small_plan(), tmp_path / "g.svg", "extract")


def test_without_a_program_the_error_says_what_to_do(tmp_path, monkeypatch):
    """Text needs none, a picture does."""
    monkeypatch.setattr(graph_file, "find_renderer", lambda search_path: None)
    write_graph(p.small_plan(), tmp_path / "g.mmd")
    with pytest.raises(RenderError, match=r"\.mmd"):
        write_graph(p.small_plan(), tmp_path / "g.svg")


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    """The place is in the message."""
    with pytest.raises(WriteError, match="No such file"):
        write_graph(p.small_plan(), tmp_path / "no" / "g.mmd")
