"""What the crons say of a run, in their own words.

Debian's cron (do_command.c): the command's process writes `CMD` before it starts, its parent `END` where the log level
asks for it, the pam session around both is the parent's. cronie: the same, and `CMDEND` by the parent. anacron
(runjob.c) names the job's identifier. busybox (crond.c) writes `USER … pid … cmd …` and no end. Red Hat's run-parts
names the files of a periodic folder as it starts and finishes them.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

_CRONS = frozenset({"cron", "crond"})
_EVENT = re.compile(r"\((?P<user>[^()\s]{1,64})\) (?P<event>[A-Z]+) \((?P<text>.*)", re.DOTALL)
_CHILD = re.compile(r"\[(\d{1,9})\] ")
_SESSION = re.compile(r"pam_unix\(crond?:session\): session (opened|closed) for user ([^\s(]{1,64})")
_FAILED = re.compile(r"\(CRON\) error \(grandchild #(\d{1,9}) (?:failed with exit status|terminated by signal) \d")
_BUSYBOX = re.compile(r"(?:crond: )?USER (\S{1,64}) pid +(-?\d{1,9}) cmd (.*)", re.DOTALL)
_RUNNING = re.compile(r"(?:crond: )?user (\S{1,64}): process already running: (.*)", re.DOTALL)
_ANACRON = re.compile(r"Job `([^']{1,200})' (started|terminated)(?P<how>.*)", re.DOTALL)
_BAD_END = re.compile(r" \(exit status: [1-9]| due to signal| abnormally")
_PARTS = re.compile(r"(?:\((?P<folder>/[^\s()]{1,200})\) )?(?P<what>starting|finished) (?P<name>[^\s/]{1,200})")
_PARTS_TAG = re.compile(r"run-parts\((/[^\s()]{1,200})\)")
_KINDS = {"CMD": "START", "CMDEND": "END", "END": "END"}


class Kind(IntEnum):
    """What a line tells. At one moment they happen in this order."""

    CHANGED = 0
    OPENED = 1
    START = 2
    SKIPPED = 3
    FAILED = 4
    END = 5
    CLOSED = 6


class Channel(IntEnum):
    """Who tells of a run, and so what names it: a command, an identifier, a file of a periodic folder."""

    CRON = 0
    ANACRON = 1
    RUN_PARTS = 2


class Message(NamedTuple):
    """A run's start or end, or what surrounds it.

    `text` is the command as logged, the identifier, the file's path, or for CHANGED the tab. `child` is the pid of the
    command where the line is another process's. `cut`: the line ends before the command does. `failed`: a bad end.
    """

    kind: Kind
    channel: Channel
    user: str
    text: str
    child: int | None = None
    cut: bool = False
    failed: bool = False


def read_message(program: str, text: str) -> Message | None:
    """Read what a program wrote; None where it tells of no run."""
    name = program.rpartition("/")[2].lower() if "(" not in program else program
    if name in _CRONS:
        return _cron(text.rstrip())
    if name == "anacron":
        return _anacron(text)
    if name.startswith("run-parts"):
        return _run_parts(name, text)
    return None


def _cron(text: str) -> Message | None:
    if text.startswith("("):
        return _failure(text) or _event(text)
    if session := _SESSION.match(text):
        kind = Kind.OPENED if session[1] == "opened" else Kind.CLOSED
        return Message(kind, Channel.CRON, session[2], "")
    if started := _BUSYBOX.match(text):
        pid = int(started[2])
        return Message(Kind.START, Channel.CRON, started[1], started[3], pid) if pid > 0 else None
    if running := _RUNNING.match(text):
        return Message(Kind.SKIPPED, Channel.CRON, running[1], running[2])
    return None


def _failure(text: str) -> Message | None:
    failed = _FAILED.match(text)
    return Message(Kind.FAILED, Channel.CRON, "", "", int(failed[1]), failed=True) if failed else None


def _event(text: str) -> Message | None:
    match = _EVENT.match(text)
    if match is None:
        return None
    user, event, detail = match["user"], match["event"], match["text"]
    whole = detail.endswith(")")
    if event == "RELOAD":
        return Message(Kind.CHANGED, Channel.CRON, user, detail[:-1]) if whole else None
    if event not in _KINDS:
        return None
    command = detail[:-1] if whole else detail
    child = _CHILD.match(command)
    if child is not None:
        command = command[child.end() :]
    number = int(child[1]) if child else None
    return Message(Kind[_KINDS[event]], Channel.CRON, user, command, number, cut=not whole)


def _anacron(text: str) -> Message | None:
    match = _ANACRON.match(text)
    if match is None:
        return None
    kind = Kind.START if match[2] == "started" else Kind.END
    return Message(kind, Channel.ANACRON, "root", match[1], failed=bool(_BAD_END.match(match["how"])))


def _run_parts(program: str, text: str) -> Message | None:
    match = _PARTS.match(text)
    if match is None:
        return None
    tag = _PARTS_TAG.fullmatch(program)
    folder = match["folder"] or (tag[1] if tag else None)
    if folder is None:
        return None
    kind = Kind.START if match["what"] == "starting" else Kind.END
    return Message(kind, Channel.RUN_PARTS, "root", f"{folder.rstrip('/')}/{match['name']}")
