"""The host and the user that `--live` reads."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrator.pipeline import LiveHost

ROOT = "/"


def here() -> LiveHost:
    """Say where this host's files lie, who asks, and what the host is called."""
    import socket

    from migrator.pipeline import LiveHost

    return LiveHost(ROOT, _user(), socket.gethostname())


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name; KeyError up to Python 3.12
        return str(os.getuid())
