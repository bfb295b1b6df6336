"""`migrator schedule`: one expression, or a batch of them."""

import json
from datetime import UTC, datetime

import pytest

from tests.cli.running import run

QUARTER_TO_FOUR = int(datetime(2026, 3, 29, 1, 45, tzinfo=UTC).timestamp()) // 60
"""03:45 in Paris, on the night on which summer time begins."""


def test_json_is_one_object():
    """All that the terminal shows, as data."""
    ran = run("schedule", "30 2 * * *", "--tz", "Europe/Paris", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["timezone"] == "Europe/Paris"
    assert ran.json["forms"]["airflow"]["exact"] is False
    assert len(ran.json["fires"]) == 10


def test_a_rejected_expression_is_incomplete():
    """Exit code 11, and the reason."""
    ran = run("schedule", "61 * * * *")
    assert ran.code == 11
    assert "Not accepted: bad minute" in ran.out
    assert run("schedule", "61 * * * *", "--json").code == 11
    assert run("schedule", "", "--json").code == 11


def test_an_expression_may_begin_with_a_dash():
    """Cronie's `-` is not an option; a misspelt option is still one."""
    assert run("schedule", "-*/5 * * * *", "--dialect", "cronie").code == 0
    ran = run("schedule", "0 0 * * *", "--jsno")
    assert ran.code == 2
    assert "--jsno" in ran.err


@pytest.mark.parametrize(
    ("start", "end", "fires"),
    [
        ("2026-03-29", "2026-03-30", [QUARTER_TO_FOUR]),
        ("2026-03-29T00:00+01:00", "2026-03-29T23:00+02:00", [QUARTER_TO_FOUR]),
        ("1774738800", "1774821600", [QUARTER_TO_FOUR]),
        ("20260329", "20260330", [QUARTER_TO_FOUR]),
        ("0", "100", []),
    ],
)
def test_spans_are_dates_times_or_seconds(start: str, end: str, fires: list[int]):
    """A date is midnight in the zone; the end is excluded."""
    ran = run("schedule", "45 3 * * *", "--tz", "Europe/Paris", "--from", start, "--to", end, "--json")
    assert ran.code == 0
    assert ran.json["fires"] == fires


def test_a_span_is_shown_as_one():
    """Its first ten fires and how many there are."""
    ran = run("schedule", "0 0 * * *", "--from", "2026-01-01", "--to", "2027-01-01")
    assert "365 fires in this span (UTC, as no zone is given)" in ran.out
    assert "  and 355 more" in ran.out
    ran = run("schedule", "0 0 * * *", "--from", "2026-01-01T12:00", "--to", "2026-01-01T13:00")
    assert "No fires in this span" in ran.out


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ([], "give an expression in quotes"),
        (["* * * * *", "--batch", "-"], "--batch takes its expressions, zones, dialects and spans from the file"),
        (["--dialect", "cronie", "--batch", "-"], "--batch takes its expressions, zones, dialects and spans"),
        (["--tz", "UTC", "--batch", "-"], "--batch takes its expressions, zones, dialects and spans from the file"),
        (["* * * * *", "--from", "2026-01-02", "--to", "2026-01-01"], "the start is after the end"),
        (["* * * * *", "--to", "2020-01-01"], "now, where the span begins without a start, is after the end"),
        (["* * * * *", "--from", "1970-01-01", "--to", "2100-01-01"], "at most 2,200,000 are listed"),
        (["* * * * *", "--from", "soon"], "'soon' is neither epoch seconds nor a date or time"),
        (["* * * * *", "--from", "9" * 5000], "is neither epoch seconds nor a date or time"),
        (["* * * * *", "--from", "9" * 15], "is not in the years 1900 to 9998"),
        (["* * * * *", "--from", "0001-01-01", "--tz", "Asia/Tokyo"], "is not in the years 1900 to 9998"),
        (["* * * * *", "--from", "2026"], "neither epoch seconds nor a date"),
        (["* * * * *", "--tz", "Mars/Olympus"], "is not an IANA time zone"),
        (["* * * * *", "--dialect", "quartz"], "'quartz' is not one of"),
        (["--batch", "/nowhere/at/all"], "No such file"),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], fault: str):
    """Exit code 2, and words that help."""
    ran = run("schedule", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert fault in ran.err


def test_a_batch_answers_line_by_line():
    """One object a line in the same order; a bad line is an object with its fault, blank ones are skipped."""
    lines = [
        b'\xef\xbb\xbf{"expr": "0 0 * * *", "tz": "Asia/Tokyo", "start": 0, "end": 86400}',
        b"  ",
        b"\xff\xfe",
        b'{"expr": "61 * * * *"}',
        b"[" * 10_000,
        b'{"expr": "@weekly", "forms": true}',
    ]
    ran = run("schedule", "--batch", "-", stdin=b"\n".join(lines))
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, ran.err) == (11, "")
    assert found[0]["fires"] == [900]
    assert ["error" in one for one in found] == [False, True, False, True, False]
    assert found[2]["accepted"] is False
    assert found[4]["forms"]["eventbridge"]["expressions"] == ["cron(0 0 ? * SUN *)"]


def test_a_good_batch_is_done(tmp_path):
    """From a file as well; no line is no fault."""
    path = tmp_path / "batch.jsonl"
    path.write_text('{"expr": "0 0 * * *"}\n', encoding="utf-8")
    ran = run("schedule", "--batch", path)
    assert ran.code == 0
    assert json.loads(ran.out)["text"] == "0 0 * * *"
    assert run("schedule", "--batch", "-").out == ""


def test_undecodable_arguments_are_shown_escaped():
    """Bytes that are no UTF-8 reach the program as surrogates."""
    ran = run("schedule", "\udcff * * * *")
    assert ran.code == 11
    assert "\\xff" in ran.out
    assert run("schedule", "\udcff * * * *", "--json").code == 11
    assert run("schedule", "* * * * *", "--tz", "\udcff").code == 2
