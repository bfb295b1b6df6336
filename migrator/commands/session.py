"""What belongs to somebody's login: agents of ssh and GnuPG, a bus, a display (ssh-agent(1), keychain(1), X(7))."""

from __future__ import annotations

import re

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
    """Note that a variable is set which points to a login's session."""
    if name in _VARIABLES and not _OF_ITS_OWN.search(scope.source.text):
        walk.record.trait(Trait.NEEDS_SESSION, here.origin, here.text, f"`{name}` belongs to a login")


def sourced(walk: Walk, file: Value, here: Here) -> None:
    """Note that a file is sourced in which an agent left where it is."""
    if _FILES.search(file.text):
        walk.record.trait(Trait.NEEDS_SESSION, here.origin, here.text, "an agent of a login says there where it is")
