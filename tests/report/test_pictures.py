"""Pictures: what is drawn, as text and as image."""

import re
import stat
import struct
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import ScheduleKind, Target
from migrator.plan import visible
from migrator.report.pictures import (
    MOST_EDGES,
    Edge,
    Node,
    Picture,
    RenderError,
    cluster_picture,
    dot_text,
    draw,
    find_renderer,
    mermaid_text,
    overview_picture,
    renderers,
    thinned,
    whole_picture,
)
from migrator.report.pictures.collapse import collapsed
from migrator.report.pictures.draw import _SHAPES
from migrator.report.pictures.layout import levels, rows
from migrator.report.pictures.scene import Box, Line, Look
from migrator.report.pictures.wrap import wrapped
from tests.report import plans as p
from tests.report.hostile import hostile_plan, texts

ANY_TEXT = st.text(alphabet=st.one_of(st.sampled_from('\\"<>&;[]{}|%#` \n-._/'), st.characters(codec=None)))


def picture(count, ties=(), **changes):
    """Make a picture of numbered nodes."""
    nodes = tuple(Node(str(number), (f"job {number}",), Target.AIRFLOW) for number in range(count))
    edges = tuple(Edge(str(one), str(two), "file") for one, two in ties)
    return Picture("t", nodes, edges, **changes)


def edges_of(drawn):
    """Give the edges with how they are drawn."""
    return {(edge.upstream, edge.downstream): (edge.label, edge.line) for edge in drawn.edges}


def test_a_clusters_picture_has_jobs_schedules_and_kinds():
    """Certain, doubtful, previous-run edges and relations each have their line."""
    plan = p.small_plan()
    drawn = cluster_picture(plan, plan.clusters[0])
    assert drawn.nodes[1].lines == ("load-orders", "at 06:45 every day")
    assert {node.look for node in drawn.nodes if node.id in ("backup", "old-cleanup")} == {Look.OTHER}
    assert edges_of(drawn) == {
        ("extract-orders", "load-orders"): ("file", Line.SURE),
        ("load-orders", "build-report"): ("table 0.7", Line.UNSURE),
        ("build-report", "mail-report"): ("starts", Line.SURE),
        ("mail-report", "extract-orders"): ("file, run before", Line.PREVIOUS),
        ("backup", "load-orders"): ("lock", Line.RELATION),
        ("old-cleanup", "build-report"): ("cleanup", Line.RELATION),
    }


def test_a_node_says_what_is_special_about_its_job():
    """Copies on other hosts, a job that cron does not run, a start by others."""
    off = {"active": False, "inactive_kind": "bad-line", "inactive_why": "x"}
    upstream = p.schedule("after the jobs it depends on", kind=ScheduleKind.UPSTREAM)
    jobs = [p.job("a", replicas=p.replicas("w1")), p.job("b", **off), p.job("c", schedule=upstream)]
    plan = p.plan(jobs, [p.cluster("x", ["a", "b", "c"])])
    nodes = cluster_picture(plan, plan.clusters[0]).nodes
    assert "on 2 hosts" in nodes[0].lines
    assert ("inactive: bad-line" in nodes[1].lines, nodes[1].look) == (True, Look.INACTIVE)
    assert nodes[2].lines == ("c", "after its upstream")


def test_too_many_jobs_elsewhere_are_counted():
    """Eight are drawn, the note counts the others."""
    names = [f"w{number}" for number in range(11)]
    clusters = [p.cluster("x", ["a", "b"]), *(p.cluster(name, [name]) for name in names)]
    jobs = [p.job(name) for name in ("a", "b", *names)]
    plan = p.plan(jobs, clusters, [p.needs("a", "b")], [p.tied(name, "a") for name in names])
    drawn = cluster_picture(plan, plan.clusters[0])
    assert len(drawn.nodes) == 10
    assert drawn.note.startswith("3 more jobs of other clusters")


