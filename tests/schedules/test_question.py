"""A question about one expression and its answer."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import Dialect, Schedule, ScheduleKind
from migrator.schedules.cron import fire_minutes
from migrator.schedules.question import MOST_FIRES, Question, QuestionError, answer, answer_line, forms_of
from tests.schedules.cron.golden import rows
from tests.schedules.expressions import EXPRESSIONS, ZONES, schedule, zone_info

NOW = int(datetime(2026, 11, 22, 14, 30, 29, tzinfo=UTC).timestamp())
YEAR = 366 * 86400


def ask(text: str, **changes: Any) -> dict[str, Any]:
    """Answer a question of Debian's dialect, asked in November 2026."""
    values: dict[str, Any] = {"dialect": Dialect.DEBIAN, "timezone": "UTC", "start": None, "end": None, "now": NOW}
    return answer(Question(text, **{**values, **changes}))


def line(**values: Any) -> dict[str, Any]:
    """Answer a line of a batch."""
    return answer_line(json.dumps(values), NOW)


def test_an_answer_has_every_key():
    """What a user of the JSON relies on."""
    given_ = ask("30 2 * * *", timezone="Europe/Paris", forms=True)
    assert list(given_)[:8] == [
        "text",
        "dialect",
        "timezone",
        "accepted",
        "reason",
        "in_words",
        "runs_per_month",
        "fires",
    ]
    assert (given_["text"], given_["dialect"], given_["timezone"]) == ("30 2 * * *", "debian", "Europe/Paris")
    assert (given_["accepted"], given_["reason"], given_["in_words"]) == (True, None, "at 02:30 every day")
    assert given_["runs_per_month"] == 30.436875
    assert list(given_["forms"]) == ["eventbridge", "step-functions", "airflow", "mwaa"]
    form = given_["forms"]["eventbridge"]
    assert form["expressions"] == ["cron(30 2 * * ? *)"]
    assert (form["exact"], len(form["differences"]), form["guard"]) == (False, 1, None)
    assert json.loads(json.dumps(given_)) == given_


def test_the_next_ten_fires_come_after_now():
    """The minute that has begun is over."""
    fires = ask("* * * * *")["fires"]
    assert fires == [NOW // 60 + step for step in range(1, 11)]
    assert ask("* * * * *", start=NOW)["fires"][0] == NOW // 60 + 1
    assert ask("* * * * *", start=NOW // 60 * 60)["fires"][0] == NOW // 60


def test_a_rejected_expression_says_why_and_where():
    """Nothing else is claimed of it."""
    given_ = ask("61 * * * *", forms=True)
    assert given_["accepted"] is False
    assert given_["reason"].startswith("bad minute: `61`: the field goes from 0 to 59 (column 1); ")
    assert (given_["fires"], given_["forms"], given_["runs_per_month"]) == ([], {}, None)
    assert ask("0 0 * *")["reason"].endswith("; give five fields")


@pytest.mark.parametrize("dialect", list(Dialect))
def test_a_sixth_word_is_no_year(dialect: Dialect):
    """`2026` behind five fields would be the command: it is not read as a year, nor as seconds before them."""
    found = ask("0 5 * * 1 2026", dialect=dialect)
    assert found["accepted"] is False
    assert "`2026` would be the command" in found["reason"]


def test_a_zone_inside_the_expression_counts():
    """Kubernetes takes the zone from the expression."""
    given_ = ask("CRON_TZ=Asia/Tokyo 0 0 * * *", dialect=Dialect.KUBERNETES, timezone=None)
    assert (given_["timezone"], given_["fires_timezone"]) == ("Asia/Tokyo", "Asia/Tokyo")
    assert given_["fires"][0] * 60 % 86400 == 15 * 3600


def test_without_a_zone_the_fires_are_those_of_utc():
    """And the answer says so."""
    given_ = ask("0 12 * * *", timezone=None)
    assert (given_["timezone"], given_["fires_timezone"]) == (None, "UTC")


def test_a_boot_is_no_minute():
    """`@reboot` is accepted and has neither fires nor a rate."""
    given_ = ask("@reboot", forms=True)
    assert (given_["accepted"], given_["in_words"], given_["fires"]) == (True, "at boot", [])
    assert (given_["runs_per_month"], given_["fires_timezone"]) == (None, None)
    assert all(form["why_not"] and not form["expressions"] for form in given_["forms"].values())


def test_traps_are_told():
    """What is accepted but surely not meant comes as a finding."""
    assert [finding["kind"] for finding in ask("0 6 */2 * 3")["findings"]] == ["star-step-and"]
    assert [finding["kind"] for finding in ask("0 6 1,15 * 3")["findings"]] == ["dom-dow-or"]
    told = ask("0 0 * * 7", dialect=Dialect.BUSYBOX)["findings"]
    assert [finding["kind"] for finding in told] == ["busybox-parse-error"]


def test_spans_are_bounded():
    """A span that runs backwards, is endless or holds too much is refused; a sparse one is answered."""
    for changes, fault in (
        ({"start": 10, "end": 5}, "the start is after the end"),
        ({"end": NOW - 1}, "now, where the span begins without a start, is after the end"),
        ({"start": 0, "end": 401 * YEAR}, "longer than 400 years"),
        ({"start": 0, "end": 5 * YEAR}, "2,635,200 fires; at most 2,200,000"),
    ):
        with pytest.raises(QuestionError, match=fault):
            ask("* * * * *", **changes)
    assert len(ask("0 0 29 2 *", start=0, end=100 * YEAR)["fires"]) == 25
    assert ask("* * * * *", start=5, end=5)["fires"] == []
    four_years = int(datetime(2030, 11, 22, tzinfo=UTC).timestamp())
    assert len(ask("* * * * *", end=four_years)["fires"]) <= MOST_FIRES


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "not JSON"),
        ("x", "not JSON"),
        ("[]", "not a JSON object"),
        ("null", "not a JSON object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"expr": {"a": ' + "[" * 900 + "]" * 900 + "}}", "expr must be a text"),
        ('{"expr": "* * * * *", "tz": ' + "[" * 900 + "]" * 900 + "}", "tz is not the name"),
        ('{"start": ' + "9" * 5000 + "}", "a number is too long"),
        ("{}", "expr must be a text"),
        ('{"expr": 5}', "expr must be a text"),
        ('{"expr": "* * * * *", "timezone": "UTC"}', "unknown key 'timezone'; the keys are expr, tz, dialect"),
        ('{"expr": "* * * * *", "dialect": "quartz"}', "dialect must be one of debian, cronie, busybox, kubernetes"),
        ('{"expr": "* * * * *", "dialect": ["debian"]}', "dialect must be one of"),
        ('{"expr": "* * * * *", "dialect": ""}', "dialect must be one of"),
        ('{"expr": "* * * * *", "tz": "Mars/Olympus"}', "tz 'Mars/Olympus' is not the name"),
        ('{"expr": "* * * * *", "tz": ""}', "is not the name"),
        ('{"expr": "* * * * *", "tz": "\\u0000"}', "is not the name"),
        ('{"expr": "* * * * *", "tz": "../UTC"}', "is not the name"),
        ('{"expr": "* * * * *", "tz": "\\ud800"}', "is not the name"),
        ('{"expr": "* * * * *", "tz": "' + "x" * 5000 + '"}', "is not the name"),
        ('{"expr": "* * * * *", "forms": "yes"}', "forms must be true or false"),
        ('{"expr": "* * * * *", "start": "2026-01-01"}', "start must be epoch seconds"),
        ('{"expr": "* * * * *", "start": true}', "start must be epoch seconds"),
        ('{"expr": "* * * * *", "end": 1e999}', "end must be epoch seconds"),
        ('{"expr": "* * * * *", "end": NaN}', "end must be epoch seconds"),
        ('{"expr": "* * * * *", "end": 5.5}', "end must be epoch seconds"),
        ('{"expr": "* * * * *", "start": -1e12}', "of the years 1900 to 9998"),
        ('{"expr": "* * * * *", "start": 9, "end": 8}', "the start is after the end"),
    ],
)
def test_a_bad_line_is_an_error(text: str, fault: str):
    """Each fault has words of its own."""
    found = answer_line(text, NOW)
    assert list(found) == ["error"]
    assert fault in found["error"]
    assert len(found["error"]) < 200


