"""Every wave of every sample carried out and taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrator.cli.status import NO_JOB
from migrator.plan import MigrationPlan, load
from migrator.plan.cutover import choose_tab, editable_tabs
from migrator.plan.moving import TabPart, WavePart
from migrator.plan.tabs import switch_off, switch_on
from tests.cli.running import plan_of, run

pytestmark = pytest.mark.usefixtures("own_checks_alone")

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.parent.name for path in ROOT.glob("samples/*/migrator.toml"))


def planned(sources: Path, out: Path) -> MigrationPlan:
    """Plan what lies below a folder."""
    assert run("plan", sources, "-o", out).code in {0, 11}
    return load((out / "plan.json").read_text(encoding="utf-8"))


def switched(plan: MigrationPlan, files: dict[str, bytes]) -> Iterator[tuple[WavePart, TabPart]]:
    """Switch off every wave's lines, in order, in the files given; give each tab that was edited."""
    for wave in plan.waves:
        for part in editable_tabs(wave):
            before = files[part.path]
            chosen = choose_tab(plan, wave, part.path, before)
            edited = switch_off(before, chosen.tab)
            assert switch_on(edited.data, chosen.tab).data == before
            assert set(edited.lines) == {switch.line for switch in part.lines}
            files[part.path] = edited.data
            yield wave, part


def restored(plan: MigrationPlan, files: dict[str, bytes]) -> dict[str, bytes]:
    """Take all marks away again, the first wave first."""
    done = dict(files)
    for wave in plan.waves:
        for part in editable_tabs(wave):
            done[part.path] = switch_on(done[part.path], choose_tab(plan, wave, part.path, done[part.path]).tab).data
    return done


def tabs_of(plan: MigrationPlan, folder: Path) -> dict[str, bytes]:
    """Read all files that a wave edits."""
    return {part.path: (folder / part.path).read_bytes() for wave in plan.waves for part in editable_tabs(wave)}


@pytest.mark.parametrize("name", NAMES)
def test_after_the_last_wave_the_samples_run_what_stays(name, tmp_path):
    """Planned again, the edited files hold what was not to move and nothing else; taken back they are as before."""
    shutil.copytree(ROOT / "samples" / name, tmp_path / "in", symlinks=True)
    plan = planned(tmp_path / "in", tmp_path / "old")
    original = tabs_of(plan, tmp_path / "in")
    files = dict(original)
    gone = {(part.path, switch.line) for _, part in switched(plan, files) for switch in part.lines}
    for path, data in files.items():
        (tmp_path / "in" / path).write_bytes(data)
    places = {(job.origin.path, job.origin.line) for job in plan.jobs}
    places |= {(copy.path, copy.line) for job in plan.jobs for copy in job.replicas}
    assert restored(plan, files) == original
    if places == gone:
        assert run("plan", tmp_path / "in", "-o", tmp_path / "new").code == NO_JOB
        return
    planned(tmp_path / "in", tmp_path / "new")
    after = plan_of(tmp_path / "new")
    left = {(place["path"], place["line"]) for job in after["jobs"] for place in (job["origin"], *job["replicas"])}
    assert left == places - gone
    assert {(line["path"], line["line"]) for line in after["switched_off"]} == gone
    done = run("diff", tmp_path / "old", tmp_path / "new", "--json").json
    assert {job["id"] for job in done["done"]} == {
        switch.job for wave in plan.waves for part in editable_tabs(wave) for switch in part.lines
    }
    assert done["gone"] == []
