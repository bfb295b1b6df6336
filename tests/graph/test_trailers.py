"""What all jobs of one script do when they have done their own says nothing of their order."""

from migrator.commands import analyse
from migrator.graph import build
from migrator.settings import Settings
from tests.commands.tools import Files, job

_KINDS = ("birds", "fish", "moss", "fern", "bees")
_INGEST = """
import sqlite3, sys
db = sqlite3.connect("/srv/garden.db")
def birds(): db.execute("INSERT INTO birds VALUES (1)")
def fish(): db.execute("INSERT INTO fish VALUES (1)")
def moss(): db.execute("INSERT INTO moss VALUES (1)")
def fern(): db.execute("INSERT INTO fern VALUES (1)")
def bees(): db.execute("INSERT INTO bees VALUES (1)")
def summary():
    for kind in ("birds", "fish", "moss", "fern", "bees"):
        db.execute(f"SELECT name FROM {kind}")
    db.execute("INSERT INTO status VALUES (1)")
def honey(): db.execute("SELECT weight FROM bees")
work = sys.argv[1]
if work == "birds": birds()
if work == "fish": fish()
if work == "moss": moss()
if work == "fern": fern()
if work == "bees": bees()
if work == "honey": honey()
"""
_CATALOGUE = """
import json, sys
def load():
    with open("/srv/catalogue.json") as f:
        return json.load(f)
def save(rows):
    with open("/srv/catalogue.json", "w") as f:
        json.dump(rows, f)
rows = load()
if sys.argv[1] == "edit":
    save(rows)
else:
    with open("/srv/out/" + sys.argv[1], "w") as f:
        json.dump(rows, f)
"""


def _edges(text: str, arguments: tuple[str, ...]) -> set[tuple[str, str]]:
    jobs = [job(f"python3 /srv/one.py {said}", name=said, line=n, minute=1 << n) for n, said in enumerate(arguments, 1)]
    graph = build(jobs, analyse(jobs, Files({"srv/one.py": text})), Settings())
    return {(tie.upstream, tie.downstream) for tie in graph.dependencies}


def test_a_summary_that_each_makes_is_no_need():
    """Each reads all tables at its end, for the summary."""
    assert _edges(_INGEST + "summary()\n", _KINDS) == set()


def test_who_reads_for_himself_needs_it():
    """A reading that stands elsewhere, or that is all that a job does, is its work."""
    assert _edges(_INGEST + "summary()\n", (*_KINDS, "honey")) >= {("bees", "honey")}
    assert _edges(_INGEST + "summary()\n", (*_KINDS, "show")) == {(kind, "show") for kind in _KINDS}


def test_few_jobs_of_a_script_may_be_steps():
    """Three that read what the others wrote are told as they are."""
    assert _edges(_INGEST + "summary()\n", _KINDS[:3]) >= {("birds", "fish"), ("birds", "moss"), ("fish", "moss")}


def test_who_looks_before_he_writes_works_on_it():
    """A catalogue is loaded by all and written by one: the others need that one."""
    assert _edges(_CATALOGUE, ("edit", "a", "b", "c", "d")) == {("edit", name) for name in "abcd"}


_FILLED = """
import os, sys
if not os.path.exists("/srv/plan.csv"):
    open("/srv/plan.csv", "w").write("x")
rows = open("/srv/plan.csv").read()
open("/srv/out/" + sys.argv[1], "w").write(rows)
"""


def test_who_makes_what_he_looks_at_is_told_as_before():
    """Of four that each make a file where it is missing, and one more that does, none makes it for another."""
    names = ("a", "b", "c", "d")
    jobs = [job(f"python3 /srv/one.py {name}", name=name, line=n, minute=1 << n) for n, name in enumerate(names, 1)]
    jobs.append(job("python3 /srv/two.py z", name="z", line=9, minute=1 << 30))
    files = Files({"srv/one.py": _FILLED, "srv/two.py": _FILLED})
    found = build(jobs, analyse(jobs, files), Settings()).dependencies
    assert {basis for tie in found for basis in tie.basis} <= {"states"}
