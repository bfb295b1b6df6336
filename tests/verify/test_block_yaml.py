"""Tests of the quick reader: it reads what the reader of all YAML reads, or leaves it to that one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from migrator.artifacts.parts.cloudformation import dumped
from migrator.sources.grammar.document import DocumentError, plain
from migrator.sources.grammar.yaml_document import read_yaml
from migrator.verify.block_yaml import read_block

_TEMPLATE = """\
# A comment at the beginning
# and another
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Job:
    Type: AWS::SSM::Document
    DependsOn: []
    Properties:
      Content:
        mainSteps:
        - action: aws:runShellScript
          inputs:
            timeoutSeconds: '172800'
            runCommand:
            - Fn::Join:
              - ''
              - - Ref: AWS::StackName
                - -tail
            - |
              #!/bin/sh
              exec 'it''s' "x"

                indented
            - |-
              no break
      Count: 12
      Share: 0.5
      On: true
      Nothing: null
      Empty: {}
      Pattern: ^[A-Za-z][0-9]{0,3}$
      Odd key: "a \\u00e9 \\n b"
"""


def read(text):
    """Read with the reader of all YAML; DocumentError where it reads nothing."""
    try:
        return plain(read_yaml(text))
    except DocumentError:
        return DocumentError


def test_a_template_is_read_as_all_yaml_reads_it():
    """Mappings, lists in the column of their key, texts of several lines, numbers and quotes."""
    assert read_block(_TEMPLATE) == read(_TEMPLATE)
    assert read_block(_TEMPLATE)["Resources"]["Job"]["Properties"]["Share"] == 0.5


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a: &x b\nc: *x\n",
        "a: b\n c\n",
        "a: b\n  c: d\n",
        "a: 'b\n  c'\n",
        "a: b\n# between\nc: d\n",
        "a: b # behind\n",
        "a: !!str 1\n",
        "a: [b, c]\n",
        "a: {b: c}\n",
        "a: >\n  folded\n",
        "a: |2\n   x\n",
        "a: |\n\n  x\n",
        "a: |\nb: c\n",
        "a:\nb: c\n",
        "a:\n",
        "a:\n- b\n c: d\n",
        "a:\n  - b\n - c\n",
        "a:\n  b: c\n d: e\n",
        "- a\n",
        "a: b",
        "a: é\n",
        "a:\tb\n",
        "a: b\r\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "'<<': b\n",
        "null: b\n",
        "a : b\n",
        "a: b: c\n",
        "a:  b\n",
        "a: b \n",
        "a: NULL\n",
        "a: ~\n",
        "a: @b\n",
        "a: ? b\n",
        "a:\n-\n",
        "a:\n- \n",
        "",
        "# only a comment\n",
        "k: " + "- " * 3 + "x\n",
        "k" * 1100 + ": x\n",
        "".join(f"{'  ' * depth}k:\n" for depth in range(60)) + "  " * 60 + "k: x\n",
    ],
)
def test_another_kind_is_left_alone(text):
    """Whatever YAML may say besides is not guessed at."""
    assert read_block(text) is None


_TEXTS = st.one_of(
    st.text(st.sampled_from("ab1 :#-'\"\n|>{}[],&*!%@.~$^/\\é\t"), max_size=12),
    st.sampled_from(["null", "yes", "0x1", "1e3", "-1", "2026-01-01", "- a", "a\n\nb\n", "\n", " a\nb", "a\n\n"]),
)
_VALUES = st.recursive(
    st.one_of(_TEXTS, st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_TEXTS, inner, max_size=3)),
    max_leaves=8,
)


@settings(max_examples=50)
@given(st.dictionaries(_TEXTS, _VALUES, min_size=1, max_size=3))
def test_what_is_written_is_read_alike(template):
    """Of any value, as the writer of templates writes it."""
    text = dumped(template)
    assert read_block(text) in (None, read(text))


_EDITS = st.lists(
    st.tuples(st.integers(0, len(_TEMPLATE)), st.integers(0, 3), st.text("ab :#-'\"\n|{}&*? 0", max_size=3)),
    min_size=1,
    max_size=3,
)


@settings(max_examples=120)
@given(_EDITS)
@example([(0, 0, "a: b\n")])
def test_an_edited_template_is_read_alike_or_left_alone(edits):
    """A few characters come and go anywhere."""
    text = _TEMPLATE
    for place, gone, more in edits:
        text = text[:place] + more + text[place + gone :]
    assert read_block(text) in (None, read(text))
