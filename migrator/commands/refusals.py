"""What a run ends with that finds its lock taken, where the command says it: `flock -n 9 || exit 0`."""

from __future__ import annotations

from dataclasses import replace

from migrator.commands.record import Record
from migrator.shell.tree import Command, Group, Node, Script


def settle(record: Record, start: int, refused: Node | Script) -> None:
    """Say of the locks from `start` on whether giving up at one is a failure: `refused` is what then runs."""
    code = _exit_code(refused) if len(record.locks) > start else None
    if code is not None:
        record.locks[start:] = [replace(lock, fails=code != 0) for lock in record.locks[start:]]


def _exit_code(node: Node | Script) -> int | None:
    """Give the number behind the `exit` that a text ends in; None where it ends otherwise, or in another's code."""
    while isinstance(node, Group | Script):
        items = node.body.items if isinstance(node, Group) else node.items
        if not items or (isinstance(node, Group) and node.subshell):
            return None
        node = items[-1].node
    words = [word.literal or "" for word in node.words] if isinstance(node, Command) else []
    if words[:1] not in (["exit"], ["return"]) or len(words) < 2 or not words[1].isdecimal():
        return None
    return int(words[1][:4])
