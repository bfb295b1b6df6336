"""Values that are not known and read alike are one value, so that what is made of them keeps what is known."""

import pytest

from tests.commands.tools import facts, writes


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            (
                "if '-' in d:\n    d = d.replace('-', '')\n"
                "r = os.path.join('/b', d, 'E')\nopen(os.path.join(r, f'x_{d}'), 'w')"
            ),
            "/b/*/E/x_*",
        ),
        (
            "d = d or time.strftime('%Y')\nr = os.path.join('/b', d, 'E')\nopen(os.path.join(r, f'x_{d}'), 'w')",
            "/b/*/E/x_*",
        ),
        ("d = unknown() or ask() or d\nopen('/b/' + str(d) + '/x', 'w')", "/b/*/x"),
    ],
)
def test_unknown_texts_that_read_alike(text: str, written: str) -> None:
    """A date from the call, the clock or with its signs taken out is a part that varies, once."""
    found = facts("python3 /o/p.py $(date +%Y)", {"o/p.py": "import os, sys, time\nd = sys.argv[1]\n" + text})
    assert writes(found) == {written}
