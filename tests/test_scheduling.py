"""The modules that are begun first are there, and the others keep their order."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("xdist")
scheduling = pytest.importorskip("tests.scheduling")
ROOT = Path(__file__).resolve().parents[1]


def test_the_longest_modules_are_there():
    """None of the names is an old one."""
    assert [name for name in scheduling.LONGEST if not (ROOT / name).is_file()] == []


def test_the_longest_come_first():
    """In the order of the list, with the order of tests kept inside and behind."""
    names = ["tests/a.py::b", f"{scheduling.LONGEST[1]}::y", "tests/a.py::a", f"{scheduling.LONGEST[0]}::x"]
    items = [SimpleNamespace(nodeid=name) for name in [*names, f"{scheduling.LONGEST[1]}::w"]]
    scheduling.longest_first(items)
    first, second = scheduling.LONGEST[:2]
    assert [item.nodeid for item in items] == [
        f"{first}::x", f"{second}::y", f"{second}::w", "tests/a.py::b", "tests/a.py::a",
    ]  # fmt: skip
