"""What a run ends with that finds its lock taken."""

import pytest

from tests.commands.tools import facts, script


def _fails(text: str) -> bool | None:
    (lock,) = script(text).locks
    assert lock.skips
    return lock.fails


@pytest.mark.parametrize(
    "text",
    [
        "exec 9>/run/a.lock\nflock -n 9 || exit 0\n/opt/a\n",
        "exec 9>/run/a.lock\nflock -n 9 || { echo taken; exit 0; }\n/opt/a\n",
        "exec 9>/run/a.lock\nif ! flock -n 9; then\n  echo taken\n  exit 0\nfi\n/opt/a\n",
    ],
)
def test_a_run_that_ends_as_done(text: str) -> None:
    """`exit 0` stands behind the lock."""
    assert _fails(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "exec 9>/run/a.lock\nflock -n 9 || exit 1\n/opt/a\n",
        "exec 9>/run/a.lock\nif ! flock -n 9; then\n  exit 75\nfi\n/opt/a\n",
        "flock -n /run/a.lock /opt/a\n",
    ],
)
def test_a_run_that_ends_as_failed(text: str) -> None:
    """A number stands behind the lock, or flock's own code is the script's."""
    assert _fails(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "exec 9>/run/a.lock\nflock -n 9 || exit $CODE\n/opt/a\n",
        "exec 9>/run/a.lock\nif flock -n 9; then\n  /opt/a\n  exit 0\nfi\n",
        "exec 9>/run/a.lock\nflock -n 9 || (exit 0)\n/opt/a\n",
    ],
)
def test_silent_where_no_number_tells(text: str) -> None:
    """A variable, a lock that was got, a shell of its own."""
    assert _fails(text) is None


def test_what_a_program_does_behind_its_lock_is_not_known() -> None:
    """It may raise, die, or end as done."""
    text = "<?php $f = fopen('/run/a.lock', 'w');\nif (!flock($f, LOCK_EX | LOCK_NB)) { exit(0); }\nrun();\n"
    (lock,) = facts("php /opt/a.php", {"opt/a.php": text}).locks
    assert lock.skips
    assert lock.fails is None
