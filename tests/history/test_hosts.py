"""Tests of whose log it is."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from migrator.history.hosts import matched, place_of


@pytest.mark.parametrize(
    ("hosts", "told", "expected"),
    [
        (["etl1"], [("etl1", "")], {("etl1", ""): "etl1"}),
        (["Etl1.example"], [("etl1", "")], {("etl1", ""): "Etl1.example"}),
        (["etl1"], [("etl1.example", "")], {("etl1.example", ""): "etl1"}),
        (["a.one", "a.two"], [("a", "")], {}),
        (
            ["web1", "web2"],
            [("ip-10-0-0-1", "web2"), ("web1", "")],
            {("ip-10-0-0-1", "web2"): "web2", ("web1", ""): "web1"},
        ),
        (["web1", "web2"], [("", "")], {}),
        ([None], [("anything", "")], {("anything", ""): None}),
        ([None], [("a", ""), ("b", "")], {}),
        (["web1"], [("", "")], {("", ""): "web1"}),
        (["web1"], [("web1", ""), ("web2", "")], {("web1", ""): "web1"}),
    ],
)
def test_names_meet_hosts(hosts, told, expected):
    """By the whole name, the first label, the folder, or as the only one; never by a guess between two."""
    assert matched(told, hosts, "log")[0] == expected


def test_says_what_it_assumes():
    """The only name is taken for the only host, and two names for none: both are told."""
    assert "taken for the same" in matched([("other", "")], ["etl1"], "log")[1][0].text
    assert "none is matched" in matched([("a", ""), ("b", "")], [None], "log")[1][0].text
    assert matched([("etl1", "")], ["etl1"], "log")[1] == ()
    assert matched([], [None], "log") == ({}, ())


def test_a_folder_above_the_log_names_the_host():
    """Unless two do."""
    assert place_of(PurePath("/logs/web1/syslog"), [None, "Web1", "web2"]) == "Web1"
    assert place_of(PurePath("/web2/web1/syslog"), ["web1", "web2"]) == ""
