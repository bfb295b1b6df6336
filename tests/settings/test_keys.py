"""Tests of the lines of keys."""

from __future__ import annotations

import tomllib

import pytest

from migrator.settings.keys import line_of, lines_of_keys

TEXT = """mounts = ["/mnt"]  # a comment

[team]
engineers = 4
"hourly_cost" = 90
upkeep_hours = {self_hosted = 12}
 owners.ingest = 2
[jobs."load orders.sh"]  # another
duration = "4m"
[[accept]]
hazard = "overlap"
[[accept]]
hazard = "x"
[jobs.a.duration]
typical = 1
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("mounts",), 1),
        (("mounts", 0), 1),
        (("team",), 3),
        (("team", "engineers"), 4),
        (("team", "hourly_cost"), 5),
        (("team", "upkeep_hours", "self_hosted"), 6),
        (("team", "owners", "ingest"), 7),
        (("jobs", "load orders.sh", "duration", "typical"), 9),
        (("accept", 0, "hazard"), 11),
        (("accept", 1, "reason"), 12),
        (("jobs", "a", "duration", "typical"), 15),
        (("isolation",), 0),
    ],
)
def test_the_line_of_a_key(key, line):
    """Its own, else that of what it stands in; 0 where nothing of it is there."""
    assert line_of(key, lines_of_keys(TEXT)) == line


def test_what_looks_like_a_key():
    """A comment, a list's item and a line that is none of TOML set nothing."""
    assert lines_of_keys('# a = 1\nb = [\n  "c = 1",\n  "d",\n]\n= 5\n[]\n') == {("b",): 2}


@pytest.mark.parametrize(
    "value",
    [
        '[\n["web"],\n[ # ]\n"c",\n],\n]',
        '"""\n[jobs.b]\nc = 1\n"""',
        "'''\n[jobs.b]\\\n'''",
        '"""a\n\\"""\n[[jobs]]\n"""""',
        '[ """\n]\n[jobs.b]\n""",\n["x]"],\n]',
        '[\'[\', "{\\"["]\n# [[[\n',
    ],
)
def test_a_value_of_several_lines(value):
    """What looks like a table or a key in it is none; what follows has its own line."""
    text = f"[jobs.a]\nowners = {value}\nlast = 1\n[team]\nengineers = 2\n"
    tomllib.loads(text)
    count = text.count("\n")
    assert lines_of_keys(text) == {
        ("jobs", "a"): 1,
        ("jobs", "a", "owners"): 2,
        ("jobs", "a", "last"): count - 2,
        ("team",): count - 1,
        ("team", "engineers"): count,
    }
