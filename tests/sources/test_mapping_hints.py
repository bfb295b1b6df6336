"""Tests of the mappings that would find what is not where it is called."""

from pathlib import Path

from migrator.model import Finding
from migrator.sources import FileTree, discover, mapping_hints
from tests.sources.planting import plant

TAB = {"etc/crontab": "0 3 * * * root /srv/shop/app/bin/load.sh\n"}


def hints(folder: Path, files: dict[str, str | bytes], *called: str) -> tuple[Finding, ...]:
    """Plant a root tree and ask for the hints about called paths."""
    tree = FileTree(discover([str(plant(folder, {**TAB, **files}))]).scanned)
    return mapping_hints(tree, (f"`{path}` is not among the files read" for path in called))


def test_names_the_mapping_of_a_folder_once(tmp_path: Path):
    """Two scripts of one deployed folder are one remark, with the first as an example."""
    files = {"bin/load.sh*": "", "bin/tidy.sh*": ""}
    (hint,) = hints(tmp_path, files, "/srv/shop/app/bin/tidy.sh", "/srv/shop/app/bin/load.sh")
    assert hint.text == (
        "`--map /srv/shop/app=.` would find 2 scripts that are called, but are not there, such as bin/load.sh"
    )
    (inner,) = hints(tmp_path / "inner", {"code/bin/load.sh": ""}, "/srv/shop/bin/load.sh")
    assert inner.text.startswith("`--map /srv/shop=code` would find 1 script")


def test_the_mapping_finds_the_file(tmp_path: Path):
    """What is proposed is what `--map` takes, with several PATHs too."""
    plant(tmp_path / "one", {**TAB, "bin/load.sh*": "#!/bin/sh\n"})
    plant(tmp_path / "two", TAB)
    scanned = discover([str(tmp_path / "one"), str(tmp_path / "two")]).scanned
    near = FileTree(scanned).elsewhere("/srv/shop/app/bin/load.sh")
    assert near == ("/srv/shop/app", ".", "one/bin/load.sh")
    found = FileTree(scanned, {near[0]: near[1]}).locate("/srv/shop/app/bin/load.sh", None, None)
    assert found is not None
    assert found.path == "one/bin/load.sh"


def test_silent_where_nothing_or_too_much_ends_alike(tmp_path: Path):
    """No such name, two of them, a bare name of a file that nobody may execute, a program of the system."""
    files = {"a/load.sh*": "", "b/load.sh*": "", "notes": "", "tar*": ""}
    called = ("/srv/load.sh", "/srv/gone.sh", "/srv/notes", "/usr/bin/tar", "/srv/$X")
    assert hints(tmp_path, files, *called) == ()
    (bare,) = hints(tmp_path, files, "/srv/x/tar")
    assert bare.text.startswith("`--map /srv/x=.` would find 1 script")
