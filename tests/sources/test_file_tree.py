"""Tests of finding a deployed file again among the files that were read."""

from pathlib import Path

import pytest

from migrator.sources import FileTree, discover, file_tree
from tests.sources.planting import HOST, plant


def tree(*folders: Path, **maps: str) -> FileTree:
    """Index folders; a mapping's prefix is given as a keyword, `_` for nothing."""
    return FileTree(discover([str(folder) for folder in folders]).scanned, maps)


def where(files: FileTree, written: str, expanded: str | None = None, host: str | None = None) -> str | None:
    """Give the file that a path leads to."""
    found = files.locate(written, expanded, host)
    return found.path if found else None


def test_below_the_root(tmp_path: Path):
    """In a root tree a path is where it says, through links of the host, and nowhere else."""
    plant(tmp_path, HOST)
    (tmp_path / "srv").mkdir()
    (tmp_path / "srv/etl").symlink_to("/opt/etl")
    files = tree(tmp_path)
    assert where(files, "/opt/etl/load_orders.sh") == "opt/etl/load_orders.sh"
    assert where(files, "/srv/etl/load_orders.sh") == "opt/etl/load_orders.sh"
    assert where(files, "/usr/local/bin/load_orders.sh") is None
    assert where(files, "$BASE/etl/load_orders.sh") == "opt/etl/load_orders.sh"


def test_a_repository_with_files_of_its_host(tmp_path: Path):
    """Who keeps a host's tab beside scripts has them below one folder of the host, which the tree itself lacks."""
    plant(tmp_path, {**HOST, "jobs/load.sh": "", "top.sh": "", "bin/sum.sh": "", "opt/etl/more.sh": "", "more.sh": ""})
    files = tree(tmp_path)
    assert where(files, "/srv/shop/jobs/load.sh") == "jobs/load.sh"
    assert where(files, "/srv/shop/top.sh") == "top.sh"
    found = files.locate("/srv/shop/jobs/load.sh", None, None)
    assert found
    assert found.how == "where the files read lie in /srv/shop"
    assert where(files, "/srv/shop/other/load.sh") is None
    assert where(files, "/opt/etl/top.sh") is None
    assert where(files, "/srv/shop/bin/sum.sh") is None
    plant(tmp_path, {"README.md": ""})
    assert where(tree(tmp_path), "/srv/shop/bin/sum.sh") == "bin/sum.sh"


def test_a_folder_is_looked_over_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whether it is a repository is asked for each path of a command, and its files may be many."""
    plant(tmp_path, {**HOST, "README.md": "", "bin/sum.sh": "", "bin/all.sh": ""})
    seen: list[str] = []
    answer = file_tree._is_repository
    monkeypatch.setattr(file_tree, "_is_repository", lambda scan: bool(seen.append(scan.label)) or answer(scan))
    files = tree(tmp_path)
    assert [where(files, f"/srv/shop/bin/{name}.sh") for name in ("sum", "all", "none")] == [
        "bin/sum.sh",
        "bin/all.sh",
        None,
    ]
    assert seen == [""]


def test_hosts_keep_to_themselves(tmp_path: Path):
    """A path belongs to its host."""
    plant(tmp_path / "web1", {**HOST, "opt/one.sh": ""})
    plant(tmp_path / "web2", HOST)
    files = tree(tmp_path)
    assert where(files, "/opt/one.sh", host="web1") == "web1/opt/one.sh"
    assert where(files, "/opt/one.sh", host="web2") is None
    assert where(files, "one.sh", host="web2") is None
    assert where(files, "/opt/etl/load_orders.sh", host="web2") == "web2/opt/etl/load_orders.sh"


def test_the_longest_unique_end(tmp_path: Path):
    """Without a mapping the longest end of the path that is unique is taken, and said."""
    plant(tmp_path, {"bin/load.sh": "", "old/load.sh": "", "etl/run.py": "", "a/x.sh": "", "b/x.sh": ""})
    files = tree(tmp_path)
    assert where(files, "/opt/app/bin/load.sh") == "bin/load.sh"
    assert where(files, "/opt/app/load.sh") is None
    assert where(files, "/deployed/run.py") == "etl/run.py"
    assert where(files, "x.sh") is None
    found = files.locate("/opt/app/bin/load.sh", None, None)
    assert found
    assert found.how == "the only file among those read that ends in bin/load.sh"


def test_parts_that_vary(tmp_path: Path):
    """Variables, `~` and globs end what can be compared; a name that varies is not found."""
    plant(tmp_path, {"bin/load.sh": ""})
    files = tree(tmp_path)
    assert where(files, "~/bin/load.sh") == "bin/load.sh"
    assert where(files, "$HOME/$APP/bin/load.sh") == "bin/load.sh"
    assert where(files, "/opt/bin/$NAME.sh") is None
    assert where(files, "bin/../bin/load.sh") == "bin/load.sh"
    assert where(files, "") is None


def test_system_programs_are_not_files_of_the_tree(tmp_path: Path):
    """`/usr/bin/rsync` is the system's, whatever lies in the repository; a bare word must be executable."""
    plant(tmp_path, {"conf/rsync": "", "conf/backup": "", "tools/prune*": ""})
    files = tree(tmp_path)
    assert where(files, "/usr/bin/rsync") is None
    assert where(files, "backup") is None
    assert where(files, "prune") == "tools/prune"


