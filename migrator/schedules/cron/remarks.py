"""What a person should know of a schedule that is accepted but was surely not meant, or means other than it seems.

Each remark is a trap that a converter fell into; the schedule itself is read exactly as cron reads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from migrator.model import CronFields, Dialect, Schedule, ScheduleKind, Severity
from migrator.schedules.cron.counts import never_fires
from migrator.schedules.cron.fields import ALL_WEEKDAYS, FIELDS, WEEKDAY, Bounds, values
from migrator.schedules.cron.rejection import shown
from migrator.schedules.cron.robfig import GO_FIELD

_ELEMENT = r"(?:\*|[0-9]+(?:-[0-9]+)?|[A-Za-z]{3}(?:-[A-Za-z]{3})?)(?:/[0-9]+)?"
_STRICT = re.compile(rf"{_ELEMENT}(?:,{_ELEMENT})*")
_BLANK_WORD = re.compile(r"[^ \t]+")
_SAME = re.compile(r"(?<![0-9])([0-9]+)-\1(?![0-9])(/[0-9]+)?")
_STEP = re.compile(r"^\*/([0-9]{1,3})$")
_LONG_NUMBER = re.compile(r"[0-9]{10,}")
_LONG_DIGITS = 20
_KEPT, _MOST = 80, 8192


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on a schedule: `kind` is a slug, `text` the fact, `remedy` what to do."""

    kind: str
    text: str
    remedy: str
    severity: Severity = Severity.SILENT


_remembered: dict[tuple[str, Dialect, tuple[int, ...]], tuple[CronFields, tuple[Remark, ...]]] = {}


def remarks(schedule: Schedule, broken: tuple[int, ...] = ()) -> tuple[Remark, ...]:
    """List what should be known of a schedule, in the order of its fields; `broken` as in `Front`."""
    fields = schedule.fields
    if schedule.kind is ScheduleKind.EVENT and "@every" in schedule.text:
        return (_EVERY,) if "=" not in schedule.text else (_ZONE_IN_SCHEDULE, _EVERY)
    if schedule.kind is not ScheduleKind.CRON or fields is None:
        return ()
    key = (schedule.text, schedule.dialect, broken)
    kept = _remembered.get(key)
    if kept is not None and (kept[0] is fields or kept[0] == fields):
        return kept[1]
    found = _remarks(schedule, fields, broken)
    if len(schedule.text) <= _KEPT and len(_remembered) < _MOST:
        _remembered[key] = (fields, found)
    return found


def _remarks(schedule: Schedule, fields: CronFields, broken: tuple[int, ...]) -> tuple[Remark, ...]:
    kubernetes = schedule.dialect is Dialect.KUBERNETES
    words = (GO_FIELD if kubernetes else _BLANK_WORD).findall(schedule.text)
    found: list[Remark] = []
    if kubernetes and words and "=" in words[0]:
        words = words[1:]
        found.append(_ZONE_IN_SCHEDULE)
    if words and words[0].startswith("@"):
        return (*found, _EVERY) if words[0] == "@every" else tuple(found)
    masks = (fields.minute, fields.hour, fields.day, fields.month, fields.weekday)
    for index, (word, mask) in enumerate(zip(words, masks, strict=False)):
        found.extend(_of_word(word, index, mask, schedule.dialect, index in broken))
    found.extend(_of_days(words, fields, schedule.dialect))
    if schedule.random_minutes:
        found.append(_RANDOM_START)
    if never_fires(fields):
        found.append(_DEAD)
    return tuple(found)


