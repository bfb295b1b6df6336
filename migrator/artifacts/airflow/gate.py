"""The first task of a DAG whose days no cron expression of Airflow says: it skips the others on all other days."""

from __future__ import annotations

from migrator.artifacts.airflow.draft import GATE
from migrator.artifacts.airflow.python_text import literal
from migrator.artifacts.parts.cloudformation import comment
from migrator.plan.jobs import DaysPart, FormPart


def gate_text(form: FormPart) -> str:
    """Write the task; the day is that on which the run was due, in the zone of the schedule."""
    days = form.guard_days
    if days is None:
        return ""
    zone = "TIMEZONE" if form.timezone is None else literal(form.timezone)
    why = comment([f"No cron expression of Airflow says its days: {form.guard or 'only some of them'}"]).strip()
    return (
        f"    {why}\n"
        "    @task.short_circuit\n"
        f"    def {GATE}(dag_run=None, data_interval_end=None):\n"
        f"        due = (data_interval_end or dag_run.run_after).astimezone(ZoneInfo({zone}))\n"
        f"        return {_condition(days)}\n"
    )


def _condition(days: DaysPart) -> str:
    asked: list[str] = []
    if len(days.days) < 31:
        asked.append(f"due.day in {_values(days.days)}")
    if len(days.weekdays) < 7:
        # isoweekday counts Sunday as 7.
        asked.append(f"due.isoweekday() in {_values(tuple(day or 7 for day in days.weekdays))}")
    text = (" or " if days.either else " and ").join(asked)
    if days.last:
        text = f"({text})" if days.either and len(asked) > 1 else text
        text = " and ".join(part for part in (text, "(due + timedelta(days=1)).day == 1") if part)
    return text or "True"


def _values(values: tuple[int, ...]) -> str:
    return "{" + ", ".join(str(value) for value in sorted(values)) + "}"
