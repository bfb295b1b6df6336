"""Text that is made to break readers: it is read in part, and what was not read is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands import CommandFacts
from migrator.commands.record import MAX_STEPS
from tests.commands.tools import facts, names, reads, script, writes

SCRIPTS = Path(__file__).resolve().parents[3] / "shared/oracles/bad/scripts"


def mentions(found: CommandFacts, words: str) -> bool:
    """Say whether something is unclear in these words."""
    return any(words in why for why in found.unclear)


@pytest.mark.parametrize("sign", ["&&", "||", ";", "&"])
def test_a_hundred_thousand_terms(sign: str) -> None:
    """As many steps as are read, and the rest is named."""
    found = facts(f"work.py {sign} " * 20_000 + "work.py")
    assert len(found.steps) == MAX_STEPS
    assert mentions(found, "the rest of the command")
    more = facts(f"a {sign} " * 100_000 + "a")
    assert mentions(more, "too-large")


def test_a_pipeline_of_many_stages_is_one_step() -> None:
    """However long it is."""
    assert len(facts("a | " * 20_000 + "a").steps) == 1


def test_a_line_of_ten_million_characters_is_not_parsed() -> None:
    """It is one step that is not understood."""
    for text in ("a" * 10_000_000, "a b " * 2_500_000, "'" * 10_000_000):
        found = facts(text)
        assert [str(step.kind) for step in found.steps] == ["opaque"]
        assert mentions(found, "too-large")


@pytest.mark.parametrize("opener", ["'", '"', "`", "$(", "${", "((", "(", "<(", "$((", "{ ", "if ", "case a in "])
def test_what_never_closes_is_said(opener: str) -> None:
    """Five thousand times."""
    found = facts("cp /a /b; " + opener * 5_001)
    assert found.unclear


@pytest.mark.parametrize(
    "text",
    [
        "echo " + "$(a " * 3_000 + ")" * 3_000,
        "echo " + "$(a " * 3_000 + ") (a)" * 3_000,
        "( " * 3_000 + "a" + " )" * 3_000,
        "if a; then " * 3_000 + "b" + "; fi" * 3_000,
        "for x in a; do " * 3_000 + "b" + "; done" * 3_000,
    ],
)
def test_deep_nesting_is_cut_off(text: str) -> None:
    """And said."""
    assert facts(text).unclear


def test_braces_that_multiply_stay_a_pattern() -> None:
    """Two hundred pairs would be more words than there are atoms."""
    found = facts("cp /a /b/" + "{x,y}" * 200)
    assert writes(found) == {"/b/*"}
    assert reads(facts("cat /b/{x,y}.csv > /o")) == {"/b/x.csv", "/b/y.csv"}


def test_folders_that_grow_are_given_up() -> None:
    """A folder longer than any path is not known."""
    assert max(map(len, writes(facts("cd a; " * 5_000 + "cp /s here")))) < 5_000
    assert writes(facts("cd /a; cd b; cp /s here")) == {"/a/b/here"}


def test_variables_that_double_are_given_up() -> None:
    """Beyond what a path can be."""
    assert "work.py" in names(facts("A=xy; " + "A=$A$A; " * 60 + "work.py $A"))


def test_scripts_that_call_each_other_in_a_circle() -> None:
    """By `.`, by name and by `sh`, several times each: it ends, and is said."""
    files = {
        f"opt/s{n}.sh": f"#!/bin/sh\n. /opt/s{(n + 1) % 3}.sh\n/opt/s{(n + 2) % 3}.sh\nsh /opt/s{n}.sh\ncp /a /b{n}\n"
        for n in range(3)
    }
    found = facts("/opt/s0.sh", files)
    assert writes(found) >= {"/b0", "/b1", "/b2"}
    assert mentions(found, "calls itself")


def test_functions_that_call_each_other() -> None:
    """Twice each, twenty deep."""
    text = "".join(f"f{n}() {{ f{n + 1}; f{n + 1}; }}\n" for n in range(30))
    assert script(text + "f30() { work.py; }\nf0\n").unclear


def test_a_script_of_many_here_documents() -> None:
    """Each is read over; one without an end is said."""
    assert len(script("cat <<A > /x\nit's\nA\n" * 500).steps) == 500
    assert script("cat <<A\n" * 500).unclear


@pytest.mark.parametrize(
    "name", ["self-source.sh", "not-a-script.sh", "shebang-evil.sh", "unterminated.sh", "polyglot.py"]
)
def test_the_bad_scripts(name: str) -> None:
    """Those of the oracles: nothing raises, and something is found or said."""
    path = SCRIPTS / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    found = facts(f"/opt/{name}", {f"opt/{name}": text})
    assert found.steps
    if name == "unterminated.sh":
        assert mentions(found, "unterminated")


_HUGE = "9" * 6000


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ("/opt/a.sh", f"a=(x y)\ncat ${{a[{_HUGE}]}} ${{a[²]}} ${{{_HUGE}}} /z\nshift {_HUGE}\nexit {_HUGE}\n"),
        ("python3 /opt/a.py", "import time\ntime.sleep(1e999)\nopen('/z')\n"),
        ("node /opt/a.js", f'const fs = require("fs"); a = [1]; fs.readFileSync("/z"); b = a[1e999] + a["{_HUGE}"]\n'),
        ("Rscript /opt/a.R", 'a <- c(1, 2)\nb <- a[[1e999]]\nreadLines("/z")\n'),
    ],
)
def test_numbers_that_nothing_holds(call: str, text: str) -> None:
    """Indexes, counts and seconds beyond every limit are unknown; what else the script does is read."""
    assert "/z" in reads(facts(call, {call.split()[-1]: text}))
