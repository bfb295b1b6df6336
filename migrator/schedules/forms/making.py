"""All targets' forms of a schedule."""

from __future__ import annotations

from dataclasses import replace

from migrator.model import Schedule, ScheduleKind, Target
from migrator.schedules.cron import never_fires
from migrator.schedules.forms import airflow, eventbridge, step_functions
from migrator.schedules.forms.clock import by_utc
from migrator.schedules.forms.day_test import DayTest
from migrator.schedules.forms.form import Form
from migrator.schedules.forms.rules import day_rule

MAKERS = (eventbridge, step_functions, airflow)
_WHY_NOT = {
    ScheduleKind.REBOOT: "no target starts anything when a host boots: it stays with the host (a systemd unit)",
    ScheduleKind.ANACRON: "anacron counts days on which the host was up, and no target does: ask which hour is meant",
    ScheduleKind.EVENT: "an event starts it, not the clock",
    ScheduleKind.UPSTREAM: "what it depends on starts it, not the clock",
    ScheduleKind.UNREAD: "the schedule was not understood",
}
_INTERVAL = (
    "an interval that fits no hour and no day has no five fields: it counts from when the CronJob was made, as a "
    "rate() of EventBridge Scheduler would count from its own start"
)
_BY_UTC = "by UTC, where no clock change touches it: it starts in every hour of every day"
_ZONE = "the zone is a parameter: no file says it"
_KEPT = "the command's own test of the day stays in the command"


def forms(schedule: Schedule, test: DayTest | None = None) -> tuple[Form, ...]:
    """Give a form for each target; `test` is what the command itself asks of the day, to be lifted into the schedule.

    A test that cannot be joined with the schedule's own days stays in the command, and the form says so.
    """
    if schedule.kind is not ScheduleKind.CRON or schedule.fields is None:
        return _none(_why_not(schedule))
    fields = schedule.fields
    if never_fires(fields):
        return _none("it has never fired: there is nothing to start")
    own = day_rule(fields)
    rule = own.joined(test, fields.month) if test else own
    if rule is not None and not rule.ever(fields.month):
        return _none("the command's own test of the day holds on none of its days: it has never done anything")
    kept = rule is None
    rule = rule or own
    zone = "UTC" if by_utc(fields, rule, schedule.dialect, schedule.timezone) else schedule.timezone
    return tuple(_noted(maker.make(fields, rule, zone), schedule, kept) for maker in MAKERS)


def _why_not(schedule: Schedule) -> str:
    if schedule.kind is ScheduleKind.EVENT and "@every" in schedule.text:
        return _INTERVAL
    return _WHY_NOT.get(schedule.kind, "it has no fields to translate")


def _noted(form: Form, schedule: Schedule, kept: bool) -> Form:
    notes = list(form.notes)
    if form.timezone != schedule.timezone:
        notes.append(_BY_UTC)
    elif form.timezone is None:
        notes.append(_ZONE)
    if schedule.random_minutes:
        notes.append(_window(form.target, schedule.random_minutes))
    if kept:
        notes.append(_KEPT)
    return replace(form, notes=tuple(notes), test_kept=kept)


def _window(target: Target, width: int) -> str:
    if target is Target.AIRFLOW:
        return "no timetable draws its start at random: a first task may wait as long"
    return f"a flexible time window of {width} minutes comes nearest to cron's draw"


def _none(why: str) -> tuple[Form, ...]:
    return tuple(Form(maker.TARGET, why_not=why) for maker in MAKERS)
