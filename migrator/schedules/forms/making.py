"""All targets' forms of a schedule."""

from __future__ import annotations

from migrator.model import Schedule, ScheduleKind, Target
from migrator.schedules.cron import never_fires
from migrator.schedules.forms import airflow, eventbridge, step_functions
from migrator.schedules.forms.clock import by_utc
from migrator.schedules.forms.day_test import DayTest
from migrator.schedules.forms.form import Form
from migrator.schedules.forms.rules import day_rule

_MAKERS = (eventbridge, step_functions, airflow)
_WHY_NOT = {
    ScheduleKind.REBOOT: "no target starts anything when a host boots; it stays with the host (a systemd unit)",
    ScheduleKind.ANACRON: "anacron counts days on which the host was up; no target does, so ask which hour is meant",
    ScheduleKind.EVENT: "an event starts it, not the clock",
    ScheduleKind.UPSTREAM: "what it depends on starts it, not the clock",
    ScheduleKind.UNREAD: "the schedule was not understood",
}


def forms(schedule: Schedule, test: DayTest | None = None) -> tuple[Form, ...]:
    """Give a form for each target; `test` is what the command itself asks of the day, to be lifted into the schedule.

    A test that cannot be joined with the schedule's own days stays in the command, and the form says so.
    """
    if schedule.kind is not ScheduleKind.CRON or schedule.fields is None:
        return _none(_WHY_NOT.get(schedule.kind, "there are no fields to translate"))
    fields = schedule.fields
    if never_fires(fields):
        return _none("it has never fired: there is nothing to start")
    lifted = day_rule(fields, test)
    rule = lifted if lifted is not None else day_rule(fields)
    if rule is None:  # only a test makes it so
        return _none("its days cannot be told")
    zone = "UTC" if by_utc(fields, rule, schedule.timezone) else schedule.timezone
    return tuple(
        _noted(maker.make(fields, rule, zone), schedule, test is not None and lifted is None) for maker in _MAKERS
    )


def _noted(form: Form, schedule: Schedule, kept: bool) -> Form:
    notes = list(form.notes)
    if form.timezone == "UTC" and schedule.timezone != "UTC":
        notes.append("by UTC, where no clock change touches it: it starts in every hour of every day")
    elif form.timezone is None:
        notes.append("the zone is a parameter: no file says it")
    if schedule.random_minutes:
        notes.append(f"cron draws the minute at random, up to {schedule.random_minutes} later: a flexible window")
    if kept:
        notes.append("the command's own test of the day stays in the command")
    return Form(form.target, form.expressions, form.timezone, form.guard, tuple(notes))


def _none(why: str) -> tuple[Form, ...]:
    targets: tuple[Target, ...] = tuple(maker.TARGET for maker in _MAKERS)
    return tuple(Form(target, why_not=why) for target in targets)
