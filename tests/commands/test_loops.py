"""Loops: what their rounds touch, how arguments are taken apart, and which of them only wait."""

from __future__ import annotations

import pytest

from migrator.commands import WaitKind
from migrator.model import Mode
from tests.commands.tools import facts, names, reads, script, touched, traits, writes

LOOK = "until [ -f /d/x ]; do"


def wait(text: str) -> tuple[WaitKind, str, int | None, int | None]:
    """Give the one wait of a script: kind, target, seconds between looks, seconds in all."""
    (found,) = script(text).waits
    return found.kind, found.target, None if found.seconds is None else int(found.seconds.high), found.timeout


def test_a_few_known_words_are_read_one_by_one() -> None:
    """The step counts once and touches what each round touches."""
    found = script("for t in orders stock; do\n  load.py /in/$t.csv > /out/$t.csv\ndone\n")
    assert names(found) == ["load.py"]
    assert found.steps[0].loop
    assert (reads(found), writes(found)) == ({"/in/orders.csv", "/in/stock.csv"}, {"/out/orders.csv", "/out/stock.csv"})


def test_arrays_and_arguments_are_known_words_too() -> None:
    """`"${A[@]}"`, and `for x` over the arguments."""
    assert reads(script('F=(a b)\nfor f in "${F[@]}"; do gzip /in/$f; done\n')) == {"/in/a", "/in/b"}
    assert reads(script("for f; do gzip /in/$f; done\n", "/opt/run.sh c d")) == {"/in/c", "/in/d"}
    assert reads(script('for f in "$@"; do gzip /in/$f; done\n', "/opt/run.sh c d")) == {"/in/c", "/in/d"}


def test_many_words_globs_and_unknown_words_stay_a_pattern() -> None:
    """And so do loops in loops, for their inner words."""
    many = " ".join(f"w{n}" for n in range(30))
    assert reads(script(f"for f in {many}; do gzip /in/$f; done\n")) == {"/in/*"}
    assert reads(script("for f in /in/*.csv; do gzip $f; done\n")) == {"/in/*.csv"}
    assert reads(script("for a in x y; do for b in p q; do gzip /in/$a/$b; done; done\n")) == {"/in/x/*", "/in/y/*"}


def test_each_round_may_call_another_script() -> None:
    """These are steps of their own."""
    files = {
        "opt/run.sh": "for t in a b; do /opt/load_$t.sh; done\n",
        "opt/load_a.sh": "cp /1 /2\n",
        "opt/load_b.sh": "mv /3 /4\n",
    }
    assert names(facts("sh /opt/run.sh", files)) == ["cp", "mv"]


def test_what_a_round_notes_is_noted_once() -> None:
    """Decisions, pauses and wrappers of the second round are those of the first."""
    found = script("for t in a b c; do\n  if [ -e /in/$t ]; then nice gzip /in/$t; sleep 5; fi\ndone\n")
    assert (len(found.steps), len(found.branches), len(found.waits), len(found.wrappers)) == (1, 1, 1, 1)


def test_options_of_the_crontab_line_flow_through_getopts() -> None:
    """Values apart and glued on, letters bundled, operands behind."""
    text = (
        'while getopts "vd:o:" opt; do\n case $opt in d) D=$OPTARG;; o) O=$OPTARG;; v) V=1;; esac\ndone\n'
        "shift $((OPTIND-1))\nsort $D/$1 > $O\n"
    )
    for call in ("-d /in -o /out/x file", "-v -d/in -o/out/x file", "-vd /in -o /out/x -- file"):
        found = script(text, f"/opt/run.sh {call}")
        assert (reads(found), writes(found)) == ({"/in/file"}, {"/out/x"}), call


@pytest.mark.parametrize(
    "head",
    [
        "while [ $# -gt 0 ]",
        "while [[ $# -gt 0 ]]",
        "while (( $# ))",
        "while (( $# > 0 ))",
        'while [ -n "$1" ]',
        "while test $# != 0",
    ],
)
def test_options_flow_through_a_loop_with_shift(head: str) -> None:
    """However the loop asks whether something is left."""
    arms = '--in) IN=$2; shift 2;;\n --out=*) OUT="${1#*=}"; shift;;\n *) REST=$1; shift;;\n'
    text = f'{head}; do\n case "$1" in\n {arms} esac\ndone\ncp $IN $OUT\n'
    found = script(text, "/opt/run.sh --in /a more --out=/b")
    assert (reads(found), writes(found)) == ({"/a"}, {"/b"})