def test_mappings_go_first(tmp_path: Path):
    """A prefix is matched as written and expanded, whole parts only; one that leads nowhere is not guessed around."""
    plant(tmp_path, {"src/load.sh": "", "load.sh": "", "home/x.sh": ""})
    files = FileTree(
        discover([str(tmp_path)]).scanned, {"/opt/etl": "src", "~/jobs": "home", "$BASE": ".", "/opt": "nowhere"}
    )
    assert where(files, "/opt/etl/load.sh") == "src/load.sh"
    assert where(files, "~/jobs/x.sh", "/home/me/jobs/x.sh") == "home/x.sh"
    assert where(files, "$BASE/load.sh", "/opt/etl/load.sh") == "src/load.sh"
    assert where(files, "$OTHER/load.sh", "/opt/etl/load.sh") == "src/load.sh"
    assert where(files, "/opt/etlx/load.sh") is None
    found = files.locate("/opt/etl/load.sh", None, None)
    assert found
    assert found.how == "/opt/etl is mapped to src"


def test_mappings_with_several_paths(tmp_path: Path):
    """A mapping's folder is looked for below each PATH."""
    plant(tmp_path / "one", {"a.sh": ""})
    plant(tmp_path / "two", {"src/b.sh": ""})
    files = FileTree(discover([str(tmp_path / "one"), str(tmp_path / "two")]).scanned, {"/opt": "src"})
    assert where(files, "/opt/b.sh") == "two/src/b.sh"


def test_text(tmp_path: Path):
    """Text comes with bytes that are no UTF-8 kept; binary, large and unknown files give none."""
    plant(tmp_path, {"a.sh": b"caf\xe9\n", "b.sh": b"\x7fELF\0", "c.sh": "x" * (1 << 20) + "y", "d.sh": b"a\0b"})
    files = tree(tmp_path)
    assert files.text("a.sh") == "caf\udce9\n"
    assert [files.text(name) for name in ("b.sh", "c.sh", "d.sh", "../a.sh", "/etc/passwd")] == [None] * 5


def test_names_in_a_folder(tmp_path: Path):
    """The regular files of a deployed folder, for a glob or run-parts."""
    plant(tmp_path, {**HOST, "opt/parts.d/b": "", "opt/parts.d/a": "", "opt/parts.d/sub/c": ""})
    files = tree(tmp_path)
    assert files.names("/opt/parts.d", None) == ("a", "b")
    assert files.names("/opt/none", None) == ()
    plant(tmp_path / "repo", {"x/parts.d/q": ""})
    assert tree(tmp_path / "repo").names("/srv/x/parts.d/", None) == ("q",)


def test_executable(tmp_path: Path):
    """The mode of a file is known, that of a missing one is not."""
    files = tree(plant(tmp_path, {"a*": "", "b": ""}))
    assert (files.executable("a"), files.executable("b"), files.executable("c")) == (True, False, None)


def test_ten_thousand_files(tmp_path: Path):
    """A large tree is indexed once and looked up quickly, also for a name that thousands have."""
    for folder in range(100):
        plant(tmp_path / f"d{folder}", {f"f{number}.sh": "" for number in range(20)} | {"main.py": ""})
    files = tree(tmp_path)
    for number in range(2000):
        assert where(files, f"/opt/d{number % 100}/f{number % 20}.sh") == f"d{number % 100}/f{number % 20}.sh"
        assert where(files, f"/opt/x{number % 9}/main.py") is None