@lru_cache(maxsize=4096)
def _of_word(word: str, index: int, mask: int, dialect: Dialect, broken: bool) -> tuple[Remark, ...]:
    bounds = FIELDS[index]
    found = []
    if broken:
        found.append(
            Remark(
                "busybox-parse-error",
                f"busybox crond logs a parse error at {bounds.name} `{shown(word)}` and keeps what it had read so far: "
                f"{_kept(mask, bounds)}",
                "write the field so that it can be read",
            )
        )
    elif not _STRICT.fullmatch(word) and not (dialect is Dialect.CRONIE and "~" in word):
        found.append(_sloppy(word, bounds.name, mask, dialect))
    if dialect in (Dialect.DEBIAN, Dialect.CRONIE) and _wraps(word):
        listed = _listed(mask)
        found.append(
            Remark(
                "numeric-wrap",
                f"a number in {bounds.name} `{shown(word)}` is beyond 2**32 and wraps: cron reads {listed}",
                "write the number that is meant",
                Severity.NUISANCE,
            )
        )
    if _SAME.search(word):
        found.append(
            Remark(
                "nn-range",
                f"{bounds.name} `{shown(word)}` is a range of one value, which croniter takes for the whole field",
                "write the number alone",
            )
        )
    step = _STEP.match(word)
    if step and int(step[1]) > 1 and index < 2 and (bounds.high + 1) % int(step[1]):
        found.append(_uneven(word, int(step[1]), bounds.name, mask))
    return tuple(found)


def _listed(mask: int) -> str:
    numbers = values(mask)
    head = ", ".join(map(str, numbers[:8]))
    return f"{head} …" if len(numbers) > 8 else head or "nothing"


def _kept(mask: int, bounds: Bounds) -> str:
    every = ALL_WEEKDAYS if bounds is WEEKDAY else bounds.full
    return f"every {bounds.name}" if mask & every == every else _listed(mask)


def _wraps(word: str) -> bool:
    return any(int(number[-_LONG_DIGITS:]) >= 2**32 for number in _LONG_NUMBER.findall(word))


def _sloppy(word: str, name: str, mask: int, dialect: Dialect) -> Remark:
    reading = _listed(mask)
    meant = "; Quartz and EventBridge mean the nth weekday by it" if "#" in word else ""
    return Remark(
        "sloppy-accepted",
        f"{dialect.value} takes {name} `{shown(word)}` as {reading}{meant}; others refuse it or read it otherwise",
        "write the field plainly",
    )


def _uneven(word: str, step: int, name: str, mask: int) -> Remark:
    unit = "minutes" if name == "minute" else "hours"
    if mask == 1:
        text = f"`{word}` is {name} 0 alone: the step is longer than the field"
        return Remark("step-not-dividing", text, "write `0`")
    return Remark(
        "step-not-dividing",
        f"`{word}` is {name}s {_listed(mask)}, not every {step} {unit}: the gap before the next round differs",
        "keep the list; a rate or an interval is not the same",
    )


def _of_days(words: list[str], fields: CronFields, dialect: Dialect) -> list[Remark]:
    if len(words) < len(FIELDS):
        return []
    day, weekday = words[2], words[4]
    if not fields.day_star and not fields.weekday_star:
        return [
            Remark(
                "dom-dow-or",
                "both day fields are set: cron runs where the day of the month matches "
                f"`{shown(day)}` or the day of the week matches `{shown(weekday)}`",
                "keep both conditions as alternatives; never drop one",
            )
        ]
    partly = (day.startswith("*") and day != "*", weekday.startswith("*") and weekday != "*")
    other_set = (weekday != "*", day != "*")
    if dialect in (Dialect.DEBIAN, Dialect.CRONIE) and any(a and b for a, b in zip(partly, other_set, strict=True)):
        return [
            Remark(
                "star-step-and",
                f"a day field that begins with `*` counts as unrestricted: cron runs on days that match `{shown(day)}` "
                f"and `{shown(weekday)}`",
                "list the days, or test one of the two in the command",
            )
        ]
    return []


_DEAD = Remark(
    "dead-schedule",
    "accepted, but it never fires: no minute of any year matches",
    "ask what was meant before anything is created from it",
)
_RANDOM_START = Remark(
    "random-start",
    "cronie draws the start at random when it loads the file; the first possible one is shown",
    "a flexible time window says the same",
    Severity.NUISANCE,
)
_EVERY = Remark(
    "every-phase",
    "`@every` counts from the moment the CronJob was made, which is not in the file",
    "write five fields to fix the minute",
    Severity.NUISANCE,
)
_ZONE_IN_SCHEDULE = Remark(
    "zone-in-schedule",
    "the zone stands in the schedule, which Kubernetes refuses in new objects since 1.29",
    "use the timeZone field",
    Severity.LOUD,
)
