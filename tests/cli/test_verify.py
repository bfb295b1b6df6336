"""`migrator verify`: what was written, checked again."""

from __future__ import annotations

import os

import pytest

from migrator import pipeline
from migrator.plan import load
from tests.cli.running import LONE, plan_of, run, tab


def written(folder):
    """Plan a crontab with one job; give its path and the plan's folder."""
    path, out = tab(folder, LONE), folder / "out"
    assert run("plan", path, "-o", out).code == 0
    return path, out


def test_what_was_just_written_holds(tmp_path):
    """Exit code 0, every check in a table, none failed; the same verdicts as in the plan."""
    path, out = written(tmp_path)
    told = run("verify", out)
    assert told.code == 0
    assert "fire times" in told.out
    assert run("verify", out, "--json").json == plan_of(out)["verdicts"]
    assert run("verify", out, path).code == 0


def test_it_is_told_how_far_the_checks_are(tmp_path):
    """From none of them on, never more than there are."""
    _, out = written(tmp_path)
    told: list[tuple[str, int, int]] = []
    verdicts = pipeline.verified(load((out / "plan.json").read_text()), out, lambda *one: told.append(one))
    assert [verdict.model_dump(mode="json") for verdict in verdicts] == plan_of(out)["verdicts"]
    assert told[0][:2] == ("checking", 0)
    assert all(stage == "checking" and done <= of for stage, done, of in told)


def test_an_edited_file_fails_with_exit_code_12(tmp_path):
    """A schedule that somebody switched on is told, and nothing is written."""
    _, out = written(tmp_path)
    file = out / "artifacts/eventbridge/host.yaml"
    file.write_text(file.read_text().replace("DISABLED", "ENABLED"))
    before = (out / "plan.json").read_bytes()
    told = run("verify", out)
    assert told.code == 12
    assert "is not DISABLED" in told.out
    assert (out / "plan.json").read_bytes() == before


BAD_FILES = {
    "a pipe": os.mkfifo,
    "a link to itself": lambda place: place.symlink_to(place.name),
    "a folder": lambda place: place.mkdir(),
    "a link out": lambda place: place.symlink_to("/etc/passwd"),
    "deep nesting": lambda place: place.write_text("a: " + "[" * 90_000),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_what_is_no_file_of_ours_gets_a_verdict(tmp_path, name):
    """It is not waited for, not followed, and no tool from outside is given what would bring it down."""
    _, out = written(tmp_path)
    place = out / "artifacts/eventbridge/host.yaml"
    place.unlink()
    BAD_FILES[name](place)
    told = run("verify", out)
    assert told.code == 12
    assert "host.yaml" in told.out
    assert "root:x" not in told.out


def test_a_path_that_no_file_can_have_gets_a_verdict(tmp_path):
    """The plan says which files there are; a NUL in a name is no failure of ours."""
    _, out = written(tmp_path)
    place = out / "plan.json"
    place.write_text(place.read_text().replace("artifacts/eventbridge/host.yaml", "artifacts/\\u0000.yaml"))
    told = run("verify", out)
    assert told.code == 12
    assert "has no name that a file can have" in " ".join(told.out.split())


def test_a_changed_crontab_fails(tmp_path):
    """With PATH the source is read again."""
    path, out = written(tmp_path)
    path.write_text(LONE.replace("30 4", "31 4"))
    told = run("verify", out, path)
    assert told.code == 12
    assert "schedule has changed" in told.out


def test_a_folder_without_a_plan_is_wrong_usage(tmp_path):
    """Exit code 2 and what to give."""
    told = run("verify", tmp_path)
    assert told.code == 2
    assert "migrator plan" in told.err


def test_a_plan_without_files_has_nothing_to_check(tmp_path):
    """All jobs stay: exit code 0."""
    out = tmp_path / "out"
    run("plan", tab(tmp_path, "@reboot /opt/x\n"), "-o", out)
    told = run("verify", out)
    assert (told.code, "nothing to check" in told.out) == (0, True)


def test_the_plan_fails_where_a_file_does_not_hold(tmp_path, monkeypatch):
    """Exit code 12 goes before all others, and the report names the fault."""
    monkeypatch.setattr("migrator.artifacts.eventbridge.target.SEND_COMMAND", "arn:aws:scheduler:::aws-sdk:ssm:x")
    out = tmp_path / "out"
    told = run("plan", tab(tmp_path, LONE), "-o", out)
    assert told.code == 12
    assert "### What does not hold" in (out / "report.md").read_text()
