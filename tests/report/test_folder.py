"""A folder that is whole at any moment."""

import fcntl
import os
from pathlib import Path

import pytest

from migrator.plan import dump
from migrator.report import folder
from migrator.report.folder import ForeignFolderError, WriteError, exchange, replacing
from tests.report.plans import small_plan

PLAN = dump(small_plan())


def fill(place: Path, text: str = "new") -> None:
    """Write a plan's folder."""
    with replacing(place) as made:
        (made / "plan.json").write_text(PLAN)
        (made / "report.md").write_text(text)
        (made / "graphs").mkdir()


def names(place: Path) -> list[str]:
    """List a folder, hidden files too."""
    return sorted(entry.name for entry in place.iterdir())


def test_writes_a_folder_and_its_parents(tmp_path):
    """A place that is not there yet is made, with the usual permissions, and nothing is left beside it."""
    fill(tmp_path / "a" / "out")
    assert names(tmp_path / "a") == ["out"]
    assert names(tmp_path / "a" / "out") == ["graphs", "plan.json", "report.md"]
    (tmp_path / "usual").mkdir()
    assert (tmp_path / "a" / "out").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_replaces_what_migrator_wrote(tmp_path):
    """The old folder goes as a whole, with files that the new one has not."""
    fill(tmp_path / "out", "old")
    (tmp_path / "out" / "jobs.csv").write_text("id\n")
    (tmp_path / "out" / ".DS_Store").write_text("")
    fill(tmp_path / "out")
    assert names(tmp_path / "out") == ["graphs", "plan.json", "report.md"]
    assert (tmp_path / "out" / "report.md").read_text() == "new"
    assert names(tmp_path) == ["out"]


def test_an_empty_folder_is_taken(tmp_path):
    """Nothing is lost by replacing nothing."""
    (tmp_path / "out").mkdir()
    fill(tmp_path / "out")
    assert "plan.json" in names(tmp_path / "out")


def test_a_link_is_followed(tmp_path):
    """The folder behind the link is replaced, the link stays."""
    fill(tmp_path / "real", "old")
    (tmp_path / "link").symlink_to("real")
    fill(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "report.md").read_text() == "new"


@pytest.mark.parametrize(
    "files",
    [
        {"notes.txt": "mine"},
        {"plan.json": "{}"},
        {"plan.json": "not json"},
        {"plan.json": '{"version": "1", "mine": 2}'},
        {"plan.json": "[" * 100_000},
        {"plan.json": '{"version": "1"}', "x": ""},
        {"plan.json": PLAN, "notes.txt": "mine"},
        {"plan.json": PLAN, ".git": ""},
    ],
)
def test_another_folder_is_never_replaced(tmp_path, files):
    """What migrator did not write stays, byte for byte, and the exit code is that of wrong usage."""
    place = tmp_path / "out"
    place.mkdir()
    for name, text in files.items():
        (place / name).write_text(text)
    with pytest.raises(ForeignFolderError) as caught:
        fill(place)
    assert caught.value.exit_code == 2
    assert {name: (place / name).read_text() for name in names(place)} == files
    assert names(tmp_path) == ["out"]


