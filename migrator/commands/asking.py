"""What a node of a script asks: whether it is a test at all, whether it asks for a process, and how."""

from __future__ import annotations

from migrator.commands import programs
from migrator.commands.invocation import Invocation, Role
from migrator.commands.values import Value
from migrator.shell import commands as commands_of
from migrator.shell.tree import AndOr, Command, Group, Node, Pipeline, Script, Test

_TESTS = frozenset({"test", "[", "[[", "command", "type", "hash", "which", "true", "false", "grep", "egrep", "fgrep"})
_ANSWER_NAMES = """
    ls find diff cmp mountpoint findmnt ping ping6 nc nslookup dig host getent id pgrep pidof ps lsof fuser stat file
    zgrep dpkg-query expr who tty locale cksum
"""
_ANSWERS = frozenset(_ANSWER_NAMES.split())
_NEGATING = frozenset({"-z", "!", "-eq", "-lt", "="})
_ALIVE = frozenset({"pgrep", "pidof", "ps", "lsof", "fuser"})


def is_test(node: Node | Script) -> bool:
    """Say whether a node only asks: its last simple command is a test or a probe."""
    if isinstance(node, Test):
        return True
    if isinstance(node, Pipeline):
        return is_test(node.stages[-1])
    if isinstance(node, Group):
        return bool(node.body.items) and is_test(node.body.items[-1].node)
    if isinstance(node, AndOr):
        return is_test(node.first) and all(is_test(other) for _, other in node.rest)
    if isinstance(node, Script):
        return bool(node.items) and is_test(node.items[-1].node)
    if not isinstance(node, Command) or not node.words:
        return False
    name = program_name(node)
    if name in _TESTS:
        return True
    if name in ("systemctl", "service", "docker", "supervisorctl", "kill", "pm2"):
        return _asks_process(node)
    if name in _ANSWERS:
        return True
    if name != "aws":
        return False
    words = tuple(Value(word.literal or "*", word.raw) for word in node.words)
    effect = programs.effect(Invocation(name, words[0], words[1:]))
    return effect is not None and effect.role is Role.PROBE


def negated(node: Node | Script) -> bool:
    """Say whether a condition holds when its question is answered with no."""
    if isinstance(node, Script):
        return len(node.items) == 1 and negated(node.items[0].node)
    if isinstance(node, Pipeline):
        return node.negated
    if not isinstance(node, Command | Test) or _NEGATING.isdisjoint([word.raw.strip("\"'") for word in node.words]):
        return False
    texts = [word.literal or word.raw for word in node.words]
    return (
        "-z" in texts
        or "!" in texts
        or ("-eq" in texts and texts[-2:-1] == ["0"])
        or "-lt" in texts
        or ("=" in texts and '""' in texts)
    )


def program_name(command: Command) -> str:
    """Give what a command calls, without its folder; empty where only a run knows."""
    return (command.words[0].literal or "").rpartition("/")[2] if command.words else ""


def asks_process(node: Node | Script) -> bool:
    """Say whether a condition asks if a process or service is there."""
    return any(_asks_process(command) for command in commands_of(node))


def _asks_process(command: Command) -> bool:
    texts = [word.literal or "" for word in command.words]
    if not texts:
        return False
    name = texts[0].rpartition("/")[2]
    if name in _ALIVE:
        return True
    if name == "kill":
        return "-0" in texts
    if name in ("systemctl", "service", "supervisorctl", "pm2", "rc-service"):
        return any(text in ("is-active", "status", "is-running") for text in texts[1:])
    return name in ("docker", "podman") and any(text in ("ps", "inspect", "top") for text in texts[1:3])
