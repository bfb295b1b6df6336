"""Tests of how the process ends: signals, a reader who left, a full disk, from outside."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from migrator import cli
from tests.cli.running import LONE, OWN_CHECKS, left_over, plan_of, run, tab

ROOT = Path(__file__).resolve().parents[2]

# The plan is held up where it writes, so that a signal surely finds it there; what draws beside it goes on.
# A shell starts what runs in its background with SIGINT and SIGQUIT ignored, nohup(1) with SIGHUP.
_SLOW = f"""{OWN_CHECKS}import signal, sys, threading, time
from pathlib import Path
from migrator import cli
signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGHUP, signal.SIGQUIT):
    signal.signal(number, signal.SIG_DFL)
real = Path.write_bytes
def slowly(path, data):
    if threading.current_thread() is threading.main_thread():
        print("writing", file=sys.stderr, flush=True)
        time.sleep(100)
    return real(path, data)
Path.write_bytes = slowly
cli.main(sys.argv[1:])
"""

_SECONDS = 90  # less than the plan is held up
_MAIN = f"{OWN_CHECKS}from migrator import cli; cli.main()"


@contextmanager
def slow_plan(path, out):
    """Start a plan in a process of its own; go on when it has begun to write, and leave nothing of it behind."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SLOW, "plan", str(path), "-o", str(out)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    )
    with process:
        try:
            assert process.stderr.readline() == "writing\n"
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 143), (signal.SIGQUIT, 143)]
)
def test_a_signal_in_the_middle_of_a_plan(tmp_path, number, code):
    """The old plan is whole, no temporary folder stays, and the exit code tells the signal."""
    out = tmp_path / "plan"
    run("plan", tab(tmp_path), "-o", out)
    before = plan_of(out)
    with slow_plan(tab(tmp_path / "new", LONE), out) as process:
        assert left_over(tmp_path)
        process.send_signal(number)
        _, said = process.communicate(timeout=_SECONDS)
    assert process.returncode == code
    assert "Traceback" not in said
    assert plan_of(out) == before
    assert left_over(tmp_path) == []


def test_a_second_signal_does_not_cut_the_tidying_short(tmp_path):
    """timeout(1) sends SIGTERM to the process and to its group; a session that ends, SIGHUP beside it."""
    with slow_plan(tab(tmp_path), tmp_path / "plan") as process:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT):
            process.send_signal(number)
        process.communicate(timeout=_SECONDS)
    assert process.returncode == 143
    assert left_over(tmp_path) == []


def test_a_killed_run_is_cleared_by_the_next_and_a_running_one_is_not(tmp_path):
    """What SIGKILL left is removed; the folder of a run that is still at work stays."""
    path = tab(tmp_path)
    with slow_plan(path, tmp_path / "plan") as killed:
        killed.kill()
    assert len(left_over(tmp_path)) == 1
    with slow_plan(path, tmp_path / "plan"):
        [mine] = left_over(tmp_path)
        assert run("plan", path, "-o", tmp_path / "plan").code in {0, 11}
        assert left_over(tmp_path) == [mine]


