"""Called scripts: found, redacted, followed with folder, variables and arguments; make targets likewise."""

import pytest

from migrator.commands import StepKind
from tests.commands.tools import facts, names, reads, script, traits, writes


def test_the_steps_of_a_script_stand_for_the_call() -> None:
    """A script among the files is followed; how it was found is kept."""
    found = facts("/opt/run.sh", {"opt/run.sh": "#!/bin/sh\n/opt/a\n/opt/b\n"})
    assert names(found) == ["a", "b"]
    assert [(c.written, c.path) for c in found.called] == [("/opt/run.sh", "opt/run.sh")]


@pytest.mark.parametrize(
    "call",
    [
        "/opt/run.sh",
        "sh /opt/run.sh",
        "bash -x /opt/run.sh",
        ". /opt/run.sh",
        "cd /opt && ./run.sh",
        "cd /opt; bash run.sh",
        "~/run.sh",
        "$HOME/run.sh",
        "nice /opt/run.sh",
        "su - bob -c /opt/run.sh",
        "D=/opt; $D/run.sh",
        "bash < /dev/null /opt/run.sh",
    ],
)
def test_ways_to_call(call: str) -> None:
    """By path, by interpreter, sourced, relative, under a wrapper."""
    assert names(facts(call, {"opt/run.sh": "/usr/bin/rsync -a a/ b/\n"}, user="bob")) == ["rsync"]


def test_what_is_not_there_is_said() -> None:
    """One step, `unclear`, and the trait."""
    found = facts("/opt/gone.sh && python3 /opt/gone.py")
    assert [step.kind for step in found.steps] == [StepKind.SCRIPT, StepKind.SCRIPT]
    assert len(found.unclear) == 2
    assert "follows-unread" in traits(found)
    assert "follows-unread" not in traits(facts("/usr/bin/rsync -a a/ b/"))


def test_a_script_of_housekeeping_is_one_step() -> None:
    """It was called, so it counts."""
    assert names(script("cd /x\necho hello\n")) == ["run.sh"]


def test_folders_of_the_script_itself() -> None:
    """The idioms around `$0` lead to the script's own folder."""
    for head in (
        'cd "$(dirname "$0")"',
        'D=$(cd "$(dirname "$0")" && pwd); cd "$D"',
        'cd "${0%/*}"',
        'cd "$(dirname "${BASH_SOURCE[0]}")"',
        'D=$(dirname $(readlink -f "$0")); cd $D',
    ):
        found = script(f"{head}\ncp in.csv out/\n")
        assert writes(found) == {"/opt/out/in.csv"}, head
    assert writes(script("cd `dirname $0`/..\ncp a b\n", call="/srv/bin/run.sh")) == {"/srv/b"}


def test_arguments_and_exported_variables_reach_the_script() -> None:
    """`$1`, `"$@"`, exports on the line and settings of the table; what is not exported stays behind."""
    text = 'cp "$1" "$OUT/"\nfor f in "$@"; do :; done\ncp /a/$HIDDEN /b/x\n'
    found = script(text, call="export OUT=/srv/out; HIDDEN=1; /opt/run.sh /in/a.csv")
    assert "/srv/out/a.csv" in writes(found)
    assert "/a/*" in reads(found)
    assert "/srv/o2/a.csv" in writes(script(text, call="OUT=/srv/o2 /opt/run.sh /in/a.csv"))
    assert "/srv/o3/a.csv" in writes(script(text, call="/opt/run.sh /in/a.csv", settings={"OUT": "/srv/o3"}))


def test_settings_of_a_sourced_file_hold() -> None:
    """`. file` gives variables and functions."""
    files = {
        "opt/run.sh": ". /etc/app.conf\n. /opt/lib.sh\nsave\n",
        "etc/app.conf": "DIR=/data\n",
        "opt/lib.sh": "save() { cp $DIR/a $DIR/b; }\n",
    }
    found = facts("bash /opt/run.sh", files)
    assert writes(found) == {"/data/b"}
    assert str(found.steps[0].origin) == "opt/lib.sh:1"


