"""The committed reports of the samples are what the code writes."""

from __future__ import annotations

import shutil
import struct
import zlib
from pathlib import Path

import pytest

from migrator import cli

ROOT = Path(__file__).resolve().parents[1]
NAMES = sorted(path.parent.name for path in ROOT.glob("samples/*/migrator.toml"))


def written(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder by its path; a picture as its pixels, since zlib libraries pack differently."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): pixels(path.read_bytes()) if path.suffix == ".png" else path.read_bytes()
        for path in files
    }


def asked(name: str, out: Path) -> list[str]:
    """Give the arguments that plan a sample: with its logs where it has some."""
    logs = sorted(path.relative_to(ROOT) for path in ROOT.glob(f"samples/{name}/var/log"))
    return ["plan", f"samples/{name}", "-o", str(out), *(f"--log={path}" for path in logs)]


def pixels(png: bytes) -> bytes:
    """Unpack a PNG: all other chunks as they are, then its image data (PNG specification, 5.3)."""
    position, others, packed = 8, [png[:8]], []
    while position < len(png):
        (length,) = struct.unpack_from(">I", png, position)
        chunk = png[position : position + 12 + length]
        if chunk[4:8] == b"IDAT":
            packed.append(chunk[8:-4])
        else:
            others.append(chunk)
        position += 12 + length
    return b"".join(others) + zlib.decompress(b"".join(packed))


@pytest.mark.parametrize("name", NAMES)
def test_reports_are_what_the_code_writes(name, tmp_path, monkeypatch, request):
    """Each file of `reports/NAME` is, byte for byte, in a fresh plan of `samples/NAME`, and there are no others.

    asl-validator, which few have, is kept out of it, so that all get the same verdicts.
    """
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PATH", "")
    fresh, kept = tmp_path / name, ROOT / "reports" / name
    assert cli.run(asked(name, fresh)) in {0, 11}
    if request.config.getoption("--accept"):
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(fresh, kept)
    expected, found = written(kept), written(fresh)
    assert sorted(found) == sorted(expected), "accept with pytest tests/test_reports.py --accept"
    differing = [path for path in found if found[path] != expected[path]]
    assert differing == [], "accept with pytest tests/test_reports.py --accept, after a look at the difference"


@pytest.mark.parametrize("name", NAMES)
def test_two_runs_give_the_same_bytes(name, tmp_path, monkeypatch):
    """Same input, same bytes: pictures too, as they are."""
    monkeypatch.chdir(ROOT)
    for run in ("one", "two"):
        assert cli.run(asked(name, tmp_path / run)) in {0, 11}
    first, second = tmp_path / "one", tmp_path / "two"
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert [file for file in files if (first / file).read_bytes() != (second / file).read_bytes()] == []
