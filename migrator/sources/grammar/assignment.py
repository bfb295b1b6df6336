"""Read a settings line as cron's load_env does (env.c), quotes, blanks and limits included.

Debian 12 wants a value: `A=` is no settings line there, `A=""` is. cronie takes both. busybox knows three names.
"""

from __future__ import annotations

from dataclasses import dataclass

from migrator.model import Dialect

_SPACES = " \t\n\v\f\r"
_BLANKS = " \t"
# get_string keeps this many bytes of a line for load_env; the rest is dropped without a word.
_LINE_BYTES = {Dialect.DEBIAN: 998, Dialect.CRONIE: 131_071}
_BUSYBOX_NAMES = ("MAILTO", "SHELL", "PATH")


@dataclass(frozen=True, slots=True)
class Setting:
    """A name and a value as cron stores them; `cut` says that the line was longer than cron keeps."""

    name: str
    value: str
    cut: bool = False


def read_assignment(text: str, dialect: Dialect) -> Setting | None:
    """Read a line without leading blanks as a settings line; None if cron takes it for something else."""
    if "=" not in text:
        return None
    if dialect is Dialect.BUSYBOX:
        return _read_busybox(text)
    line, cut = _kept(text, dialect)
    named = _name(line)
    if named is None:
        return None
    name, at = named
    while at < len(line) and line[at] in _SPACES:
        at += 1
    value = _value(line, at, empty=dialect is Dialect.CRONIE)
    return None if value is None else Setting(name, value, cut)


def _kept(text: str, dialect: Dialect) -> tuple[str, bool]:
    longest = _LINE_BYTES.get(dialect, _LINE_BYTES[Dialect.DEBIAN])
    if len(text) * 4 <= longest:
        return text, False
    data = text.encode("utf-8", "surrogateescape")
    if len(data) <= longest:
        return text, False
    return data[:longest].decode("utf-8", "surrogateescape"), True


def _name(line: str) -> tuple[str, int] | None:
    """Give the name and the index behind the `=`."""
    quote = line[0] if line[0] in "'\"" else ""
    if quote:
        end = line.find(quote, 1)
        if end < 0 or "=" in line[1:end]:
            return None
        name, at = line[1:end], end + 1
    else:
        at = 0
        while at < len(line) and line[at] != "=" and line[at] not in _SPACES:
            at += 1
        name = line[:at]
    while at < len(line) and line[at] in _SPACES:
        at += 1
    return (name, at + 1) if line[at : at + 1] == "=" else None


def _value(line: str, at: int, *, empty: bool) -> str | None:
    if at == len(line):
        return "" if empty else None
    quote = line[at]
    if quote not in "'\"":
        return line[at:].rstrip(_SPACES)
    end = line.find(quote, at + 1)
    if end < 0 or line[end + 1 :].strip(_SPACES):
        return None
    return line[at + 1 : end]


def _read_busybox(text: str) -> Setting | None:
    """Read `NAME=word`: crond keeps one word of the value and takes quotes for part of it."""
    name, _, value = text.partition("=")
    if name not in _BUSYBOX_NAMES:
        return None
    for index, character in enumerate(value):
        if character in _BLANKS or character == "#":
            return Setting(name, value[:index], cut=bool(value[index:].strip(_BLANKS)))
    return Setting(name, value)
