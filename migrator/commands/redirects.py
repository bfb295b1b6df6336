"""Redirections: data, the run's own log, here documents and descriptors for locks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from migrator.commands import expansion
from migrator.commands.invocation import Touch
from migrator.commands.paths import ignored, of_kernel
from migrator.commands.record import Walk, quoted
from migrator.commands.resolve import access
from migrator.commands.scope import Scope
from migrator.commands.values import Value, literal
from migrator.model import Mode
from migrator.model.frozen import frozen
from migrator.shell.tree import Redirect, Span

# All are asked of names in small letters; the first begins with the letters that it needs, which is found fast.
_LOG = re.compile(r"log(?:s?/|(?<=/log)[\w-]*/|(?<=[a-z]log)(?:\.\w+)?$|(?<=_log)\b|(?<![^/._-]log)s?(?:[/._*-]|\d|$))")
_CRON_LOG = re.compile(r"(?:^|[/._-])cron[\w-]*logs?(?:[/._*-]|\d|$)")
_SPOKEN = re.compile(r"(?:\.(?:out|err|stdout|stderr|nohup)|errors?(?:\.txt)?)$")
# A table or a page that lies in a folder of logs is none.
_DATA = re.compile(r"\.(?:csv|tsv|jsonl?|geojson|xml|html?|xlsx?|pdf|png|jpe?g|svg|parquet|nc|db|sqlite3?|sql|ya?ml)\Z")
_SIGN = re.compile(
    r"(?<![a-z])(?:lock(?:file|dir|s)?|lck|pid(?:file)?|mutex|semaphore|running)(?![a-z])|/run/", re.IGNORECASE
)


def is_sign(name: str) -> bool:
    """Say whether a file's name says that it is the sign of a run: a lock or a process's number."""
    return len(name) < 1000 and bool(_SIGN.search(name))


# One log serves many lines of a crontab.
@lru_cache(maxsize=4096)
def is_log(name: str) -> bool:
    """Say whether a file's name says that it is a log."""
    lower = name.lower()
    if len(name) >= 1000 or not _logs(lower):
        return False
    base = lower.rpartition("/")[2]
    return not _DATA.search(base) or _logs(base)


def _logs(name: str) -> bool:
    if "log" in name and (_LOG.search(name) or ("cron" in name and _CRON_LOG.search(name))):
        return True
    return ("out" in name or "err" in name or "nohup" in name) and bool(_SPOKEN.search(name))


@frozen
class Streams:
    """What the redirections of one command do: `data` is read or written, `logs` is the run's own output.

    `fed` is a here document or string and `fed_at` its place, `silent` says that output is thrown away, `spoken` that
    it goes to a log, `kernel` is a file of the kernel that is written (`/sys/…`, `/proc/…`).
    """

    data: tuple[Touch, ...] = ()
    logs: tuple[Touch, ...] = ()
    fed: Value | None = None
    fed_at: Span | None = None
    silent: bool = False
    spoken: bool = False
    kernel: str = ""

    @property
    def stdin(self) -> str | None:
        """Give the here document or string: what it comes to where all of it is known, else as it is written."""
        return None if self.fed is None else self.fed.shown

    @property
    def writes(self) -> bool:
        """Say whether standard output goes into a file that is no log."""
        return bool(self.data) and any(touch.mode is not Mode.READ for touch in self.data)


_NOTHING = Streams()
# Members are found once: in Python 3.11 that takes as long as a call.
_APPEND, _WRITE = Mode.APPEND, Mode.WRITE
_DESCRIPTORS = frozenset(["0", "1", "2", "-"])
_HERE = frozenset(["<<", "<<-", "<<<"])
_COPIES = frozenset(["<&", ">&"])


def streams(redirects: Sequence[Redirect], scope: Scope, *, speaks: bool) -> Streams:
    """Sort out redirections; `speaks` says that the command's output is data rather than a protocol of its run."""
    if not redirects:
        return _NOTHING if scope.fed is None else Streams(fed=scope.fed)
    both = len(redirects) > 1 and _joins(redirects)
    data: list[Touch] = []
    logs: list[Touch] = []
    fed: Value | None = None
    fed_at: Span | None = None
    kernel = ""
    silent = spoken = False
    for redirect in redirects:
        operator = redirect.operator
        if operator in _HERE:
            fed, fed_at = _here(redirect, scope), redirect.body_span
            continue
        if redirect.target is None or (operator in _COPIES and redirect.target.raw in _DESCRIPTORS):
            continue
        value = expansion.word(redirect.target, scope)
        if operator in ("<", "<>"):
            data.append(Touch(Mode.READ, value))
            continue
        if operator in _COPIES and (value.text.isdigit() or value.text == "-"):
            held = scope.descriptors.get(int(value.text)) if len(value.text) < 4 and value.text != "-" else None
            if held is not None and operator == ">&":
                # What an earlier `exec 3> file` opened.
                (logs if is_log(held.text) else data).append(Touch(_APPEND, held))
            continue
        if redirect.descriptor is not None and redirect.descriptor > 2:
            scope.descriptors[redirect.descriptor] = value
            continue
        if ignored(value.text):
            silent = silent or value.text == "/dev/null"
            kernel = kernel or (value.text if of_kernel(value.text) else "")
            continue
        touch = Touch(_APPEND if ">>" in operator else _WRITE, value)
        joined = both or operator[0] == "&" or operator == ">&"
        logged = is_log(value.text) or redirect.descriptor == 2 or (joined and not speaks)
        (logs if logged else data).append(touch)
        spoken = spoken or (logged and redirect.descriptor in (None, 1))
    if fed is None and scope.fed is not None and not any(each.operator in ("<", "<>", "<&") for each in redirects):
        fed = scope.fed
    return Streams(tuple(data), tuple(logs), fed, fed_at, silent, spoken, kernel)


def _joins(redirects: Sequence[Redirect]) -> bool:
    """Say whether the errors go where the output goes: `2>&1`."""
    for redirect in redirects:
        target = redirect.target
        if redirect.descriptor == 2 and redirect.operator == ">&" and target is not None and target.literal == "1":
            return True
    return False


def _here(redirect: Redirect, scope: Scope) -> Value | None:
    if redirect.body is not None:
        return expansion.interpolated(redirect.body, scope) if redirect.expands else literal(redirect.body)
    if redirect.target is not None and redirect.operator == "<<<":
        return expansion.word(redirect.target, scope)
    return None


def group_redirects(walk: Walk, redirects: Sequence[Redirect], scope: Scope, span: Span) -> Streams:
    """Note what a group or loop reads and its log; what it writes is given back, for its last step."""
    found = streams(redirects, scope, speaks=False)
    text = quoted(scope.source.slice(span))
    origin = scope.source.origin(span)
    for touch in found.data:
        if touch.mode is Mode.READ:
            walk.record.access(access(touch, scope, origin, text))
    for touch in found.logs:
        walk.record.access(access(touch, scope, origin, text, log=True))
    return found
