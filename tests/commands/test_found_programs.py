"""Programs whose place a script asks for before it runs them."""

import pytest

from tests.commands.tools import facts, writes

_PROGRAM = "import sys\nopen(sys.argv[1], 'w')\n"


@pytest.mark.parametrize(
    "asked",
    [
        "$(command -v python3)",
        "`which python3`",
        '"$(command -v python3.11 || command -v python3)"',
        '"$(command -v python3 2>/dev/null || true)"',
        "$(type -P python3)",
    ],
)
def test_the_program_is_the_one_that_was_asked_for(asked: str) -> None:
    """`PY=$(command -v python3)` and then `"$PY" program.py argument` runs the program with its argument."""
    script = f'PY={asked}\n"$PY" /opt/p.py /srv/x.csv\n'
    found = facts("sh /opt/a.sh", {"opt/a.sh": script, "opt/p.py": _PROGRAM})
    assert writes(found) == {"/srv/x.csv"}
    assert not found.unclear


def test_whether_it_is_there_stays_open() -> None:
    """A test for a program that may be absent decides nothing."""
    script = 'X=$(which rclone)\nif [ -z "$X" ]; then date > /srv/no; else date > /srv/yes; fi\n'
    assert writes(facts("sh /opt/a.sh", {"opt/a.sh": script})) == {"/srv/no", "/srv/yes"}
