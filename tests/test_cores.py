"""Work is shared among cores, and the answers are the same as of one."""

from __future__ import annotations

import os
import signal
import threading

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
