"""Do a schedule and a target's form of it fire at the same minutes? Every differing minute, by class and in words.

The old minutes are cron's (`schedules.cron.fires`), the new ones the evaluator's, which has never seen how the form was
made. A guard is applied to the local date of each start. The span is four years at least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import chain
from zoneinfo import ZoneInfo

from migrator.model import CronFields, Dialect, Schedule, Target
from migrator.schedules.cron import fire_minutes
from migrator.schedules.evaluators import airflow, eventbridge
from migrator.schedules.forms import DayTest, Form, forms

SPAN = (int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2030, 1, 1, tzinfo=UTC).timestamp()))
_EXAMPLES = 3
_NEAR = 180  # minutes between a start that moved and where it went
_UNKNOWN_ZONE = "not compared across clock changes: the zone is not known"


@dataclass(frozen=True, slots=True)
class Difference:
    """One class of differing minutes: `kind` is skipped, moved, again, extra, missing, twice or unknown.

    `text` says what happens, with examples; `count` is how often in the span, 0 where that is not known.
    """

    kind: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A form's proof. `exact` is None where the zone is not known and clock changes could matter."""

    form: Form
    exact: bool | None
    differences: tuple[Difference, ...] = ()


def compare_all(
    schedule: Schedule, test: DayTest | None = None, span: tuple[int, int] = SPAN
) -> Mapping[Target, Comparison]:
    """Give each target's form of a schedule and its proof over a span of epoch seconds, end excluded."""
    found = {form.target: _compare(schedule, form, test, span) for form in forms(schedule, test)}
    on_mwaa = found[Target.AIRFLOW]
    return {**found, Target.MWAA: replace(on_mwaa, form=replace(on_mwaa.form, target=Target.MWAA))}


def _compare(schedule: Schedule, form: Form, test: DayTest | None, span: tuple[int, int]) -> Comparison:
    if schedule.fields is None or not form.expressions:
        return Comparison(form, exact=False)
    kept = any("stays in the command" in note for note in form.notes)
    question = _Question(
        schedule.fields,
        schedule.dialect,
        schedule.timezone,
        None if kept else test,
        # EventBridge starts a state machine by the same expressions: one proof serves both.
        replace(form, target=Target.EVENTBRIDGE if form.target is Target.STEP_FUNCTIONS else form.target, notes=()),
        span,
    )
    exact, differences = _answer(question)
    return Comparison(form, exact, differences)


@dataclass(frozen=True, slots=True)
class _Question:
    fields: CronFields
    dialect: Dialect
    zone: str | None
    test: DayTest | None
    form: Form
    span: tuple[int, int]


@lru_cache(maxsize=16384)
def _answer(question: _Question) -> tuple[bool | None, tuple[Difference, ...]]:
    zone = ZoneInfo(question.zone or "UTC")
    old = fire_minutes(question.fields, question.dialect, zone, *question.span)
    if question.test is not None:
        old = [minute for minute in old if _passes(question.test, _local(minute, zone).date())]
    new = _new_minutes(question.form, zone, question.span)
    differences = () if old == new else tuple(_differences(old, new, zone, question.form.target))
    if question.zone is None and not differences and question.form.timezone != "UTC":
        return None, (Difference("unknown", _UNKNOWN_ZONE, 0),)
    return not differences, differences


def _new_minutes(form: Form, zone: ZoneInfo, span: tuple[int, int]) -> list[int]:
    given = ZoneInfo(form.timezone) if form.timezone else zone
    if form.target in (Target.AIRFLOW, Target.MWAA):
        found = airflow.fire_minutes(form.expressions, given, *span)
    else:
        several = [eventbridge.fire_minutes(text, given, *span) for text in form.expressions]
        found = several[0] if len(several) == 1 else sorted(chain.from_iterable(several))
    guard = form.guard
    return found if guard is None else [minute for minute in found if guard.allows(_local(minute, zone).date())]


def _passes(test: DayTest, day: date) -> bool:
    if test.last_day and date.fromordinal(day.toordinal() + 1).day != 1:
        return False
    return bool(test.days >> day.day & 1 and test.weekdays >> day.isoweekday() % 7 & 1)


