"""The mark of a line that a cut-over switched off."""

from hypothesis import given
from hypothesis import strategies as st

from migrator.model import Dialect
from migrator.sources.grammar import mark_of, read_crontab, switched_off_job, without_mark
from migrator.sources.items import Comment, Disabled, Entry, Format, SourceFile

LINES = st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=60)
IDS = st.from_regex(r"[A-Za-z0-9._-]{1,40}", fullmatch=True)


@given(IDS, LINES)
def test_the_mark_names_its_job_and_comes_off_again(job, line):
    """Whatever the line, it is the same after its mark is taken away."""
    mark = mark_of(job)
    assert mark is not None
    assert switched_off_job(mark + line) == job
    assert without_mark(mark + line) == line


def test_only_the_beginning_of_a_line_is_a_mark():
    """A blank before it, a missing colon, a mark further on: such a line was never switched off."""
    for line in (
        " #migrator-off a: x",
        "#migrator-off a x",
        "#migrator-off : x",
        "0 1 * * * #migrator-off a: x",
        "# a",
    ):
        assert switched_off_job(line) is None
        assert without_mark(line) == line


def test_an_id_that_could_end_the_mark_has_none():
    """A blank or a line break in an id would make another line of it."""
    assert [mark_of(job) for job in ("a b", "a\n", "", "ä", "x" * 201)] == [None] * 5


def test_a_line_that_was_switched_off_is_listed_as_disabled():
    """Even where its command does not look like one; a plain comment stays a comment."""
    data = b"#migrator-off frob-1: 0 1 * * * frobnicate\n# frobnicate\n0 1 * * * frobnicate\n"
    for dialect in Dialect:
        items = read_crontab(SourceFile("tab", Format.CRONTAB, data), dialect, user_column=False).items
        assert [type(item) for item in items] == [Disabled, Comment, Entry]
