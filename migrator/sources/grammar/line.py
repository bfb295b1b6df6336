"""Read one line of a crontab: entry, settings line, comment, blank, or unread with the reason.

The order of trials is cron's own (load_user, user.c): blanks and comments, then load_env, then load_entry. A NUL ends
a command, a nickname or a settings line, and cron goes on behind it as if there were a line break: one physical line
can hold several items. After a fault cron drops the rest of the physical line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from migrator.model import Dialect, Inactive, Origin
from migrator.schedules.cron import Rejection, read_front, shown
from migrator.sources.grammar import findings
from migrator.sources.grammar.assignment import read_assignment
from migrator.sources.grammar.command import COMMAND_BYTES, split_command
from migrator.sources.grammar.disabled import is_commented_out
from migrator.sources.grammar.user import can_be_user
from migrator.sources.items import Assignment, Blank, Comment, Disabled, Entry, SourceItem, Unread

_BLANKS = " \t"
_USER_WORD = re.compile(r"[^ \t\0]*")
_SETTING_LIKE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*[ \t]*=")
_CRONIE_OPTION = re.compile(r"-n[ \t]+")


class Rules(NamedTuple):
    """By which rules a file's lines are read."""

    dialect: Dialect
    user_column: bool = False


class LineReading(NamedTuple):
    """The items of one physical line; `open_end`: the last one runs to its end, where cron wants a line break."""

    items: tuple[SourceItem, ...]
    open_end: bool


def read_line(text: str, origin: Origin, rules: Rules) -> LineReading:
    """Read a physical line without its line break, for Debian, cronie and Kubernetes.

    `text` is decoded as UTF-8 with surrogateescape. Lengths that cron limits are counted in bytes.
    """
    item, at = _read_logical(text, 0, origin, rules)
    items = [item]
    while at is not None and at < len(text):
        item, at = _read_logical(text, at, origin, rules)
        items.append(item)
    if len(items) > 1:
        items = [_with_nul(item, origin) for item in items]
    return LineReading(tuple(items), at is None and isinstance(item, Entry | Assignment | Unread))


def _with_nul(item: SourceItem, origin: Origin) -> SourceItem:
    nul = findings.nul_byte(origin)
    if isinstance(item, Entry):
        return item._replace(findings=(*item.findings, nul))
    if isinstance(item, Assignment):
        return replace(item, findings=(*item.findings, nul))
    return item


def _read_logical(text: str, begin: int, origin: Origin, rules: Rules) -> tuple[SourceItem, int | None]:
    """Read one item; give it and the index behind the NUL that ends it, None where it takes the rest of the line."""
    start = begin
    while start < len(text) and text[start] in _BLANKS:
        start += 1
    if start == len(text):
        return Blank(origin), None
    if text[start] == "#":
        comment = text[begin:]
        if is_commented_out(comment, user_column=rules.user_column):
            return Disabled(origin, comment), None
        return Comment(origin, comment), None
    nul = text.find("\0", start)
    end = nul + 1 if nul >= 0 else None
    visible = text[start:nul] if nul >= 0 else text[start:]
    setting = read_assignment(visible, rules.dialect)
    if setting is not None:
        remarked = findings.of_setting(setting, visible, origin, rules.dialect)
        return Assignment(origin, visible, setting.name, setting.value, remarked), end
    return _read_entry(text, start, origin, rules)


def _read_entry(text: str, start: int, origin: Origin, rules: Rules) -> tuple[SourceItem, int | None]:
    front = read_front(text, rules.dialect, None, start)
    if isinstance(front, Rejection):
        return _unread(text, start, front, origin)
    at, user = front.rest, None
    if text.startswith("*", at):
        six = Rejection("bad command: a sixth field, or a command that begins with `*`", at + 1, "give five fields")
        return _unread(text, start, six, origin)
    if rules.user_column:
        word = _USER_WORD.match(text, at)
        user = word[0] if word else ""
        fault = _user_fault(user, last=at + len(user) == len(text))
        if fault is not None:
            return _unread(text, start, Rejection(fault[0], at + 1, fault[1]), origin)
        at = _after_blanks(text, at + len(user))
    if rules.dialect is Dialect.CRONIE:
        at = _after_options(text, at)
        refused = _cronie_refuses(text, at)
        if refused is not None:
            return _unread(text, start, refused, origin)
    nul = text.find("\0", at)
    raw = text[at:nul] if nul >= 0 else text[at:]
    command, stdin = split_command(raw, rules.dialect)
    remarked = findings.of_schedule(front, origin)
    remarked += findings.of_command(raw, command, stdin, origin, rules.dialect, user_column=rules.user_column)
    whole = text[start:nul] if nul >= 0 else text[start:]
    entry = Entry(origin, whole, front.schedule, command, stdin, user, findings=remarked)
    return _limited(entry, raw, rules.dialect), nul + 1 if nul >= 0 else None


def _after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at


def _after_options(text: str, at: int) -> int:
    """Skip cronie's `-n`, which may stand once before the command."""
    option = _CRONIE_OPTION.match(text, at)
    return option.end() if option else at


def _cronie_refuses(text: str, at: int) -> Rejection | None:
    if at == len(text):
        return Rejection("bad command: the entry has no command", at + 1, "add the command or remove the line")
    if text[at] == "-":
        fault = "bad option: cronie takes a word that begins with `-` before the command for its own option"
        return Rejection(fault, at + 1, "put the program's path first")
    return None


def _user_fault(user: str, *, last: bool) -> tuple[str, str] | None:
    """Say what is wrong with the user column; `last`: no blank follows it, and Debian reads on."""
    if not user:
        return "bad username: the line ends before the user column", "name the user and the command"
    if not can_be_user(user):
        return f"bad username: `{shown(user)}` cannot be a user's name", "a system crontab names the user first"
    if last:
        return f"bad username: nothing follows the user column `{shown(user)}`", "name the user, then the command"
    return None


def _limited(entry: Entry, raw: str, dialect: Dialect) -> Entry:
    if dialect is not Dialect.DEBIAN or len(raw) * 4 <= COMMAND_BYTES:
        return entry
    size = len(raw.encode("utf-8", "surrogateescape"))
    if size <= COMMAND_BYTES:
        return entry
    why = f"command too long: {size} bytes, Debian's cron takes {COMMAND_BYTES}"
    return entry._replace(inactive=Inactive("command-998", why))


def _unread(text: str, start: int, rejection: Rejection, origin: Origin) -> tuple[SourceItem, None]:
    reason = f"column {rejection.column}: {rejection.reason}"
    remedy = rejection.remedy
    word = text[start:]
    if word.startswith("\ufeff"):
        reason, remedy = "bad minute: the line begins with a byte order mark", "save the file as UTF-8 without a mark"
    elif not word.strip("\r"):
        reason, remedy = "bad minute: the line holds only a carriage return", "save the file with Unix line ends"
    elif _SETTING_LIKE.match(word):
        fault = (
            "it has no value"
            if word.partition("=")[2].strip() == ""
            else "text follows its closing quote or none closes"
        )
        reason = f"bad minute: cron does not take this for a settings line, since {fault}"
        remedy = "put the whole value in quotes, and nothing behind them"
    return Unread(origin, word, reason, remedy), None
