"""Read the usual line at once: blank, comment, plain settings line, or an entry whose schedule was met before.

Nearly all lines of real crontabs are such lines. What is read here is what `line.read_line` gives for the line, no more
and no less; a line of any other kind is left to it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, TypeVar

from migrator.model import Dialect, Origin
from migrator.schedules.cron import BYTE_FF, Front, Rejection, read_front, remarks
from migrator.sources.grammar.assignment import Setting, read_assignment
from migrator.sources.grammar.command import COMMAND_BYTES, split_command
from migrator.sources.grammar.disabled import is_commented_out
from migrator.sources.grammar.findings import may_redirect_to_a_number, of_command, of_schedule, of_setting
from migrator.sources.grammar.user import can_be_user, looks_like_user_column
from migrator.sources.items import Assignment, Blank, Comment, Entry

_FIELDS = 5
_LONGEST, _MOST = 80, 16_384  # what is remembered: fleets repeat it
_ONE_BYTE_EACH = COMMAND_BYTES // 4
"""A command of so many characters is never longer than cron takes, whatever bytes they are."""
_OTHER_BEGINNING = " \t*-"
_BLANKS = " \t"
_LETTERS = frozenset(string.ascii_letters)
_ALIGNED = re.compile(r"([^ \t]++(?:[ \t]++[^ \t]++){4})[ \t]++")
_Answer = TypeVar("_Answer")
EntryReader = Callable[[str, str, int], Entry | None]
UsualItem = Entry | Assignment | Comment | Blank
UsualReader = Callable[[str, str, int], UsualItem | None]


class _Remembered(dict[str, _Answer]):
    """What is read of a text. The first answers are kept: fleets repeat their texts."""

    def __init__(self, read: Callable[[str], _Answer]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> _Answer:
        found = self.read(text)
        if len(self) < _MOST and len(text) <= _LONGEST:
            self[text] = found
        return found


class _Usual(NamedTuple):
    """The schedule at the front of a usual line, and whether something is to be said about it."""

    front: Front
    remarked: bool


def _front(dialect: Dialect, text: str) -> _Usual | None:
    if len(text) > _LONGEST or text[:1] in "#-" or "=" in text or "\0" in text:
        return None
    front = read_front(f"{text} x", dialect)
    if isinstance(front, Rejection) or front.rest != len(text) + 1:
        return None
    return _Usual(front, bool(remarks(front.schedule)))


def _setting(dialect: Dialect, text: str) -> Setting | None:
    found = None if "\0" in text else read_assignment(text, dialect)
    return None if found is None or of_setting(found, text, Origin(""), dialect) else found


_LOGGED = (Dialect.DEBIAN, Dialect.CRONIE)
_FRONTS = {dialect: _Remembered(partial(_front, dialect)) for dialect in _LOGGED}
_SETTINGS = {dialect: _Remembered(partial(_setting, dialect)) for dialect in _LOGGED}
_USERS = _Remembered(can_be_user)


def usual_reader(dialect: Dialect, *, user_column: bool) -> UsualReader:
    """Give the reader of a dialect's usual lines: text without its line break, path and number of the line → item.

    Only Debian and cronie have one; it gives None for a line that it leaves.
    """
    if dialect not in _LOGGED:
        return lambda _text, _path, _number: None
    settings = _SETTINGS[dialect]
    entry = _entry_reader(dialect, user_column)

    def item(text: str, path: str, number: int) -> UsualItem | None:
        if not text:
            return Blank(Origin(path, number))
        if text[0] == "#":
            return None if is_commented_out(text, user_column=user_column) else Comment(Origin(path, number), text)
        if text[0] not in _LETTERS:
            return entry(text, path, number)
        setting = settings[text]
        return None if setting is None else Assignment(Origin(path, number), text, setting.name, setting.value)

    return item


def _entry_reader(dialect: Dialect, user_column: bool) -> EntryReader:
    fronts = _FRONTS[dialect]

    def entry(text: str, path: str, number: int) -> Entry | None:
        words = text.split(" ", _FIELDS)
        raw = words[-1]
        front = text[: -len(raw) - 1]
        if "  " in text or "\t" in text or text[0] == "@":
            front, raw = _split(text)
        user = None
        if user_column:
            user, raw = _user(raw)
        if not 0 < len(raw) <= _ONE_BYTE_EACH or raw[0] in _OTHER_BEGINNING or "\0" in raw or BYTE_FF in text:
            return None
        usual = fronts[front]
        if usual is None:
            return None
        origin, schedule = Origin(path, number), usual.front.schedule
        if not usual.remarked and _is_plain(raw, user_column):
            return Entry(origin, text, schedule, raw, None, user)
        said = of_schedule(usual.front, origin)
        command, stdin = split_command(raw, dialect)
        said += of_command(raw, command, stdin, origin, dialect, user_column=user_column)
        return Entry(origin, text, schedule, command, stdin, user, findings=said)

    return entry


def _is_plain(raw: str, user_column: bool) -> bool:
    """Say whether the shell gets the command as it stands, and nothing is to be said about it."""
    plain = "%" not in raw and "\\" not in raw and raw[-1] != "\r" and not may_redirect_to_a_number(raw)
    return plain and (user_column or raw[0] == "/" or not looks_like_user_column(raw))


def _split(text: str) -> tuple[str, str]:
    """Part a nickname, or five fields in aligned columns, from what follows; nothing does where words are missing."""
    if text[0] == "@":
        front, _, rest = text.partition(" ")
        return front, rest.lstrip(_BLANKS)
    aligned = _ALIGNED.match(text)
    return (aligned[1], text[aligned.end() :]) if aligned else ("", "")


def _user(text: str) -> tuple[str, str]:
    """Part the user column from the command, which is empty where the word cannot be a user's name."""
    words = text.split(None, 1)
    user = words[0] if words else ""
    behind = text[len(user) :]
    command = behind.lstrip(_BLANKS)
    return (user, command) if len(command) < len(behind) and _USERS[user] else (user, "")
