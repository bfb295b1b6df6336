"""A real Airflow reads the DAGs without a word, and runs them as a shell runs the commands."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrator.model import Target
from migrator.workflows.flow import tasks_of
from tests.artifacts.airflow.shapes import (
    AND,
    OR,
    beside,
    chain,
    choice,
    files_of,
    in_shell,
    order,
    plan_of,
    run,
    task,
    with_flow,
)
from tests.artifacts.making import planned

pytestmark = pytest.mark.oracle

ROOT = Path(__file__).resolve().parents[3]
MESSAGE = "{{ 7*7 }} {# {% if x %} ends in .sh"
PUBLISH = "aws sns publish --topic-arn arn:aws:sns:eu-west-1:111122223333:t"
HOSTILE = "{{ 7*7 }} {% raw %} {# x #} ${#a} '''\"\"\" \\ \\n %s echo.sh"
SHAPES = {
    "chain": chain(run("a"), (AND, run("b")), (OR, run("c"))),
    "handled-and-on": chain(run("a"), (OR, run("b")), (AND, run("c"))),
    "nested": chain(run("a"), (AND, chain(run("b"), (OR, run("c"))))),
    "choice": order(choice(run("a"), run("b"), run("c")), run("d")),
    "lone-choice": choice(run("a"), run("b")),
    "background": order(beside(run("a"), run("b"), waits=True), run("c")),
}
RUNS = [
    ("chain", ""), ("chain", "a"), ("chain", "b"), ("chain", "bc"),
    ("handled-and-on", ""), ("handled-and-on", "a"), ("handled-and-on", "ab"),
    ("nested", "a"), ("nested", "b"), ("nested", "bc"),
    ("choice", "a"), ("choice", "ac"), ("lone-choice", "a"), ("lone-choice", "b"), ("background", "ab"),
]  # fmt: skip


def shape_plan(folder, name, flow):
    """Plan a job and give it a flow; its command is not looked at."""
    plan = plan_of(folder / name, f"30 4 * * * /opt/{name}.sh\n")
    return with_flow(plan, flow, tuple(task(one, f"/bin/{one}") for one in sorted(set(tasks_of(flow)))))


@pytest.fixture(scope="module")
def airflow(tmp_path_factory):
    """Write all DAGs, and let one Airflow, in a process of its own, read and run them."""
    if importlib.util.find_spec("airflow") is None:
        pytest.skip("could not import airflow")
    folder = tmp_path_factory.mktemp("airflow")
    plans = {name: shape_plan(folder, name, flow) for name, flow in SHAPES.items()}
    # A percent sign would end the command.
    told, sent = HOSTILE.replace("%", "\\%"), MESSAGE.replace("%", "\\%")
    plans["hostile"] = plan_of(folder / "hostile", f"0 1 * * * /opt/run '{told}'\n")
    plans["hostile-call"] = plan_of(folder / "call", f"0 2 * * * {PUBLISH} --message '{sent}'\n")
    plans["days"] = plan_of(folder / "days", "0 6 */2 * 3 /opt/odd.sh\n")
    loose = {"crontab.txt": "0 6 * * * /opt/zoneless.sh\n"}
    only = planned(folder / "zone", loose, zone=None).jobs[0].id
    plans["no-zone"] = planned(folder / "zone", loose, zone=None, targets=((only, Target.AIRFLOW),))
    plans["lock"] = plan_of(folder / "lock", "* * * * * flock -n /tmp/l.lock /opt/often.sh\n")
    found = {}
    (folder / "dags").mkdir()
    for name, plan in plans.items():
        ((path, text),) = [(path, text) for path, text in files_of(plan).items() if path.endswith(".py")]
        (folder / "dags" / Path(path).name).write_text(text, encoding="ascii")
        found[name] = Path(path).stem
    runs = [*((found[name], list(fails)) for name, fails in RUNS), (found["hostile"], []), (found["hostile-call"], [])]
    said = subprocess.run(
        [sys.executable, "-m", "tests.artifacts.airflow.run_dags", str(folder / "dags"), json.dumps(runs)],
        capture_output=True,
        text=True,
        timeout=300,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        cwd=ROOT,
    )
    assert said.returncode == 0, said.stderr[-3000:]
    return json.loads(said.stdout.splitlines()[-1]) | {"names": found}


def test_every_file_is_read_without_a_word(airflow):
    """No import error and no warning of any kind."""
    assert airflow["errors"] == {}
    assert airflow["warnings"] == {}
    assert len(airflow["dags"]) == len(airflow["names"])


def test_runs_do_what_the_shell_does(airflow):
    """Success, and failures of one and of two: the same tasks, the same state of the run."""
    for (name, fails), done in zip(RUNS, airflow["runs"], strict=False):
        ran: list[str] = []
        ok = in_shell(SHAPES[name], {one: one not in fails for one in "abcd"}, ran)
        assert sorted(one for one, _ in done["ran"]) == sorted(ran), (name, fails)
        assert done["state"] == ("success" if ok else "failed"), (name, fails)


def test_nothing_starts_by_itself_and_nothing_is_made_up_for(airflow):
    """Paused, no catch-up, no retries; overlap as with cron but where a lock says otherwise."""
    for name, key in airflow["names"].items():
        dag = airflow["dags"][key]
        assert dag["paused"]
        assert not dag["catchup"]
        assert {one["retries"] for one in dag["tasks"].values()} == {0}
        assert dag["active_runs"] == (1 if name == "lock" else 16)
        assert dag["timetable"] == ("NullTimetable" if name == "no-zone" else "CronTriggerTimetable")


def test_templates_give_back_the_texts_themselves(airflow):
    """Variables are filled in; a text of the user's is what it was, whatever signs of Jinja's it holds."""
    hostile, call = airflow["runs"][-2:]
    ((_, fields),) = hostile["ran"]
    assert fields["document_name"].startswith("the-commands_web1_stack-run-")
    assert fields["run_command_kwargs"]["InstanceIds"] == ["the-instance_web1"]
    ((_, fields),) = call["ran"]
    assert fields["message"] == MESSAGE


def test_days_that_no_expression_says_are_asked_for(airflow):
    """The first task skips all others on other days."""
    tasks = airflow["dags"][airflow["names"]["days"]]["tasks"]
    assert tasks["on_its_days"]["operator"] == "_ShortCircuitDecoratedOperator"
