"""What the shell gets of a crontab's command, and what its standard input gets.

crontab(5): the first unescaped `%` ends the command, each further one is a line break of the input. Debian's
do_command.c also makes one backslash of two, cronie's does not. busybox and Kubernetes know no `%`.
"""

from __future__ import annotations

from migrator.model import Dialect

_SPLITTING = (Dialect.DEBIAN, Dialect.CRONIE)


def split_command(text: str, dialect: Dialect) -> tuple[str, str | None]:
    """Give the command as the shell gets it, and its standard input or None where nothing is fed to it."""
    if dialect not in _SPLITTING or ("%" not in text and "\\" not in text):
        return text, None
    unescaped = "%\\" if dialect is Dialect.DEBIAN else "%"
    pieces: list[str] = []
    at, length = 0, len(text)
    while at < length:
        character = text[at]
        if character == "%":
            return "".join(pieces), _standard_input(text[at + 1 :])
        if character == "\\" and at + 1 < length:
            following = text[at + 1]
            pieces.append(following if following in unescaped else character + following)
            at += 2
        else:
            pieces.append(character)
            at += 1
    return "".join(pieces), None


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
