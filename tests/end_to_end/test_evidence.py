"""Opening the line that a tie names shows the text that it quotes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.running import plan_of, run

pytestmark = pytest.mark.usefixtures("own_checks_alone")

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted(path.parent.name for path in ROOT.glob("samples/*/migrator.toml"))
REDACTED = re.compile(r"REDACTED-[\w-]+")
MANIFEST = """\
version: 1
jobs:
  - id: a
    schedule: 0 1 * * *
    command: /opt/a
    writes:
      - s3://lake/x/
      - /srv/y/z.csv
  - id: b
    schedule: 0 2 * * *
    command: /opt/b
    reads: [s3://lake/x/, /srv/y/z.csv]
  - id: c
    command: /opt/c
    depends_on:
      - a
      - b
"""
TIES = ("dependencies", "relations", "doubts")


def faults(source: Path, plan: dict) -> list[str]:
    """List each proof of a tie that its line does not show. Line 0 is the file itself, by its name."""
    found = []
    for kind in TIES:
        for tie in plan[kind]:
            found += [f"{kind}: {piece}" for piece in tie["evidence"] if not shown(source, piece)]
            if not tie["evidence"]:
                found.append(f"{kind}: no proof of {tie['upstream']} -> {tie['downstream']}")
    return found


def shown(source: Path, piece: dict) -> bool:
    """Say whether a text begins on its line; continued lines are one, and what was left out may be any word."""
    path = source / piece["path"]
    if piece["line"] == 0:
        return path.is_file() and ("/" + piece["path"]).endswith(piece["text"])
    lines = path.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    below = squeezed("\n".join(lines[piece["line"] - 1 :]))
    words = (re.escape(part) for part in REDACTED.split(squeezed(piece["text"])))
    match = re.search(r"\S+".join(words), below)
    return match is not None and match.start() < len(squeezed(lines[piece["line"] - 1]))


def squeezed(text: str) -> str:
    """Join continued lines, and make every run of blanks one."""
    return " ".join(text.replace("\\\n", " ").split())


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_tie_of_a_sample_is_proved_by_its_lines(sample, tmp_path):
    """In plan.json, and each place that explain names for a dependency."""
    source = ROOT / "samples" / sample
    assert run("plan", source, "-o", tmp_path / "plan").code in {0, 11}
    plan = plan_of(tmp_path / "plan")
    assert faults(source, plan) == []
    report = (tmp_path / "plan/report.md").read_text(encoding="utf-8")
    for tie in plan["dependencies"]:
        first = tie["evidence"][0]
        told = run("explain", tmp_path / "plan", tie["downstream"]).out
        assert f"{first['path']}:{first['line']}" in "".join(told.split())
        assert f"{first['path']}:{first['line']}" in report


def test_the_reviewers_word_is_proved_by_the_settings(tmp_path):
    """What the settings add names its line in migrator.toml; what they deny is gone from every list."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/crontab").write_text(
        "0 1 * * * /opt/a.sh > /srv/x/a.csv\n0 2 * * * /opt/b.sh < /srv/x/a.csv\n0 3 * * * /opt/c.sh\n", "utf-8"
    )
    (tmp_path / "in/migrator.toml").write_text(
        '[dependencies]\nadd = [{upstream = "b.sh", downstream = "c.sh", why = "by hand"}]\n'
        'deny = [{upstream = "a.sh", downstream = "b.sh", why = "an old file"}]\n',
        "utf-8",
    )
    assert run("plan", tmp_path / "in", "-o", tmp_path / "plan").code in {0, 11}
    plan = plan_of(tmp_path / "plan")
    [tie] = plan["dependencies"]
    assert (tie["kind"], tie["basis"], tie["evidence"][0]["line"]) == ("declared", ["declared"], 2)
    assert faults(tmp_path / "in", plan) == []
    assert not plan["relations"]
    assert not plan["doubts"]


def test_manifest_lists_are_proved_line_by_line(tmp_path):
    """Each name below `depends_on`, `reads` and `writes` has a line, whether the list is on one or on many."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/jobs.yaml").write_text(MANIFEST, "utf-8")
    assert run("plan", tmp_path / "in", "-o", tmp_path / "plan").code in {0, 11}
    plan = plan_of(tmp_path / "plan")
    proofs = {piece["text"]: piece["line"] for tie in plan["dependencies"] for piece in tie["evidence"]}
    assert proofs == {
        "- s3://lake/x/": 7,
        "- /srv/y/z.csv": 8,
        "reads: [s3://lake/x/, /srv/y/z.csv]": 12,
        "- a": 16,
        "- b": 17,
    }
    assert faults(tmp_path / "in", plan) == []
