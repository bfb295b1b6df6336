"""Loops of Python programs that only wait: how often they look, and for what."""

from __future__ import annotations

import ast

from migrator.commands.facts import WaitKind
from migrator.commands.languages.python.evaluate import evaluate
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.values import Frame


def turns(machine: Machine, node: ast.For | ast.AsyncFor, frame: Frame) -> int | None:
    """Give how often `for … in range(n)` looks at most."""
    if (
        isinstance(node.iter, ast.Call)
        and isinstance(node.iter.func, ast.Name)
        and node.iter.func.id == "range"
        and node.iter.args
    ):
        last = evaluate(machine, node.iter.args[-1 if len(node.iter.args) < 3 else 1], frame)
        return last if isinstance(last, int) and not isinstance(last, bool) else None
    return None


def only_waits(machine: Machine, watch: tuple[int, int, int]) -> bool:
    """Say whether a round only looked and slept; the pause of one that did more spares a service that it asks."""
    works = len(machine.findings.touches) > watch[2] and len(machine.polls) == watch[0]
    return machine.slept is not None and not works


def waited(machine: Machine, node: ast.stmt, frame: Frame, watch: tuple[int, int, int], turns: int | None) -> None:
    """Note a loop that only looks and sleeps as a wait."""
    polls, uses, _ = watch
    if machine.slept is None or len(machine.polls) == polls or len(machine.findings.uses) > uses:
        return
    kind, target = machine.polls[polls]
    machine.wait(WaitKind(kind), target, machine.slept, turns, node, frame)
    machine.slept = None