@pytest.mark.parametrize(
    "text",
    ["\0 * * * *", "* * * * *\n* * * * *", "\ud800 * * * *", "9" * 5000 + " * * * *", "(" * 5000, "", "é * * * *"],
)
def test_a_strange_expression_is_rejected(text: str):
    """It is an answer, not an error."""
    for dialect in Dialect:
        found = line(expr=text, dialect=dialect.value, forms=True)
        assert "error" not in found
        assert json.dumps(found).isascii()
    assert line(expr=text)["accepted"] is False


def test_a_line_may_leave_everything_else_out():
    """Debian, no zone, the next ten; null is the same as left out, and a whole number may have a point."""
    short = line(expr="0 0 * * *")
    assert line(expr="0 0 * * *", tz=None, dialect=None, start=None, end=None, forms=None) == short
    assert (short["dialect"], short["timezone"], short["forms"], len(short["fires"])) == ("debian", None, {}, 10)
    assert line(expr="0 0 * * *", start=0.0, end=172800.0)["fires"] == [0, 1440]
    assert line(expr="0 0 * * *", forms=True)["forms"]["airflow"]["expressions"] == ["0 0 * * *"]


def test_golden_fires_come_out_of_a_batch():
    """What real crons did is what a batch answers, in every dialect."""
    for row in rows("golden_fires.jsonl.gz")[::25]:
        for key, dialect in (("debian", "debian"), ("debian", "cronie"), ("busybox", "busybox"), ("k8s", "kubernetes")):
            if isinstance(row.get(key), list):
                found = line(expr=row["expr"], tz=row["tz"], dialect=dialect, start=row["start"], end=row["end"])
                assert found["fires"] == row[key], (row["expr"], row["tz"], dialect)


@settings(max_examples=40, deadline=None)
@given(
    EXPRESSIONS, st.sampled_from(list(Dialect)), st.sampled_from(ZONES), st.integers(0, 2**32), st.integers(0, 10**6)
)
def test_fires_are_crons(text: str, dialect: Dialect, zone: str | None, start: int, length: int):
    """Any span of any expression is answered as cron counts it."""
    fields = schedule(text, zone, dialect).fields
    assert fields is not None
    found = line(expr=text, tz=zone, dialect=dialect.value, start=start, end=start + length)
    assert found["fires"] == fire_minutes(fields, dialect, zone_info(zone), start, start + length)


def test_forms_of_what_no_clock_starts():
    """There are none, and each target says why."""
    nothing = forms_of(Schedule(ScheduleKind.UPSTREAM, "", Dialect.DEBIAN))
    assert nothing["mwaa"]["differences"] == ["no form: what it depends on starts it, not the clock"]
