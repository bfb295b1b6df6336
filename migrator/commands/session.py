"""What belongs to somebody's login: agents of ssh and GnuPG, a bus, a display (ssh-agent(1), keychain(1), X(7))."""

from __future__ import annotations

import re
from functools import lru_cache

from migrator.commands.emit import Here
from migrator.commands.facts import Trait
from migrator.commands.record import Walk
from migrator.commands.scope import Scope
from migrator.commands.values import Value

_VARIABLES = frozenset({"SSH_AUTH_SOCK", "SSH_AGENT_PID", "DBUS_SESSION_BUS_ADDRESS", "XAUTHORITY", "DISPLAY"})
_FILES = re.compile(r"\.keychain/|\.ssh/(?:environment|agent)|(?:ssh|gpg)[-_]agent[-_.]|\.dbus/")
# A script that starts one needs none of a login.
_OF_ITS_OWN = re.compile(r"\bXvfb\b|\bxvfb-run\b|\bvncserver\b|\bdbus-(?:launch|run-session)\b|\bssh-agent\b")


def named(walk: Walk, name: str, here: Here, scope: Scope) -> None:
    """Note that a variable was set which points to a login's session; one that is emptied points nowhere."""
    if name not in _VARIABLES:
        return
    value = scope.variables.get(name)
    if (value is None or value.known != "") and not _starts_its_own(scope.source.text):
        walk.record.trait(Trait.NEEDS_SESSION, here.origin, here.text, f"`{name}` belongs to a login")


def sourced(walk: Walk, file: Value, here: Here) -> None:
    """Note that a file is sourced in which an agent left where it is."""
    if _FILES.search(file.text):
        walk.record.trait(Trait.NEEDS_SESSION, here.origin, here.text, "an agent of a login says there where it is")


# A script may set such a variable in each of its lines, and is asked about once.
@lru_cache(maxsize=16)
def _starts_its_own(text: str) -> bool:
    return _OF_ITS_OWN.search(text) is not None
