"""A question about one expression and its answer, as plain data: `migrator schedule` on its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from migrator.model import CronFields, Dialect, Schedule
from migrator.schedules.compare import Comparison, compare_all
from migrator.schedules.cron import (
    Rejection,
    fire_minutes,
    fires_in_year,
    in_words,
    next_fires,
    read,
    read_front,
    remarks,
    runs_per_month,
    shown,
)

NEXT_FIRES = 10
MOST_FIRES = 2_200_000
"""Fires of one answer: every minute of four years is below it."""
TIMES = range(-2208988800, 253370764800)
"""Epoch seconds of the years 1900 to 9998, end excluded."""
_LONGEST_SPAN = 400 * 366 * 86400
_KEYS = ("expr", "tz", "dialect", "start", "end", "forms")


class QuestionError(ValueError):
    """A question that has no answer: the fault in words."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: fires from `start` to `end` (epoch seconds, end excluded), else the next ten after `now`."""

    text: str
    dialect: Dialect
    timezone: str | None
    start: int | None
    end: int | None
    now: int
    forms: bool = False


def answer(question: Question) -> dict[str, Any]:
    """Answer with text, dialect, timezone, accepted, reason, in_words, runs_per_month, fires, findings and forms.

    `fires` are epoch minutes; where no zone is known they are those of UTC, and `fires_timezone` says so. Raises
    QuestionError for a span that runs backwards or holds too many fires.
    """
    _check_span(question)
    found = read(question.text, question.dialect, question.timezone)
    given = _blank(question)
    if isinstance(found, Rejection):
        given["reason"] = f"{found.reason} (column {found.column})" + (f"; {found.remedy}" if found.remedy else "")
        return given
    given["accepted"] = True
    given["timezone"] = found.timezone
    given["in_words"] = in_words(found)
    given["findings"] = [
        {"kind": remark.kind, "text": remark.text, "remedy": remark.remedy}
        for remark in remarks(found, _broken(question))
    ]
    if found.fields is not None:
        given["runs_per_month"] = float(round(runs_per_month(found.fields), 6))
        given["fires"] = _fires(found, found.fields, question)
        given["fires_timezone"] = found.timezone or "UTC"
    given["forms"] = forms_of(found) if question.forms else {}
    return given


def _broken(question: Question) -> tuple[int, ...]:
    """Give the fields at which busybox logs an error."""
    front = read_front(question.text.strip(), question.dialect)
    return () if isinstance(front, Rejection) else front.broken


def _blank(question: Question) -> dict[str, Any]:
    """Give the answer to a text that is not accepted, its reason left out."""
    return {
        "text": question.text,
        "dialect": str(question.dialect),
        "timezone": question.timezone,
        "accepted": False,
        "reason": None,
        "in_words": None,
        "runs_per_month": None,
        "fires": [],
        "fires_timezone": None,
        "findings": [],
        "forms": {},
    }


def answer_line(line: str, now: int) -> dict[str, Any]:
    """Answer one line of a batch: a JSON object with expr, and tz, dialect, start, end, forms where wanted.

    A line that is no such object gives an object with `error`.
    """
    try:
        return answer(_question(_parsed(line), now))
    except QuestionError as error:
        return {"error": str(error)}


def forms_of(schedule: Schedule) -> dict[str, Any]:
    """Give by target: expressions, zone, exact (null where the zone decides), differences, guard, notes, why_not."""
    return {str(target): _form(comparison) for target, comparison in compare_all(schedule).items()}


def _form(comparison: Comparison) -> dict[str, Any]:
    form = comparison.form
    return {
        "expressions": list(form.expressions),
        "timezone": form.timezone,
        "exact": comparison.exact,
        "differences": [difference.text for difference in comparison.differences],
        "guard": form.guard.text if form.guard else None,
        "notes": list(form.notes),
        "why_not": form.why_not,
    }


def _check_span(question: Question) -> None:
    if question.end is None:
        return
    start = question.now if question.start is None else question.start
    if start > question.end:
        begins = "the start" if question.start is not None else "now, where the span begins without a start,"
        msg = f"{begins} is after the end"
        raise QuestionError(msg)
    if question.end - start > _LONGEST_SPAN:
        msg = "the span is longer than 400 years"
        raise QuestionError(msg)


def _fires(schedule: Schedule, fields: CronFields, question: Question) -> list[int]:
    zone = ZoneInfo(schedule.timezone or "UTC")
    if question.end is None:
        after = question.now if question.start is None else question.start - 1
        return next_fires(fields, question.dialect, zone, after, NEXT_FIRES)
    start = question.now if question.start is None else question.start
    first, last = (datetime.fromtimestamp(moment, UTC).year for moment in (start, question.end))
    most = min(sum(fires_in_year(fields, year) for year in range(first, last + 1)), (question.end - start) // 60)
    if most > MOST_FIRES:
        msg = f"the span may hold {most:,} fires; at most {MOST_FIRES:,} are listed: ask for a shorter one"
        raise QuestionError(msg)
    return fire_minutes(fields, question.dialect, zone, start, question.end)


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        msg = f"not JSON: {error}"
    except RecursionError:
        msg = "not a question: nested too deeply"
    except ValueError:
        # Python converts no number of more than 4,300 digits.
        msg = "not a question: a number is too long"
    raise QuestionError(msg)


def _question(values: object, now: int) -> Question:
    if not isinstance(values, Mapping):
        msg = "not a JSON object"
        raise QuestionError(msg)
    unknown = sorted(set(values) - set(_KEYS))
    if unknown:
        msg = f"unknown key {shown(unknown[0])!r}; the keys are {', '.join(_KEYS)}"
        raise QuestionError(msg)
    text, dialect, forms = values.get("expr"), values.get("dialect"), values.get("forms")
    if not isinstance(text, str):
        msg = "expr must be a text"
        raise QuestionError(msg)
    if dialect is not None and dialect not in list(Dialect):
        msg = f"dialect must be one of {', '.join(Dialect)}"
        raise QuestionError(msg)
    if forms is not None and not isinstance(forms, bool):
        msg = "forms must be true or false"
        raise QuestionError(msg)
    start, end = _time(values.get("start"), "start"), _time(values.get("end"), "end")
    dialect = Dialect.DEBIAN if dialect is None else Dialect(dialect)
    return Question(text, dialect, _zone(values.get("tz")), start, end, now, forms=bool(forms))


def _time(value: object, key: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value not in TIMES:
        msg = f"{key} must be epoch seconds of the years 1900 to 9998"
        raise QuestionError(msg)
    return value


def _zone(value: object) -> str | None:
    if value is None:
        return None
    try:
        if isinstance(value, str):
            ZoneInfo(value)
            return value
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    named = f" {shown(value)!r}" if isinstance(value, str) else ""
    msg = f"tz{named} is not the name of an IANA time zone, such as Europe/Paris"
    raise QuestionError(msg)