def migrator(*arguments, **more):
    """Run migrator in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", _MAIN, *map(str, arguments)],
        capture_output="stdout" not in more,
        timeout=300,
        cwd=ROOT,
        check=False,
        **more,
    )


@pytest.mark.parametrize("arguments", [["schema"], ["--help"], ["scan", "TAB"]])
def test_a_reader_who_left_is_no_failure(tmp_path, arguments):
    """`migrator … | head -1`: no message, exit code 0."""
    path = tab(tmp_path, LONE * 200)
    reading, writing = os.pipe()
    os.close(reading)
    ended = migrator(*[path if word == "TAB" else word for word in arguments], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [["schema"], ["scan", "TAB"], ["scan", "--json", "TAB"], ["init", "TAB"]])
def test_a_full_disk_behind_standard_output(tmp_path, arguments):
    """Exit code 1 and one line, no traceback."""
    path = tab(tmp_path)
    with Path("/dev/full").open("wb") as full:
        ended = migrator(*[path if word == "TAB" else word for word in arguments], stdout=full, stderr=subprocess.PIPE)
    assert ended.returncode == 1
    assert ended.stderr == b"migrator: standard output: No space left on device\n"


def test_a_terminal_of_another_encoding(tmp_path):
    """Names that the terminal cannot show are escaped, and the settings are UTF-8 all the same."""
    path = tab(tmp_path, "0 1 * * * /opt/café/Übersicht.sh …\n")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    for arguments in (["scan", path], ["scan", "--json", path], ["plan", path, "-o", tmp_path / "plan"]):
        ended = migrator(*arguments, env=environment)
        assert ended.returncode in {0, 11}
        assert ended.stdout.isascii()
    assert "…" in migrator("init", path, env=environment).stdout.decode("utf-8")


def test_the_environment_changes_no_byte(tmp_path):
    """Hash seed, zone, locale and working folder say nothing in the files."""
    path = tab(tmp_path)
    written = []
    for number, more in enumerate(
        ({"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}, {"PYTHONHASHSEED": "77", "TZ": "", "LC_ALL": "C", "LANG": "C"})
    ):
        out = tmp_path / f"plan{number}"
        migrator("plan", path, "-o", out, env={**os.environ, **more})
        written.append({file.name: file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()})
    assert len(written[0]) > 4
    assert written[0] == written[1]


def test_failures_of_the_system_are_told_in_one_line(monkeypatch):
    """What the operating system refuses in an unforeseen place is exit code 1, with its name."""

    def refuse(*arguments, **named):
        raise OSError(5, "Input/output error", "/dev/broken")

    monkeypatch.setattr("migrator.plan.schema", refuse)
    told = run("schema")
    assert (told.code, told.out) == (1, "")
    assert told.err == "migrator: /dev/broken: Input/output error\n"


@pytest.mark.parametrize(
    ("raised", "code"),
    [(KeyboardInterrupt(), 130), (cli._Terminated(), 143), (BrokenPipeError(32, "Broken pipe"), 0), (SystemExit(1), 0)],
)
def test_every_way_to_be_stopped(monkeypatch, raised, code):
    """The exit codes of the contract, without a traceback."""

    def stop(*arguments, **named):
        raise raised

    monkeypatch.setattr("migrator.plan.schema", stop)
    told = run("schema")
    assert told.code == code
    assert "Traceback" not in told.err


def test_main_leaves_with_the_exit_code(monkeypatch):
    """The entry point sets the handlers of the signals that end a run and exits; what is ignored stays so."""
    before = {number: signal.getsignal(number) for number in cli._ENDING}
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    monkeypatch.setattr(sys, "argv", ["migrator", "--version"])
    try:
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code == 0
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        with pytest.raises(cli._Terminated):
            signal.raise_signal(signal.SIGQUIT)
        assert {signal.getsignal(number) for number in cli._ENDING} == {signal.SIG_IGN}
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        gc.enable()


@pytest.mark.parametrize("closed", [(1,), (0, 1, 2)])
def test_streams_that_the_caller_has_closed(tmp_path, closed):
    """The plan is written all the same, and none of its files takes a stream's place."""
    path, out = tab(tmp_path, LONE), tmp_path / "out"
    streams = "".join(f"os.close({number})\n" for number in closed)
    begin = f"import os, sys\n{streams}os.execv(sys.executable, [sys.executable, '-c', {_MAIN!r}, *sys.argv[1:]])\n"
    done = subprocess.run(
        [sys.executable, "-c", begin, "plan", str(path), "-o", str(out)], capture_output=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert plan_of(out)["jobs"]


def test_a_caller_that_ignores_its_children(tmp_path):
    """It hands that on; the work that is done beside this process is waited for all the same."""
    path, out = tab(tmp_path, LONE), tmp_path / "out"
    begin = f"import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\n{_MAIN}"
    done = subprocess.run(
        [sys.executable, "-c", begin, "plan", str(path), "-o", str(out)], capture_output=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_memory_is_full(tmp_path, monkeypatch):
    """It is a failure with a remedy, not a traceback."""

    def full(*_):
        raise MemoryError

    monkeypatch.setattr("migrator.pipeline.survey", full)
    told = run("scan", tab(tmp_path))
    assert told.code == 1
    assert "the memory is full" in told.err


def test_a_path_longer_than_a_path_can_be():
    """It is not there, and that is said."""
    told = run("scan", "/" + "a/" * 3000)
    assert told.code == 2
    assert "no such file" in told.err
