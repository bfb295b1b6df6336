"""Locks that a Python program takes: `fcntl`, filelock, portalocker and their kin. A lock file is no output."""

from __future__ import annotations

import ast

from migrator.commands.facts import LockKind
from migrator.commands.invocation import Space
from migrator.commands.languages.abstract import UNKNOWN, Tool, text_options
from migrator.commands.languages.findings import Locked
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Machine


def by_path(machine: Machine, call: Call) -> object:
    """Read `FileLock(path, timeout=…)`: with a timeout a second run gives up."""
    timeout = call.named.get("timeout", call.given[1] if len(call.given) > 1 else UNKNOWN)
    waits = not isinstance(timeout, int | float) or isinstance(timeout, bool) or timeout < 0
    blocks = call.named.get("blocking") is not False
    _note(machine, call.first("lock_file", "filename", "path", "piddir"), call, skips=not waits or not blocks)
    return Tool("lock")


def by_file(machine: Machine, call: Call) -> object:
    """Read `fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)`: with the second flag a second run gives up."""
    file = call.first("fd", "file_", "file")
    if isinstance(file, Tool) and file.kind == "file":
        words = " ".join(ast.unparse(argument) for argument in call.node.args[1:4])
        if "LOCK_UN" not in words and "UNLOCK" not in words:
            name = file.data.get("name", UNKNOWN)
            _note(machine, name, call, skips="LOCK_NB" in words or "NON_BLOCKING" in words)
            _forget(machine, name)
    return UNKNOWN


def _note(machine: Machine, name: object, call: Call, *, skips: bool) -> None:
    for option in text_options(name):
        line = getattr(call.node, "lineno", 0)
        found = Locked(LockKind.FLOCK, option.value, skips, call.frame.module.path, line)
        if found not in machine.findings.locks and len(machine.findings.locks) < 40:
            machine.findings.locks.append(found)


def _forget(machine: Machine, name: object) -> None:
    """Leave out that the lock's file was opened."""
    names = [option.value for option in text_options(name)]
    kept = [t for t in machine.findings.touches if t.space is not Space.PATH or t.value not in names]
    machine.findings.touches[:] = kept
