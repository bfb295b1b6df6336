"""User text in markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from migrator.plan import visible
from migrator.report.markdown.blocks import bullets, shortened, table
from migrator.report.markdown.escaping import cell, code, names, prose

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ANY_TEXT = st.text(alphabet=st.one_of(st.sampled_from("`|\\*_#<>&$[]()!~-+.1 \n@/:w"), st.characters(codec=None)))


def plain(markdown):
    """Give the text that a reader of the rendered markdown sees, and the kinds of tokens in it."""
    [_, inline, _] = READER.parse(markdown)
    return "".join(token.content for token in inline.children), {token.type for token in inline.children}


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("plain", "`plain`"),
        ("a|b", "`a|b`"),
        ("a`b", "``` a`b ```"),
        ("```", "`\\x60\\x60\\x60`"),
        ("", "–"),
        (" ", "` `"),
        (" a ", "`  a  `"),
        ("a\nb", "`a\\nb`"),
        ("a -x \\\n    -y \\\n -z", "`a -x -y -z`"),
    ],
)
def test_a_code_span_has_the_right_fence(text, markdown):
    """The fence is longer than any run of backticks inside."""
    assert code(text) == markdown


@given(ANY_TEXT)
def test_a_code_span_shows_its_text(text):
    """What is read is what was written, character by character; what goes on behind a backslash is one line."""
    if not text.strip() or "\\\n" in text:
        return
    seen, kinds = plain(code(text, 10_000))
    assert kinds == {"code_inline"}
    assert seen.replace("\\x60", "`") == visible(text).replace("\\x60", "`")


@given(ANY_TEXT)
def test_prose_is_text_and_code_only(text):
    """No emphasis, link, element or image comes of a text."""
    markdown = prose(text, 10_000)
    if not markdown.strip():
        return
    _, kinds = plain(f"x {markdown} x")
    assert kinds <= {"text", "code_inline", "text_special"}


@given(ANY_TEXT)
def test_prose_at_the_start_of_a_line_opens_no_block(text):
    """No list, quote, heading or rule begins."""
    markdown = prose(text, 10_000)
    if markdown.strip() and not markdown.startswith(" "):
        assert [token.type for token in READER.parse(markdown)] == ["paragraph_open", "inline", "paragraph_close"]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("write `\\%` for a sign", "write `\\%` for a sign"),
        ("$36–$107", "$36–$107"),
        ("$x$", "\\$x\\$"),
        ("load_orders _x_", "load_orders \\_x\\_"),
        ("http://x and s3://y", "http:&#47;&#47;x and s3://y"),
        ("a@b.c #1", "a&#64;b.c &#35;1"),
        ("1. one", "&#49;. one"),
        ("- one", "\\- one"),
        ("a | b", "a &#124; b"),
    ],
)
def test_prose_stays_readable(text, markdown):
    """Only what would act is escaped; what stands in backticks is code."""
    assert prose(text) == markdown


@given(st.lists(ANY_TEXT, min_size=2, max_size=4))
def test_a_table_keeps_its_shape(texts):
    """Cells hold any text, as code or prose, and the row has as many as its header."""
    rows = [[code(text) for text in texts], [prose(text) for text in texts]]
    tokens = READER.parse(table(["h"] * len(texts), rows))
    assert [token.type for token in tokens].count("td_open") == 2 * len(texts)
    assert [token.type for token in tokens].count("table_open") == 1


def test_a_pipe_in_code_is_escaped_for_a_cell():
    """A backslash of the text's own stays before it."""
    assert cell(code("a|b")) == "`a\\|b`"
    assert cell(code("a\\|b")) == "`a\\\\|b`"


def test_lists_count_what_they_leave_out():
    """Names and items beyond the limit are a number."""
    assert names(["a", "b", "c"], 2) == "`a`, `b` and 1 more"
    assert shortened(["a", "b", "c"], 2, "there") == ["a", "b", "and 1 more there"]
    assert bullets(["a", "b"]) == "- a\n- b"
