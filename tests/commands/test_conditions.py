"""Branches: decision points, guards, what can never run, locks and watchdogs found in tests."""

import pytest

from migrator.commands import BranchKind, LockKind
from tests.commands.tools import facts, names, reads, script, traits


@pytest.mark.parametrize(
    ("command", "kinds"),
    [
        ("/opt/a; /opt/b", []),
        ("if /opt/t; then /opt/a; fi", ["if"]),
        ("if [ $X = 1 ]; then /opt/a; elif [ $X = 2 ]; then /opt/b; else /opt/c; fi", ["if", "if"]),
        ("case $X in a) /opt/a;; b) /opt/b;; *) /opt/c;; esac", ["case", "case"]),
        ("[ -f /x/a.csv ] && /opt/a", ["test"]),
        ("test -x /usr/sbin/x || /opt/a", ["test"]),
        ("/opt/a || /opt/b", ["handler"]),
        ("/opt/a || true", []),
        ("/opt/a || exit 1", []),
        ("/opt/a || :", []),
        ("cd /x || exit 1; /opt/a", []),
        ("/opt/a && /opt/b", []),
        ("while /opt/more; do /opt/a; done", ["loop"]),
        ("while read f; do /opt/a $f; done < /x/list", []),
        ("for f in a b; do /opt/a $f; done", []),
        ('if [ -n "$X" ]; then echo hi; fi; /opt/a', []),
        ('if [ -z "$X" ]; then echo no; exit 1; fi; /opt/a', []),
        ('if [ "$X" = done ]; then exit 0; fi; /opt/a', ["if"]),
    ],
)
def test_decision_points(command: str, kinds: list[str]) -> None:
    """Only decisions about work count; swallowing and stopping do not."""
    assert [str(branch.kind) for branch in facts(command).branches] == kinds


def test_steps_name_the_branch_they_lie_in() -> None:
    """The path of labels tells arms apart; the main line has none."""
    found = facts("/opt/a; if /opt/t; then /opt/b; if /opt/u; then /opt/c; fi; else /opt/d; fi; /opt/e")
    labels = {step.name: step.branch for step in found.steps}
    assert labels["a"] == labels["e"] == ()
    assert len(labels["c"]) == 2
    assert labels["b"] == labels["c"][:1]
    assert labels["d"] not in ((), labels["b"])
    assert [branch.kind for branch in found.branches] == [BranchKind.IF, BranchKind.IF]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/opt/a\nexit 0\n/opt/b\n", ["a"]),
        ("f() { /opt/b; }\n/opt/a\n", ["a"]),
        ("f() { /opt/b; }\n/opt/a\nf\n", ["a", "b"]),
        ("if false; then /opt/b; fi\n/opt/a\n", ["a"]),
        ("if true; then /opt/a; else /opt/b; fi\n", ["a"]),
        ("exec /opt/a\n/opt/b\n", ["a"]),
        ("f() { f; /opt/a; }\nf\n", ["a"]),
        ('MODE=full\nif [ "$MODE" = incr ]; then /opt/b; fi\n/opt/a\n', ["a"]),
        ("f() { return; /opt/b; }\nf\n/opt/a\n", ["a"]),
        ("if /opt/t; then exit 1; else exit 2; fi\n/opt/b\n", ["t"]),
        ("while true; do /opt/a; sleep 5; done\n/opt/b\n", ["a"]),
    ],
)
def test_dead_code_is_not_counted(text: str, expected: list[str]) -> None:
    """What can never be reached is no step; a function counts where it is called."""
    assert names(script(text)) == expected


def test_an_argument_chooses_the_arm() -> None:
    """`case "$1"` over a known argument has one way through."""
    text = 'case "$1" in daily) /opt/d;; weekly) /opt/w;; *) exit 1;; esac\n'
    assert names(script(text, call="/opt/run.sh weekly")) == ["w"]
    assert script(text, call="/opt/run.sh weekly").branches == ()
    assert names(script(text, call="/opt/run.sh $KIND")) == ["d", "w"]


def test_a_variable_changed_in_a_loop_decides_nothing() -> None:
    """An option that a loop may set keeps both ways open."""
    text = (
        'FULL=0\nwhile [ $# -gt 0 ]; do case "$1" in -f) FULL=1;; esac; shift; done\nif [ $FULL '
        "= 1 ]; then /opt/a; fi\n/opt/b\n"
    )
    assert names(script(text, call="/opt/run.sh -f")) == ["a", "b"]


