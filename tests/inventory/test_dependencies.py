"""Tests of declared dependencies: names to ids, and what is wrong with them."""

from pathlib import Path

from migrator.inventory import Inventory
from tests.inventory.taking import inventory, kinds, of_text


def manifest(**depends_on: list[str]) -> Inventory:
    """Take a manifest of jobs with their dependencies."""
    items = "".join(
        f"- {{id: {name}, schedule: '@daily', command: /x/{name}, depends_on: {names}}}\n"
        for name, names in depends_on.items()
    )
    return of_text("version: 1\njobs:\n" + items)


def edges(result: Inventory) -> set[tuple[str, str]]:
    """Give (upstream, downstream) pairs."""
    return {(up, job.id) for job in result.jobs if job.declared for up in job.declared.depends_on}


def test_names_become_ids():
    """A title may stand for an id where it is unique."""
    assert edges(manifest(a=[], b=["a"], c=["a", "b"])) == {("a", "b"), ("a", "c"), ("b", "c")}
    assert edges(manifest(a=[], b=["a"])) == {("a", "b")}


def test_unknown_names_are_findings():
    """A name that no job has is told, and makes no dependency."""
    result = manifest(a=["nope"], b=["a"])
    assert kinds(result) == ["unknown-dependency"]
    assert edges(result) == {("a", "b")}


def test_a_job_that_depends_on_itself():
    """Told, and not kept."""
    result = manifest(a=["a"], b=[])
    assert kinds(result) == ["self-dependency"]
    assert edges(result) == set()


def test_circles_are_named_once():
    """A circle is named by its jobs; the dependencies stay for the graph to deal with."""
    result = manifest(a=["b"], b=["a"], c=["a"])
    [finding] = result.findings
    assert finding.kind == "dependency-cycle"
    assert "a → b → a" in finding.text
    assert ("a", "c") in edges(result)


def test_a_very_long_circle():
    """More jobs in a circle than the interpreter recurses: found without recursion, and told in one short line."""
    names = [f"n{number}" for number in range(1500)]
    items = "".join(
        f'{{"id": "{name}", "schedule": "@daily", "command": "/x", "depends_on": ["{names[position - 1]}"]}},'
        for position, name in enumerate(names)
    )
    result = of_text('{"version": 1, "jobs": [' + items.rstrip(",") + "]}")
    [finding] = result.findings
    assert len(finding.text) < 300
    assert len(result.jobs) == 1500


def test_everybody_depends_on_everybody():
    """A complete graph has exponentially many circles; one is named."""
    names = [f"n{number}" for number in range(60)]
    result = manifest(**{name: [other for other in names if other != name] for name in names})
    assert kinds(result) == ["dependency-cycle"]


def test_duplicate_ids():
    """Neither of two jobs of one id gets it; what depends on it depends on neither."""
    result = of_text(
        "version: 1\njobs:\n- {id: a, schedule: '@daily', command: /x}\n- {id: a, schedule: '@daily', command: /y}\n"
        "- {id: b, schedule: '@daily', command: /z, depends_on: [a]}\n"
    )
    assert kinds(result) == ["ambiguous-dependency", "duplicate-id"]
    assert len(result.jobs) == 3
    assert edges(result) == set()


def test_two_manifests_keep_their_names_apart(tmp_path: Path):
    """A name means the job of the same manifest first."""
    first = "version: 1\njobs:\n- {id: a, schedule: '@daily', command: /x}\n"
    text = first + "- {id: b, schedule: '@daily', command: /y, depends_on: [a]}\n"
    result = inventory(tmp_path, {"one.yaml": text, "two.yaml": text})
    assert "ambiguous-dependency" not in kinds(result)
    assert len(edges(result)) == 2
