"""Lists of `&&` and `||` behind a test whose answer is known."""

from tests.commands.tools import facts, writes


def _written(line: str, arguments: str = "", *, shell: str = "sh") -> set[str]:
    return writes(facts(f"{shell} /opt/x.sh {arguments}", {"opt/x.sh": line}))


def test_a_default_behind_a_test_for_an_argument() -> None:
    """`[ $1 ] && A=$1 || A=default`: the crontab line tells which."""
    script = "[ $1 ] && D=$1 || D=/srv/data\ndate > $D/x.txt\n"
    assert _written(script) == {"/srv/data/x.txt"}
    assert _written(script, "/srv/other") == {"/srv/other/x.txt"}


def test_what_a_known_answer_leaves_out_is_not_done() -> None:
    """The other way is dead."""
    assert _written("[ $# -gt 0 ] && date > /srv/a.txt\ndate > /srv/b.txt\n") == {"/srv/b.txt"}
    assert _written("[ $# -eq 0 ] || date > /srv/a.txt\ndate > /srv/b.txt\n") == {"/srv/b.txt"}
    assert _written('[ -z "$1" ] && exit 1\ndate > /srv/b.txt\n') == set()


def test_both_ways_count_where_only_a_run_tells() -> None:
    """A variable of the environment, a file."""
    assert _written("[ $DAY ] && date > /srv/a.txt || date > /srv/b.txt\n") == {"/srv/a.txt", "/srv/b.txt"}
    assert _written("[ -f /x ] && date > /srv/a.txt || date > /srv/b.txt\n") == {"/srv/a.txt", "/srv/b.txt"}


def test_a_command_that_ran_may_have_failed() -> None:
    """`||` behind a command is its handler, whatever was tested before."""
    assert _written("[ 1 ] && date > /srv/a.txt || date > /srv/b.txt\n") == {"/srv/a.txt", "/srv/b.txt"}