def test_guards_on_date_and_host_are_traits() -> None:
    """The command itself tests the day or the machine."""
    assert "date-guard" in traits(facts('[ "$(date +%d)" -le 7 ] && /opt/a'))
    assert "date-guard" in traits(script('D=$(date +%u)\nif [ "$D" = 1 ]; then /opt/a; fi\n'))
    assert "date-guard" not in traits(facts("[ -f /x/y ] && /opt/a $(date +%F)"))
    for_a_while = "END=$(date -d '15:13' +%s)\nNOW=$(date +%s)\nif [ $NOW -gt $END ]; then exit; fi\n/opt/a\n"
    assert "date-guard" not in traits(script(for_a_while))
    assert "date-guard" not in traits(script('DAY=$(date +%d)\nif [ -z "$DAY" ]; then exit 1; fi\n/opt/a "$DAY"\n'))
    assert "host-guard" in traits(facts('[ "$(hostname)" = web1 ] && /opt/a'))
    assert "host-guard" in traits(script("H=$(hostname -s)\n[[ $H == web* ]] || exit\n/opt/a\n"))


def test_a_file_named_after_the_host_is_no_guard() -> None:
    """It is looked at wherever the job runs."""
    assert "host-guard" not in traits(script('F=/d/$(hostname)_out\nif [ ! -f "$F" ]; then /opt/a; fi\n'))
    assert "host-guard" not in traits(facts('[ -n "$HOSTNAME" ] && /opt/a'))


def test_a_tested_file_is_looked_at() -> None:
    """A marker file that decides about the work is read; settings and locks are not data."""
    assert reads(facts("[ -f /in/done.flag ] && /opt/a")) == {"/in/done.flag"}
    assert reads(facts("[ -f /etc/default/x ] && . /etc/default/x; /opt/a")) == set()


@pytest.mark.parametrize(
    ("text", "kind", "name", "skips"),
    [
        (
            "if [ -f /run/x.pid ]; then exit; fi; echo $$ > /run/x.pid; /opt/a; rm /run/x.pid",
            LockKind.PID_FILE,
            "/run/x.pid",
            True,
        ),
        ("[ -e /tmp/x.lock ] && exit 1; touch /tmp/x.lock; /opt/a", LockKind.PID_FILE, "/tmp/x.lock", True),
        ("mkdir /tmp/x.lock || exit 1; /opt/a; rmdir /tmp/x.lock", LockKind.DIRECTORY, "/tmp/x.lock", True),
        ("pgrep -f loader.py && exit 0; /opt/loader.py", LockKind.PROCESS_LIST, "loader.py", True),
        ("ps ax | grep loader | grep -v grep || php loader", LockKind.PROCESS_LIST, "loader", True),
        ("exec 9> /run/x.lock; flock -n 9 || exit 1; /opt/a", LockKind.FLOCK, "/run/x.lock", True),
        ("( flock 9; /opt/a ) 9> /run/x.lock", LockKind.FLOCK, "/run/x.lock", False),
        ("lockfile -r 0 /tmp/x.lock || exit 1; /opt/a", LockKind.LOCK_TOOL, "/tmp/x.lock", True),
    ],
)
def test_locks(text: str, kind: LockKind, name: str, skips: bool) -> None:
    """Each way to keep a second run out is recognised, and its signs are no steps."""
    found = facts(text)
    assert [(lock.kind, lock.name, lock.skips) for lock in found.locks] == [(kind, name, skips)]
    assert not [step for step in found.steps if step.name in ("echo", "touch")]


def test_no_lock_where_a_file_is_needed() -> None:
    """A missing input that stops the run is no lock, nor is a name that holds `lock` by chance."""
    assert facts("if [ ! -f /opt/hamclock/a.txt ]; then exit 1; fi; /opt/a").locks == ()
    assert facts("if [ -f /opt/blocks/a.txt ]; then exit 1; fi; /opt/a").locks == ()


def test_watchdogs_start_what_is_down() -> None:
    """A check of a process and a start behind it; a batch under a process list is a lock only."""
    for command in (
        "pgrep worker || /opt/worker start",
        "systemctl is-active x || systemctl restart x",
        "if ! pgrep -x worker; then nohup /opt/worker & fi",
        "curl -sf http://localhost/health || systemctl restart web",
    ):
        assert "watchdog" in traits(facts(command)), command
    assert "watchdog" not in traits(facts("pgrep loader || php loader"))
    assert "watchdog" in traits(facts("pgrep loader || php loader", minute=0b1111))
    assert "watchdog" not in traits(facts("/opt/a || /opt/b"))