def test_the_whole_picture_has_every_job_in_its_targets_frame():
    """Relations are drawn where no dependency joins the two already."""
    plan = p.small_plan()
    drawn = whole_picture(plan)
    assert len(drawn.nodes) == len(plan.jobs)
    assert [box.id for box in drawn.boxes] == ["eventbridge", "step-functions", "retain"]
    assert len(drawn.edges) == 6


def test_the_overview_draws_clusters_and_adds_up_lone_jobs():
    """One box a cluster, one for all that stand alone, in the frame of their target."""
    drawn = overview_picture(p.small_plan())
    assert [node.lines for node in drawn.nodes] == [
        ("3 jobs", "on their own"),
        ("extract-orders", "4 jobs, 4 units"),
        ("watch-nginx", "1 job, 1 unit"),
    ]
    assert drawn.boxes[1].label == "Step Functions: 1 cluster, 4 jobs, $0.75–$3.65 a month"
    # A tie of one of three jobs is not drawn: it would look like a tie of all of them.
    assert drawn.edges == ()


def test_the_overview_draws_ties_between_clusters():
    """A lock of two clusters is a dotted line between their boxes."""
    [edge] = overview_picture(many(2)).edges
    assert (edge.label, edge.line) == ("lock", Line.RELATION)


def many(count):
    """Give a plan of clusters of two and three jobs, each tied to the next."""
    sizes = [2 + number % 2 for number in range(count)]
    groups = [[f"g{number}-{place}" for place in range(size)] for number, size in enumerate(sizes)]
    answers = [p.recommendation(Target.AIRFLOW, undecided="x"), p.recommendation(Target.STEP_FUNCTIONS, pinned=True)]
    clusters = [
        p.cluster(names[0], names, dependencies=len(names) - 1, recommendation=answers[number % 2])
        for number, names in enumerate(groups)
    ]
    relations = [p.tied(one[0], two[0]) for one, two in pairwise(groups)]
    return p.plan([p.job(name) for names in groups for name in names], clusters, (), relations)


def test_a_large_overview_is_collapsed_and_leaves_ties_out():
    """About sixty boxes at most; the rest of each target is one box, and the note says what is not drawn."""
    drawn = overview_picture(many(200))
    assert len(drawn.nodes) <= 62
    assert drawn.edges == ()
    assert "199 ties without order" not in drawn.note
    assert "are not drawn" in drawn.note
    assert any(node.lines[0].endswith("more clusters") for node in drawn.nodes)
    assert {line for node in overview_picture(many(4)).nodes for line in node.lines} >= {"open", "pinned"}


def test_a_large_cluster_is_collapsed():
    """Jobs with the same neighbours, then chains, then levels share a box; every job is counted once."""
    plan = p.lattice(12, 12)
    drawn = cluster_picture(plan, plan.clusters[0])
    assert len(drawn.nodes) <= 60
    assert "144 jobs are drawn as" in drawn.note
    fan = picture(100, [(0, number) for number in range(1, 100)])
    assert [node.lines[0] for node in collapsed(fan, 60).nodes] == ["job 0", "99 jobs"]
    assert collapsed(fan, 60).edges[0].label == "99 ties"
    chain = picture(100, [(number, number + 1) for number in range(99)])
    assert [node.lines[0] for node in collapsed(chain, 60).nodes] == ["100 jobs"]
    ring = picture(70, [(number, (number + 1) % 70) for number in range(70)])
    assert len(collapsed(ring, 60).nodes) < 60


@settings(max_examples=30)
@given(st.integers(2, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=80), st.integers(1, 10))
def test_collapsing_keeps_within_its_limit_and_loses_no_job(count, ties, most):
    """Any graph, rings too."""
    inside = [(one % count, two % count) for one, two in ties]
    drawn = collapsed(picture(count, inside), most)
    counted = sum(int(n.lines[0].split()[0]) if n.lines[0].endswith("jobs") else 1 for n in drawn.nodes)
    assert counted == count
    assert len(drawn.nodes) <= most
    names = {node.id for node in drawn.nodes}
    assert all({edge.upstream, edge.downstream} <= names for edge in drawn.edges)


