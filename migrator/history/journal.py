"""Read a line of `journalctl -o json`: one object a line (systemd.journal-fields(7))."""

from __future__ import annotations

import json
from typing import Any

from migrator.history.lines import Line
from migrator.history.stamps import EPOCH, Stamp

_TIMES = ("_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP")
_LAST_MOMENT = 7_258_118_400  # the year 2200
_MICRO = 1_000_000


def read_object(text: str) -> Line | str:
    """Split an object into a line's parts, or say why it is none of a journal."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return "not a whole JSON object: give `journalctl -o json`, one object a line"
    if not isinstance(found, dict):
        return "JSON, but not an object"
    seconds = next((moment for name in _TIMES if (moment := _seconds(found.get(name))) is not None), None)
    if seconds is None:
        return "an object without the journal's time"
    program = _text(found.get("SYSLOG_IDENTIFIER")) or _text(found.get("_COMM")) or ""
    message = _text(found.get("MESSAGE"))
    if message is None:
        return "an object without its message: give `journalctl --all -o json`"
    pid = _pid(found.get("SYSLOG_PID")) or _pid(found.get("_PID"))
    return Line(Stamp(seconds, EPOCH, has_year=True), _text(found.get("_HOSTNAME")) or None, program, pid, message)


def _text(value: object) -> str | None:
    """Give a field's text; the journal writes what is not UTF-8 as a list of bytes."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, int) and 0 <= item <= 255 for item in value):
        return bytes(value).decode("utf-8", "surrogateescape")
    return None


def _seconds(value: object) -> int | None:
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > 17:
        return None
    seconds = int(value) // _MICRO
    return seconds if 0 < seconds < _LAST_MOMENT else None


def _pid(value: object) -> int | None:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10 else None