def test_a_shell_of_its_own_gives_nothing_back() -> None:
    """A called script cannot change the caller's folder."""
    found = facts("bash /opt/x.sh; cp a b", {"opt/x.sh": "cd /elsewhere\n/opt/p\n"}, settings={"HOME": "/home/u"})
    assert "/home/u/b" in writes(found)


def test_recursion_ends() -> None:
    """A script that calls or sources itself, and two that call each other."""
    assert script("/opt/run.sh\n/opt/a\n").steps
    assert script(". /opt/run.sh\n/opt/a\n").steps
    files = {"opt/a.sh": "/opt/b.sh\n", "opt/b.sh": "/opt/a.sh\n"}
    assert facts("/opt/a.sh", files).unclear


def test_secrets_of_a_script_do_not_get_out() -> None:
    """A called script's text is redacted before anything quotes it."""
    found = script("mysql -u root -pHunter2Secret shop -e 'select 1 from t'\n")
    assert "Hunter2Secret" not in repr(found)


def test_a_silent_failure_inside_a_script() -> None:
    """Without `set -e` a failed step does not show; with it, it does."""
    assert "swallows-exit" in traits(script("/opt/a\n/opt/b\n"))
    assert "swallows-exit" not in traits(script("set -e\n/opt/a\n/opt/b\n"))
    assert "swallows-exit" not in traits(script("/opt/a && /opt/b\n"))
    assert "swallows-exit" in traits(facts("/opt/a || true"))
    assert "swallows-exit" in traits(facts("/opt/a | tee /x/y.txt"))
    assert "swallows-exit" in traits(facts("/opt/a | mail -s sums boss@shop.example"))
    assert "swallows-exit" not in traits(facts("echo done | mail -s sums boss@shop.example"))


MAKEFILE = """\
# targets
DIR := /srv/data
OUT = $(DIR)/out
.PHONY: all load
all: extract load report
extract:
\tpython3 extract.py > $(OUT)/raw.csv
load: extract
\t@echo loading
\tcd $(OUT) && \\
\t  gzip raw.csv
report:
\t-/opt/report $(TITLE) $$(date +%F) > $(OUT)/$@.txt
clean:
\trm -rf $(OUT)
"""


def test_make_targets_are_followed() -> None:
    """Prerequisites first and once, variables and continuation lines; what is not asked for is not run."""
    found = facts("cd /proj && make TITLE=daily all", {"proj/Makefile": MAKEFILE})
    assert names(found) == ["extract.py", "gzip", "report"]
    assert writes(found) == {"/srv/data/out/raw.csv", "/srv/data/out/raw.csv.gz", "/srv/data/out/report.txt"}
    assert [step.origin.line for step in found.steps] == [7, 11, 13]
    assert "swallows-exit" in traits(found)


def test_make_takes_the_first_target_and_a_folder() -> None:
    """`make`, `make -C`, `make -f`."""
    assert names(facts("make -C /proj", {"proj/Makefile": MAKEFILE})) == ["extract.py", "gzip", "report"]
    assert names(facts("make -f /proj/Makefile clean", {"proj/Makefile": MAKEFILE})) == ["rm"]
    assert facts("make -C /proj nothing", {"proj/Makefile": MAKEFILE}).steps[0].name == "make nothing"


def test_a_missing_makefile_is_said() -> None:
    """One step and a reason."""
    found = facts("cd /proj && make all")
    assert names(found) == ["make all"]
    assert found.unclear


def test_a_make_variable_keeps_the_slash_behind_it() -> None:
    """Set on the line, in the Makefile, or known to a run alone."""
    text = "D := $(ROOT)/data\nall:\n\tcp $(ROOT)/data/x $(D)/y\n"
    files = {"p/Makefile": text}
    assert reads(facts("cd /p && ROOT=/fin make", files)) == {"/fin/data/x"}
    assert writes(facts("make -C /p ROOT=/fin", files)) == {"/fin/data/y"}
    assert reads(facts("make -C /p", files)) == {"*/data/x"}


