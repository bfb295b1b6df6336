"""Read the five fields as busybox crond (1.37) does: a parse error is logged and what was set so far is kept.

The program keeps a line's five tables of flags one behind the other and does not check where it writes, so a month 0
sets Saturday; that is followed here. Ranges wrap. Weekday 7 and minute 60 run through the whole field.
"""

from __future__ import annotations

import re

from migrator.model import CronFields
from migrator.schedules.cron.fields import ALL_DAYS, ALL_MONTHS, ALL_WEEKDAYS, MONTHS, WEEKDAYS
from migrator.schedules.cron.vixie import c_int

_DIGITS = re.compile(r"[0-9]+")
_SIGNED = re.compile(r"[+-]?[0-9]+")
_FAILSAFE = 1023
# Where each table begins in the line's memory, its size, and what is added to a number: crond.c, struct CronLine.
_MINUTES, _HOURS, _DAYS, _MONTHS, _WEEKDAYS = (75, 60, 0), (19, 24, 0), (43, 32, 0), (7, 12, -1), (0, 7, 0)


def busybox_fields(words: list[str]) -> tuple[CronFields, tuple[int, ...]]:
    """Give the fields of five words, and the indexes of the words at which a parse error is logged."""
    memory = bytearray(135)
    tables = (_MINUTES, _HOURS, _DAYS, _MONTHS, _WEEKDAYS)
    names = (None, None, None, MONTHS, WEEKDAYS)
    broken = tuple(
        index
        for index, (word, table, known) in enumerate(zip(words, tables, names, strict=True))
        if not _read_field(memory, word, table, known)
    )
    minute, hour, day, month, weekday = (_mask(memory, table) for table in tables)
    week_used, days_used = weekday != ALL_WEEKDAYS, day != ALL_DAYS | 1
    # FixDayDow empties the table of the field that is not used and then ORs: the same as AND with a full one.
    return CronFields(
        minute=minute,
        hour=hour,
        day=day & ALL_DAYS if days_used else ALL_DAYS,
        month=month << 1 & ALL_MONTHS,
        weekday=weekday,
        minute_star=words[0].startswith("*"),
        hour_star=words[1].startswith("*"),
        day_star=not days_used,
        weekday_star=not week_used,
    ), broken


def _mask(memory: bytearray, table: tuple[int, int, int]) -> int:
    start, size, _ = table
    return sum(1 << n for n in range(size) if memory[start + n])


def _read_field(memory: bytearray, word: str, table: tuple[int, int, int], names: tuple[str, ...] | None) -> bool:
    """Set the flags of one word; False at a parse error."""
    _, size, offset = table
    at, first, last = 0, -1, -1
    while True:
        skip = 1
        if word[at : at + 1] == "*":
            first, last, at = 0, size - 1, at + 1
        elif (digits := _DIGITS.match(word, at)) is not None:
            number, at = c_int(digits[0]) + offset, digits.end()
            first, last = (number, last) if first < 0 else (first, number)
        elif names is not None and word[at : at + 3].lower() in names:
            number, at = names.index(word[at : at + 3].lower()), at + 3
            first, last = (number, last) if first < 0 else (first, number)
        else:
            return False
        if word[at : at + 1] == "-" and last < 0:
            at += 1
            continue
        if last < 0:
            last = first
        if word[at : at + 1] == "/":
            signed = _SIGNED.match(word, at + 1)
            skip, at = (_signed(signed[0]), signed.end()) if signed else (0, at + 1)
        if not _fill(memory, table, first, last, skip):
            return False
        if word[at : at + 1] != ",":
            return at == len(word)
        at, first, last = at + 1, -1, -1


def _signed(text: str) -> int:
    """Convert as `strtol` cut to an int, a sign allowed."""
    return -c_int(text[1:]) if text[0] == "-" else c_int(text.lstrip("+"))


def _fill(memory: bytearray, table: tuple[int, int, int], first: int, last: int, skip: int) -> bool:
    start, size, _ = table
    countdown, value = 1, first - 1
    for _ in range(_FAILSAFE):
        value = _remainder(value + 1, size)
        countdown -= 1
        if countdown == 0:
            if 0 <= start + value < len(memory):
                memory[start + value] = 1
            countdown = skip
        if value == last:
            return True
    return False


def _remainder(value: int, size: int) -> int:
    """Give C's remainder, which has the sign of the dividend."""
    return value % size if value >= 0 else -(-value % size)
