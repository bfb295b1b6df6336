"""Tests of what cannot be listed or read inside a folder, and of what is passed over."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from migrator.sources import discover
from migrator.sources.items import Format
from tests.sources.planting import HOST, found, plant


def refusing(name: str, real: Callable[..., object]) -> Callable[..., object]:
    """Stand for a system call that a folder or file of this name does not permit."""

    def call(path: object, *rest: object, **named: object) -> object:
        if str(path).rstrip("/").endswith("/" + name):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **named)

    return call


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What it holds cannot be known: an unread line; below a root only where cron's places may lie."""
    plant(tmp_path / "plain", {"tabs/crontab": "0 1 * * * /x\n"})
    plant(tmp_path / "host", {**HOST, "root/x": "", "etc/ssl/private/y": ""})
    monkeypatch.setattr(os, "scandir", refusing("tabs", os.scandir))
    [file] = discover([str(tmp_path / "plain")]).files
    assert file.unread[0].reason == "the folder could not be read: permission denied"
    monkeypatch.undo()
    monkeypatch.setattr(os, "scandir", refusing("root", os.scandir))
    discovery = discover([str(tmp_path / "host")])
    assert not [file for file in discovery.files if file.unread]
    assert [note.origin.path for note in discovery.notes] == ["root"]
    monkeypatch.undo()
    monkeypatch.setattr(os, "scandir", refusing("cron.d", os.scandir))
    assert [file.name for file in discover([str(tmp_path / "host")]).files if file.unread] == ["etc/cron.d"]
    monkeypatch.undo()
    monkeypatch.setattr(os, "scandir", refusing("plain", os.scandir))
    [file] = discover([str(tmp_path / "plain")]).files
    assert "could not be listed" in file.unread[0].reason


def test_files_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A crontab by name or place is an unread line; a file that says nothing of cron is not spoken of."""
    plant(
        tmp_path,
        {
            "crontab": "0 1 * * * /x\n",
            "cronjobs": "0 1 * * * /x\n",
            "notes": "0 1 * * * /x\n",
            "jobs.yaml": "version: 1\njobs: []\n",
        },
    )
    for name in ("crontab", "cronjobs", "notes", "jobs.yaml"):
        monkeypatch.setattr(os, "open", refusing(name, os.open))
    discovery = discover([str(tmp_path)])
    assert [file.name for file in discovery.files if file.unread] == ["cronjobs", "crontab"]
    assert {file.unread[0].reason for file in discovery.files} == {"the file could not be read: permission denied"}
    assert [note.text for note in discovery.notes] == ["a data file that could not be read: not looked into"]


def test_special_files_in_a_plain_folder(tmp_path: Path):
    """A FIFO that is called like a crontab is an unread line; another one is passed over in one remark."""
    os.mkfifo(tmp_path / "x.cron")
    os.mkfifo(tmp_path / "a")
    os.mkfifo(tmp_path / "b")
    discovery = discover([str(tmp_path)])
    assert [(file.name, file.unread[0].reason) for file in discovery.files] == [("x.cron", "the file is a FIFO")]
    assert [note.text for note in discovery.notes] == ["a special file, and 1 more: not looked into"]


def test_data_files_of_gigabytes(tmp_path: Path):
    """They are passed over with a remark, not read."""
    with (tmp_path / "big.json").open("wb") as file:
        file.truncate(5 << 30)
    discovery = discover([str(tmp_path)])
    assert discovery.files == ()
    assert [note.text for note in discovery.notes] == ["a data file larger than 16 MiB: not looked into"]


def test_a_manifest_below_a_root(tmp_path: Path):
    """A manifest may lie anywhere on a host but among installed packages; it belongs to that host."""
    text = "version: 1\njobs: [{id: a, schedule: '@daily', command: /x}]\n"
    files = found(
        plant(tmp_path, {**HOST, "etc/hostname": "etl1", "opt/etl/jobs.yaml": text, "usr/share/x.yaml": text})
    )
    assert files["opt/etl/jobs.yaml"].host == "etl1"
    assert files["opt/etl/jobs.yaml"].place == "opt/etl/jobs.yaml"
    assert "usr/share/x.yaml" not in files


def test_as_overrides(tmp_path: Path):
    """The format that the user names goes before name, content and place."""
    plant(tmp_path, {"etc/crontab": "0 1 * * * root /x\n", "any.yaml": "a: 1\n", "crontab": "0 1 * * * root /x\n"})
    formats = {file.name: file.format for file in discover([str(tmp_path)], as_format=Format.CRONTAB).files}
    assert formats == {"etc/crontab": Format.CRONTAB, "crontab": Format.CRONTAB}
    names = {file.name for file in discover([str(tmp_path)], as_format=Format.MANIFEST).files}
    assert "any.yaml" in names


def test_very_many_empty_files(tmp_path: Path):
    """A folder of thousands of empty files is gone through quickly and gives nothing."""
    for number in range(3000):
        (tmp_path / f"f{number}").touch()
    discovery = discover([str(tmp_path)])
    assert (discovery.files, discovery.notes) == ((), ())
