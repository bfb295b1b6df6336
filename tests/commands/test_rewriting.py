"""Known texts behind small filters."""

import pytest

from migrator.commands.rewriting import rewritten
from tests.commands.tools import facts, writes


@pytest.mark.parametrize(
    ("text", "words", "after"),
    [
        ("a_get.sh", ["sed", "-e", r"s/\.sh$/.py/g"], "a_get.py"),
        ("2026-01-02", ["sed", "s/-//g"], "20260102"),
        ("2026-01-02", ["sed", "s/-//"], "202601-02"),
        ("a/b", ["sed", "s|/|_|"], "a_b"),
        ("a.b", ["sed", "s/a/x/;s/b/y/"], "x.y"),
        ("AbC", ["tr", "A-Z", "a-z"], "abc"),
        ("abc", ["tr", "[:lower:]", "[:upper:]"], "ABC"),
        ("a-b-c", ["tr", "-", "_"], "a_b_c"),
        ("a:b", ["tr", "-d", ":"], "ab"),
        ("a.b.c", ["cut", "-d.", "-f2"], "b"),
        ("a b", ["/usr/bin/cut", "-f", "1", "-d", " "], "a"),
        ("plain", ["cut", "-d.", "-f3"], "plain"),
    ],
)
def test_small_filters_are_known(text: str, words: list[str], after: str) -> None:
    """Substitutions, letters for letters, fields."""
    assert rewritten(text, [words]) == after


@pytest.mark.parametrize(
    "words",
    [
        ["awk", "{print $1}"], ["sed", "s/x/&&/"], ["sed", r"s/\(x\)/\1y/"], ["sed", "-n", "p"], ["sed", "y/a/b/"],
        ["sed", "s/x/y/2"], ["sed"], ["tr", "-s", " "], ["tr", "a-f", "g-l"], ["cut", "-c1-3"], [],
    ],
)  # fmt: skip
def test_other_filters_are_not_guessed(words: list[str]) -> None:
    """Groups, counts, programs: only a run tells."""
    assert rewritten("x.sh", [words]) is None


def test_a_rewritten_name_is_the_file() -> None:
    """A wrapper starts the program of its own name."""
    wrapper = 'SELF=`basename $0`\npython3 /opt/src/`echo "$SELF" | sed -e "s/\\.sh$/.py/"`\n'
    program = "open('/srv/x', 'w')"
    assert writes(facts("/opt/bin/get.sh", {"opt/bin/get.sh": wrapper, "opt/src/get.py": program})) == {"/srv/x"}


def test_what_a_variable_of_the_run_comes_to_stays_unknown() -> None:
    """Nobody knows what the text is."""
    assert writes(facts('cp /a/x.csv /srv/$(echo "$SOME" | tr a b).csv')) == {"/srv/*.csv"}
