"""`migrator diff`."""

import os

import pytest

from tests.cli.running import CHAIN, LONE, run, tab


@pytest.fixture
def plans(tmp_path):
    """Plan a tab, carry out its first wave, edit it by hand, and plan it again."""
    source = tab(tmp_path / "in", CHAIN + LONE)
    run("plan", source, "-o", tmp_path / "old", "--tz", "UTC")
    run("cutover", tmp_path / "old", 1, source, "-o", tmp_path / "TAB")
    text = (tmp_path / "TAB").read_text()
    source.write_text(text.replace("0 3 * * *", "0 4 * * *") + "0 9 * * * /opt/new.sh\n")
    run("plan", source, "-o", tmp_path / "new", "--tz", "UTC")
    return tmp_path / "old", tmp_path / "new"


def test_tells_what_is_done_new_and_changed(plans):
    """The report's line is off, the load's minute moved, a job came."""
    ran = run("diff", *plans)
    assert ran.code == 0
    assert "Done: switched off by a cut-over: 1 job\n  • report.py  (crontab:3)" in ran.out
    assert "New: 1 job\n  • new.sh  (crontab:4)" in ran.out
    assert "schedule: 0 3 * * * → 0 4 * * *" in ran.out
    assert "Gone" not in ran.out
    assert "switched off by a cut-over" in ran.out.split("Totals")[1]


def test_as_json(plans):
    """The same as data, and the way back: what ran again."""
    found = run("diff", *plans, "--json").json
    assert [job["title"] for job in found["done"]] == ["report.py"]
    assert found["changed"][0]["changes"][0] == {"what": "schedule", "then": "0 3 * * *", "now": "0 4 * * *"}
    assert found["totals"]["jobs"] == {"then": 3, "now": 3}
    assert set(found["monthly"]) == {"then", "now"}
    back = run("diff", *reversed(plans), "--json").json
    assert [job["title"] for job in back["back"]] == ["report.py"]
    assert back["new"] == []


def test_a_plan_and_itself(plans):
    """Nothing changed, and it says so."""
    ran = run("diff", plans[0], plans[0])
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Nothing changed.")


def test_what_is_no_plan(plans, tmp_path):
    """A folder without a plan is wrong usage."""
    assert run("diff", plans[0], tmp_path).code == 2
    os.mkfifo(tmp_path / "plan.json")
    told = run("diff", plans[0], tmp_path)
    assert told.code == 2
    assert "plan.json: is not a plain file" in told.err
    (tmp_path / "plan.json").unlink()
    with (tmp_path / "plan.json").open("wb") as stream:
        stream.truncate(3 << 30)
    told = run("diff", plans[0], tmp_path)
    assert told.code == 2
    assert "is larger than 2 GiB" in told.err
