"""The test of the day in a DAG: what is written is read back, means what it says, and anything else is refused."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from migrator.artifacts.airflow.gate import gate_text
from migrator.plan.jobs import DaysPart, FormPart
from migrator.verify.dags.day_gate import days_of
from migrator.verify.dags.reading import read_dag
from migrator.verify.dags.values import DagError

EVERY_DAY, EVERY_WEEKDAY = tuple(range(1, 32)), tuple(range(7))
GATES = {
    "days of the month": DaysPart(days=(1, 15), weekdays=EVERY_WEEKDAY),
    "days of the week": DaysPart(days=EVERY_DAY, weekdays=(0, 6)),
    "both": DaysPart(days=tuple(range(1, 8)), weekdays=(1,)),
    "either": DaysPart(days=(1, 15), weekdays=(1,), either=True),
    "the last day": DaysPart(days=EVERY_DAY, weekdays=EVERY_WEEKDAY, last=True),
    "the last day, on some weekdays": DaysPart(days=EVERY_DAY, weekdays=(5,), last=True),
    "the last day, of either": DaysPart(days=(28, 31), weekdays=(0,), either=True, last=True),
    "the last day, of both": DaysPart(days=(28, 31), weekdays=(0,), last=True),
}


def form(days: DaysPart | None, zone: str | None = "Europe/Berlin") -> FormPart:
    """Give a form with a guard."""
    return FormPart(
        expressions=("0 7 * * *",),
        timezone=zone,
        exact=True,
        differences=(),
        guard="only on its days",
        notes=(),
        why_not=None,
        guard_days=days,
    )


def function(text: str) -> ast.FunctionDef:
    """Give the function in the body of a DAG."""
    (found,) = ast.parse("if True:\n" + text).body[0].body
    return found


def wanted(days: DaysPart, day: datetime) -> bool:
    """Say what a test of the day means."""
    of_month, of_week = day.day in days.days, (day.weekday() + 1) % 7 in days.weekdays
    ends = (day + timedelta(days=1)).month != day.month
    return (of_month or of_week if days.either else of_month and of_week) and (ends or not days.last)


@pytest.mark.parametrize("name", GATES)
def test_what_is_written_is_read_back(name):
    """The same days, by the same zone."""
    assert days_of(function(gate_text(form(GATES[name]))), {}) == (GATES[name], "Europe/Berlin")


@pytest.mark.parametrize("name", GATES)
def test_what_is_written_means_its_days(name):
    """Python's own answer, on each day of two years."""
    days = GATES[name]
    scope = {
        "task": SimpleNamespace(short_circuit=lambda function: function),
        "ZoneInfo": ZoneInfo,
        "timedelta": timedelta,
    }
    exec("if True:\n" + gate_text(form(days)), scope)  # the text is ours
    asked = scope["on_its_days"]
    # Half past ten at night in UTC is another day in Berlin for half the year.
    for number in range(730):
        due = datetime(2027, 1, 1, 22, 30, tzinfo=UTC) + timedelta(days=number)
        assert asked(data_interval_end=due) is wanted(days, due.astimezone(ZoneInfo("Europe/Berlin"))), due
    assert asked(dag_run=SimpleNamespace(run_after=due)) is wanted(days, due.astimezone(ZoneInfo("Europe/Berlin")))


def test_no_days_no_gate():
    """A schedule without a guard asks nothing; one for all days lets every run on."""
    assert gate_text(form(None)) == ""
    assert "return True" in gate_text(form(DaysPart(days=EVERY_DAY, weekdays=EVERY_WEEKDAY)))


def test_the_zone_may_be_a_constant_of_the_file():
    """Where the form names no zone, the file's TIMEZONE decides, and an empty one is none."""
    text = gate_text(form(GATES["both"], zone=None))
    assert days_of(function(text), {"TIMEZONE": "Asia/Tokyo"})[1] == "Asia/Tokyo"
    assert days_of(function(text), {"TIMEZONE": ""})[1] is None


def test_a_whole_file_with_a_gate():
    """The gate is a task before the others, and its days are the DAG's."""
    text = (
        "from zoneinfo import ZoneInfo\nfrom airflow.sdk import DAG, task\nfrom x import Work\n"
        'with DAG(dag_id="a"):\n' + gate_text(form(GATES["either"])) + "    right_day = on_its_days()\n"
        '    work = Work(task_id="work")\n    right_day >> work\n'
    )
    found = read_dag(text)
    assert found.days == GATES["either"]
    assert found.gate_zone == "Europe/Berlin"
    assert found.tasks["work"].upstream == ["on_its_days"]


WRITTEN = gate_text(form(GATES["both"]))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("task.short_circuit", "task.python", "no test of the day"),
        ("    @task.short_circuit\n", "", "no test of the day"),
        ("        return", "        print(1)\n        return", "no test of the day"),
        ("return due", "print(1) or due", "gives no answer"),
        ("data_interval_end or dag_run.run_after", "data_interval_start", "not that on which the run was due"),
        (".astimezone", ".replace", "not that on which the run was due"),
        ("due = ", "day = ", "not that on which the run was due"),
        ("due.day in", "due.month in", "something else than the day"),
        ("due.day in", "due.day not in", "something else than the day"),
        ("due.isoweekday() in", "due.weekday() in", "something else than the day"),
        ("due.isoweekday() in {1}", "due.day == 1", "something else than the day"),
        ("due.isoweekday() in {1}", "due.isoweekday() in {'Monday'}", "something else than the day"),
        ("due.isoweekday() in {1}", "due.isoweekday() in {first}", "something else than the day"),
        ("due.day in {1, ", "due.day in {1, 'x', ", "something else than the day"),
        ("due.day in {1, ", "due.day in {True, ", "something else than the day"),
        ("due.isoweekday() in {1}", "due.day in {1}", "a day that is asked for twice"),
    ],
)
def test_anything_else_is_refused(old, new, why):
    """A function that could do something else is a fault with its line."""
    assert old in WRITTEN
    with pytest.raises(DagError, match=f"line [0-9]+: .*{why}"):
        days_of(function(WRITTEN.replace(old, new)), {})