def _differences(old: Sequence[int], new: Sequence[int], zone: ZoneInfo, target: Target) -> Iterable[Difference]:
    name = "Airflow" if target in (Target.AIRFLOW, Target.MWAA) else target.label
    missing, extra = sorted(set(old) - set(new)), sorted(set(new) - set(old))
    twice = sorted(minute for minute, count in Counter(new).items() if count > 1)
    moves, missing, extra = _moves(missing, extra)
    if moves:
        shown = [f"{_at(was, zone)} → {_at(now, zone)}" for was, now in moves]
        yield Difference("moved", f"moved by the clock change, cron → {name}: {_list(shown)}", len(moves))
    if missing:
        yield from _missing(missing, zone, name)
    if extra:
        yield from _extra(extra, zone, name)
    if twice:
        yield Difference("twice", f"{name} starts it twice: {_list([_at(m, zone) for m in twice])}", len(twice))


def _moves(missing: list[int], extra: list[int]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pair each start that is gone with the nearest new one that no other start explains."""
    left = set(extra)
    moves: list[tuple[int, int]] = []
    for minute in missing:
        near = [other for other in sorted(left) if abs(other - minute) <= _NEAR] if len(left) <= _NEAR else []
        if near:
            found = _nearest(near, minute)
            left.discard(found)
            moves.append((minute, found))
    gone = {was for was, _ in moves}
    return moves, [minute for minute in missing if minute not in gone], sorted(left)


def _nearest(minutes: Sequence[int], to: int) -> int:
    return min(minutes, key=lambda minute: (abs(minute - to), minute))


def _missing(missing: list[int], zone: ZoneInfo, name: str) -> Iterable[Difference]:
    at_change = [minute for minute in missing if _near_change(minute, zone)]
    gaps = [minute for minute in at_change if not _repeated(minute, zone)]
    folds = [minute for minute in at_change if _repeated(minute, zone)]
    others = [minute for minute in missing if not _near_change(minute, zone)]
    if gaps:
        shown = [_at(minute, zone) for minute in gaps]
        text = f"{name} skips a time that does not exist; cron ran it right after the clock jumped: {_list(shown)}"
        yield Difference("skipped", text, len(gaps))
    if folds:
        shown = [_at(minute, zone) for minute in folds]
        yield Difference("skipped", f"{name} starts it once in the hour that comes twice: {_list(shown)}", len(folds))
    if others:
        shown = [_at(minute, zone) for minute in others]
        yield Difference("missing", f"{name} does not start it: {_list(shown)}", len(others))


def _extra(extra: list[int], zone: ZoneInfo, name: str) -> Iterable[Difference]:
    at_change = [minute for minute in extra if _near_change(minute, zone)]
    others = [minute for minute in extra if not _near_change(minute, zone)]
    if at_change:
        shown = [_at(minute, zone) for minute in at_change]
        yield Difference(
            "again", f"{name} starts it where the clock changes and cron does not: {_list(shown)}", len(at_change)
        )
    if others:
        shown = [_at(minute, zone) for minute in others]
        yield Difference("extra", f"{name} starts it when cron does not: {_list(shown)}", len(others))


def _near_change(minute: int, zone: ZoneInfo) -> bool:
    """Say whether the clock changes within three hours (cron's own limit for a change it repairs)."""
    moment = minute * 60
    offsets = {datetime.fromtimestamp(moment + shift * 60, zone).utcoffset() for shift in (-_NEAR, 0, _NEAR)}
    return len(offsets) > 1


def _repeated(minute: int, zone: ZoneInfo) -> bool:
    moment = _local(minute, zone)
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _local(minute: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(minute * 60, zone)


def _at(minute: int, zone: ZoneInfo) -> str:
    moment = _local(minute, zone)
    which = f" (UTC{moment:%z})" if _repeated(minute, zone) else ""
    return f"{moment:%Y-%m-%d %H:%M}{which}"


def _list(shown: Sequence[str]) -> str:
    text = ", ".join(shown[:_EXAMPLES])
    return text if len(shown) <= _EXAMPLES else f"{text} and {len(shown) - _EXAMPLES:,} more"
