"""The test of the day that a whole command hangs on: `[ "$(date +%u)" = 1 ] && work`, or the same as an `if`."""

from __future__ import annotations

from functools import lru_cache

from migrator.schedules.forms import DayTest, day_test
from migrator.shell import parse
from migrator.shell.tree import AndOr, Command, Group, If, Node, Script, Test


@lru_cache(maxsize=4096)
def day_guard(command: str) -> DayTest | None:
    """Give the days on which a command works at all, or None where nothing, or more than a day's test, decides it.

    Everything that works must stand behind the test; an `else` or an `||` is work on the other days.
    """
    if "date" not in command:
        return None
    return _of_script(parse(command))


def _of_script(script: Script) -> DayTest | None:
    if script.faults or len(script.items) != 1 or script.items[0].background:
        return None
    return _of_node(script.items[0].node)


def _of_node(node: Node) -> DayTest | None:
    if isinstance(node, AndOr):
        return _of_test(node.first) if all(operator == "&&" for operator, _ in node.rest) else None
    if isinstance(node, If):
        condition = node.arms[0][0]
        alone = len(node.arms) == 1 and node.otherwise is None and len(condition.items) == 1
        return _of_test(condition.items[0].node) if alone else None
    if isinstance(node, Group):
        return _of_script(node.body)
    return None


def _of_test(node: Node) -> DayTest | None:
    if isinstance(node, Command) and not node.assignments:
        return day_test([word.raw for word in node.words])
    if isinstance(node, Test) and node.operator == "[[":
        return day_test(["[[", *(word.raw for word in node.words), "]]"])
    return None
