"""Each target's function on inputs that once broke a parser, and on those to begin with; without any fuzzer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

FINDINGS = Path(__file__).parent / "findings"


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_hold(name):
    """The target takes what it begins with, an input of nothing, and one of bytes that mean nothing."""
    target = TARGETS[name]
    for data in (*target.seeds, b"", b"\0\xff\xfe\n" * 3):
        target.check(data)


@pytest.mark.parametrize("path", sorted(FINDINGS.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_broke_a_parser(path):
    """It no longer does."""
    TARGETS[path.parent.name].check(path.read_bytes())


def test_every_finding_has_its_target():
    """No folder of findings is left behind by a target that was renamed."""
    assert {path.name for path in FINDINGS.glob("*/")} <= TARGETS.keys()