def test_a_long_chain_is_collapsed_in_linear_time():
    """Five thousand jobs in a row."""
    chain = picture(5000, [(number + 1, number) for number in range(4999)])
    assert len(collapsed(chain, 60).nodes) <= 60


def complete(count, ring):
    """Give a plan of one cluster where every job needs every other, or every later one."""
    names = [f"j{number}" for number in range(count)]
    ties = [
        p.needs(one, two)
        for one in names
        for two in names
        if one != two and (ring or names.index(one) < names.index(two))
    ]
    return p.plan([p.job(name) for name in names], [p.cluster("dense", names, Target.AIRFLOW, len(ties))], ties)


@pytest.mark.parametrize("ring", [True, False])
def test_a_dense_graph_is_drawn_at_once(ring):
    """Sixty jobs that all depend on each other: lines that follow from others, or whole levels, are not drawn."""
    plan = complete(60, ring)
    drawn = cluster_picture(plan, plan.clusters[0])
    assert len(drawn.edges) <= MOST_EDGES
    assert ("follow from others" in drawn.note) is not ring
    assert draw(drawn, RENDERER).svg


def test_thinning_keeps_what_the_order_needs():
    """A line goes only where a longer way leads to the same place, and only in a crowd."""
    ties = [(number, other) for number in range(15) for other in range(number + 1, 15)]
    thin = thinned(picture(15, ties))
    assert [(edge.upstream, edge.downstream) for edge in thin.edges] == [(str(n), str(n + 1)) for n in range(14)]
    assert thin.note == "91 dependencies that follow from others are not drawn"
    few = picture(3, [(0, 1), (1, 2), (0, 2)])
    assert thinned(few) == few
    fan = picture(80, [(0, number) for number in range(1, 80)])
    assert thinned(fan) == fan


def test_a_crowd_of_relations_is_left_out():
    """Fifty jobs behind one lock are no ball of wool."""
    names = [f"j{number}" for number in range(12)]
    ties = [p.tied(one, two) for one in names for two in names if one < two]
    plan = p.plan([p.job(name) for name in names], [p.cluster("x", names)], (), ties)
    drawn = cluster_picture(plan, plan.clusters[0])
    assert drawn.edges == ()
    assert drawn.note == "66 ties without order are not drawn"


def test_levels_follow_the_longest_path():
    """A node stands below all that it needs; what is on a ring stands last."""
    assert levels("abcd", [("a", "b"), ("b", "c"), ("a", "c"), ("d", "d")]) == {"a": 0, "b": 1, "c": 2, "d": 0}
    assert levels("abc", [("a", "b"), ("b", "a")]) == {"a": 1, "b": 1, "c": 0}


@settings(max_examples=50)
@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=60), st.integers(1, 6))
def test_rows_hold_every_node_once_and_keep_the_order(count, ties, most):
    """No row is too wide, and of what is not on a ring upstream is above downstream."""
    inside = [(one % count, two % count) for one, two in ties if one % count < two % count]
    placed = rows(picture(count, inside), most)
    assert sorted(name for row in placed for name in row) == sorted(str(number) for number in range(count))
    assert all(len(row) <= most for row in placed)
    height = {name: number for number, row in enumerate(placed) for name in row}
    assert all(height[str(one)] < height[str(two)] for one, two in inside)
    ring = rows(picture(count, [(number, (number + 1) % count) for number in range(count)]), most)
    assert sum(len(row) for row in ring) == count


