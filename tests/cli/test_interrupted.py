"""A plan that is killed at any step, or whose disk is full, leaves a whole folder: the old one or the new one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from migrator.plan import dump
from migrator.report import write
from migrator.report.folder import WriteError, replacing
from tests.cli.running import LONE, OWN_CHECKS, left_over, run, tab
from tests.report.plans import small_plan

ROOT = Path(__file__).resolve().parents[2]

# One process imports migrator once and forks a child for each trial. A child kills itself with SIGKILL before a step
# that changes the file system, or after a rename, or it is killed at some moment.
_TRIALS = """
import json, os, random, signal, sys, time
from pathlib import Path
from migrator.report import folder, write
from tests.report import plans

class Pencil:
    name = "pencil"
    def render(self, dot, form):
        return b'<svg width="1pt" height="1pt">' + dot.encode() if form == "svg" else b"PNG"

sys.modules["migrator.report.write"].find_renderer = lambda search_path: Pencil()
out, mode = sys.argv[1:3]
new = plans.small_plan()
old = plans.plan([plans.job("alone")], [plans.cluster("alone", ["alone"], plans.Target.EVENTBRIDGE, 1)])
STEPS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "exchange", "renamed", "exchanged"}
steps = []
dies_at = None

def step(name):
    steps.append(name)
    if dies_at == len(steps):
        os.kill(os.getpid(), signal.SIGKILL)

def heard(event, arguments):
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if event in STEPS or writes:
        step(event)

def after(function, name):
    def called(*arguments, **named):
        given = function(*arguments, **named)
        step(name)
        return given
    return called

real = folder.exchange
def exchange(one, other):
    step("exchange")
    return mode != "renames" and real(one, other)
folder.exchange = after(exchange, "exchanged")
os.rename = after(os.rename, "renamed")
sys.addaudithook(heard)

def contents():
    place = Path(out)
    return {str(p.relative_to(place)): hash(p.read_bytes()) for p in place.rglob("*") if p.is_file()}

def planned(path, prepare=None, wait=None):
    child = os.fork()
    if not child:
        steps.clear()
        prepare() if prepare else None
        write(path, Path(out))
        if counts is not None:
            os.write(counts, json.dumps(steps).encode())
        os._exit(0)
    if wait is not None:
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

def trial(*arguments):
    code = planned(new, *arguments)
    seen = contents()
    state = "old" if seen == before else "new" if seen == wanted else "none" if not seen else "broken"
    left = len([name for name in os.listdir(Path(out).parent) if ".migrator-" in name])
    # Clears what was left, too: the next trial takes the same steps.
    planned(old)
    return {"code": code, "state": state, "left": left}

def at(number):
    def prepare():
        global dies_at
        dies_at = number
    return prepare

counts = None
planned(new)
wanted = contents()
planned(old)
before = contents()
reading, counts = os.pipe()
planned(new)
taken, counts = json.loads(os.read(reading, 1 << 16)), None
planned(old)
if mode == "moments":
    chance = random.Random(7)
    found = [trial(None, chance.uniform(0, 0.06)) for _ in range(20)]
else:
    found = [{**trial(at(number)), "step": taken[number - 1]} for number in range(1, len(taken) + 1)]
print(json.dumps({"taken": taken, "found": found, "last": planned(old)}))
"""


def trials(tmp_path: Path, mode: str) -> Any:
    """Run the trials of a mode; the place begins and ends with the old plan."""
    done = subprocess.run(
        [sys.executable, "-c", _TRIALS, str(tmp_path / "plan"), mode],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["last"] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]
    return told


def test_killed_at_every_step_of_the_swap(tmp_path):
    """Before and after each rename, and between the files: a whole report is there each time, and nothing piles up."""
    told = trials(tmp_path, "steps")
    if "exchanged" not in told["taken"] or "renamed" in told["taken"]:
        pytest.skip("this system cannot exchange two names")
    found = told["found"]
    assert all(each["code"] == -9 for each in found)
    assert {each["state"] for each in found} == {"old", "new"}
    assert all(each["left"] <= 1 for each in found)
    swapped = [each["state"] for each in found]
    assert swapped == sorted(swapped, reverse=True), "old up to the exchange, new from there on"
    assert {"exchange", "exchanged", "open", "os.mkdir", "os.rmdir"} <= {each["step"] for each in found}


def test_killed_between_two_renames(tmp_path):
    """Where names cannot be exchanged the place is empty for an instant, and the next run finds the old plan again."""
    told = trials(tmp_path, "renames")
    found = told["found"]
    assert {each["state"] for each in found} == {"old", "none", "new"}
    assert sum(each["state"] == "none" for each in found) <= 3
    assert all(each["left"] <= 2 for each in found)


def test_killed_at_any_moment(tmp_path):
    """Whenever SIGKILL comes, the folder is the old one or the new one, byte for byte."""
    told = trials(tmp_path, "moments")
    assert {each["state"] for each in told["found"]} <= {"old", "new"}
    assert -9 in {each["code"] for each in told["found"]}


@pytest.mark.parametrize("room", [0, 2000])
def test_no_room_for_a_file(tmp_path, room):
    """A write that the system ends in the middle: exit code 1, one line, the old plan, nothing beside it."""
    out = tmp_path / "plan"
    run("plan", tab(tmp_path), "-o", out)
    before = contents(out)
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))"
    code = f"{OWN_CHECKS}{limited}; from migrator import cli; cli.main()"
    arguments = ["plan", str(tab(tmp_path / "new", LONE)), "-o", str(out)]
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 1
    [line] = [line for line in done.stderr.splitlines() if line.startswith("migrator: ")]
    assert "File too large" in line
    assert "nothing was changed" in line
    assert "Traceback" not in done.stderr
    assert contents(out) == before
    assert left_over(tmp_path) == []


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_old_plan_comes_back_before_a_run_that_fails(tmp_path):
    """A run that was killed between two renames left the old plan aside; one that then fails does not lose it."""
    out, aside = tmp_path / "plan", tmp_path / ".plan.migrator-abc123-old"
    write(small_plan(), out)
    before = contents(out)
    out.rename(aside)
    (tmp_path / ".plan.migrator-abc123").mkdir()
    (tmp_path / ".plan.migrator-abc123" / "report.md").write_text("half")

    def fails() -> None:
        with replacing(out):
            raise OSError(28, "No space left on device", "report.md")

    with pytest.raises(WriteError):
        fails()
    assert contents(out) == before
    assert left_over(tmp_path) == []


def test_what_lies_aside_is_put_back_only_if_it_is_a_plan_and_the_place_is_free(tmp_path):
    """A half-written folder, a link or an older plan beside a whole one never takes the place."""
    out, aside = tmp_path / "plan", tmp_path / ".plan.migrator-abc123-old"
    aside.mkdir()
    (aside / "report.md").write_text("half")
    with replacing(out):
        assert not out.exists()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "plan.json").write_text(dump(small_plan()))
    out.rmdir()
    aside.symlink_to(tmp_path / "elsewhere")
    with replacing(out):
        assert not out.exists()
    aside.unlink()
    write(small_plan(), out)
    before = contents(out)
    aside.mkdir()
    (aside / "plan.json").write_text(dump(small_plan()))
    with replacing(out) as made:
        (made / "plan.json").write_text(dump(small_plan()))
        assert contents(out) == before
        assert not aside.exists()