def test_a_loop_over_unknown_arguments_stays_unknown() -> None:
    """Nothing is taken for known that is not."""
    text = "while [ $# -gt 0 ]; do case $1 in --in) IN=$2; shift 2;; *) shift;; esac; done\ncp $IN /b\n"
    assert reads(script(text, "/opt/run.sh $MODE --in /a")) == set()
    assert reads(script(text, "/opt/run.sh --in /a")) == {"/a"}


def test_work_in_a_loop_over_arguments_counts_once() -> None:
    """With what each round touches."""
    found = script("while [ $# -gt 0 ]; do\n gzip /in/$1\n shift\ndone\n", "/opt/run.sh a b")
    assert names(found) == ["gzip"]
    assert reads(found) == {"/in/a", "/in/b"}


def test_files_that_a_command_lists_keep_their_pattern() -> None:
    """`ls` and `find`, with a filter that chooses among them; of the names in a folder only that folder is known."""
    assert reads(script("for f in $(ls /in/*.csv); do gzip $f; done\n")) == {"/in/*.csv"}
    assert reads(script("F=`ls -t /in/*.csv | head -1`\ncp $F /out\n")) == {"/in/*.csv"}
    assert reads(script('F=$(find /in -name "*.csv" | sort | tail -n 1)\ncp "$F" /out\n')) == {"/in/**/*.csv"}
    assert reads(script("F=$(find /in -maxdepth 1 -name '*.csv')\ncp $F /out\n")) == {"/in/*.csv"}
    assert reads(script("for f in $(ls /in); do cp $f /out; done\n")) == {"/in"}
    assert reads(script("F=$(ls /in/*.csv | sed s/in/x/)\ncp $F /out\n")) == {"/in/*.csv"}


@pytest.mark.parametrize(
    ("listing", "read"),
    [
        ("find /in -name '*.csv' -printf '%T@ %p\\n' | sort -n | tail -1 | cut -d' ' -f2-", {"/in/**/*.csv"}),
        ('find /in -name "*.csv" -printf "%T+\\t%p\\n" | sort -rn | head -1 | awk \'{print $2}\'', {"/in/**/*.csv"}),
        ("find /in -name '*.csv' -printf '%T@ %f\\n' | sort -n | cut -d' ' -f2", set()),
        ("find /in -name '*.csv' -printf '%p %s\\n' | cut -d/ -f2", set()),
        ("find /in -name '*.csv' | cut -d/ -f3", set()),
    ],
)
def test_the_newest_file_that_find_prints_behind_its_stamp(listing: str, read: set[str]) -> None:
    """What is cut off is the stamp to sort by; of other outputs nobody knows what is left."""
    assert reads(script(f"F=$({listing})\ngzip -c $F > /out\n")) == read
    assert reads(script(f"for f in `{listing}`; do gzip $f; done\n")) == read


def test_a_shift_by_an_unknown_number_leaves_nothing_known() -> None:
    """Not the first argument of those that were."""
    assert reads(script("shift $N\ncp /in/$1 /b\n", "/opt/run.sh a b")) == {"/in/*"}


