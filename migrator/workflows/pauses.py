"""Tasks that only let a fixed time pass."""

import re

_SLEEP = re.compile(r"sleep ([0-9]{1,7})([smhd]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


def pause(command: str | None) -> int | None:
    """Give the seconds that a command sleeps, where it does nothing else and says them in digits."""
    match = _SLEEP.fullmatch(command or "")
    return int(match[1]) * _SECONDS[match[2]] if match else None
