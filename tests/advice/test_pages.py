"""The pages of rules and hazards are what their docstrings say, and neither knows its siblings."""

import ast
import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES: dict[str, str] = runpy.run_path(str(DOCS / "generate.py"))["pages"]()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_current(name: str):
    """A page that differs is written anew by `python docs/generate.py`."""
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name]


def test_no_page_is_left_over():
    """What is gone from the code is gone from the docs."""
    found = {
        path.relative_to(DOCS).as_posix()
        for kind in ("rules", "hazards", "evidence")
        for path in (DOCS / kind).glob("*.md")
    }
    assert found == set(PAGES)


MODULES = sorted((DOCS.parent / "migrator/advice").glob("rules/*.py")) + sorted(
    (DOCS.parent / "migrator/advice").glob("hazards/*.py")
)


@pytest.mark.parametrize("path", [path for path in MODULES if path.stem != "__init__"], ids=lambda path: path.stem)
def test_no_module_knows_its_siblings(path: Path):
    """A rule or a hazard can be taken away without touching another."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [
        name for name in imported if name and name.startswith(("migrator.advice.rules", "migrator.advice.hazards"))
    ]
