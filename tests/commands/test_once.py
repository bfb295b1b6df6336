"""What is read is read once, however many jobs call it."""

from __future__ import annotations

import gc
from collections import Counter

import pytest

from migrator.commands import analyse, library
from migrator.model import JobId, Origin
from migrator.shell import parse
from migrator.shell.tree import Script
from tests.commands.tools import Files, facts, job

SCRIPTS = {
    "opt/run.sh": "#!/bin/sh\n. /opt/lib.sh\npython3 /opt/load.py $1\n",
    "opt/lib.sh": "export DAY=$(date +%F)\n",
    "opt/load.py": "import sys\nopen('/data/' + sys.argv[1])\n",
    "opt/Makefile": "all:\n\t/opt/run.sh all\n",
}


class Counted(Files):
    """A tree that counts what is asked of it."""

    def __init__(self) -> None:
        super().__init__(SCRIPTS)
        self.texts: Counter[str] = Counter()

    def text(self, path: str) -> str | None:
        """Count and give the text of a file."""
        self.texts[path] += 1
        return super().text(path)


def test_a_file_is_read_once_however_many_jobs_call_it() -> None:
    """Calls with other arguments, from other users, by make."""
    calls = ["/opt/run.sh a", "/opt/run.sh b", "sh /opt/run.sh c", "make -C /opt", "python3 /opt/load.py d"] * 4
    tree = Counted()
    jobs = [job(call, name=f"j{n}", user=f"u{n}", line=n) for n, call in enumerate(calls)]
    found = analyse(jobs, tree)
    assert len(found) == len(calls)
    assert all(each.called for each in found.values())
    assert tree.texts == dict.fromkeys(SCRIPTS, 1)


def test_a_script_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its tree is kept for all jobs."""
    parsed: Counter[str] = Counter()

    def counting(text: str) -> Script:
        parsed[text] += 1
        return parse(text)

    monkeypatch.setattr(library, "parse", counting)
    analyse([job(f"/opt/run.sh {n}", name=f"j{n}", line=n) for n in range(20)], Counted())
    assert parsed == {SCRIPTS["opt/run.sh"]: 1, SCRIPTS["opt/lib.sh"]: 1}


def test_equal_commands_are_studied_once() -> None:
    """A hundred lines ask the tree no more than one."""
    one, many = Counted(), Counted()
    analyse([job("/opt/run.sh a")], one)
    analyse([job("/opt/run.sh a", name=f"j{n}", line=n) for n in range(100)], many)
    assert many.asked == one.asked


def test_each_of_equal_commands_has_its_own_line() -> None:
    """In every fact that stands in the line, and nowhere else; the rest is equal."""
    command = "flock -n /l nice /opt/run.sh a && { sleep 5; aws s3 cp /a s3://b/c; } >> /var/log/x.log || mail -s x y"
    jobs = [job(command, name=name, line=line, user="root") for name, line in (("a", 3), ("b", 9))]
    found = analyse(jobs, Files(SCRIPTS))
    first, second = repr(found[JobId("a")]), repr(found[JobId("b")])
    assert repr(Origin("crontab", 3)) not in second
    assert repr(Origin("crontab", 9)) in second
    mended = second.replace(repr(Origin("crontab", 9)), repr(Origin("crontab", 3)))
    assert mended.replace("job='b'", "job='a'") == first


def test_a_crontab_that_is_a_script_keeps_its_own_lines() -> None:
    """A line of a script of the same name is no line of the job."""
    tree = Files({"crontab": "#!/bin/sh\n\ncp /a /b\n"})
    found = analyse([job("sh /crontab", name=name, line=line) for name, line in (("a", 3), ("b", 9))], tree)
    assert [step.origin for step in found[JobId("b")].steps] == [Origin("crontab", 3)]


def test_other_conditions_are_another_study() -> None:
    """A setting or a user changes what a command does."""
    jobs = [
        job("cp /a $OUT/x", name="a", settings={"OUT": "/one"}),
        job("cp /a $OUT/x", name="b", settings={"OUT": "/two"}),
        job("cp /a ~/x", name="c", user="ann"),
        job("cp /a ~/x", name="d", user="bob"),
    ]
    names = {each.touched[-1].resource.name for each in analyse(jobs, Files()).values()}
    assert names == {"/one/x", "/two/x", "~ann/x", "~bob/x"}


def test_the_collector_is_put_back() -> None:
    """As it was before the study."""
    before = gc.get_threshold()
    facts("cp /a /b")
    assert gc.get_threshold() == before