def test_a_file_in_the_place_is_refused(tmp_path):
    """A folder cannot take a file's place."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ForeignFolderError, match="is not a folder"):
        fill(tmp_path / "out")


def test_what_comes_up_while_writing_is_looked_at_again(tmp_path):
    """A file that somebody put there meanwhile is not lost."""

    def late() -> None:
        with replacing(tmp_path / "out") as made:
            (made / "plan.json").write_text(PLAN)
            (tmp_path / "out").mkdir()
            (tmp_path / "out" / "mine").write_text("")

    with pytest.raises(ForeignFolderError, match="holds files"):
        late()
    assert names(tmp_path) == ["out"]
    assert names(tmp_path / "out") == ["mine"]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError])
def test_a_run_that_fails_changes_nothing(tmp_path, fault):
    """The old folder stays whole, and the half-written one goes."""
    fill(tmp_path / "out", "old")

    def interrupted() -> None:
        with replacing(tmp_path / "out") as made:
            (made / "report.md").write_text("half")
            raise fault

    with pytest.raises(fault):
        interrupted()
    assert (tmp_path / "out" / "report.md").read_text() == "old"
    assert names(tmp_path) == ["out"]


def test_a_refusal_of_the_system_names_the_place(tmp_path):
    """A full disk, a missing permission: exit 1, the place, and nothing is changed."""
    fill(tmp_path / "out", "old")

    def full() -> None:
        with replacing(tmp_path / "out"):
            raise OSError(28, "No space left on device", "report.md")

    with pytest.raises(WriteError, match=r"report\.md: No space left on device") as caught:
        full()
    assert caught.value.exit_code == 1
    assert (tmp_path / "out" / "report.md").read_text() == "old"
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError):
        fill(tmp_path / "file" / "out")


def test_what_a_killed_run_left_is_cleared_and_what_a_living_one_holds_is_not(tmp_path):
    """The lock of a run that was killed is gone; files and links of that name are not ours."""
    dead, living = tmp_path / ".out.migrator-dead", tmp_path / ".out.migrator-live"
    for left in (dead, living):
        left.mkdir()
        (left / "report.md").write_text("")
    (tmp_path / ".out.migrator-file").write_text("")
    (tmp_path / ".out.migrator-link").symlink_to(living)
    handle = os.open(living, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        fill(tmp_path / "out")
    finally:
        os.close(handle)
    assert names(tmp_path) == [".out.migrator-file", ".out.migrator-link", ".out.migrator-live", "out"]
    fill(tmp_path / "out")
    assert names(tmp_path) == [".out.migrator-file", ".out.migrator-link", "out"]


def test_what_another_user_left_is_no_reason_to_fail(tmp_path, monkeypatch):
    """In a folder for all it may be neither opened nor taken away; the plan is written beside it."""
    theirs = tmp_path / ".out.migrator-theirs-old"
    theirs.mkdir()
    (theirs / "plan.json").write_text(PLAN)
    real_open, real_rename = os.open, os.rename

    def opened(path, *more, **named):
        if path == theirs:
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(path, *more, **named)

    def renamed(path, *more, **named):
        if path == theirs:
            raise PermissionError(1, "Operation not permitted", str(path))
        return real_rename(path, *more, **named)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "rename", renamed)
    fill(tmp_path / "out")
    assert names(tmp_path) == [theirs.name, "out"]


def test_a_name_with_wildcards_clears_its_own_only(tmp_path):
    """A bracket or a star in the folder's name is a letter."""
    (tmp_path / ".outX.migrator-dead").mkdir()
    fill(tmp_path / "out*")
    assert names(tmp_path) == [".outX.migrator-dead", "out*"]


def test_without_an_exchange_two_renames_do(tmp_path, monkeypatch):
    """Where the file system cannot exchange two names the old folder goes aside first."""
    monkeypatch.setattr(folder, "exchange", lambda one, other: False)
    fill(tmp_path / "out", "old")
    fill(tmp_path / "out")
    assert (tmp_path / "out" / "report.md").read_text() == "new"
    assert names(tmp_path) == ["out"]


def test_a_second_rename_that_fails_puts_the_old_folder_back(tmp_path, monkeypatch):
    """The old folder is in its place again."""
    fill(tmp_path / "out", "old")
    # What was written vanishes between the two renames.
    monkeypatch.setattr(folder, "exchange", lambda one, other: one.rename(tmp_path / "gone") and False)
    with pytest.raises(WriteError):
        fill(tmp_path / "out")
    assert (tmp_path / "out" / "report.md").read_text() == "old"


def test_an_exchange_is_one_step(tmp_path):
    """Both names are there at any time; a name that is not there is an error."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text("")
    if not exchange(tmp_path / "a", tmp_path / "b"):
        pytest.skip("this system cannot exchange two names")
    assert (names(tmp_path / "a"), names(tmp_path / "b")) == (["b"], ["a"])
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "a", tmp_path / "c")


class NoExchange:
    """A system library without the call."""


class RefusingExchange:
    """A system library whose file system says no."""

    def renameat2(self, *_arguments: object) -> int:
        """Fail as ENOSYS, or as another error."""
        folder.ctypes.set_errno(self.code)
        return -1

    code = folder.errno.ENOSYS


class DarwinExchange(RefusingExchange):
    """The other system's call of the same kind."""

    def renamex_np(self, *_arguments: object) -> int:
        """Succeed."""
        return 0


def test_systems_without_an_exchange_say_so(tmp_path, monkeypatch):
    """No call, or a call that is not supported, is no error; anything else is."""
    monkeypatch.setattr(folder.ctypes, "CDLL", lambda name, use_errno: NoExchange())
    assert exchange(tmp_path, tmp_path) is False
    monkeypatch.setattr(folder.ctypes, "CDLL", lambda name, use_errno: RefusingExchange())
    assert exchange(tmp_path, tmp_path) is False
    monkeypatch.setattr(RefusingExchange, "code", folder.errno.EACCES)
    with pytest.raises(PermissionError):
        exchange(tmp_path, tmp_path)
    monkeypatch.setattr(folder.ctypes, "CDLL", lambda name, use_errno: DarwinExchange())
    monkeypatch.setattr(folder.sys, "platform", "darwin")
    assert exchange(tmp_path, tmp_path) is True
