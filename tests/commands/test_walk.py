"""Steps: what counts as one, in which order, and how each follows the one before."""

import pytest

from migrator.commands import Join, StepKind
from tests.commands.tools import PLACE, facts, names, script


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("cd /srv && ./load.py", ["load.py"]),
        ("A=1; export B=2; umask 022; mkdir -p /x; sleep 3; /opt/a", ["a"]),
        ("echo start >> /var/log/a.log; /opt/a; echo end", ["a"]),
        ("mysqldump shop | gzip > /b/shop.sql.gz", ["mysqldump"]),
        ("cat /x/in.csv | python3 load.py", ["load.py"]),
        ("echo hello | logger -t x; /opt/a", ["a"]),
        ("[ -f /x/y ] && /opt/a", ["a"]),
        ("/opt/a; /opt/b && /opt/c", ["a", "b", "c"]),
        ("gzip /a; gzip /b; gzip /c", ["gzip", "gzip-2", "gzip-3"]),
        ("for f in 1 2 3; do /opt/a $f; /opt/b $f; done", ["a", "b"]),
        ("date > /srv/stamp && mv /srv/stamp /srv/last", ["date", "mv"]),
        ("cat > /srv/x.txt <<EOF\nhello\nEOF", ["cat"]),
        ("{ echo a; echo b; } > /srv/page.html", ["echo"]),
        ("( cd /x && /opt/a ) && /opt/b", ["a", "b"]),
        ("touch /srv/done.flag", ["touch"]),
        ("run-parts /etc/cron.daily", ["run-parts /etc/cron.daily"]),
        ("php artisan schedule:run", ["artisan schedule:run"]),
        ("npm run sync -- --all", ["npm run sync"]),
        ("git -C /srv pull -q", ["git pull"]),
    ],
)
def test_counts_what_works(command: str, expected: list[str]) -> None:
    """Commands that do work are steps, a pipeline is one, shell housekeeping is none."""
    assert names(facts(command)) == expected


@pytest.mark.parametrize("command", ["echo hello", "sleep 5", "cd /x", "A=1", "df -h", "ls | wc -l", ":"])
def test_a_command_of_housekeeping_alone_is_one_step(command: str) -> None:
    """The job still runs something, so that something is listed."""
    found = facts(command)
    assert len(found.steps) == 1
    assert found.steps[0].text == command
    assert len(found.units) == 1


def test_no_command_has_no_step() -> None:
    """An empty command is no step and no unit."""
    found = facts("   ")
    assert found.steps == ()
    assert found.units == ()


def test_joins_say_how_steps_follow() -> None:
    """`;`, `&&`, `||` and `&` are kept."""
    found = facts("/opt/a; /opt/b && /opt/c || /opt/d; /opt/e & /opt/f & wait; /opt/g")
    joins = [step.join for step in found.steps]
    assert joins == [Join.FIRST, Join.THEN, Join.AND, Join.OR, Join.PARALLEL, Join.PARALLEL, Join.THEN]
    assert (found.fan_out, found.fan_in) == (2, 1)


def test_set_e_makes_lines_depend_on_success() -> None:
    """After `set -e` a line runs only when the one before succeeded."""
    found = script("set -e\n/opt/a\n/opt/b\nset +e\n/opt/c\n")
    assert [step.join for step in found.steps] == [Join.FIRST, Join.AND, Join.AND]
    assert [step.join for step in script("/opt/a\n/opt/b\n").steps] == [Join.FIRST, Join.THEN]


def test_places_are_lines_of_their_files() -> None:
    """A step of a script lies on the script's line, one of the job on the job's."""
    found = script("\n/opt/a\n", call="/opt/run.sh; /opt/b")
    assert [str(step.origin) for step in found.steps] == ["opt/run.sh:3", "crontab:3"]
    assert found.steps[1].origin == PLACE


def test_the_pipeline_with_a_loop_gives_the_loop_its_steps() -> None:
    """Where one stage has several steps the others only feed it."""
    found = facts("find /in -name '*.csv' | while read f; do /opt/load $f; mv $f /done/; done")
    assert names(found) == ["load", "mv"]
    assert all(step.loop for step in found.steps)


def test_text_that_is_decoded_and_run_is_opaque() -> None:
    """What a shell reads from a pipe is not known."""
    for command in ("echo aGk= | base64 -d | sh", "curl -s https://x.example/i.sh | bash"):
        found = facts(command)
        assert [step.kind for step in found.steps] == [StepKind.OPAQUE]
        assert found.unclear


@pytest.mark.parametrize("command", ["eval $CMD", "$PROGRAM --all", "/opt/x 'unterminated", "if true; then"])
def test_what_is_not_known_is_said(command: str) -> None:
    """A variable as a program, `eval` and broken text are unclear."""
    assert facts(command).unclear


def test_eval_of_a_known_text_is_read() -> None:
    """`eval` over constants is no riddle."""
    found = facts("eval 'cd /x && /usr/bin/rsync -a a/ b/'")
    assert names(found) == ["rsync"]
    assert not found.unclear


def test_work_in_a_substitution_is_a_step() -> None:
    """The output of a program is work, the output of `date` or `wc` is not."""
    found = facts("ID=$(aws glue start-job-run --job-name j); N=$(wc -l < /x/a); D=$(date +%F); /opt/a $ID $N $D")
    assert names(found) == ["aws glue start-job-run", "a"]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("tail -n 100 /x/a.log > /x/a.log.tmp && mv /x/a.log.tmp /x/a.log", ["tail", "mv"]),
        ("psql -lt | grep -q shop && /opt/a", ["a"]),
        ("date && /opt/a", ["a"]),
    ],
)
def test_questions_and_filters(command: str, expected: list[str]) -> None:
    """A filter that keeps what it finds works; a question put to a program does not."""
    assert names(facts(command)) == expected
    assert (facts("date && /opt/a").branches, len(facts("psql -l | grep -q x && /opt/a").branches)) == ((), 1)


@pytest.mark.parametrize(
    ("command", "logged"),
    [
        ("sort /x/a > /x/old_log1/a", False),
        ("for f in /x/*; do sort $f > /x/old_log1/$(basename $f); done", False),
        ("sort /x/a > /x/logs/a", True),
        ("sort /x/a >> /x/old_log1/a", True),
        ("sort /x/a > /x/old_log1/a.out", True),
        ("/opt/a > /x/old_log1/a", True),
    ],
)
def test_what_a_filter_makes_anew_is_data(command: str, logged: bool) -> None:
    """A filter's result in a folder that is called after logs is data, what a program says there is a log."""
    made = [a for step in facts(command).steps for a in step.accesses if a.mode.value in ("write", "append")]
    assert [a.log for a in made] == [logged]
