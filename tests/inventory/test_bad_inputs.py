"""Hostile inputs: no exception, the sentinel is found, no secret and no invented job comes out."""

import csv
from pathlib import Path

import pytest

from migrator.inventory import take
from migrator.settings import Settings
from migrator.sources import discover

SHARED = Path(__file__).parents[2].parent / "shared"
BAD = SHARED / "oracles" / "bad"
CORPUS = SHARED / "corpus" / "crontabs"

pytestmark = [
    pytest.mark.oracle,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there"),
]


def files(*folders: str) -> list[Path]:
    """Give the bad files of some folders."""
    return sorted(path for folder in folders for path in (BAD / folder).glob("*") if path.is_file())


@pytest.mark.parametrize("path", files("crontab", "manifest", "anacron", "inject"), ids=lambda path: path.name)
def test_no_bad_file_does_harm(path: Path):
    """Each is read as a PATH of its own: the ledger comes out even, ids differ, secrets stay in."""
    result = take(discover([str(path)]), Settings())
    assert sum(row.lines for row in result.ledger) >= len(result.unread)
    assert len({job.id for job in result.jobs}) == len(result.jobs)
    commands = " ".join(job.command for job in result.jobs)
    assert "evil" not in commands or not path.name.startswith("eol-")
    # An address to which mail goes is personal data, not a secret.
    if path.name.startswith("secret-") and path.name != "secret-mailto.cron":
        assert "CANARY" not in repr(result)
        assert result.secrets
    text = path.read_bytes()
    if b'"sentinel"' in text and path.parent.name in {"manifest", "inject"}:
        assert "sentinel" in {job.id for job in result.jobs}
    if path.parent.name == "crontab" and b"\n7 3 * * * /usr/bin/true-sentinel\n" in b"\n" + text:
        assert "/usr/bin/true-sentinel" in {job.command for job in result.jobs}


def test_the_crontabs_of_the_corpus():
    """Of the job lines in real crontabs at least 95 in 100 are jobs, and every other line is accounted for."""
    result = take(discover([str(CORPUS)]), Settings())
    jobs = {row.path: row.jobs for row in result.ledger}
    wanted = got = 0
    with (CORPUS / "SOURCES.tsv").open(newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            if row["kind"] != "template":
                wanted += int(row["job_lines"])
                got += min(int(row["job_lines"]), jobs.get(row["file"], 0))
    assert got / wanted >= 0.95
    assert len(result.ledger) == 384
    formats = {row.path: row.format for row in result.ledger}
    with (CORPUS / "SOURCES.tsv").open(newline="") as table:
        placed = [
            row for row in csv.DictReader(table, delimiter="\t") if row["kind"] in {"system-crontab", "anacrontab"}
        ]
    right = sum(formats[row["file"]] == row["kind"] for row in placed)
    assert right / len(placed) >= 0.9
