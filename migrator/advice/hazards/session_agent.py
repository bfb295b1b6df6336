"""It needs an agent, a bus or a display of a login.

**Why.** An ssh agent, a keychain, a session bus, a user's own systemd or a display belongs to somebody's session. A
task has no session.

**Says nothing** where neither the command nor its settings name one, and where they only empty its variable or
take it away.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import Evidence, Severity

_NAMES = ("SSH_AUTH_SOCK", "SSH_AGENT_PID", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XAUTHORITY")
# `unset SSH_AUTH_SOCK SSH_AGENT_PID`, `env -u XAUTHORITY`: what is taken away is not needed.
_TAKEN_AWAY = "".join(rf"(?<!{word} )" for word in ("unset", "unset -v", "-u", *(f"unset {name}" for name in _NAMES)))
_SESSION = re.compile(
    rf"\b(?:{_TAKEN_AWAY}(?:{'|'.join(_NAMES)}|DISPLAY(?==))"
    r"(?!=(?:\"\"|'')?(?:[\s;&|)]|\Z))|keychain\s|gpg-agent|systemctl\s(?:[^;&|\n]{0,200}?\s)?--user\b)"
)


def find(move: Move) -> Iterator[Hazard]:
    """Report names of sessions in the command or the settings in force."""
    proof = tuple(dict.fromkeys(move.proof(Trait.NEEDS_SESSION) or move.places(_SESSION)))
    proof += tuple(
        Evidence(item.origin, f"{item.name}={item.value}", "settings line")
        for item in move.job.settings
        if item.value and _SESSION.search(f"{item.name}=x")
    )
    if proof:
        text = "it needs an agent, a bus or a display of a login, which no task has"
        yield move.hazard(
            Severity.LOUD, text, "use a key of its own from Secrets Manager, or a display server inside the task", proof
        )


CHECK = HazardCheck("session-agent", find, MOVES, "crontab(5)")
