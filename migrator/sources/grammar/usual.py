"""Read the usual line at once: blank, comment, plain settings line, or an entry whose schedule was met before.

Nearly all lines of real crontabs are such lines. What is read here is what `line.read_line` gives for the line, no more
and no less; a line of any other kind is left to it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable

from migrator.model import Dialect, Origin, Schedule
from migrator.schedules.cron import BYTE_FF, Front, Rejection, read_front, remarks
from migrator.sources.grammar.assignment import Setting, read_assignment
from migrator.sources.grammar.command import COMMAND_BYTES, split_command
from migrator.sources.grammar.disabled import is_commented_out
from migrator.sources.grammar.findings import of_command, of_schedule, of_setting
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
EntryReader = Callable[[str, str, int], Entry | None]
UsualItem = Entry | Assignment | Comment | Blank
UsualReader = Callable[[str, str, int], UsualItem | None]


class _Fronts(dict[str, Schedule | None]):
    """The schedules of a dialect by their text, None where it is left; `remarked` are those with a remark."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self.dialect = dialect
        self.remarked: set[str] = set()

    def __missing__(self, text: str) -> Schedule | None:
        if len(self) >= _MOST or len(text) > _LONGEST:
            return None
        found = self[text] = self._read(text)
        if found is not None and remarks(found):
            self.remarked.add(text)
        return found

    def _read(self, text: str) -> Schedule | None:
        if text[:1] in "#-" or "=" in text or "\0" in text:
            return None
        front = read_front(f"{text} x", self.dialect)
        if isinstance(front, Rejection) or front.rest != len(text) + 1:
            return None
        return front.schedule


class _Users(dict[str, bool]):
    """Whether a word can be a user's name."""

    def __missing__(self, word: str) -> bool:
        found = can_be_user(word)
        if len(self) < _MOST and len(word) <= _LONGEST:
            self[word] = found
        return found


class _Settings(dict[str, Setting | None]):
    """The settings lines of a dialect by their text; None where one needs more than this reader knows."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self.dialect = dialect

    def __missing__(self, text: str) -> Setting | None:
        found = None if "\0" in text else read_assignment(text, self.dialect)
        if found is not None and of_setting(found, text, Origin(""), self.dialect):
            found = None
        if len(self) < _MOST and len(text) <= _LONGEST:
            self[text] = found
        return found


_SETTINGS = {dialect: _Settings(dialect) for dialect in (Dialect.DEBIAN, Dialect.CRONIE)}
_FRONTS = {dialect: _Fronts(dialect) for dialect in (Dialect.DEBIAN, Dialect.CRONIE)}
_USERS = _Users()


def usual_reader(dialect: Dialect, *, user_column: bool) -> UsualReader:
    """Give the reader of a dialect's usual lines: text without its line break, path and number of the line → item.

    Only Debian and cronie have one; it gives None for a line that it leaves.
    """
    if dialect not in _FRONTS:
        return lambda _text, _path, _number: None
    settings = _SETTINGS[dialect]
    entry = _entry_reader(_FRONTS[dialect], user_column)

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


def _entry_reader(fronts: _Fronts, user_column: bool) -> EntryReader:
    dialect = fronts.dialect

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
        schedule = fronts[front]
        if schedule is None:
            return None
        origin = Origin(path, number)
        if _is_plain(raw, user_column) and front not in fronts.remarked:
            return Entry(origin, text, schedule, raw, None, user)
        said = of_schedule(Front(schedule, 0), origin)
        command, stdin = split_command(raw, dialect)
        said += of_command(raw, command, stdin, origin, dialect, user_column=user_column)
        return Entry(origin, text, schedule, command, stdin, user, findings=said)

    return entry


def _is_plain(raw: str, user_column: bool) -> bool:
    """Say whether the shell gets the command as it stands, and nothing is to be said about it."""
    plain = "%" not in raw and "\\" not in raw and raw[-1] != "\r"
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
