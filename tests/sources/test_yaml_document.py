"""Tests of reading YAML from its events."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.sources.grammar.document import DocumentError, decoded, line_of, plain
from migrator.sources.grammar.yaml_document import read_yaml


def value(text: str) -> object:
    """Read a document into plain values."""
    return plain(read_yaml(text))


def fault(text: str) -> DocumentError:
    """Give the fault of a document."""
    with pytest.raises(DocumentError) as caught:
        read_yaml(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("on", "on"), ("no", "no"), ("yes", "yes"), ("1_000", "1_000"), ("12:30:45", "12:30:45"),
        ("2026-01-01", "2026-01-01"),
        ("0123", 123), ("0o17", 15), ("0x1F", 31), ("-7", -7), ("1.5", 1.5), ("1e3", 1000.0),
        (".5", 0.5), (".inf", ".inf"), (".nan", ".nan"), ("true", True), ("False", False), ("~", None), ("", None),
        ("'5'", "5"), ('"true"', "true"), ("!!str 5", "5"), ("! 5", "5"), ("!!int '5'", 5), ("9" * 400, "9" * 400),
    ],
)  # fmt: skip
def test_scalars_of_yaml_1_2(text: str, read: object):
    """The core schema: `on`, `1_000` and sexagesimal numbers are text; numbers and truth values are what they say."""
    assert value(text) == read
    assert type(value(text)) is type(read)


def test_collections_and_lines():
    """Every value knows its line."""
    node = read_yaml("a: 1\nb:\n  - x\n  - {c: 2,\n     d: 3}\n")
    assert plain(node) == {"a": 1, "b": ["x", {"c": 2, "d": 3}]}
    assert line_of(node, ("b", 1, "d")) == 5
    assert line_of(node, ("b", 0)) == 3
    assert line_of(node, ("b", 7)) == 2
    assert line_of(node, ("nothing",)) == 1


def test_anchors_and_merge_keys():
    """An alias is the value that it names; `<<` puts a mapping in, own keys win."""
    text = "base: &b {x: 1, y: 2}\nother: &o {z: 9}\njob: {<<: *b, y: 3}\nboth: {<<: [*b, *o]}\n"
    assert value(text) == {
        "base": {"x": 1, "y": 2},
        "other": {"z": 9},
        "job": {"y": 3, "x": 1},
        "both": {"x": 1, "y": 2, "z": 9},
    }


def test_keys_become_text():
    """A key is text, however YAML would read it."""
    assert value("on: 1\n5: 2\ntrue: 3\n~: 4\n") == {"on": 1, "5": 2, "true": 3, "null": 4}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "stands twice"),
        ("a: *x\n", 1, "names no anchor"),
        ("a: &x [*x]\n", 1, "inside what it names"),
        ("a: &x\n  <<: *x\n", 2, "inside what it names"),
        ("<<: 5\n", 1, "takes a mapping"),
        ("a: !!python/object/apply:os.system ['x']\n", 1, "the tag"),
        ("a: !Ref x\n", 1, "the tag"),
        ("!!set {a, b}\n", 1, "the tag"),
        ("? [a, b]\n: 1\n", 1, "no text"),
        ("a: 1\n---\nb: 2\n", 2, "more than one document"),
        ("a:\n\t- b\n", 2, "not YAML"),
        ("schedule: * * * * *\n", 1, "not YAML"),
        ("{{- if .Values.x }}\na: 1\n{{ end }}\n", 1, "a template"),
        ("a: 1\nb: x\x07\n", 2, "character"),
    ],
)
def test_faults_have_a_line(text: str, line: int, words: str):
    """What YAML forbids, and what we refuse, is told with line and remedy."""
    found = fault(text)
    assert words in found.fault
    assert found.line == line
    assert found.remedy


def test_an_unquoted_star_has_its_remedy():
    """People write schedules without quotes."""
    assert "in quotes" in fault("schedule: * * * * *\n").remedy


def test_deep_nesting():
    """Thousands of levels are an error in no time, not a crash."""
    assert "deep" in fault("[" * 5000).fault
    assert "deep" in fault("".join(" " * n + "a:\n" for n in range(600))).fault


def test_an_alias_bomb():
    """What a small text would grow to is bounded before it grows."""
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "values" in fault("\n".join(levels)).fault


def test_decoding():
    """UTF-8 with a mark and UTF-16 are read; other bytes are an error with a line."""
    assert decoded(b"\xef\xbb\xbfa: 1") == "a: 1"
    assert decoded("a: 1".encode("utf-16")) == "a: 1"
    with pytest.raises(DocumentError) as caught:
        decoded(b"a: 1\nb: \xe9\n")
    assert caught.value.line == 2


JSON_LIKE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(codec="ascii", exclude_categories=["Cc"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None)
@given(JSON_LIKE)
def test_reads_what_json_writes(tree: object):
    """JSON is YAML: both readers give back what was written."""
    import json

    from migrator.sources.grammar.json_document import read_json

    text = json.dumps(tree)
    assert plain(read_json(text)) == tree
    assert value(text) == tree


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("a:-[]{}&*!|>'\"\n \t#%@?,1<")))
def test_any_text_is_read_or_refused(text: str):
    """No text raises anything but a DocumentError."""
    with contextlib.suppress(DocumentError):
        assert read_yaml(text).size >= 1