def test_folders_come_back() -> None:
    """`cd -` and `popd`."""
    assert reads(script("cd /a\ncd /b\ncd -\ngzip x\n")) == {"/a/x"}
    assert reads(script("cd /a\npushd /b\npushd /c\npopd\ngzip x\npopd\ngzip y\n")) == {"/b/x", "/a/y"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("while [ ! -f /d/x ]; do sleep 60; done", (WaitKind.FILE, "/d/x", 60, None)),
        ("until [[ -s /d/x ]]; do sleep 5; done", (WaitKind.FILE, "/d/x", 5, None)),
        ("until aws s3 ls s3://b/k/_DONE; do sleep 30; done", (WaitKind.OBJECT, "s3://b/k/_DONE", 30, None)),
        ("while ! hdfs dfs -test -e /d/_DONE; do sleep 9; done", (WaitKind.OBJECT, "hdfs:///d/_DONE", 9, None)),
        ("until ping -c1 db; do sleep 5; done", (WaitKind.SERVICE, "db", 5, None)),
        ("until systemctl is-active db; do sleep 5; done", (WaitKind.SERVICE, "systemctl is-active db", 5, None)),
        ("for i in $(seq 1 10); do [ -f /d/x ] && break; sleep 60; done", (WaitKind.FILE, "/d/x", 60, 600)),
        ("for i in {1..10}; do [ -f /d/x ] && break; sleep 60; done", (WaitKind.FILE, "/d/x", 60, 600)),
        ("for ((i=0; i<10; i++)); do [ -f /d/x ] && break; sleep 60; done", (WaitKind.FILE, "/d/x", 60, 600)),
        (f"n=0; {LOOK} n=$((n+1)); [ $n -ge 20 ] && exit 1; sleep 30; done", (WaitKind.FILE, "/d/x", 30, 600)),
        (f"n=0; {LOOK} ((n++)); [ $n -ge 20 ] && exit 1; sleep 30; done", (WaitKind.FILE, "/d/x", 30, 600)),
        (f"t=0; {LOOK} [ $t -ge 900 ] && exit; sleep 30; t=$((t+30)); done", (WaitKind.FILE, "/d/x", 30, 900)),
        (f"t=0; M=900; {LOOK} [ $t -ge $M ] && exit; sleep 30; let t+=30; done", (WaitKind.FILE, "/d/x", 30, 900)),
        ("n=20; while [ ! -f /d/x ] && [ $n -gt 0 ]; do sleep 3; n=$((n-1)); done", (WaitKind.FILE, "/d/x", 3, 60)),
        ("until [ -f /d/x ] || [ $SECONDS -gt 900 ]; do sleep 30; done", (WaitKind.FILE, "/d/x", 30, 900)),
        (f"{LOOK} [ $t -ge 900 ] && exit 1; sleep 30; t=`expr $t \\* 2`; done", (WaitKind.FILE, "/d/x", 30, None)),
    ],
)  # fmt: skip
def test_loops_that_only_look_and_sleep_are_waits(text: str, expected: tuple[WaitKind, str, int, int | None]) -> None:
    """For how long in all, too, where a counter tells: of looks or of seconds."""
    assert wait(text + "\nwork.py\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1 2 3; do curl -fsS -o /d/x.json https://h/x && break; sleep 10; done",
        "until curl -fs https://h/x > /d/x.json; do sleep 10; done",
        "until psql -c 'insert into a select * from b'; do sleep 10; done",
        "while ! pgrep app; do systemctl restart app; sleep 5; done",
        "while [ ! -f /d/x ]; do make.py; sleep 5; done",
        "while read f; do gzip $f; sleep 1; done < /list",
    ],
)
def test_loops_that_work_are_no_waits(text: str) -> None:
    """A download that is tried again, a service that is started again, work between pauses."""
    found = script(text)
    assert all(each.kind is WaitKind.TIME for each in found.waits)
    assert found.steps


def test_a_wait_for_an_event_of_a_file() -> None:
    """`inotifywait` waits by itself."""
    (found,) = script("inotifywait -t 600 -e close_write /in\nload.py\n").waits
    assert (found.kind, found.target, found.timeout) == (WaitKind.FILE, "/in", 600)


def test_what_only_asks_is_no_step() -> None:
    """Where a script lies, whether a process is there."""
    found = script('HERE="$(cd "$(dirname "$0")" && pwd)"\nkill -0 $(cat /run/x.pid) || exit 1\n$HERE/work.py\n')
    assert names(found) == ["work.py"]


def test_words_into_a_file_of_the_run_are_no_step() -> None:
    """What `mktemp` named is the run's own; any other file is kept."""
    assert names(script("T=$(mktemp)\necho head > $T\ncat /a >> $T\nmv $T /b\n")) == ["cat", "mv"]
    assert names(script("echo head > /srv/b\ncat /a >> /srv/b\n")) == ["echo", "cat"]


@pytest.mark.parametrize("text", ["exit 0\n", "exec /opt/last.sh\n", "while true; do sleep 60; done\n"])
def test_what_cannot_be_reached_counts_for_nothing(text: str) -> None:
    """Behind an exit, an exec and a loop without end."""
    found = script("one.py\n" + text + "cp /a /b\n")
    assert "cp" not in names(found)
    assert touched(found, Mode.WRITE) == set()


@pytest.mark.parametrize(
    "text", ["(exit 0)\n", "f() { exit 0; }\n", "if probe; then exit 0; fi\n", "probe && exit 0\n"]
)
def test_what_may_be_reached_counts(text: str) -> None:
    """An exit of a subshell, of a function that is not called, behind a test."""
    assert "cp" in names(script("one.py\n" + text + "cp /a /b\n"))


