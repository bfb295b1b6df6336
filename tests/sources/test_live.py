"""Tests of reading a host itself, any folder standing for it."""

from pathlib import Path

import pytest

from migrator.model import Dialect
from migrator.sources import LiveTree, SourceError, discover, discover_live, own_tab, tree_of
from migrator.sources.file_tree import FileTree
from tests.sources.planting import HOST, plant


def test_the_system_s_tabs_and_the_user_s(tmp_path: Path):
    """What lies at cron's places is found, nothing else is walked, and the user's own tab is put in its place."""
    plant(tmp_path, {**HOST, "srv/crontab": "0 1 * * * /x\n", "etc/cron.daily/a*": "#!/bin/sh\n"})
    discovery = discover_live(str(tmp_path), b"0 5 * * * /mine\n", "bob", "here")
    assert [file.name for file in discovery.files] == [
        "etc/cron.d/orders",
        "etc/cron.daily",
        "etc/crontab",
        "var/spool/cron/crontabs/alice",
        "var/spool/cron/crontabs/bob",
    ]
    assert {file.host for file in discovery.files} == {"here"}
    assert discovery.files[-1].data == b"0 5 * * * /mine\n"
    assert discovery.files[-1].dialect is Dialect.DEBIAN


def test_a_tab_is_not_read_twice(tmp_path: Path):
    """Root sees the spool: the tab there is the tab. Without Debian's spool folder the host is taken for cronie's."""
    plant(tmp_path, HOST)
    assert len(discover_live(str(tmp_path), b"0 1 * * * /x\n", "alice", None).files) == 3
    (tmp_path / "bare").mkdir()
    [file] = discover_live(str(tmp_path / "bare"), b"0 1 * * * /x\n", "bob", None).files
    assert (file.name, file.dialect) == ("var/spool/cron/bob", Dialect.CRONIE)
    assert discover_live(str(tmp_path / "bare"), None, "bob", None).files == ()


def test_modes_count_on_the_host_itself(tmp_path: Path):
    """Here the mode is the real one: cron ignores the file."""
    plant(tmp_path, HOST)
    (tmp_path / "etc/cron.d/orders").chmod(0o664)
    [fault] = [file.place_fault for file in discover_live(str(tmp_path), None, None, None).files if file.place_fault]
    assert fault.kind == "insecure-mode"


def test_links_are_followed_inside_the_root(tmp_path: Path):
    """A link to elsewhere on the host is read, one out of the root is not."""
    plant(tmp_path / "root", {**HOST, "usr/lib/tab": "0 1 * * * me /x\n"})
    (tmp_path / "root/etc/cron.d/in").symlink_to("../../usr/lib/tab")
    (tmp_path / "root/etc/cron.d/out").symlink_to("../../../secret")
    plant(tmp_path, {"secret": "0 1 * * * me /y\n"})
    files = {file.name: file for file in discover_live(str(tmp_path / "root"), None, None, None).files}
    assert files["etc/cron.d/in"].data == b"0 1 * * * me /x\n"
    assert files["etc/cron.d/out"].unread[0].reason == "the file is a symbolic link that leads out of the tree"


def test_the_live_tree(tmp_path: Path):
    """Files are looked up where they are; nothing outside the root is seen."""
    plant(tmp_path, {**HOST, "opt/etl/x/y": ""})
    discovery = discover_live(str(tmp_path), None, None, None)
    tree = tree_of(discovery, {"$E": "opt/etl"})
    assert isinstance(tree, LiveTree)
    found = tree.locate("/opt/etl/load_orders.sh", None, None)
    assert found
    assert tree.text(found.path) == "#!/bin/sh\necho hello\n"
    mapped = tree.locate("$E/load_orders.sh", None, None)
    assert mapped
    assert mapped.path == "opt/etl/load_orders.sh"
    assert tree.locate("$E/none", None, None) is None
    assert tree.locate("load_orders.sh", None, None) is None
    assert tree.locate("/opt/etl", None, None) is None
    assert tree.text("../../etc/passwd") is None
    assert tree.names("/opt/etl", None) == ("load_orders.sh",)
    assert tree.names("/none", None) == ()


def test_other_trees_are_file_trees(tmp_path: Path):
    """What was found below PATHs has a tree of files."""
    assert isinstance(tree_of(discover([str(plant(tmp_path, HOST))])), FileTree)


def crontab_program(tmp_path: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a crontab program of our own before all others."""
    plant(tmp_path, {"crontab*": f"#!/bin/sh\n{body}\n"})
    monkeypatch.setattr("crontab.CRON_COMMAND", str(tmp_path / "crontab"))


def test_the_own_tab_comes_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Lines that the library would lose or rewrite are kept to the byte."""
    crontab_program(tmp_path, "printf 'FOO=\\n# x\\n@daily   /y #c\\n*/60 * * * * /z'", monkeypatch)
    assert own_tab() == b"FOO=\n# x\n@daily   /y #c\n*/60 * * * * /z"


def test_no_tab_and_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A user without a tab has an empty one; a host without crontab has none; a refusal stops the run."""
    crontab_program(tmp_path, "echo no crontab for me >&2; exit 1", monkeypatch)
    assert own_tab() == b""
    monkeypatch.setattr("crontab.CRON_COMMAND", str(tmp_path / "missing"))
    assert own_tab() is None
    crontab_program(tmp_path, "echo you are not allowed >&2; exit 1", monkeypatch)
    with pytest.raises(SourceError, match="not allowed"):
        own_tab()
    crontab_program(tmp_path, "printf '\\351'", monkeypatch)
    with pytest.raises(SourceError, match="UTF-8"):
        own_tab()