def test_a_file_read_in_may_have_a_function_of_the_callers_name() -> None:
    """`main` of a runner reads a script whose own `main` it then runs; one that calls itself is read once."""
    runner = "main() {\n  source /s/$1\n}\nmain $1\n"
    found = facts("/s/run.sh job.sh", {"s/run.sh": runner, "s/job.sh": "main() { cp /a /b; }\nmain\n"})
    assert writes(found) == {"/b"}
    assert not found.unclear
    found = facts("/s/run.sh", {"s/run.sh": "main() {\n  cp /a /b\n  main\n}\nmain\n"})
    assert names(found) == ["cp"]
    assert found.unclear == ("function `main` calls itself",)


def test_a_bare_name_is_a_file_of_the_tree_that_says_what_runs_it() -> None:
    """The crontab sets PATH, and one file of the tree has that very name and a first line of its own."""
    files = {"src/bin/load_all": "#!/bin/sh\ncp /a /b\n"}
    assert writes(facts("load_all", files, settings={"PATH": "/usr/local/bin:/bin"})) == {"/b"}
    assert writes(facts("load_all", files)) == set()
    assert writes(facts("load_all", {"doc/load_all": "cp /a /b\n"}, settings={"PATH": "/usr/local/bin"})) == set()
    assert writes(facts("load", {"bin/load": "#!/bin/sh\ncp /a /b\n"}, settings={"PATH": "/usr/local/bin"})) == set()


def test_a_script_of_another_host_was_not_read_from_there() -> None:
    """A file of that name on this host would not be the one that runs."""
    found = facts("ssh web1 /opt/clean.sh; /opt/other.sh", host="db1")
    assert "what `/opt/clean.sh` does on web1: it was not read from that host" in found.unclear
    assert "what `/opt/other.sh` does: it is not among the files read" in found.unclear


LIBRARIES = {
    "web/helper.py": 'IN = "/srv/other.csv"\n',
    "jobs/helper.py": 'IN = "/srv/in.csv"\n',
    "jobs/one.py": "from helper import IN\nprint(open(IN).read())\n",
    "web/common.php": "<?php\n$in = '/srv/other.csv';\n",
    "jobs/common.php": "<?php\n$in = '/srv/in.csv';\n",
    "jobs/two.php": "<?php\ninclude 'common.php';\necho file_get_contents($in);\n",
    "web/env.sh": "IN=/srv/other.csv\n",
    "jobs/lib/env.sh": "IN=/srv/in.csv\n",
    "jobs/three.sh": '#!/bin/sh\n. "$(dirname "$0")/lib/env.sh"\nsort $IN > /srv/out\n',
    "web/conf.js": "module.exports = { input: '/srv/other.csv' }\n",
    "jobs/conf.js": "module.exports = { input: '/srv/in.csv' }\n",
    "jobs/four.js": "const c = require('./conf')\nrequire('fs').readFileSync(c.input)\n",
}


@pytest.mark.parametrize(
    "command", ["python3 /app/one.py", "php /app/two.php", "/app/three.sh", "cd /app && node four.js"]
)
def test_libraries_of_a_folder_that_has_another_name(command: str) -> None:
    """An image renames folders; what lies beside a script there lies beside it in the tree, whoever is called alike."""
    assert "/srv/in.csv" in reads(facts(command, LIBRARIES))
    assert "/srv/other.csv" not in reads(facts(command, LIBRARIES))


def test_a_carriage_return_hides_no_script() -> None:
    """A crontab saved on Windows: what is meant is read; what the shell gets is a hazard."""
    found = facts("sleep 60 && /opt/run.sh\r", {"opt/run.sh": "#!/bin/sh\ncp /a /b\n"})
    assert names(found) == ["cp"]
    assert not found.unclear


def test_a_program_that_is_set_in_two_ways_is_named_as_one_of_them() -> None:
    """Which of them runs is open; what `$1` runs has no name at all."""
    text = 'if [ -x /usr/bin/beat ]; then P=/usr/bin/beat; else P=beat2; fi\n"$P" /a\n'
    (why,) = [each for each in script(text).unclear if "variable" in each]
    assert why.startswith("whether `")
    assert why.endswith("` is the program: only a run knows the variable")
    assert "which program `$X` is: only a run knows the variable" in script("$1 /a\n", "/opt/run.sh $X").unclear
