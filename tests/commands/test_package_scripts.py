"""`npm run NAME` and its kin, and what rsync copies of a folder."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.tools import facts, names, reads, writes

PACKAGE = """{
  "name": "x",
  "scripts": {
    "map": "node jobs/a.js",
    "start": "node jobs/b.js",
    "prestart": "node jobs/a.js",
    "again": "npm run again",
    "odd": 7
  }
}
"""
FILES = {
    "opt/package.json": PACKAGE,
    "opt/jobs/a.js": "require('fs').writeFileSync('/o/a' + (process.argv[2] || ''), '')",
    "opt/jobs/b.js": "require('fs').readFileSync('/i/b')",
}


@pytest.mark.parametrize(
    ("command", "steps", "read", "written"),
    [
        ("cd /opt && npm run -s map", ["a.js"], set(), {"/o/a"}),
        ("cd /opt && npm run map -- 7", ["a.js"], set(), {"/o/a7"}),
        ("cd /opt && npm run map > /o/list.html", ["a.js"], set(), {"/o/a", "/o/list.html"}),
        ("npm --prefix /opt start", ["a.js", "b.js"], {"/i/b"}, {"/o/a"}),
        ("npm --prefix=/opt run-script map", ["a.js"], set(), {"/o/a"}),
        ("yarn --cwd /opt map", ["a.js"], set(), {"/o/a"}),
        ("cd /opt && pnpm run map && cat /i/c > /o/c", ["a.js", "cat"], {"/i/c"}, {"/o/a", "/o/c"}),
        ("cd /opt && npm run nothing", ["npm run nothing"], set(), set()),
        ("cd /opt && npm run odd", ["npm run odd"], set(), set()),
        ("cd /opt && npm map", ["npm map"], set(), set()),
        ("cd /opt && npm ci", ["npm ci"], set(), set()),
        ("cd /opt && npm run", ["npm run"], set(), set()),
    ],
)
def test_the_script_of_a_package(command: str, steps: list[str], read: set[str], written: set[str]) -> None:
    """Its command is read in the package's folder; where there is none, the runner is the step."""
    found = facts(command, FILES)
    assert (names(found), reads(found), writes(found)) == (steps, read, written)


def test_the_place_of_a_script() -> None:
    """The step stands where the package names its command."""
    found = facts("cd /opt && npm run map", FILES)
    assert {(called.path, called.how.partition(";")[0]) for called in found.called} >= {("opt/package.json", "npm")}
    assert (found.steps[0].origin.path, found.steps[0].origin.line) == ("opt/package.json", 4)


def test_a_script_that_runs_itself_ends() -> None:
    """A script that calls itself is read to a depth, not for ever."""
    assert names(facts("cd /opt && npm run again", FILES)) == ["npm run again"]


@given(
    st.one_of(
        st.text(max_size=60), st.sampled_from(["[" * 90_000, "[]", "7", '{"scripts": []}', '{"scripts": {"map": {}}}'])
    )
)
@settings(max_examples=40, deadline=None)
def test_any_package_is_survived(text: str) -> None:
    """Whatever stands in the file, the call is a step."""
    assert len(facts("cd /opt && npm run map", {"opt/package.json": text}).steps) == 1


@pytest.mark.parametrize(
    ("command", "read"),
    [
        ("rsync -a --include='*.json' --include='*.html' --exclude='*' /o/ h.example:/s/", {"/o/*.json", "/o/*.html"}),
        ("rsync -a --include='*/' --include '*.csv' --exclude '*' /o/ /t/", {"/o/*.csv"}),
        ("rsync -a --include='*.json' /o/ /t/", {"/o/"}),
        ("rsync -a --exclude='*' --include='*/' /o/ /t/", {"/o/"}),
        ("rsync -a --include='a/*.json' --exclude='*' /o/ /t/", {"/o/"}),
        ("rsync -a --include='*.json' --exclude='*' /o /t/", {"/o"}),
    ],
)
def test_rsync_copies_what_is_included(command: str, read: set[str]) -> None:
    """Where everything but some names is excluded, only those are read."""
    assert reads(facts(command)) == read
