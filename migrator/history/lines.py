"""Split a line of a log into when, on which host, by which program, and what.

RFC 3164 and 5424, with or without the priority in front; what rsyslog, busybox's syslogd and logread and `journalctl`
make of them; and a container's log, whose stamp stands directly before the program's own words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from migrator.history.stamps import Stamp, read_stamp

_PRIORITY = re.compile(r"<\d{1,3}>")
_FACILITY = (
    r"(?:kern|user|mail|daemon|auth|authpriv|syslog|lpr|news|uucp|cron|ftp|local[0-7])"
    r"\.(?:emerg|alert|crit|err|warn|warning|notice|info|debug)"
)
_HEADER = re.compile(
    rf" +(?:(?!{_FACILITY} )(?P<host>[^\s\[]*[^\s:\[]) +)?(?:{_FACILITY} +)?"
    r"(?P<tag>[^\s:\[]+)(?:\[(?P<pid>\d{1,9})\])?: ?(?P<message>.*)",
    re.DOTALL,
)
_NEW_HEADER = re.compile(
    r" (?P<host>\S+) (?P<tag>\S+) (?P<pid>\S+) \S+ (?:-|(?:\[(?:[^\]\\]|\\.)*\])+)(?: \ufeff?(?P<message>.*))?",
    re.DOTALL,
)
_LONGEST_HOST = 255


class Line(NamedTuple):
    """A line's parts; `host` and `pid` are None where the line does not name them."""

    stamp: Stamp
    host: str | None
    program: str
    pid: int | None
    message: str


def read_line(text: str) -> Line | str:
    """Split a line, or say why it is none of a log."""
    priority = _PRIORITY.match(text)
    at = priority.end() if priority else 0
    is_new = priority is not None and text.startswith("1 ", at)
    found = read_stamp(text, at + 2 if is_new else at)
    if found is None:
        return "no time stamp that is known here"
    stamp, end = found
    header = (_NEW_HEADER if is_new else _HEADER).match(text, end)
    if header is None:
        return "no program's name behind the time"
    host, pid = header["host"], header["pid"]
    if host is not None and (host == "-" or len(host) > _LONGEST_HOST):
        host = None
    return Line(stamp, host, header["tag"], _number(pid), header["message"] or "")


def _number(pid: str | None) -> int | None:
    return int(pid) if pid is not None and pid.isascii() and pid.isdigit() and len(pid) < 10 else None
