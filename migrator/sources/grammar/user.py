"""The user column of a system crontab."""

from __future__ import annotations

import re

# What useradd(8) lets be a name, capitals and dots allowed as other tools do. Whether the user exists no file tells.
_USER = re.compile(r"[A-Za-z_][A-Za-z0-9_.@-]*\$?")
_LONGEST = 255
_USUAL = frozenset(
    ("root", "www-data", "nobody", "daemon", "postgres", "mysql", "apache", "nginx", "backup", "munin", "list", "news")
)
_PROGRAM = re.compile(r"(?:~?/|\./|cd |test |\[ |php |python|perl |bash |sh |[A-Z_]+=)")


def can_be_user(word: str) -> bool:
    """Say whether a word can be a user's name at all."""
    return len(word) <= _LONGEST and _USER.fullmatch(word) is not None


def looks_like_user_column(command: str) -> bool:
    """Say whether a user crontab's command begins with a user's name, as only a system crontab has it."""
    user, _, rest = command.partition(" ")
    return user in _USUAL and _PROGRAM.match(rest.lstrip(" \t")) is not None
