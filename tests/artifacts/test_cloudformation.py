"""Texts in templates: data, whatever they hold, and the same bytes by both of PyYAML's writers."""

from __future__ import annotations

import json

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.artifacts.parts import cloudformation as cf
from migrator.sources.grammar.document import plain
from migrator.sources.grammar.yaml_document import read_yaml
from tests.artifacts.making import resolved

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)
LINES = st.text(st.sampled_from("ab'\"\\ \n\t#:-{}|>%@`!&*\r\x1b\x85\u2028\u202e"), max_size=30)


@settings(max_examples=200)
@given(st.one_of(TEXTS, LINES))
def test_a_text_comes_back_as_it_was(text):
    """By PyYAML and by our own reader; only printable ASCII stands in the file."""
    written = cf.dumped({"Resources": {"A": [text, {"b": text}]}})
    wanted = {"Resources": {"A": [text, {"b": text}]}}
    assert yaml.safe_load(written) == wanted
    assert plain(read_yaml(written)) == wanted
    assert all(character == "\n" or " " <= character <= "~" for character in written)


@given(LINES)
def test_both_writers_give_the_same_bytes(text):
    """PyYAML with and without libyaml."""

    class Slow(yaml.SafeDumper):
        """The writer in Python."""

    Slow.add_representer(str, cf._text)
    value = {"A": [text, {"b": text}]}
    slow = yaml.dump(value, Dumper=Slow, sort_keys=False, width=cf._WIDTH, allow_unicode=False)
    assert cf.dumped(value) == slow


def test_references_stand_inside_json_text():
    """JSON whose texts are references is put together by CloudFormation, and is JSON then."""
    made = cf.json_text({"a": cf.ref("B"), "c": [cf.joined(["x", cf.ref("D")]), 'q"'], "e": 1})
    assert json.loads(resolved(made)) == {"a": "<B>", "c": ["x<D>", 'q"'], "e": 1}


def test_a_comment_has_one_line_for_each():
    """No text ends a comment: line breaks and what does not print are escaped."""
    assert cf.comment(["says «after – x»"]) == '# says "after - x"\n'
    assert cf.comment(["a\nResources: x", "b\u202e", ""]) == "# a\\nResources: x\n# b\\u202e\n#\n"


def test_descriptions_hold_nothing_that_is_resolved():
    """Neither a dynamic reference nor a substitution, and no more than CloudFormation takes."""
    assert cf.described("{{resolve:ssm:x}} ${A}" + "y" * 2000).startswith("{ {resolve:ssm:x}} $ {A}y")
    assert len(cf.described("é" * 2000)) <= 1000
