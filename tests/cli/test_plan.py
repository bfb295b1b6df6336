"""Tests of `plan`: the folder that is written, and what is left where it cannot be."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from migrator.cli import this_host
from tests.cli.running import CHAIN, LONE, left_over, plan_of, run, tab

OUTCOMES = {0, 11}


def contents(folder):
    """Give every file of a folder by its path."""
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_plan_is_written(tmp_path):
    """The report, the data, the table and the pictures; their names on standard output, no talk beside it."""
    told = run("plan", tab(tmp_path), "-o", tmp_path / "plan", "--tz", "UTC")
    assert (told.code, told.err) == (0, "")
    names = {str(path) for path in contents(tmp_path / "plan")}
    assert {"report.md", "plan.json", "jobs.csv", "graphs/overview.svg", "graphs/overview.png"} <= names
    assert "3 jobs" in told.out
    assert all(name in told.out for name in ("report.md", "plan.json", "jobs.csv", "graphs/"))


def test_plan_json_is_what_the_schema_says(tmp_path):
    """The written data validates against `migrator schema`, as JSON Schema 2020-12."""
    run(
        "plan",
        tab(tmp_path, CHAIN + LONE + "not a line\n@reboot /x\n0 1 * * * ls -pS3cret /y\n"),
        "-o",
        tmp_path / "plan",
    )
    schema = run("schema").json
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(plan_of(tmp_path / "plan"))


def test_two_runs_give_the_same_bytes(tmp_path):
    """Same input, same bytes, in another folder and over an older plan."""
    path = tab(tmp_path)
    for name in ("one", "two", "two"):
        run("plan", path, "-o", tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_reordered_lines_keep_their_ids(tmp_path):
    """An id does not depend on the line, nor on the schedule."""
    ids = []
    for text in (CHAIN + LONE, LONE + "\n# moved\n" + CHAIN, (CHAIN + LONE).replace("0 3 ", "5 7 ")):
        run("plan", tab(tmp_path, text), "-o", tmp_path / "plan")
        ids.append({job["command"]: job["id"] for job in plan_of(tmp_path / "plan")["jobs"]})
    assert ids[0] == ids[1] == ids[2]


def test_no_job_writes_nothing(tmp_path):
    """Exit code 3, the reasons on standard error, and no folder."""
    told = run("plan", tab(tmp_path, "99 * * * * /x\n"), "-o", tmp_path / "plan")
    assert (told.code, told.out) == (3, "")
    assert "no job found in" in told.err
    assert "crontab:1: " in told.err
    assert not (tmp_path / "plan").exists()


def test_no_job_on_this_host(tmp_path, monkeypatch):
    """The same for `--live`, by its own name."""
    monkeypatch.setattr(this_host, "ROOT", str(tmp_path))
    monkeypatch.setattr("migrator.pipeline.own_tab", lambda: None)
    told = run("plan", "--live", "-o", tmp_path / "plan")
    assert told.code == 3
    assert "no job found in this host" in told.err


def test_many_unread_lines_are_cut(tmp_path):
    """Where nothing at all is a job, the first lines are shown and the rest counted."""
    told = run("plan", tab(tmp_path, "61 * * * * /x\n" * 50), "-o", tmp_path / "plan")
    assert told.err.count("crontab:") == 20
    assert "30 more; `migrator scan --json` has all" in told.err


def test_an_older_plan_is_replaced_as_a_whole(tmp_path):
    """Pictures of clusters that are gone are gone."""
    out = tmp_path / "plan"
    run("plan", tab(tmp_path), "-o", out)
    before = set(contents(out))
    assert run("plan", tab(tmp_path, LONE), "-o", out).code in OUTCOMES
    assert len(plan_of(out)["jobs"]) == 1
    assert set(contents(out)) < before


@pytest.mark.parametrize("found", ["notes.txt", "plan.json"])
def test_a_folder_of_someone_else_is_left_alone(tmp_path, found):
    """Exit code 2 before anything is read, and every byte stays."""
    out = tmp_path / "out"
    tab(out, '{"mine": 1}', name=found)
    told = run("plan", tmp_path / "nothing-there", "-o", out)
    assert told.code == 2
    assert "name another place with -o" in told.err
    assert contents(out) == {Path(found): b'{"mine": 1}'}


def test_a_plan_with_someones_notes_is_left_alone(tmp_path):
    """A file that a person put beside the report is not lost."""
    out = tmp_path / "plan"
    run("plan", tab(tmp_path), "-o", out)
    (out / "my-notes.md").write_text("keep")
    before = contents(out)
    told = run("plan", tab(tmp_path, LONE), "-o", out)
    assert told.code == 2
    assert "my-notes.md" in told.err
    assert contents(out) == before


def test_a_file_in_the_place_is_left_alone(tmp_path):
    """`-o` may not name a file."""
    told = run("plan", tab(tmp_path), "-o", tmp_path / "crontab")
    assert told.code == 2
    assert (tmp_path / "crontab").read_text() == CHAIN + LONE


def test_what_a_killed_run_left_is_cleared(tmp_path):
    """The next run removes the half-written folder of a run that was killed."""
    left = tmp_path / ".plan.migrator-abc123"
    left.mkdir()
    (left / "report.md").write_text("half")
    assert run("plan", tab(tmp_path), "-o", tmp_path / "plan").code in OUTCOMES
    assert left_over(tmp_path) == []


def test_a_full_disk_leaves_the_old_plan(tmp_path, monkeypatch):
    """Exit code 1, the place and the fault; the old plan is whole and nothing lies beside it."""
    out = tmp_path / "plan"
    run("plan", tab(tmp_path), "-o", out)
    before, path = contents(out), tab(tmp_path / "new", LONE)
    real = Path.write_bytes

    def full(path, data):
        """Take the first bytes only, as a full disk does."""
        if path.name == "jobs.csv":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    told = run("plan", path, "-o", out)
    assert (told.code, told.out) == (1, "")
    assert "No space left on device" in told.err
    assert "Traceback" not in told.err
    monkeypatch.undo()
    assert contents(out) == before
    assert left_over(tmp_path) == []


def test_the_moment_of_the_swap(tmp_path, monkeypatch):
    """Until everything is written the old plan stands in its place, whole."""
    out = tmp_path / "plan"
    run("plan", tab(tmp_path), "-o", out)
    before, seen, path = contents(out), [], tab(tmp_path / "new", LONE)
    real = Path.write_bytes

    def watching(path, data):
        """Look at the place while the new plan is written."""
        seen.append(contents(out) == before)
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", watching)
    run("plan", path, "-o", out)
    assert len(seen) > 3
    assert all(seen)
    assert contents(out) != before


def test_an_interruption_leaves_the_old_plan(tmp_path, monkeypatch):
    """Ctrl-C while pictures are drawn: 130, the old plan, no temporary folder."""
    out = tmp_path / "plan"
    run("plan", tab(tmp_path), "-o", out)
    before, path = contents(out), tab(tmp_path / "new", LONE)

    def interrupted(path, data):
        """Press Ctrl-C."""
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    assert run("plan", path, "-o", out).code == 130
    monkeypatch.undo()
    assert contents(out) == before
    assert left_over(tmp_path) == []


def test_no_secret_in_any_file_or_message(tmp_path):
    """A password in an argument, a setting, a URL and a line that cannot be read: none of them comes out."""
    text = (
        "API_TOKEN=CANARYsetting1\n0 1 * * * mysql -pCANARYargument2 x\n"
        "0 2 * * * curl https://bob:CANARYurl3@h.example/x\n0 3 * * CANARYfield /x --password=CANARYunread4\n"
        "0 4 * * * curl -H 'Authorization: Bearer CANARYheader5.aaaa.bbbb' https://h\n"
    )
    plan, scan = run("plan", tab(tmp_path, text), "-o", tmp_path / "plan"), run("scan", "--json", tmp_path / "crontab")
    assert plan.code == 11
    everything = plan.out + plan.err + scan.out + scan.err
    everything += "".join(data.decode("latin-1") for data in contents(tmp_path / "plan").values())
    assert "CANARY" not in everything
    assert {secret["line"] for secret in plan_of(tmp_path / "plan")["secrets"]} >= {1, 2, 3, 5}
    for job in plan_of(tmp_path / "plan")["jobs"]:
        assert "CANARY" not in run("explain", tmp_path / "plan", job["id"]).out


def test_text_of_the_input_stays_text(tmp_path):
    """Escape characters, markup and formulas of a command are inert in every file and on the terminal."""
    hostile = (
        "0 1 * * * echo \x1b[2J '<script>alert(1)</script>' '| a | b |' '=cmd()' $(touch x) \u202e [x](javascript:y)\n"
    )
    told = run("plan", tab(tmp_path, hostile), "-o", tmp_path / "plan")
    assert "\x1b" not in told.out + told.err
    for path, data in contents(tmp_path / "plan").items():
        if path.suffix != ".png":
            text = data.decode()
            assert "\x1b" not in text, path
            assert path.suffix == ".json" or "\u202e" not in text, path
    assert "<script" not in (tmp_path / "plan/graphs/overview.svg").read_text().lower()
    json.loads((tmp_path / "plan/plan.json").read_text(), parse_constant=pytest.fail)


def test_no_colour_without_a_terminal(tmp_path, monkeypatch):
    """Piped output has no colour codes, and NO_COLOR goes before FORCE_COLOR."""
    path = tab(tmp_path)
    assert "\x1b" not in run("plan", path, "-o", tmp_path / "plan").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    for told in (run("plan", path, "-o", tmp_path / "plan"), run("scan", path)):
        assert "\x1b[3" not in told.out  # a colour; bold is no colour


def test_other_working_folders_give_the_same_bytes(tmp_path, monkeypatch):
    """A relative PATH and an absolute one say the same."""
    path = tab(tmp_path / "in")
    run("plan", path, "-o", tmp_path / "one")
    monkeypatch.chdir(tmp_path / "in")
    run("plan", "crontab", "-o", "../two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    shutil.rmtree(tmp_path / "two")
    monkeypatch.chdir("/")
    run("plan", path, "-o", tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_link_to_itself_is_no_place(tmp_path):
    """It is refused like a file, before anything is read."""
    (tmp_path / "out").symlink_to("out")
    told = run("plan", tab(tmp_path), "-o", tmp_path / "out")
    assert told.code == 2
    assert "out: is not a folder" in told.err
