"""Dictionaries of Python programs whose keys are not all known: what stands in them, and what they do not tell."""

import pytest

from tests.commands.tools import facts, writes


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("d = {n: 1 for n in unknown()}\nif len(d) < 2:\n    sys.exit()", {"/end"}),
        ("d = {n: 1 for n in unknown()}\nif len(list(d.values())) < 2:\n    sys.exit()", {"/end"}),
        ("d = {n: '/a/x' for n in unknown()}\nfor n, p in d.items():\n    open(p, 'w')", {"/a/x", "/end"}),
        ("d = {n: '/a/x' for n in unknown()}\nfor n in d:\n    open(d[n], 'w')", {"/a/x", "/end"}),
        ("d = {n: '/a/x' for n in unknown()}\nfor n in d.keys():\n    open('/a/' + n, 'w')", {"/a/*", "/end"}),
        ("d = {}\nd[unknown()] = '/a/x'\nfor p in d.values():\n    open(p, 'w')", {"/a/x", "/end"}),
        ("d = {'k': '/a/y', unknown(): '/a/x'}\nopen(d['k'], 'w')", {"/a/y", "/end"}),
        ("d = {'k': '/a/y', unknown(): '/a/x'}\nopen(d['other'], 'w')", {"/a/x", "/end"}),
        ("d = {'k': '/a/y', unknown(): '/a/x'}\nopen(d[unknown()], 'w')", {"/a/y", "/a/x", "/end"}),
        ("d = {**{unknown(): '/a/x'}}\nopen(d['k'], 'w')", {"/a/x", "/end"}),
        ("d = dict([(unknown(), '/a/x')])\nd = dict(d)\nopen(d['k'], 'w')", {"/a/x", "/end"}),
        ("d = {}\nd.update({unknown(): '/a/x'})\nopen(d['k'], 'w')", {"/a/x", "/end"}),
        ("rows = []\nfill(rows)\nif len(rows) == 0:\n    sys.exit()", {"/end"}),
        ("if len(['k']) == 1:\n    sys.exit()", set()),
        ("for p in {}.values():\n    open('/a/x', 'w')", {"/end"}),
    ],
)
def test_keys_that_are_not_known(text, written):
    """A value under a key that only a run tells may be under every other; nobody knows how many there are."""
    program = "\n".join(["import sys", text, "open('/end', 'w')"])
    assert writes(facts("python3 /opt/p.py", {"opt/p.py": program})) == written
