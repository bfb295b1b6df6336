"""A question about one expression and its answer, as plain data: `migrator schedule` on its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from migrator.model import Dialect, Schedule, ScheduleKind
from migrator.schedules.compare import Comparison, compare_all
from migrator.schedules.cron import Rejection, fire_minutes, in_words, next_fires, read, remarks, runs_per_month
from migrator.schedules.forms import DayTest

NEXT_FIRES = 10
_LONGEST_SPAN = 400 * 366 * 86400
_TIMES = range(-62135596800, 253402214400)  # years 1 to 9999, in epoch seconds


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

    `fires` are epoch minutes; where no zone is known they are those of UTC, and `fires_timezone` says so.
    """
    found = read(question.text, question.dialect, question.timezone)
    given: dict[str, Any] = {
        "text": question.text,
        "dialect": str(question.dialect),
        "timezone": question.timezone,
        "accepted": not isinstance(found, Rejection),
        "reason": None,
        "in_words": None,
        "runs_per_month": None,
        "fires": [],
        "fires_timezone": None,
        "findings": [],
        "forms": {},
    }
    if isinstance(found, Rejection):
        given["reason"] = f"{found.reason} (column {found.column})" + (f"; {found.remedy}" if found.remedy else "")
        return given
    given["timezone"] = found.timezone
    given["in_words"] = in_words(found)
    given["findings"] = [
        {"kind": remark.kind, "text": remark.text, "remedy": remark.remedy} for remark in remarks(found)
    ]
    if found.fields is not None:
        given["runs_per_month"] = float(round(runs_per_month(found.fields), 4))
        given["fires"] = _fires(found, question)
        given["fires_timezone"] = found.timezone or "UTC"
    given["forms"] = forms_of(found) if question.forms else {}
    return given


def answer_line(line: str, now: int) -> dict[str, Any]:
    """Answer one line of a batch: a JSON object with expr, and tz, dialect, start, end, forms where wanted.

    A line that is no such object gives an object with `error`.
    """
    try:
        asked = _question(json.loads(line), now)
    except (ValueError, RecursionError) as error:
        return {"error": str(error) or "nested too deeply"}
    return answer(asked)


def forms_of(schedule: Schedule, test: DayTest | None = None) -> dict[str, Any]:
    """Give by target: expressions, zone, exact (null where the zone decides), differences, guard, notes, why_not."""
    return {str(target): _form(comparison) for target, comparison in compare_all(schedule, test).items()}


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


def _fires(schedule: Schedule, question: Question) -> list[int]:
    if schedule.fields is None or schedule.kind is not ScheduleKind.CRON:
        return []
    zone = ZoneInfo(schedule.timezone or "UTC")
    if question.end is None:
        after = question.now if question.start is None else question.start - 1
        return next_fires(schedule.fields, question.dialect, zone, after, NEXT_FIRES)
    start = question.now if question.start is None else question.start
    return fire_minutes(schedule.fields, question.dialect, zone, start, question.end)


def _question(values: object, now: int) -> Question:
    if not isinstance(values, Mapping):
        msg = "not a JSON object"
        raise ValueError(msg)
    unknown = sorted(set(values) - {"expr", "tz", "dialect", "start", "end", "forms"})
    if unknown:
        msg = f"unknown key {unknown[0]!r}"
        raise ValueError(msg)
    text, dialect = values.get("expr"), values.get("dialect") or Dialect.DEBIAN
    if not isinstance(text, str):
        msg = "expr must be a text"
        raise ValueError(msg)
    if dialect not in list(Dialect):
        msg = f"dialect must be one of {', '.join(Dialect)}"
        raise ValueError(msg)
    start, end = _time(values.get("start"), "start"), _time(values.get("end"), "end")
    if start is not None and end is not None and end - start > _LONGEST_SPAN:
        msg = "the span is longer than 400 years"
        raise ValueError(msg)
    zone = _zone(values.get("tz"))
    return Question(text, Dialect(dialect), zone, start, end, now, forms=values.get("forms") is True)


def _time(value: object, key: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value not in _TIMES:
        msg = f"{key} must be epoch seconds"
        raise ValueError(msg)
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
    msg = f"{value!r} is not an IANA time zone"
    raise ValueError(msg)
