"""The pages of rules and hazards are what their docstrings say."""

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
    found = {path.relative_to(DOCS).as_posix() for kind in ("rules", "hazards") for path in (DOCS / kind).glob("*.md")}
    assert found == set(PAGES)