def test_boxes_stand_one_below_the_other():
    """Rows never mix the frames."""
    nodes = tuple(Node(str(number), ("x",), Target.AIRFLOW, box="ab"[number % 2]) for number in range(8))
    boxes = (Box("b", "B", Target.AIRFLOW), Box("a", "A", Target.MWAA))
    assert rows(Picture("t", nodes, (), boxes), 3) == (("1", "3"), ("5", "7"), ("0", "2"), ("4", "6"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("load", ("load",)),
        ("at 07:00 on Monday to Friday", ("at 07:00 on", "Monday to", "Friday")),
        ("clean-orders-into-area", ("clean-", "orders-into-", "area")),
        ("x" * 30, ("x" * 12, "x" * 12, "x" * 6)),
        ("one two three four five six seven", ("one two", "three four", "five six…")),
        ("", ("",)),
        ("a\nb", ("a\\nb",)),
    ],
)
def test_texts_are_broken_at_words(text, lines):
    """Then after punctuation, then anywhere; what is too long ends in an ellipsis."""
    assert wrapped(text, 12) == lines


@given(ANY_TEXT, st.integers(5, 30))
def test_wrapped_lines_are_short_and_print(text, width):
    """Whatever the text."""
    lines = wrapped(text, width)
    assert 1 <= len(lines) <= 3
    assert all(len(line) <= width and line.isprintable() for line in lines)


RENDERER = find_renderer(None)


def svg_texts(svg):
    """Give the texts of an SVG and its elements' names."""
    root = ET.fromstring(svg)
    names = {element.tag.rsplit("}", 1)[-1] for element in root.iter()}
    return ["".join(element.itertext()) for element in root.iter() if element.tag.rsplit("}")[-1] == "text"], names


@pytest.mark.parametrize("text", texts())
def test_no_text_acts_in_a_picture(text):
    """DOT, Mermaid and SVG keep their nodes, and have no element or attribute of the user's making."""
    plan = hostile_plan(text)
    for drawn in (whole_picture(plan), overview_picture(plan), cluster_picture(plan, plan.clusters[0])):
        dot, mermaid = dot_text(drawn), mermaid_text(drawn)
        assert len(re.findall(r"^ +n\d+ \[label=", dot, re.MULTILINE)) == len(drawn.nodes)
        assert len(re.findall(r'^ +n\d+\["', mermaid, re.MULTILINE)) == len(drawn.nodes)
        assert "%%" not in mermaid
        assert "`" not in mermaid
        assert all(character == "\n" or character.isprintable() for character in dot + mermaid)
    svg = RENDERER.render(dot_text(whole_picture(plan)), "svg")
    _, elements = svg_texts(svg)
    assert elements <= {"svg", "g", "title", "polygon", "path", "text", "polyline", "ellipse"}
    assert b"onload" not in re.sub(rb"(?s)>[^<]*<", b"><", svg)


@settings(max_examples=20, deadline=None)
@given(ANY_TEXT.filter(str.strip))
def test_a_label_shows_its_text(text):
    """What the picture shows is what the text says, entities and escapes included."""
    shown = visible(text.strip())[:40].strip()
    drawn = Picture("t", (Node("a", (shown,), Target.MWAA), Node("b", ("other",), Target.MWAA)), (Edge("a", "b", "x"),))
    svg = RENDERER.render(dot_text(drawn), "svg")
    seen, _ = svg_texts(re.search(rb'(?s)<g id="node\d+" class="node">\s*<title>n1</title>.*?</g>', svg)[0])
    assert [line.replace("\xa0", " ").split() for line in seen] == [line.split() for line in wrapped(shown, 27)]


def test_a_picture_fits_a_page_and_its_png_is_sharp():
    """No wider than 920 pixels; the PNG has half as many dots again."""
    plan = p.lattice(5, 5)
    image = draw(cluster_picture(plan, plan.clusters[0]), RENDERER)
    width = float(re.search(rb'<svg width="([\d.]+)pt"', image.svg)[1])
    assert width <= 690
    assert image.png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", image.png[16:20])[0] == pytest.approx(width * 2, abs=4)
    assert b"graphviz" not in image.svg


