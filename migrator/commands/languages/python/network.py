"""Requests over HTTP and downloads to files."""

from __future__ import annotations

from migrator.commands.languages.abstract import UNKNOWN, Tool
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Machine
from migrator.model import Mode


def requested(machine: Machine, call: Call) -> object:
    """Read a request over HTTP."""
    changes = call.written.rpartition(".")[2] in ("post", "put", "patch", "delete")
    machine.touch(Mode.WRITE if changes else Mode.READ, call.first("url"), call, 0.8)
    return UNKNOWN


def retrieved(machine: Machine, call: Call) -> object:
    """Read a download to a file."""
    machine.touch(Mode.READ, call.first("url"), call)
    machine.touch(Mode.WRITE, call.second("filename", "out", "output"), call)
    return UNKNOWN


def transfer(_machine: Machine, _call: Call) -> object:
    """Read a session with another host (paramiko, pysftp)."""
    return Tool("transfer")
