"""Read a schedule: five fields or a nickname, as the dialect's own program does.

Sources: entry.c of cron 3.0pl1-162 (Debian) and of cronie 1.7.2, crond.c and parse_config.c of busybox 1.37, parser.go
of robfig/cron 3.0.1 (Kubernetes). Time is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from migrator.model import CronFields, Dialect, Schedule, ScheduleKind
from migrator.schedules.cron.busybox import busybox_fields
from migrator.schedules.cron.fields import FIELDS, Bounds, fold_sunday
from migrator.schedules.cron.nicknames import NICKNAMES, REBOOT, knows_reboot
from migrator.schedules.cron.rejection import Rejection, explain, shown
from migrator.schedules.cron.robfig import GO_FIELD, KUBERNETES_FIELDS, every, kubernetes_field
from migrator.schedules.cron.vixie import BYTE_FF, cronie_field, debian_field

_BLANKS = " \t"
_WORD = re.compile(r"[^ \t\n]+")
_FIVE = re.compile(r"([^ \t\n]++(?:[ \t]++[^ \t\n]++){4})[ \t]*+")
_KEPT = 80  # texts up to this length are remembered: fleets repeat them
_NICKNAME = re.compile(r"@[^ \t\n\0]*")
_SETTING = re.compile(r"[ \t]*[A-Za-z_][A-Za-z0-9_]*[ \t]*=")
_ZONE_PREFIX = re.compile(r"(?:CRON_)?TZ=([^ ]*)( ?)")
# What a random choice in a field spreads the start over, in minutes a unit; a month counts as its longest.
_UNIT_MINUTES = (1, 60, 24 * 60, 31 * 24 * 60, 24 * 60)


class Front(NamedTuple):
    """A schedule at the front of a line; `rest` is the index of what follows it and its blanks.

    `quiet` is cronie's leading `-`. `broken` are the words (from 0) at which busybox logs a parse error.
    """

    schedule: Schedule
    rest: int
    quiet: bool = False
    broken: tuple[int, ...] = ()


def read(text: str, dialect: Dialect, timezone: str | None = None) -> Schedule | Rejection:
    """Read one whole expression, five fields or a nickname, with nothing behind it.

    A sixth word is rejected in every dialect: in a crontab cron would take it for the command.
    """
    stripped = text.strip(_BLANKS)
    lead = len(text) - len(text.lstrip(_BLANKS))
    if "\n" in text or "\0" in text:
        at = min(i for i in (text.find("\n"), text.find("\0")) if i >= 0)
        return Rejection("a line break or NUL inside the expression", at + 1, "give one expression a line")
    if not stripped:
        return Rejection("no schedule: the text is empty", 1, "give five fields or a nickname")
    if dialect is not Dialect.KUBERNETES and (stripped.startswith("#") or _SETTING.match(stripped)):
        what = "a comment" if stripped.startswith("#") else "a settings line"
        return Rejection(f"{what}, not a schedule", lead + 1, "give five fields or a nickname alone")
    found = read_front(stripped, dialect, timezone)
    if isinstance(found, Rejection):
        return replace(found, column=found.column + lead)
    if found.rest < len(stripped):
        extra = shown(stripped[found.rest :])
        reason = f"more than a schedule: in a crontab `{extra}` would be the command"
        return Rejection(reason, lead + found.rest + 1, "give five fields; cron has none for seconds or years")
    return found.schedule


def read_front(line: str, dialect: Dialect, timezone: str | None = None, at: int = 0) -> Front | Rejection:
    """Read the schedule that a line has at an index, where its first character that is no blank stands."""
    if dialect is Dialect.KUBERNETES:
        return _read_kubernetes(line, at, timezone)
    if dialect is Dialect.CRONIE and line.startswith("-", at):
        found = _read_logged(line, at + 1, dialect, timezone)
        return found if isinstance(found, Rejection) else found._replace(quiet=True)
    return _read_logged(line, at, dialect, timezone)


def _read_logged(line: str, start: int, dialect: Dialect, timezone: str | None) -> Front | Rejection:
    beginning = line[start : start + 1]
    if beginning == "@":
        return _read_nickname(line, start, dialect, timezone)
    if beginning and beginning in _BLANKS:
        return Rejection("bad minute: a blank stands where the field begins", start + 1, "write the field there")
    return _read_fields(line, start, dialect, timezone)


def _read_nickname(line: str, start: int, dialect: Dialect, timezone: str | None) -> Front | Rejection:
    match = _NICKNAME.match(line, start)
    name = match[0] if match else "@"
    rest = _after_blanks(line, start + len(name))
    if name == REBOOT and knows_reboot(dialect):
        return Front(Schedule(ScheduleKind.REBOOT, name, dialect, timezone), rest)
    if name not in NICKNAMES:
        return _unknown_nickname(name, dialect, start + 1)
    return Front(Schedule(ScheduleKind.CRON, name, dialect, timezone, NICKNAMES[name]), rest)


def _unknown_nickname(name: str, dialect: Dialect, column: int) -> Rejection:
    lowered = name.lower()
    if lowered != name and (lowered in NICKNAMES or lowered == REBOOT):
        return Rejection(f"bad time specifier: `{shown(name)}` is written in lower case", column, f"write `{lowered}`")
    if name == "@every" and dialect is not Dialect.KUBERNETES:
        return Rejection("bad time specifier: only Kubernetes has `@every`", column, "write `*/n` in the minute field")
    if name == REBOOT:
        return Rejection("bad time specifier: Kubernetes has no `@reboot`", column, "there is no such event there")
    known = ", ".join(sorted(NICKNAMES))
    return Rejection(f"bad time specifier: `{shown(name)}` is no nickname", column, f"write one of {known}")


def _after_blanks(line: str, at: int) -> int:
    while at < len(line) and line[at] in _BLANKS:
        at += 1
    return at


def _read_fields(line: str, start: int, dialect: Dialect, timezone: str | None) -> Front | Rejection:
    five = _FIVE.match(line, start)
    if dialect is Dialect.BUSYBOX or five is None:
        words = list(islice(_WORD.finditer(line, start), len(FIELDS)))
        rest = _after_blanks(line, words[-1].end()) if words else start
        if dialect is Dialect.BUSYBOX:
            return _busybox_front(line, words, rest, timezone)
        return _vixie_fault(line, words, rest, dialect) or _missing_field(line, len(words))
    text = five[1]
    schedule = _vixie_kept(text, dialect) if len(text) <= _KEPT else _vixie_schedule(text, dialect)
    if schedule is None or (dialect is Dialect.DEBIAN and BYTE_FF in line):
        words = list(islice(_WORD.finditer(line, start), len(FIELDS)))
        fault = _vixie_fault(line, words, five.end(), dialect)
        if fault is not None or schedule is None:
            return fault or _missing_field(line, len(words))
    return Front(schedule if timezone is None else replace(schedule, timezone=timezone), five.end())


def _vixie_schedule(text: str, dialect: Dialect) -> Schedule | None:
    """Read five words by the rules of Debian or cronie; None if one of them is refused."""
    words = _WORD.findall(text)
    masks, width = [], 0
    for index, word in enumerate(words):
        if dialect is Dialect.DEBIAN:
            mask = debian_field(word, index)
        else:
            mask, random = cronie_field(word, index) or (None, 0)
            width += random * _UNIT_MINUTES[index]
        if mask is None:
            return None
        masks.append(mask)
    minute, hour, day, _, weekday = [word[0] == "*" for word in words]
    fields = CronFields(masks[0], masks[1], masks[2], masks[3], fold_sunday(masks[4]), minute, hour, day, weekday)
    return Schedule(ScheduleKind.CRON, text, dialect, None, fields, random_minutes=width)


_vixie_kept = lru_cache(maxsize=8192)(_vixie_schedule)


def _vixie_fault(line: str, words: list[re.Match[str]], rest: int, dialect: Dialect) -> Rejection | None:
    """Find the first field that is refused."""
    for index, word in enumerate(words):
        following = words[index + 1].start() if index + 1 < len(words) else rest
        ended = dialect is Dialect.DEBIAN and line.startswith(BYTE_FF, following)
        read_field = cronie_field if dialect is Dialect.CRONIE else debian_field
        if ended or read_field(word[0], index) is None:
            return _bad_field(word, FIELDS[index], dialect)
    return None


def _bad_field(word: re.Match[str], bounds: Bounds, dialect: Dialect) -> Rejection:
    fault, remedy = explain(word[0], bounds.low, bounds.high, dialect)
    return Rejection(f"bad {bounds.name}: {fault}", word.start() + 1, remedy)


def _missing_field(line: str, index: int) -> Rejection:
    return Rejection(f"bad {FIELDS[index].name}: the line ends before this field", len(line) + 1, "give five fields")


def _busybox_front(line: str, words: list[re.Match[str]], rest: int, timezone: str | None) -> Front | Rejection:
    if len(words) < len(FIELDS):
        return _missing_field(line, len(words))
    fields, broken = busybox_fields([word[0] for word in words])
    text = line[words[0].start() : words[-1].end()]
    schedule = Schedule(ScheduleKind.CRON, text, Dialect.BUSYBOX, timezone, fields)
    return Front(schedule, rest, broken=broken)


def _read_kubernetes(line: str, at: int, timezone: str | None) -> Front | Rejection:
    prefix = _ZONE_PREFIX.match(line, at)
    start = at
    if prefix is not None:
        if not prefix[2] or not _known_zone(prefix[1]):
            fault = "no schedule after the zone" if not prefix[2] else f"unknown time zone `{shown(prefix[1])}`"
            return Rejection(fault, at + 1, "use the timeZone field of the CronJob")
        timezone, start = prefix[1] or "UTC", prefix.end()
    words = list(islice(GO_FIELD.finditer(line, start), len(FIELDS)))
    if words and words[0][0].startswith("@"):
        return _kubernetes_descriptor(line, at, words, timezone)
    if len(words) < len(FIELDS):
        return _missing_field(line, len(words))
    masks, stars = [], []
    for word, bounds in zip(words, KUBERNETES_FIELDS, strict=True):
        found = kubernetes_field(word[0], bounds)
        if found is None:
            return _bad_field(word, bounds, Dialect.KUBERNETES)
        masks.append(found[0])
        stars.append(found[1])
    fields = CronFields(masks[0], masks[1], masks[2], masks[3], masks[4], stars[0], stars[1], stars[2], stars[4])
    text = line[at : words[-1].end()]
    return Front(Schedule(ScheduleKind.CRON, text, Dialect.KUBERNETES, timezone, fields), _next_word(line, words[-1]))


def _next_word(line: str, word: re.Match[str]) -> int:
    following = GO_FIELD.search(line, word.end())
    return following.start() if following else len(line)


def _known_zone(name: str) -> bool:
    """Say whether Go's `time.LoadLocation` would take the name; «Local» is the controller's own and not known."""
    if name == "":
        return True
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return False
    return True


def _kubernetes_descriptor(line: str, at: int, words: list[re.Match[str]], timezone: str | None) -> Front | Rejection:
    name = words[0][0]
    if name == "@every" and len(words) > 1:
        seconds = every(words[1][0])
        if seconds is None:
            return Rejection(f"`{shown(words[1][0])}` is no duration", words[1].start() + 1, "write `@every 1h30m`")
        text = line[at : words[1].end()]
        return Front(every_schedule(text, seconds, timezone), _next_word(line, words[1]))
    if name not in NICKNAMES:
        return _unknown_nickname(name, Dialect.KUBERNETES, words[0].start() + 1)
    schedule = Schedule(ScheduleKind.CRON, line[at : words[0].end()], Dialect.KUBERNETES, timezone, NICKNAMES[name])
    return Front(schedule, _next_word(line, words[0]))


def every_schedule(text: str, seconds: int, timezone: str | None) -> Schedule:
    """Give the schedule of `@every`: fields where the interval divides an hour or a day, else an event.

    Its phase is the moment the CronJob was made, which no file tells; the fields put it at the full hour or midnight.
    """
    minutes, odd = divmod(seconds, 60)
    fields = None
    if not odd and minutes <= 60 and 60 % minutes == 0:
        mask = sum(1 << minute for minute in range(0, 60, minutes))
        fields = replace(NICKNAMES["@hourly"], minute=mask, minute_star=True, day_star=True, weekday_star=True)
    elif not odd and minutes % 60 == 0 and 24 * 60 % minutes == 0:
        mask = sum(1 << hour for hour in range(0, 24, minutes // 60))
        fields = replace(NICKNAMES["@daily"], hour=mask, hour_star=True, day_star=True, weekday_star=True)
    if fields is not None:
        return Schedule(ScheduleKind.CRON, text, Dialect.KUBERNETES, timezone, fields)
    return Schedule(ScheduleKind.EVENT, text, Dialect.KUBERNETES, timezone, event=f"every {seconds} seconds")
