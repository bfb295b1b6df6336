"""Sleeps: fixed, summed, or random up to a limit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from migrator.commands.emit import Here
from migrator.commands.facts import Wait, WaitKind
from migrator.commands.invocation import number
from migrator.commands.record import quoted
from migrator.commands.values import Value
from migrator.model import Range

_RANDOM = re.compile(r"RANDOM|shuf|rand|jot|/dev/urandom")
_LIMIT = re.compile(r"%\s*(\d{1,7})|-(\d{1,7})\s|\d+-(\d{1,7})|rand\(?\s*(\d{1,7})|-r\s+\d+\s+\d+\s+(\d{1,7})")


def slept(here: Here, arguments: Sequence[Value] = (), *, leads: bool = False) -> Wait:
    """Read a sleep, by the text around it where chance decides: `sleep $((RANDOM % 3600))`, `sleep int(rand(600))`."""
    # A variable says what was put into it: `delay=$(shuf -i 1-60 -n 1); sleep $delay`.
    text = " ".join([here.text, *[value.written for value in arguments if not value.exact]])
    if _RANDOM.search(text):
        match = _LIMIT.search(text)
        most = next((int(found) for found in match.groups() if found), None) if match else None
        seconds = None if most is None else Range(Decimal(0), Decimal(most))
        return Wait(WaitKind.RANDOM, "", seconds, None, here.origin, quoted(here.text), leads)
    whole = summed(arguments)
    seconds = None if whole is None else Range.exactly(whole)
    return Wait(WaitKind.TIME, "", seconds, None, here.origin, quoted(here.text), leads)


def summed(arguments: Sequence[Value]) -> int | None:
    """Give the seconds that sleep(1) is given in all, None where one of them is not known."""
    times = [number(value.text) for value in arguments]
    known = [time for time in times if time is not None]
    return sum(known) if known and len(known) == len(times) else None