def test_a_picture_that_fits_no_page_is_drawn_as_narrow_as_it_gets():
    """A dense graph is wide whatever is tried; the last shape is not always the best."""
    plan = p.lattice(14, 4)
    dense = cluster_picture(plan, plan.clusters[0])
    image = draw(dense, RENDERER)
    widths = [
        float(re.search(rb'width="([\d.]+)pt"', RENDERER.render(dot_text(dense, *way), "svg"))[1]) for way in _SHAPES
    ]
    assert min(widths) > 690
    assert float(re.search(rb'width="([\d.]+)pt"', image.svg)[1]) <= min(widths) * 1.08


def test_the_legend_shows_what_occurs_and_nothing_else():
    """A picture of certain dependencies explains neither dashes nor dots."""
    plan = p.small_plan()
    seen, _ = svg_texts(draw(cluster_picture(plan, plan.clusters[0]), RENDERER).svg)
    assert {"needs", "needs the run before", "needs, confidence below 0.8", "tied, but no order"} <= set(seen)
    assert "cron does not run it" not in seen
    seen, _ = svg_texts(draw(picture(2, [(0, 1)]), RENDERER).svg)
    assert {"Legend", "needs", "Airflow on EC2"} <= set(seen)
    assert "tied, but no order" not in seen
    bare = Picture("t", (Node("a", ("x",), Target.MWAA, box="m"),), (), (Box("m", "M", Target.MWAA),))
    assert "Legend" not in dot_text(bare)


def test_colours_tell_targets_apart():
    """Five targets, five fills and five borders, each used."""
    nodes = tuple(Node(target, (target.label,), target) for target in Target)
    text = dot_text(Picture("t", nodes, ()))
    assert len(set(re.findall(r'fillcolor="(#\w+)"', text))) == 5
    assert mermaid_text(Picture("t", nodes, ())).count("classDef") == 5


def test_without_rows_a_graph_is_left_to_its_reader():
    """A text for programs has no rows forced upon it."""
    drawn = picture(9, [(0, 1)])
    assert "rank=same; n" in dot_text(drawn)
    assert "rank=same; n" not in dot_text(drawn, None)


def program(tmp_path, text):
    """Write a program that stands for `dot`."""
    place = tmp_path / "dot"
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
    return place


def test_dot_on_the_path_is_the_second_choice(tmp_path, monkeypatch):
    """Without the wheel's program a Graphviz that is installed draws; without both nothing does."""
    place = program(tmp_path, "cat")
    monkeypatch.setattr(renderers, "_of_wheel", lambda: None)
    found = find_renderer(str(tmp_path))
    assert (found.name, found.program) == ("Graphviz", place)
    assert found.render("digraph x {}", "svg") == b"digraph x {}"
    assert find_renderer(None) is None
    assert find_renderer(str(tmp_path / "empty")) is None


def test_a_missing_wheel_is_no_error(monkeypatch):
    """The package may be absent, or without its program."""

    def absent(name):
        raise renderers.PackageNotFoundError

    monkeypatch.setattr(renderers, "files", absent)
    assert renderers._of_wheel() is None
    monkeypatch.setattr(renderers, "files", lambda name: None)
    assert renderers._of_wheel() is None


@pytest.mark.parametrize("text", ["exit 3", "echo broken >&2; exit 1", "true"])
def test_a_program_that_fails_is_named(tmp_path, text):
    """Its last words are in the message."""
    broken = renderers.GraphvizRenderer("Graphviz", program(tmp_path, text))
    with pytest.raises(RenderError, match="could not be drawn") as caught:
        broken.render("digraph x {}", "png")
    assert caught.value.place.endswith("dot")


def test_a_program_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    """A picture is not worth waiting for without end."""
    monkeypatch.setattr(renderers, "_SECONDS", 0.2)
    with pytest.raises(RenderError, match=r"not drawn within 0\.2 seconds"):
        renderers.GraphvizRenderer("Graphviz", program(tmp_path, "exec sleep 5")).render("", "svg")


def test_a_program_that_cannot_be_started_is_named(tmp_path):
    """It went away after it was found."""
    with pytest.raises(RenderError, match="No such file"):
        renderers.GraphvizRenderer("Graphviz", tmp_path / "gone").render("", "svg")
