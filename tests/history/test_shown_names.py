"""Tests of the names that logs have in a report."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from migrator.history.shown_names import shown_names


def test_only_what_tells_logs_apart_is_shown():
    """The reader's own folders are not."""
    paths = [Path("/home/me/logs/web1/syslog"), Path("/home/me/logs/web2/syslog"), Path("/home/me/logs/auth.log")]
    assert shown_names(paths) == ("web1/syslog", "web2/syslog", "auth.log")
    assert shown_names([]) == ()


@given(st.sets(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(tuple), max_size=8))
def test_different_paths_have_different_names(parts):
    """However alike they are, unless one is the other's end."""
    paths = sorted(Path("/", *part) for part in parts)
    assert len(set(shown_names(paths))) == len(paths)
