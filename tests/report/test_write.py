"""The plan's folder."""

import re
import subprocess
import sys

import pytest

from migrator.model import Target
from migrator.plan import load
from migrator.report import pictures, write
from tests.report import plans as p
from tests.report.hostile import OWN, SHARED, hostile_plan


def test_writes_the_files_of_the_contract(tmp_path):
    """Report, data, table, and a picture in both forms for the overview and each larger cluster."""
    seen = []
    written = write(p.small_plan(), tmp_path / "out", lambda stage, done, of: seen.append((stage, done, of)))
    assert written.files == (
        "cutover/wave-1.md",
        "cutover/wave-2.md",
        "graphs/extract-orders.png",
        "graphs/extract-orders.svg",
        "graphs/overview.png",
        "graphs/overview.svg",
        "jobs.csv",
        "plan.json",
        "report.md",
    )
    assert {stage for stage, _, _ in seen} == {"drawing", "writing"}
    assert all(done <= of for _, done, of in seen)
    assert load((tmp_path / "out" / "plan.json").read_text()) == p.small_plan()


def test_two_runs_give_the_same_bytes(tmp_path):
    """Pictures too."""
    for name in ("one", "two"):
        files = write(p.small_plan(), tmp_path / name).files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_every_link_of_the_report_leads_to_a_file(tmp_path):
    """Links are relative and their files are there."""
    write(p.small_plan(), tmp_path / "out")
    links = re.findall(r"\]\(((?:graphs|cutover)/[^)]*)\)", (tmp_path / "out" / "report.md").read_text())
    assert links
    assert all((tmp_path / "out" / link).is_file() for link in links)


def test_without_pictures_the_graphs_are_text(tmp_path):
    """Nothing is drawn, and the report says why."""
    written = write(p.small_plan(), tmp_path / "out", pictures=False)
    assert written.files == ("cutover/wave-1.md", "cutover/wave-2.md", "jobs.csv", "plan.json", "report.md")
    text = (tmp_path / "out" / "report.md").read_text()
    assert "No pictures were asked for" in text
    assert text.count("```mermaid") == 2


def test_without_a_program_that_draws_the_report_says_so(tmp_path, monkeypatch):
    """A missing program costs the pictures, not the run."""
    monkeypatch.setattr(sys.modules["migrator.report.write"], "find_renderer", lambda search_path: None)
    written = write(p.small_plan(), tmp_path / "out")
    assert not [name for name in written.files if name.startswith("graphs/")]
    assert "No program that draws was found" in (tmp_path / "out" / "report.md").read_text()


class Stub:
    """A renderer that draws nothing, quickly."""

    name = "stub"

    def render(self, dot, form):
        """Give an empty picture."""
        return b'<svg width="1pt" height="1pt">' if form == "svg" else b"PNG"


class Failing(Stub):
    """A renderer that always fails."""

    def render(self, dot, form):
        """Fail."""
        raise pictures.RenderError("dot", "it broke")


def test_a_picture_that_cannot_be_drawn_costs_that_picture_only(tmp_path, monkeypatch):
    """The report names it and has its graph as text; after three failures no other is tried."""
    monkeypatch.setattr(sys.modules["migrator.report.write"], "find_renderer", lambda search_path: Failing())
    write(p.small_plan(), tmp_path / "out")
    text = (tmp_path / "out" / "report.md").read_text()
    assert "extract-orders: it broke; the report has its graph as Mermaid text" in text
    assert "no other was tried" not in text
    assert text.count("```mermaid") == 2
    pairs = [(f"a{number}", f"b{number}") for number in range(5)]
    clusters = [p.cluster(one, [one, two], Target.STEP_FUNCTIONS, 1) for one, two in pairs]
    write(p.plan([p.job(name) for pair in pairs for name in pair], clusters), tmp_path / "many")
    assert "After 3 pictures that could not be drawn" in (tmp_path / "many" / "report.md").read_text()


def test_above_two_hundred_clusters_the_dear_ones_are_drawn(tmp_path, monkeypatch):
    """The report says how many have no picture."""
    monkeypatch.setattr(sys.modules["migrator.report.write"], "find_renderer", lambda search_path: Stub())
    pairs = [(f"a{number}", f"b{number}") for number in range(203)]
    clusters = [p.cluster(one, [one, two], Target.STEP_FUNCTIONS, 1) for one, two in pairs]
    plan = p.plan([p.job(name) for pair in pairs for name in pair], clusters, [p.needs(*pair) for pair in pairs])
    written = write(plan, tmp_path / "out")
    assert len([name for name in written.files if name.endswith(".svg")]) == 201
    assert "3 have none" in (tmp_path / "out" / "report.md").read_text()


@pytest.mark.parametrize("text", OWN)
def test_what_was_written_is_clean(tmp_path, text):
    """The check of all outputs finds nothing, whatever the jobs are called."""
    checker = SHARED / "check_out.py"
    if not checker.is_file():
        pytest.skip("the shared checker of outputs is not beside the project")
    write(hostile_plan(text), tmp_path / "out")
    done = subprocess.run([sys.executable, checker, tmp_path / "out"], capture_output=True, text=True, check=False)
    assert done.stdout == "clean\n"


def test_the_wheels_program_is_found_without_a_path():
    """Pictures need nothing but what pip installs."""
    assert pictures.find_renderer(None).name == "graphviz-pure"
