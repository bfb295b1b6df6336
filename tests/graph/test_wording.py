"""Orders in people's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.graph.wording import Words, orders_in
from tests.graph.world import World


@pytest.mark.parametrize(
    ("text", "what", "before"),
    [
        ("runs after the import", "the import", False),
        ("Runs 15 minutes after archive-books (7:45am).", "archive-books", False),
        ("(after metrics is done)", "metrics is done", False),
        ("after load.sh, with its numbers", "load.sh", False),
        ("once the dump has finished", "the dump", False),
        ("as soon as the files are there", "the files", False),
        ("needs the output of build", "build", False),
        ("must run before the backup", "the backup", True),
        ("waits for the export", "the export", False),
    ],
)
def test_an_order_and_what_it_names(text, what, before):
    """The clause ends at its punctuation; the dot of a file's name is none."""
    said = next(iter(orders_in(text)))
    assert (said.what, said.before) == (what, before)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the import",
        "afternoon tea",
        "beforehand",
        "hereafter",
        "somewhat later",
        "after each order",
        "2 h after any import",
        "after import to avoid simultaneous downloads",
    ],
)
def test_silent_without_an_order(text):
    """Words that only look like one."""
    assert not list(orders_in(text))


@given(st.text(max_size=300))
def test_any_comment_can_be_read(text):
    """Every order stands where it says, and its text is in the comment."""
    for said in orders_in(text):
        assert said.what in text
        assert 0 <= said.start <= len(text)


def test_a_long_comment_costs_little():
    """Ten thousand words without an end are cut."""
    assert len(list(orders_in("after x " * 10_000))) < 1000


def test_words_by_name_and_by_stem():
    """A script's name goes before words; endings do not matter; a word that very many have names nobody."""
    jobs = World().add("a", command="/opt/import_orders.sh").add("b", command="/opt/calibrate_values.py --all").jobs
    words = Words(jobs)
    assert words.called("import-orders") == words.called("/srv/import_orders.sh") == ["a"]
    assert words.described("the calibration of values") == words.described("calibrating") == ["b"]
    assert words.described("orders of values") == []
    assert words.described("the job") == words.called("load-nobody.sh") == []
    assert words.called("the job") is None
    many = World()
    for number in range(300):
        many.add(f"j{number:03}", command=f"/opt/import {number}")
    assert Words(many.jobs).described("the import") == []
