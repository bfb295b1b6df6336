"""Patterns that each supported Python reads alike."""

from __future__ import annotations

import re
from pathlib import Path

SOURCES = sorted((Path(__file__).parents[2] / "migrator").rglob("*.py"))
# A group that is closed and then possessive; `[^)]` keeps a bracketed `)` out.
_POSSESSIVE_GROUP = re.compile(r"(?<![\\\[(^])\)(?:[*+?]|\{[\d,]+\})\+")


def test_no_group_is_possessive():
    """Python 3.11.0 to 3.11.4 match `(?:a++|b)*+` wrongly: words would appear from nothing, and secrets with them."""
    found = [
        f"{path.name}: {line.strip()}"
        for path in SOURCES
        for line in path.read_text(encoding="utf-8").splitlines()
        if _POSSESSIVE_GROUP.search(line)
    ]
    assert found == []
    assert _POSSESSIVE_GROUP.search(r"(?:a++|b)*+")
    assert not _POSSESSIVE_GROUP.search(r"[^)]*+ (a)+ [ \t]*+")