def test_watchdogs_speak_and_are_silent() -> None:
    """What is found not to run is started again; a file that is not there is made."""
    assert "watchdog" in traits(facts("pgrep -f worker || /opt/start-worker.sh"))
    assert "watchdog" in traits(script("if ! systemctl is-active app; then systemctl restart app; fi\n"))
    assert "watchdog" not in traits(script("if [ ! -e /d/x ]; then make-x.py; fi\n"))
    assert "watchdog" not in traits(facts("test -x /usr/bin/app && /usr/bin/app restart-counters"))


def test_the_letters_of_getopts_may_be_kept_in_a_variable() -> None:
    """What the options choose is known where the letters are."""
    text = 'LETTERS="cu?"\nDO=add\nadd() { touch /added; }\nclear() { touch /cleared; }\n'
    text += "while getopts $LETTERS o; do case $o in c) DO=clear;; u) DO=add;; *) exit 1;; esac; done\n$DO\n"
    assert writes(script(text, "/opt/run.sh -c")) == {"/cleared"}
    assert writes(script(text, "/opt/run.sh -u")) == {"/added"}
    assert not writes(script(text, "/opt/run.sh -x"))


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ("*.csv", "/spool/*.csv"),
        ("./20??", "/spool/20*"),
        ("/in/[ab]*.txt", "/in/*.txt"),
        ("$(ls -d /in/20??)", "/in/20*"),
        ("$(find ./???? -type d)", "/spool/*"),
        ("$(find /in -type f)", "/in/*"),
        ("$(find /in ! -name 'tmp*' -name '*.dat')", "/in/**/*.dat"),
        ("$(find /in ! -name 'tmp*')", "/in/*"),
    ],
)
def test_a_loop_over_files_keeps_their_form(over: str, found: str) -> None:
    """A glob beside a folder that is known, and what `ls` and `find` list, in a variable too."""
    assert reads(script(f"cd /spool\nfor f in {over}; do wc -l < $f; done\n")) == {found}
    if over.startswith("$"):
        assert found in reads(script(f"cd /spool\nall={over}\nfor f in $all; do wc -l < $f; done\n"))


@pytest.mark.parametrize("over", ["*", "$UNSET", "$(date)", "$(find .)"])
def test_a_loop_over_anything_says_nothing(over: str) -> None:
    """A bare star, a variable that nobody sets, a program's output: no file is told."""
    assert not reads(script(f"cd /spool\nfor f in {over}; do wc -l < $f; done\n"))


@pytest.mark.parametrize(
    "line",
    [
        "for i in $(cat /srv/list | sort -u); do scp $i b:/x/; done",
        "for i in `grep -v '^#' /srv/list`; do scp $i b:/x/; done",
        'export LAST=$(cat /srv/list)\nscp -r "out-$LAST" b:/x/',
        'set -- $(cut -f1 /srv/list)\nscp "$1" b:/x/',
        '[ "$(cat /srv/list)" = go ] && scp /y b:/x/',
        "if [[ $(wc -l < /srv/list) -gt 3 ]]; then scp /y b:/x/; fi",
        "case $(head -1 /srv/list) in go) scp /y b:/x/;; esac",
        "comm -13 <(sort /srv/list) - > /y",
        'curl -d "$(cat /srv/list)" https://shop.example/new',
        'mail -s new a@b.example <<< "$(cat /srv/list)"',
        "rows=($(tail -n 5 /srv/list | awk -F, '{print $2}'))\nscp ${rows[0]} b:/x/",
        'read -r first second < /srv/list\nscp "$first" b:/x/',
        "if IFS=, read -r state _ < /srv/list; then scp /y b:/x/; fi",
        'mapfile -t rows < /srv/list\nscp "${rows[0]}" b:/x/',
    ],
)
def test_what_becomes_text_is_read(line: str) -> None:
    """A file whose words a command takes as its own is read, wherever the shell puts them."""
    assert "/srv/list" in reads(script(f"{line}\n"))


def test_what_is_only_shown_is_not_read() -> None:
    """A program that is asked for the machine reads no file, and a list of names is no reading of the files."""
    assert reads(script('tar czf /b/$(hostname)-$(df -h /srv | tail -1 | cut -c1-3).tgz "$(pwd)"\n')) == set()
    assert reads(script("for f in $(find /srv/in -mtime +3); do rm $f; done\n")) == set()
