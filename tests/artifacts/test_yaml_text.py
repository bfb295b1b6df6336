"""The quick writer of YAML gives what PyYAML's gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.artifacts.parts.cloudformation import _by_yaml, dumped

PIECES = [
    "a",
    "Fn::Join",
    "/",
    "-",
    "- ",
    ": ",
    ":",
    "#",
    " #",
    " ",
    "\n",
    "\n\n",
    "'",
    '"',
    "é",
    "\t",
    "1",
    "0x1",
    "yes",
]
PIECES += [
    "null",
    "{",
    "[",
    ",",
    "&",
    "*",
    "!",
    "%",
    "@",
    "`",
    "?",
    "|",
    ">",
    "~",
    "=",
    "<<",
    ".",
    "\x85",
    "\u2028",
    "$",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
SCALARS = TEXTS | st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False, width=16)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
@settings(max_examples=150, deadline=None)
def test_every_value_is_written_as_pyyaml_writes_it(template):
    """Whatever stands in keys and texts, the bytes are equal."""
    assert dumped(template) == _by_yaml(template)


@pytest.mark.parametrize(
    "template",
    [
        {"Resources": {"A": {"Type": "AWS::SNS::Topic", "Tags": []}}, "Empty": {}},
        {"a": [["b", {"c": "d", "e": ["f"]}], [[]]], "g": [{"h": "i"}]},
        {"script": "#!/bin/sh\nset -e\n\nexec true\n", "last": "a\n\n"},
        {"long key " * 20: "value", "line\nbreak": 1, "": "", "on": "off", "n": "y"},
        {"width": "word " * 500, "colon": "a: b", "end": "a:", "comment": "a #b", "quoted": "a#b:c"},
    ],
)
def test_shapes_of_templates(template):
    """Nested lists, empty values, blocks, odd keys and words of YAML's own."""
    assert dumped(template) == _by_yaml(template)
