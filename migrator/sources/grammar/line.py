"""Read one line of a crontab: entry, settings line, comment, blank, or unread with the reason.

The order of trials is cron's own (load_user, user.c): blanks and comments, then load_env, then load_entry. A NUL ends
a command, a nickname or a settings line, and cron goes on behind it as if there were a line break: one physical line
can hold several items. After a fault cron drops the rest of the physical line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from migrator.model import Dialect, Inactive, Origin
from migrator.schedules.cron import Rejection, read_front, shown
from migrator.sources.grammar import findings
from migrator.sources.grammar.assignment import read_assignment
from migrator.sources.grammar.command import split_command
from migrator.sources.grammar.disabled import is_commented_out
from migrator.sources.grammar.user import can_be_user
from migrator.sources.items import Assignment, Blank, Comment, Disabled, Entry, SourceItem, Unread

_BLANKS = " \t"
_USER_WORD = re.compile(r"[^ \t\0]*")
_SETTING_LIKE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*[ \t]*=")
_CRONIE_OPTION = re.compile(r"-n[ \t]+")
COMMAND_BYTES = 998
"""The longest command that Debian's cron takes (MAX_COMMAND is 1000, entry.c)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands and by which rules it is read."""

    origin: Origin
    dialect: Dialect
    user_column: bool = False


@dataclass(frozen=True, slots=True)
class LineReading:
    """The items of one physical line; `open_end`: the last one runs to its end, where cron wants a line break."""

    items: tuple[SourceItem, ...]
    open_end: bool


@dataclass(frozen=True, slots=True)
class _Logical:
    """One item and the index behind the NUL that ends it, None where it takes the rest of the line."""

    item: SourceItem
    end: int | None


def read_line(text: str, place: Place) -> LineReading:
    """Read a physical line without its line break, for Debian, cronie and Kubernetes.

    `text` is decoded as UTF-8 with surrogateescape. Lengths that cron limits are counted in bytes.
    """
    items: list[SourceItem] = []
    at: int | None = 0
    while at is not None and (at < len(text) or not items):
        logical = _read_logical(text, at, place)
        items.append(logical.item)
        at = logical.end
    if len(items) > 1:
        items = [_with_nul(item, place.origin) for item in items]
    open_end = at is None and not isinstance(items[-1], Blank | Comment | Disabled)
    return LineReading(tuple(items), open_end)


def _with_nul(item: SourceItem, origin: Origin) -> SourceItem:
    if isinstance(item, Entry | Assignment):
        return replace(item, findings=(*item.findings, findings.nul_byte(origin)))
    return item


def _read_logical(text: str, begin: int, place: Place) -> _Logical:
    start = begin
    while start < len(text) and text[start] in _BLANKS:
        start += 1
    if start == len(text):
        return _Logical(Blank(place.origin), None)
    if text[start] == "#":
        comment = text[begin:]
        if is_commented_out(comment, user_column=place.user_column):
            return _Logical(Disabled(place.origin, comment), None)
        return _Logical(Comment(place.origin, comment), None)
    nul = text.find("\0", start)
    end = nul + 1 if nul >= 0 else None
    visible = text[start:nul] if nul >= 0 else text[start:]
    setting = read_assignment(visible, place.dialect)
    if setting is not None:
        remarked = findings.of_setting(setting, visible, place.origin, place.dialect)
        return _Logical(Assignment(place.origin, visible, setting.name, setting.value, remarked), end)
    return _read_entry(text, start, place)


def _read_entry(text: str, start: int, place: Place) -> _Logical:
    front = read_front(text, place.dialect, None, start)
    if isinstance(front, Rejection):
        return _unread(text, start, front, place)
    at, user = front.rest, None
    if text.startswith("*", at):
        six = Rejection("bad command: a sixth field, or a command that begins with `*`", at + 1, "give five fields")
        return _unread(text, start, six, place)
    if place.user_column:
        word = _USER_WORD.match(text, at)
        user = word[0] if word else ""
        fault = _user_fault(user, last=at + len(user) == len(text))
        if fault is not None:
            return _unread(text, start, Rejection(fault[0], at + 1, fault[1]), place)
        at = _after_blanks(text, at + len(user))
    if place.dialect is Dialect.CRONIE:
        at = _after_options(text, at)
        refused = _cronie_refuses(text, at)
        if refused is not None:
            return _unread(text, start, refused, place)
    nul = text.find("\0", at)
    raw = text[at:nul] if nul >= 0 else text[at:]
    command, stdin = split_command(raw, place.dialect)
    remarked = (
        *findings.of_schedule(front, place.origin),
        *findings.of_command(raw, command, stdin, place.origin, place.dialect, user_column=place.user_column),
    )
    whole = text[start:nul] if nul >= 0 else text[start:]
    entry = Entry(place.origin, whole, front.schedule, command, stdin, user, findings=remarked)
    return _Logical(_limited(entry, raw, place.dialect), nul + 1 if nul >= 0 else None)


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
    return replace(entry, inactive=Inactive("command-998", why))


def _unread(text: str, start: int, rejection: Rejection, place: Place) -> _Logical:
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
    return _Logical(Unread(place.origin, word, reason, remedy), None)
