"""The schedule reader and the fire minutes against the real programs' recorded answers."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from migrator.model import CronFields, Dialect, Schedule, ScheduleKind
from migrator.schedules.cron import Rejection, fire_minutes, fires_in_year, read, read_front
from migrator.schedules.cron.fields import values
from tests.schedules.cron.golden import line_text, matrix, rows

FIRES = rows("golden_fires.jsonl.gz")
COLUMNS = {"debian": "debian", "cronie": "debian", "busybox": "busybox", "kubernetes": "k8s"}


def expanded(fields: CronFields) -> str:
    """Write fields as the recorded answers do."""
    masks = (fields.minute, fields.hour, fields.day, fields.month, fields.weekday)
    stars = (fields.minute_star, fields.hour_star, fields.day_star, fields.weekday_star)
    flags = "".join(letter for letter, star in zip("MHDW", stars, strict=True) if star)
    return "|".join(",".join(map(str, values(mask))) for mask in masks) + f"|{flags}"


def schedule_of(text: str, dialect: str) -> Schedule:
    """Read an expression that must be taken."""
    found = read(text, Dialect(dialect))
    assert isinstance(found, Schedule), found
    return found


def test_kubernetes_takes_and_refuses_what_robfig_cron_does() -> None:
    """All 2,500 lines, read by their first five words, are accepted or rejected as robfig/cron did."""
    wrong = [
        row["line"]
        for row in rows("golden_accept.jsonl.gz")
        if isinstance(read_front(line_text(row), Dialect.KUBERNETES), Rejection) != (row["k8s"] == "reject")
    ]
    assert wrong == []


@pytest.mark.parametrize("dialect", list(COLUMNS))
def test_fire_minutes_are_those_of_the_real_program(dialect: str) -> None:
    """All 925 rows, both clock changes of three zones included, give the recorded minutes."""
    column = COLUMNS[dialect]
    checked, wrong = 0, []
    for row in FIRES:
        if column not in row:
            continue
        fields = schedule_of(row["expr"], dialect).fields
        assert fields is not None
        found = fire_minutes(fields, Dialect(dialect), ZoneInfo(row["tz"]), row["start"], row["end"])
        checked += 1
        if found != row[column]:
            wrong.append((row["expr"], row["tz"]))
    assert wrong == []
    assert checked >= 900


@pytest.mark.parametrize(("dialect", "column"), [("debian", "debian"), ("cronie", "cronie"), ("busybox", "busybox")])
def test_the_matrix_of_telling_expressions_agrees(dialect: str, column: str) -> None:
    """Each telling expression that the program takes fires as often in 2026 as recorded."""
    wrong = []
    for row in matrix():
        if row[column] in ("reject", "ignored", "env"):
            continue  # who refuses what is tested on whole lines, with the grammar
        found = read_front(row["expr"].lstrip(" \t") + " x", Dialect(dialect))
        if isinstance(found, Rejection) or _count(found.schedule) != row[f"fires:{column}"]:
            wrong.append((row["expr"], row[f"fires:{column}"]))
    assert wrong == []


def test_the_matrix_agrees_for_kubernetes() -> None:
    """Each telling expression is taken or refused as robfig/cron's ParseStandard does, a sixth word apart."""
    wrong = []
    for row in matrix():
        found = read(row["expr"].replace("\\t", "\t"), Dialect.KUBERNETES)
        if row["expr"] == "0 0 * * * 2026":  # recorded of the first five words; ParseStandard wants exactly five
            assert isinstance(found, Rejection)
        elif isinstance(found, Rejection) != (row["k8s"] == "reject"):
            wrong.append((row["expr"], found))
        elif isinstance(found, Schedule) and _count(found) != row["fires:k8s"]:
            wrong.append((row["expr"], _count(found)))
    assert wrong == []


def _count(schedule: Schedule) -> str:
    if schedule.kind is ScheduleKind.REBOOT:
        return "0"
    assert schedule.fields is not None
    return str(fires_in_year(schedule.fields, 2026))
