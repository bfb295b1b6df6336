"""GNU parallel: what it puts where, and what that reads and writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.commands.replacing import put
from migrator.commands.values import literal
from tests.commands.tools import facts, reads, writes


def paths(command: str) -> tuple[set[str], set[str]]:
    """Give the files that a command reads and writes."""
    found = facts(command)
    return reads(found), writes(found)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("{}", "/srv/in/a.tar.gz"),
        ("{.}.xz", "/srv/in/a.tar.xz"),
        ("{/}", "a.tar.gz"),
        ("{//}/x", "/srv/in/x"),
        ("{/.}.md5", "a.tar.md5"),
        ("{1}", "/srv/in/a.tar.gz"),
        ("{2}", "*"),
        ("{#}-{%}", "*-*"),
        ("{a,b}", "{a,b}"),
        ("plain", "plain"),
    ],
)
def test_replacement_strings(word, expected):
    """Each has the shape that parallel(1) gives it."""
    assert put(literal(word), literal("/srv/in/a.tar.gz")).text == expected


@given(st.text("{}./#%1a* ", max_size=12), st.text("/.ab*", max_size=12))
def test_any_word_is_survived(word, given_word):
    """What has no replacement string stays as it is."""
    found = put(literal(word), literal(given_word))
    assert found.written == word
    assert found.exact is (found.text == word and found.exact)


@pytest.mark.parametrize(
    ("command", "read", "written"),
    [
        ("parallel -j4 convert {} {.}.webp ::: /srv/img/*.png", {"/srv/img/*.png"}, {"/srv/img/*.webp"}),
        ("parallel 'convert {} {.}.webp' ::: /srv/img/*.png", {"/srv/img/*.png"}, {"/srv/img/*.webp"}),
        ("parallel gzip ::: /srv/a/x.csv", {"/srv/a/x.csv"}, {"/srv/a/x.csv.gz"}),
        ("parallel gzip -c {} '>' /srv/out/{/}.gz ::: /srv/in/x", {"/srv/in/x"}, {"/srv/out/x.gz"}),
    ],
)
def test_one_argument_is_known(command, read, written):
    """What stands behind `:::` is read and written where the command says."""
    assert paths(command) == (read, written)


def test_several_arguments_are_not():
    """Of several words, and of what it reads, only the shape is known; nothing is found in the home folder."""
    assert paths("parallel convert {} /srv/out/{/.}.webp ::: a.png b.png")[1] == {"/srv/out/*.webp"}
    assert paths("ls /srv/q/*.mp4 | parallel ffmpeg -i {} /srv/done/{/.}.mkv")[1] == {"/srv/done/*.mkv"}
