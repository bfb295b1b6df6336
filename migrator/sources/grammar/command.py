"""What the shell gets of a crontab's command, and what its standard input gets.

crontab(5): the first unescaped `%` ends the command, each further one is a line break of the input. Debian's
do_command.c also makes one backslash of two, cronie's does not. busybox and Kubernetes know no `%`.
"""

from __future__ import annotations

import re

from migrator.model import Dialect

_UP_TO_PERCENT = re.compile(r"(?:[^\\%]++|\\.)*", re.DOTALL)
_PAIR = re.compile(r"\\.", re.DOTALL)
_TWO_BACKSLASHES = re.compile(r"(?:[^\\%]|\\[^\\])*\\\\", re.DOTALL)
_DEBIAN_PROTECTED, _CRONIE_PROTECTED = "%\\", "%"
COMMAND_BYTES = 998
"""The longest command that Debian's cron takes (MAX_COMMAND is 1000, entry.c)."""
SPLITTING = (Dialect.DEBIAN, Dialect.CRONIE)
"""Whose cron ends a command at `%` and takes backslashes from it."""


def split_command(text: str, dialect: Dialect) -> tuple[str, str | None]:
    """Give the command as the shell gets it, and its standard input or None where nothing is fed to it."""
    if dialect not in SPLITTING or ("%" not in text and "\\" not in text):
        return text, None
    match = _UP_TO_PERCENT.match(text)
    end = match.end() if match else 0
    protected = _DEBIAN_PROTECTED if dialect is Dialect.DEBIAN else _CRONIE_PROTECTED
    command = _PAIR.sub(lambda pair: pair[0][1] if pair[0][1] in protected else pair[0], text[:end])
    if text.startswith("%", end):
        return command, _standard_input(text[end + 1 :])
    return command + text[end:], None  # a backslash at the very end stands for itself


def has_two_backslashes(text: str) -> bool:
    """Say whether two backslashes stand together before the first bare `%`, each read with what it protects."""
    return _TWO_BACKSLASHES.match(text) is not None


def _standard_input(text: str) -> str:
    """Do as do_command.c: `%` breaks the line, a backslash protects it, and a missing last line break is added."""
    pieces: list[str] = []
    escaped = False
    open_line = False
    for character in text:
        written = "\n" if character == "%" and not escaped else character
        if escaped and character != "%":
            pieces.append("\\")
        escaped = written == "\\"
        if not escaped:
            pieces.append(written)
            open_line = written != "\n"
    if escaped:
        pieces.append("\\")
    if open_line:
        pieces.append("\n")
    return "".join(pieces)
