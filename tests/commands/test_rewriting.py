"""Known texts behind small filters."""

import pytest

from migrator.commands.rewriting import rewritten, rewritten_in_part
from tests.commands.tools import facts, script, writes


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


@pytest.mark.parametrize(
    ("text", "words", "after"),
    [
        ("/in/raw_*.csv", ["sed", "s/raw_//"], "/in/*.csv"),
        ("/in/raw_*.csv", ["sed", "-e", "s/csv/txt/"], "/in/raw_*.txt"),
        ("/in/raw_*.csv", ["sed", "s/[a-z]*_//"], None),
        ("/in/raw_*.csv", ["sed", "s/yard//"], None),
        ("/in/raw_*.raw", ["sed", "s/raw//"], None),
        ("/in/raw_*.csv", ["tr", "a-z", "A-Z"], None),
    ],
)
def test_known_words_of_a_name_known_in_part(text: str, words: list[str], after: str | None) -> None:
    """What may meet the part that is not known is not known."""
    assert rewritten_in_part(text, [words]) == after


def test_a_renamed_file_is_written_beside_the_old_one() -> None:
    """`mv raw_x.csv x.csv` for each: what stands there then is named in part."""
    text = 'cd /in\nfor f in raw_*.csv; do\n  n="$(echo "$f" | sed \'s/raw_//\')"\n  mv "$f" "$n"\ndone\n'
    assert writes(script(text)) == {"/in/*.csv"}
