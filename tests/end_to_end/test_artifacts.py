"""What is written for samples and real crontabs passes every check that is installed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.cli.running import plan_of, run

ROOT = Path(__file__).resolve().parents[2]
CRONTABS = ROOT.parent / "shared/corpus/crontabs"
EACH = 24  # of the crontabs: all of them take minutes


@pytest.mark.parametrize("name", ["etl-host", "fleet"])
def test_the_samples_hold(name, tmp_path):
    """Each job that goes to a target with files has a file or a reason, and no check fails."""
    out = tmp_path / "out"
    assert run("plan", ROOT / "samples" / name, "-o", out).code in {0, 11}
    plan = plan_of(out)
    going = {
        job
        for cluster in plan["clusters"]
        if cluster["recommendation"]["target"] != "retain"
        for job in cluster["jobs"]
    }
    active = {job["id"] for job in plan["jobs"] if job["active"]}
    written = {job for artifact in plan["artifacts"] for job in artifact["jobs"]}
    assert written | {part["job"] for part in plan["left_out"]} == going & active
    assert {verdict["holds"] for verdict in plan["verdicts"]} <= {True, None}
    assert run("verify", out, ROOT / "samples" / name).code == 0


@pytest.mark.oracle
@pytest.mark.skipif(not CRONTABS.exists(), reason="../shared is not beside the checkout")
def test_real_crontabs_hold(tmp_path):
    """Whatever people write in crontabs: what is written for it holds, by every tool that is there."""
    pytest.importorskip("cfnlint")
    pytest.importorskip("botocore")
    files = sorted(path for path in CRONTABS.iterdir() if path.suffix not in {".tsv", ".md"})[::EACH]
    out = tmp_path / "out"
    assert run("plan", *files, "--assume-installed", "-o", out).code in {0, 11}
    told = run("verify", out, "--json")
    counts = Counter((verdict["check"], verdict["holds"]) for verdict in told.json)
    print(f"{len(plan_of(out)['artifacts'])} files:", *sorted(counts.items(), key=str))  # noqa: T201 - the counts are to be seen with -s
    assert told.code == 0
    # What needs a tool that is not there has no verdict; all else holds.
    assert {holds for (check, holds) in counts if check != "asl-validator"} == {True}
    assert ("asl-validator", False) not in counts
    assert counts["command", True] > len(files)
