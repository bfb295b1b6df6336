"""Read one line of a busybox crontab, as config_read and crond.c do: `#` cuts, short lines are skipped in silence."""

from __future__ import annotations

import re

from migrator.model import Dialect, Finding, Origin, Severity
from migrator.schedules.cron import Rejection, read_front, shown
from migrator.sources.grammar import findings
from migrator.sources.grammar.assignment import read_assignment
from migrator.sources.grammar.disabled import is_commented_out
from migrator.sources.grammar.line import Rules
from migrator.sources.items import Assignment, Blank, Comment, Disabled, Entry, SourceItem, Unread

_BLANKS = " \t"
_WORD = re.compile(r"[^ \t]+")


def read_busybox_line(text: str, origin: Origin, rules: Rules) -> SourceItem:
    """Read a line, continuation lines already joined. What follows a NUL is not seen by crond."""
    visible, nul, hidden = text.partition("\0")
    line = visible.strip(_BLANKS)
    if line.startswith("#"):
        if is_commented_out(line, user_column=rules.user_column):
            return Disabled(origin, text)
        return Comment(origin, text)
    if not line:
        return Unread(origin, text, "a NUL byte hides the line from crond", "remove it") if nul else Blank(origin)
    item = _read(line, origin, rules)
    if hidden and isinstance(item, Entry | Assignment):
        item = _noted(item, "nul-byte", "the line holds a NUL byte: crond does not see what follows", "remove it")
    return item


def _noted(item: Entry | Assignment, kind: str, text: str, remedy: str) -> Entry | Assignment:
    found = (*item.findings, Finding(item.origin, kind, text, remedy, Severity.SILENT))
    if isinstance(item, Entry):
        return Entry(item.origin, item.text, item.schedule, item.command, None, item.user, findings=found)
    return Assignment(item.origin, item.text, item.name, item.value, found)


def _read(line: str, origin: Origin, rules: Rules) -> SourceItem:
    setting = read_assignment(line, Dialect.BUSYBOX)
    if setting is not None:
        remarked = findings.of_setting(setting, line, origin, Dialect.BUSYBOX)
        return Assignment(origin, line, setting.name, setting.value, remarked)
    seen = line if line.startswith("@") else line.partition("#")[0].rstrip(_BLANKS)
    front = read_front(seen, Dialect.BUSYBOX)
    if isinstance(front, Rejection):
        return Unread(origin, line, f"column {front.column}: {front.reason}; crond skips the line", front.remedy)
    if front.schedule.text.startswith("@") and line[front.rest :].startswith("#"):
        seen = line[: front.rest]
    user, at = None, front.rest
    if rules.user_column:
        word = _WORD.match(seen, at)
        user, at = (word[0], word.end()) if word else (None, at)
        while at < len(seen) and seen[at] in _BLANKS:
            at += 1
    command = seen[at:]
    if not command:
        fault = "the line has fewer than six words; crond skips it"
        return Unread(origin, line, fault, "add the command")
    remarked = (
        *findings.of_schedule(front, origin),
        *findings.of_command(command, command, None, origin, Dialect.BUSYBOX, user_column=rules.user_column),
    )
    entry = Entry(origin, line, front.schedule, command, None, user, findings=remarked)
    if len(seen) < len(line):
        cut = shown(line[len(seen) :].strip())
        return _noted(
            entry,
            "comment-hash",
            f"crond cuts the line at `#`: `{cut}` is not run",
            "quote does not help; use a script",
        )
    return entry
