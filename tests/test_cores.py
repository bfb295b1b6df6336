"""Work is shared among cores, and the answers are the same as of one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from migrator import cores


def squares(items):
    """Answer with squares, and with the process that worked them out."""
    return [(item * item, os.getpid()) for item in items]


@pytest.mark.parametrize("count", [0, 1, 7, 40, 1001])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_answers_are_in_order(count, number):
    """Each item has its answer in its place, whatever the number of cores."""
    found = cores.mapped(squares, range(count), number, 5)
    assert [answer for answer, _ in found] == [item * item for item in range(count)]


def test_other_processes_work():
    """Two cores are two processes, each with about half of the items."""
    workers = [worker for _, worker in cores.mapped(squares, range(100), 2, 10)]
    assert len(set(workers)) == 2
    assert 40 <= workers.count(os.getpid()) <= 60


def test_a_few_items_stay_here():
    """What is not worth another core is done in this process."""
    assert {worker for _, worker in cores.mapped(squares, range(19), 4, 10)} == {os.getpid()}


def test_beside_another_thread_nothing_is_forked():
    """A fork would copy one thread alone."""
    release = threading.Event()
    other = threading.Thread(target=release.wait)
    other.start()
    try:
        assert {worker for _, worker in cores.mapped(squares, range(100), 2, 10)} == {os.getpid()}
    finally:
        release.set()
        other.join()


def test_what_a_killed_child_did_not_give_is_worked_out_here():
    """A killed worker costs time, not answers."""
    here = os.getpid()

    def killed_elsewhere(items):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(items)

    assert cores.mapped(killed_elsewhere, range(100), 2, 10) == list(range(100))


def test_what_cannot_be_sent_is_worked_out_here():
    """An answer that does not pickle comes from this process."""
    found = cores.mapped(lambda items: [lambda item=item: item for item in items], range(100), 2, 10)
    assert [answer() for answer in found] == list(range(100))


def test_an_error_is_raised_as_ever():
    """An error of the function reaches the caller, and no child is left."""

    def failing(items):
        raise ValueError(len(items))

    with pytest.raises(ValueError, match=r"5\d"):
        cores.mapped(failing, range(102), 2, 10)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize("count", [0, 1, 7, 40, 5001])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_items_taken_in_turn_are_answered_in_order(count, number):
    """Each item has its answer in its place, whichever core took it."""
    assert cores.in_turn(lambda item: item * item, range(count), number, 5) == [item * item for item in range(count)]


def test_a_free_core_takes_what_is_left():
    """While one core is held up by an item, the other takes all the rest."""
    here = os.getpid()
    begun, begin = os.pipe()
    finished, finish = os.pipe()
    taken = []

    def held_up_here(item):
        taken.append(item)
        if os.getpid() == here:
            os.write(begin, b".")
            os.read(finished, 1)
        elif len(taken) == 1:
            os.read(begun, 1)
        elif len(taken) == 59:
            os.write(finish, b".")
        return os.getpid()

    workers = cores.in_turn(held_up_here, range(60), 2, 5)
    for end in (begun, begin, finished, finish):
        os.close(end)
    assert len(set(workers)) == 2
    assert workers.count(here) == 1


def test_what_was_taken_by_a_killed_child_is_worked_out_here():
    """A killed worker takes no item with it."""
    here = os.getpid()

    def killed_elsewhere(item):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)
        return item

    assert cores.in_turn(killed_elsewhere, range(20), 3, 5) == list(range(20))


def test_other_cores_begin_before_the_answers_are_asked_for():
    """The first item is done elsewhere while this process has other work; it is given in its place."""
    done, tell = os.pipe()

    def told(item):
        os.write(tell, b".")
        return item * item

    with cores.begun(told, range(8), 2, 4, 2) as answers:
        assert os.read(done, 1) == b"."
        assert answers() == [item * item for item in range(8)]
    for end in (done, tell):
        os.close(end)


def test_what_nobody_asks_for_is_ended():
    """Work that was begun and is not wanted leaves no process behind."""
    with cores.begun(lambda _: time.sleep(600), range(8), 2, 4):
        pass
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_an_error_comes_out_and_no_child_stays():
    """Whatever an item raises here reaches the caller; the other workers are ended."""

    def failing(item):
        raise OSError(28, f"no space for {item}")

    with pytest.raises(OSError, match="no space"):
        cores.in_turn(failing, range(20), 2, 5)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_group_ends_with_the_program_that_it_waits_for(tmp_path):
    """A child apart takes what it started with it, and leaves no zombie."""
    said = tmp_path / "pid"

    def waiting():
        subprocess.run(["/bin/sh", "-c", f"echo $$ > {said}.new; mv {said}.new {said}; exec sleep 600"], check=False)

    child = cores.forked(waiting, apart=True)
    while not said.exists():
        assert not cores.wait([child], 0.05)
    cores.end(child)
    with pytest.raises(ProcessLookupError):
        os.kill(int(said.read_text()), 0)


@pytest.mark.skipif(sys.platform != "linux", reason="prctl(2) is Linux's")
def test_a_child_ends_with_the_process_that_forked_it():
    """A run that is killed leaves no worker behind."""
    text = """
import os, sys, time
from migrator import cores
child = cores.forked(lambda: time.sleep(600))
print(child.process, flush=True)
time.sleep(600)
"""
    process = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True)
    worker = int(process.stdout.readline())
    time.sleep(0.3)
    process.kill()
    process.communicate()
    for _ in range(200):
        state = Path(f"/proc/{worker}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker goes on")
