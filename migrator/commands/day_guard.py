"""The tests of the day that a whole command hangs on: `[ "$(date +%u)" = 1 ] && work`, or the same as an `if`.

Other tests may stand beside them, as in Debian's own `[ -x /usr/share/mdadm/checkarray ] && [ $(date +%d) -le 7 ]`.
"""

from __future__ import annotations

from functools import lru_cache

from migrator.model import Dialect, Job
from migrator.schedules.forms import DayTest, day_test
from migrator.shell import parse
from migrator.shell.tree import AndOr, Command, Group, If, Node, Script, Test

_UTC = frozenset({"UTC", "Etc/UTC"})
_TESTS = frozenset({"[", "test", "/usr/bin/test", "/usr/bin/["})


def job_day_guard(job: Job) -> DayTest | None:
    """Give the days on which a job works at all, where its `date` is known to go by the clock that starts it."""
    schedule = job.schedule
    own = next((setting.value for setting in job.settings if setting.name == "TZ"), None)
    if own is not None:
        same_clock = own == schedule.timezone
    elif schedule.dialect is Dialect.KUBERNETES:
        # A container's clock shows UTC, whatever zone the CronJob names.
        same_clock = schedule.timezone in _UTC
    else:
        # A CRON_TZ moves the start, not the host's own clock.
        same_clock = not schedule.own_zone
    return day_guard(job.command, bash=job.shell.endswith("/bash")) if same_clock else None


@lru_cache(maxsize=4096)
def day_guard(command: str, *, bash: bool = False) -> DayTest | None:
    """Give the days on which a command works at all, or None where nothing, or more than a day's test, decides it.

    Everything that works must stand behind the test; an `else` or an `||` is work on the other days. `bash`: that is
    the shell which runs it; /bin/sh may know less.
    """
    if "date" not in command:
        return None
    return _of_script(parse(command), bash)


def _of_script(script: Script, bash: bool) -> DayTest | None:
    if script.faults or len(script.items) != 1 or script.items[0].background:
        return None
    return _of_node(script.items[0].node, bash)


def _of_node(node: Node, bash: bool) -> DayTest | None:
    if isinstance(node, AndOr):
        return _of_chain(node, bash)
    if isinstance(node, If):
        condition = node.arms[0][0]
        alone = len(node.arms) == 1 and node.otherwise is None and len(condition.items) == 1
        return _of_chain(condition.items[0].node, bash) if alone else None
    if isinstance(node, Group):
        return _of_script(node.body, bash)
    return None


def _of_chain(node: Node, bash: bool) -> DayTest | None:
    """Join the tests of the day that stand before anything but a test in a list of `&&`."""
    links = (node.first, *(link for _, link in node.rest)) if isinstance(node, AndOr) else (node,)
    if isinstance(node, AndOr) and any(operator != "&&" for operator, _ in node.rest):
        return None
    joined: DayTest | None = None
    for link in links:
        found = _of_test(link, bash)
        if found is not None:
            joined = found if joined is None else joined.both(found)
        elif not _only_tests(link):
            break
    return joined


def _only_tests(node: Node) -> bool:
    """Say whether a node is a test without a command inside."""
    if not isinstance(node, Command) or not node.words or node.words[0].raw not in _TESTS:
        return False
    return not any("`" in word.raw or "$(" in word.raw for word in node.words)


def _of_test(node: Node, bash: bool) -> DayTest | None:
    if isinstance(node, Command) and not node.assignments:
        return day_test([word.raw for word in node.words], bash=bash)
    if isinstance(node, Test) and node.operator == "[[":
        return day_test(["[[", *(word.raw for word in node.words), "]]"], bash=bash)
    return None
