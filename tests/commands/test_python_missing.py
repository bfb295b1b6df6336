"""Files that a program writes only where they are not there yet."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts

HEAD = "import os, sys\nfrom pathlib import Path\nfrom os.path import exists\nfrom thing import ask\np = '/a/x.csv'\n"


def _stale(text: str) -> set[bool]:
    found = facts("python3 /o/p.py", {"o/p.py": HEAD + text})
    return {each.stale for each in found.touched if each.mode is Mode.WRITE and each.resource.name == "/a/x.csv"}


@pytest.mark.parametrize(
    "text",
    [
        "if not os.path.exists(p):\n    open(p, 'w')",
        "if exists(p):\n    pass\nelse:\n    open(p, 'w')",
        "if not Path(p).exists():\n    Path(p).write_text('x')",
        "def get():\n    if os.path.isfile(p):\n        return open(p)\n    open(p, 'w')\nget()",
        "def get(force=False):\n    if not force and exists(p):\n        return open(p)\n    open(p, 'w')\nget()",
        "def get(force=False):\n    if force or not exists(p):\n        open(p, 'w')\nget()",
        "if not exists(p) and ask():\n    open(p, 'w')",
    ],
)
def test_made_only_where_it_is_missing(text: str) -> None:
    """Somebody else's file is taken as it is."""
    assert _stale(text) == {True}


@pytest.mark.parametrize(
    "text",
    [
        "open(p, 'w')",
        "if exists(p):\n    open(p, 'w')",
        "if not exists('/a/y.csv'):\n    open(p, 'w')",
        "if not exists(p):\n    print(1)\nopen(p, 'w')",
        "def get(force):\n    if not force and exists(p):\n        return open(p)\n    open(p, 'w')\nget(True)",
        "def get(force):\n    if not force and exists(p):\n        return open(p)\n    open(p, 'w')\nget(ask())",
        "def get(force):\n    if force or not exists(p):\n        open(p, 'w')\nget(ask())",
        "def get():\n    if exists(p):\n        return 1\nget()\nopen(p, 'w')",
    ],
)
def test_made_in_any_case(text: str) -> None:
    """No look, a look for another file, one that ends before, one that may be passed over."""
    assert _stale(text) == {False}
