"""Read an anacrontab: a period in days, a delay in minutes, an identifier, a command.

anacrontab(5) and anacron's readtab.c: a bad line is passed over and costs no other. A backslash at the end of a line
joins the next one to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.model import Dialect, Finding, Origin, Schedule, ScheduleKind
from migrator.sources.content import binary_kind
from migrator.sources.grammar.switched_off import switched_off_job
from migrator.sources.items import (
    Assignment,
    Blank,
    Comment,
    Disabled,
    Entry,
    FileReading,
    Format,
    SourceFile,
    SourceItem,
    Unread,
)
from migrator.sources.surroundings import Source, Surroundings

_COMMENT = re.compile(r"[ \t]*#")
_ASSIGNMENT = re.compile(r"[ \t]*([^ \t=]+)[ \t]*=(.*)", re.DOTALL)
_JOB = re.compile(r"[ \t]*([0-9]+|@[^ \t]+)[ \t]+([0-9]+)[ \t]+([^ \t/]+)[ \t]+([^ \t].*)", re.DOTALL)
_SHAPE = re.compile(r"[ \t]*(\S+)(?:[ \t]+(\S+))?(?:[ \t]+(\S+))?(?:[ \t]+(\S.*))?", re.DOTALL)
_RANGE = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
_LARGEST = 2**31 - 1
# Named periods go by the calendar (anacron(8)); the days are what a month or year has at most.
NAMED_PERIODS = {"@daily": 1, "@weekly": 7, "@monthly": 31, "@yearly": 366, "@annually": 366}


def read(source: SourceFile, dialect: Dialect, _beside: Surroundings | None = None) -> FileReading:
    """Read an anacrontab."""
    kind = binary_kind(source.data)
    if kind:
        unread = Unread(Origin(source.name), "", f"this is {kind}", "give the text itself")
        return FileReading(source, dialect, (unread,), 1, findings=source.findings)
    lines = source.data.decode("utf-8", "surrogateescape").split("\n")
    if lines[-1] == "":
        lines.pop()
    items = tuple(_items(source, lines, dialect))
    return FileReading(source, dialect, items, len(lines), findings=source.findings)


SOURCE = Source(Format.ANACRONTAB, read)


@dataclass(slots=True)
class _Settings:
    """What the settings lines so far say of the start: a random delay in minutes, a range of hours."""

    delay: int = 0
    hours: str = ""


def _items(source: SourceFile, lines: list[str], dialect: Dialect) -> Iterator[SourceItem]:
    settings = _Settings()
    at = 0
    while at < len(lines):
        first, text = at, lines[at]
        # anacron joins lines before it looks at them, comments too.
        while text.endswith("\\") and at + 1 < len(lines):
            at += 1
            text = f"{text[:-1]} {lines[at]}"
        item = _item(text, Origin(source.name, first + 1), dialect, settings)
        yield item
        for joined in range(first + 1, at + 1):
            # The line belongs to the one above; it is accounted for with it.
            yield Comment(Origin(source.name, joined + 1), lines[joined])
        at += 1


def _item(text: str, origin: Origin, dialect: Dialect, settings: _Settings) -> SourceItem:
    stripped = text.strip(" \t\r")
    if not stripped:
        return Blank(origin)
    if _COMMENT.match(text):
        if switched_off_job(text) is not None:
            return Disabled(origin, text)
        inner = stripped.lstrip("# \t")
        return Disabled(origin, text) if _JOB.fullmatch(inner) and _period(inner.split()[0]) else Comment(origin, text)
    if assignment := _ASSIGNMENT.fullmatch(text):
        return _assignment(text, origin, assignment[1], assignment[2], settings)
    if job := _JOB.fullmatch(text):
        return _job(text, origin, job, dialect, settings)
    return Unread(origin, text, _fault(text), "write: period in days, delay in minutes, identifier, command")


def _assignment(text: str, origin: Origin, name: str, value: str, settings: _Settings) -> Assignment | Unread:
    value = value.strip(" \t\r")
    if name == "RANDOM_DELAY":
        if not value.isascii() or not value.isdigit() or len(value) > 6:
            return Unread(origin, text, "RANDOM_DELAY is not a number of minutes", "write RANDOM_DELAY=45, for example")
        settings.delay = int(value)
    elif name == "START_HOURS_RANGE":
        hours = _RANGE.fullmatch(value)
        if not hours or not int(hours[1]) <= int(hours[2]) <= 24:
            return Unread(origin, text, "START_HOURS_RANGE is not a range of hours", "write START_HOURS_RANGE=3-22")
        settings.hours = value
    return Assignment(origin, text, name, value)


def _job(text: str, origin: Origin, job: re.Match[str], dialect: Dialect, settings: _Settings) -> Entry | Unread:
    days, delay = _period(job[1]), _number(job[2])
    identifier, command = job[3], job[4].rstrip("\r")
    if days is None:
        return Unread(
            origin, text, f"the period {job[1][:40]!r} is not known", "write a number of days, or @daily … @yearly"
        )
    if days < 1 or delay is None:
        what = "period" if days < 1 else "delay"
        return Unread(origin, text, f"the {what} is out of range", "write a period of 1 day or more")
    if identifier in {".", ".."}:
        fault = f"the identifier {identifier!r} cannot name anacron's timestamp file"
        return Unread(origin, text, fault, "write a word of letters and digits")
    schedule = Schedule(
        ScheduleKind.ANACRON,
        f"{job[1]} {job[2]}",
        dialect,
        period_days=days,
        delay_minutes=delay,
        random_minutes=settings.delay,
    )
    findings: tuple[Finding, ...] = ()
    if settings.hours:
        what = f"anacron starts this only between the hours {settings.hours} (START_HOURS_RANGE)"
        findings = (Finding(origin, "start-hours", what, "give the schedule a time inside these hours"),)
    return Entry(origin, text, schedule, command, name=identifier, findings=findings)


def _period(word: str) -> int | None:
    """Give the days of a period; None for a name that is not known, 0 for a number out of range."""
    if word.startswith("@"):
        return NAMED_PERIODS.get(word)
    number = _number(word)
    return 0 if number is None else number


def _number(word: str) -> int | None:
    if not word.isdigit() or len(word) > 10 or int(word) > _LARGEST:
        return None
    return int(word)


def _fault(text: str) -> str:
    shape = _SHAPE.fullmatch(text.strip(" \t"))
    words = [word for word in shape.groups() if word] if shape else []
    if len(words) < 4:
        return f"only {len(words)} of period, delay, identifier and command"
    if not re.fullmatch(r"[0-9]+|@\S+", words[0]):
        return "the period is not a number of days"
    if not re.fullmatch(r"[0-9]+", words[1]):
        return "the delay is not a number of minutes"
    return "the identifier holds a slash" if "/" in words[2] else "not a line of an anacrontab"
