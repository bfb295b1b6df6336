"""What functions of the shell print, as far as it only names things."""

import pytest

from tests.commands.tools import facts, reads, script, writes


@pytest.mark.parametrize(
    ("functions", "call", "name"),
    [
        ("f() { echo /s/a; }", "$(f)", "/s/a"),
        ("f() { printf '%s\\n' \"/s/$1\"; }", "$(f day)", "/s/day"),
        ("f() { printf /s/x; }", "$(f)", "/s/x"),
        ('f() { local d=/s; echo "$d/$1.csv"; }', "$(f a)", "/s/a.csv"),
        ('f() { echo "/s/$(date +%F).csv"; }', "$(f)", "/s/*.csv"),
        ("f() { dirname /s/a/b; }", "$(f)", "/s/a"),
        ("f() { echo 'working' >&2; mkdir -p /s; echo /s/a; }", "$(f)", "/s/a"),
        ("g() { echo /s; }\nf() { local d=$(g); echo $d/x; }", "$(f)", "/s/x"),
        ("g() { echo /s/y; }\nf() { g; }", "$(f)", "/s/y"),
        ("f() { case $1 in a) echo /s/a ;; *) echo /s/b ;; esac; }", "$(f a)", "/s/a"),
        ("f() { case $1 in a) echo /s/a ;; *) echo /s/b ;; esac; }", "$(f c)", "/s/b"),
        # A setting that a file may have, and its default.
        ('f() { local b=$(jq -r .b /c.json); if [ -n "$b" ]; then echo $b; return; fi; echo /s/d; }', "$(f)", "/s/d"),
        ("f() { if [[ -f /c ]]; then cat /c; else echo /s/d; fi; }", "$(f)", "/s/d"),
        ("f() { [ -f /c ] && cat /c || echo /s/d; }", "$(f)", "/s/d"),
        ("f() { if grep -q x /c; then echo /s/d; else exit 1; fi; }", "$(f)", "/s/d"),
        ("f() { if echo $1 | grep -q x; then echo /s/d; else echo /s/d; fi; }", "$(f)", "/s/d"),
        ("f() { { command -v a >/dev/null || return 1; }; echo /s/e; }", "$(f)", "/s/e"),
    ],
)
def test_what_a_function_prints(functions: str, call: str, name: str) -> None:
    """A place that a function names is known; what may be another is taken for its default."""
    assert name in writes(script(f'{functions}\ncp /a "{call}"\n'))


@pytest.mark.parametrize(
    "functions",
    [
        "f() { if [ -d /x ]; then echo /s/a; else echo /s/b; fi; }",
        "f() { case $X in a) echo /s/a ;; *) echo /s/b ;; esac; }",
        "f() { echo /s/a; echo /s/b; }",
        "f() { for i in 1 2; do echo /s/$i; done; }",
        "f() { tool; echo /s/a; }",
        "f() { f; }",
        "f() { cd /y; echo /s/a; }",
        "f() { echo /s/a & }",
        "f() { cat /c; }",
        "f() { printf '%s-%s' /s a; }",
        'f() { case a in "$X") echo /s/a ;; *) echo /s/b ;; esac; }',
    ],
)
def test_what_cannot_be_told_stays_unknown(functions: str) -> None:
    """Two places, a list of them, and what an unknown program may print before."""
    assert writes(script(f'{functions}\ncp /a "$(f)/t.csv"\n')) <= {"*/t.csv"}


def test_a_name_with_a_date_stays_one() -> None:
    """The clock is the clock behind a function too."""
    found = script('day() { date +%F; }\ncp /a "/s/$(day).csv"\n')
    assert writes(found) == {"/s/*.csv"}


def test_functions_of_a_library_know_where_it_lies() -> None:
    """`BASH_SOURCE` in a function is the file that the function stands in."""
    library = 'root() { local d="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"; echo "$(dirname "$d")"; }\n'
    main = 'source "$(dirname "$0")/lib/common.sh"\nR="$(root)"\ncp /a "$R/t.csv"\n'
    found = facts("bash /opt/app/run.sh", {"opt/app/run.sh": main, "opt/app/lib/common.sh": library})
    assert writes(found) == {"/opt/app/t.csv"}


def test_a_program_behind_a_name_that_a_run_finds() -> None:
    """What a variable names before a program of Python is its interpreter; a place at home stays there."""
    text = 'PY="$(find_it)"\nB="$HOME/p"\n$PY /opt/c.py --out "$B"\n'
    files = {"opt/x.sh": text, "opt/c.py": "import sys\nopen(sys.argv[2] + '/y.csv', 'w')\nopen('/s/in.csv')\n"}
    found = facts("bash /opt/x.sh", files)
    assert any(name.endswith("/p/y.csv") and "/~" not in name[1:] for name in writes(found))
    assert "/s/in.csv" in reads(found)


@pytest.mark.parametrize(("commands", "written"), [(300, {"/s/t.csv"}), (500, set())])
def test_a_long_function_is_not_gone_through(commands: int, written: set[str]) -> None:
    """What names a place is short; functions that call each other would be gone through again and again."""
    found = script("f() {\n" + "true\n" * commands + 'echo /s\n}\ncp /a "$(f)/t.csv"\n')
    assert writes(found) - {"*/t.csv"} == written


def test_functions_that_call_each_other_end() -> None:
    """Ten calls in each of twelve functions would be 10^12: what is gone through is counted for all together."""
    calls = [f"f{n}() {{ echo {f'$(f{n + 1}) ' * 10}; }}\n" for n in range(12)]
    found = script("".join(calls) + 'f12() { echo x; }\ncp /a "/s/$(f0)"\nd() { echo /s/late; }\ncp /b "$(d)"\n')
    assert "/s/late" not in writes(found)


@pytest.mark.parametrize("runner", ["python3 /opt/jobs/runner.py", "/opt/jobs/runner", "perl /opt/jobs/run.pl"])
def test_a_script_beside_a_runner_that_is_not_there(runner: str) -> None:
    """A runner whose text nobody has is given a script of its own folder by its bare name."""
    files = {"opt/jobs/load.py": "import sys\nopen('/s/out.csv', 'w')\nopen('/s/' + sys.argv[1])\n"}
    found = facts(f"cd /srv && {runner} load.py in.csv", files)
    assert "/s/out.csv" in writes(found)
    assert "/s/in.csv" in reads(found)
    assert any("not among the files read" in why for why in found.unclear)


@pytest.mark.parametrize(
    "command", ["python3 /opt/other/runner.py load.py", "python3 runner.py load.py", "python3 /opt/jobs/$X.py load.py"]
)
def test_a_name_that_lies_elsewhere_is_no_script_of_the_runner(command: str) -> None:
    """Only the runner's own folder is looked into."""
    files = {"opt/jobs/load.py": "open('/s/out.csv', 'w')\n", "opt/jobs2/load.py": "open('/s/out2.csv', 'w')\n"}
    assert not writes(facts(f"cd /srv && {command}", files))
