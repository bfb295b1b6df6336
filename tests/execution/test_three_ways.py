"""Twenty shapes of commands run three ways with the same trace: a shell, a state machine, a DAG.

Each goes through the whole product, from a crontab to files. Every command, in success and with each one failing, runs
in a real shell with recorders in the place of programs; Step Functions is moto's interpreter, Airflow is Airflow.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.verify.machines.definition import machines_of
from migrator.verify.scheduler import script_of
from migrator.verify.script import read_script
from migrator.verify.stack import DOCUMENT, read_stack
from migrator.verify.traces import Context, Outcomes, Trace, shell_trace
from migrator.verify.wanted import command_of
from tests.artifacts.making import host
from tests.artifacts.step_functions.running import Host, interpreter, run
from tests.execution.pinned import pinned
from tests.execution.shapes import SHAPES
from tests.execution.stubs import environment, make_stubs, run_command
from tests.verify.traces.test_against_shells import legal

pytestmark = pytest.mark.oracle

ROOT = Path(__file__).resolve().parents[2]
SHELL = "/bin/bash"
TAB = f"SHELL={SHELL}\n" + "".join(f"{minute} 4 * * * {shape}\n" for minute, shape in enumerate(SHAPES.values()))
FLAKY = {"a loop until it works": "extract"}


@dataclass(frozen=True)
class Scenario:
    """A shape, what fails, and what a shell made of it."""

    name: str
    outcomes: Outcomes
    trace: Trace
    lines: tuple[str, ...]
    succeeded: bool

    def same(self, lines: list[str], *, succeeded: bool) -> bool:
        """Say whether another way made the same of it, in an order that the shell allows."""
        return succeeded == self.succeeded and legal(self.trace, lines)


@pytest.fixture(scope="module")
def stubs(tmp_path_factory):
    """Write the recorders."""
    return make_stubs(tmp_path_factory.mktemp("stubs") / "bin")


@pytest.fixture(scope="module")
def scenarios(stubs, tmp_path_factory):
    """Run all shapes in a shell, in success and with each command failing."""
    log = tmp_path_factory.mktemp("shell") / "log"
    found = []
    for name, shape in SHAPES.items():
        context = Context(bash=True)
        asked = shell_trace(shape, Outcomes(), context).asked
        for outcomes in (Outcomes(), *(Outcomes(frozenset({text})) for text, _ in asked)):
            status = run_command(SHELL, shape, environment(stubs, log, outcomes.failed, FLAKY.get(name, "")))
            trace = shell_trace(shape, outcomes, context)
            found.append(Scenario(name, outcomes, trace, tuple(log.read_text().splitlines()), status == 0))
    return found


def test_the_interpreter_says_what_the_shell_does(scenarios):
    """What the two other ways are held against is what a shell did."""
    assert len(SHAPES) >= 20
    assert len(scenarios) > 80
    for one in scenarios:
        assert one.same(list(one.lines), succeeded=one.trace.status == 0), (one.name, one.outcomes.told(), one.lines)


def written(folder: Path, target: Target) -> tuple[MigrationPlan, dict[str, str]]:
    """Write the files of all shapes; give the plan, whose verdicts all hold, and the shape of each job."""
    plan = pinned(folder, host(TAB), target)
    assert not [verdict for verdict in plan.verdicts if verdict.holds is False]
    assert plan.left_out == ()
    minutes = {job.schedule.text.split()[0]: job.id for job in plan.jobs}
    return plan, {name: minutes[str(minute)] for minute, name in enumerate(SHAPES)}


def fewer(scenarios: list[Scenario], plan: MigrationPlan, jobs: dict[str, str]) -> list[Scenario]:
    """Leave out failures of commands that are one task: a shell runs it whole, and one failure shows its status."""
    tasks = Counter(task.job for cluster in plan.clusters for flow in cluster.workflows for task in flow.tasks)
    seen: Counter[str] = Counter()
    chosen = []
    for one in scenarios:
        seen[one.name] += 1
        if tasks[jobs[one.name]] > 1 or seen[one.name] <= 2:
            chosen.append(one)
    return chosen


def stacks(plan: MigrationPlan, folder: Path):
    """Read all templates of a plan."""
    paths = [one.path for one in plan.artifacts if one.path.endswith(".yaml")]
    return [read_stack(path, (folder / path).read_text()) for path in paths]


class ShellHost(Host):
    """A host whose commands run in a real shell. `commands` are by document."""

    commands: dict[str, object]
    variables: dict[str, str]

    def send_command(self, **call):
        """Run the command; the id tells how it ended."""
        found = self.commands[call["DocumentName"]]
        rounds = [found.rounds[place][call["Parameters"][f"Round{place + 1}"][0]] for place in range(len(found.rounds))]
        status = run_command(SHELL, "".join(rounds) + command_of(found), self.variables)
        return {"Command": {"CommandId": f"{call['DocumentName']}/{status}", "Status": "Pending"}}

    def get_command_invocation(self, **call):
        """Say how it ended."""
        status = int(call["CommandId"].rpartition("/")[2])
        return {"Status": "Failed" if status else "Success", "ResponseCode": status}


def test_state_machines_do_what_the_shell_does(scenarios, stubs, tmp_path, monkeypatch):
    """Every shape, in success and with each command failing, in moto's interpreter."""
    pytest.importorskip("moto")
    pytest.importorskip("boto3")
    plan, jobs = written(tmp_path, Target.STEP_FUNCTIONS)
    priced = [verdict for verdict in plan.verdicts if verdict.check == "priced states"]
    assert {verdict.job for verdict in priced if verdict.holds} == set(jobs.values())
    found = stacks(plan, tmp_path)
    machines = {job: machine for stack in found for machine, _ in machines_of(stack) for job in machine.jobs}
    commands = {f"<{one.name}>": read_script(script_of(one)) for stack in found for one in stack.of_kind(DOCUMENT)}
    wrong = []
    with interpreter(monkeypatch) as client:
        for one in fewer(scenarios, plan, jobs):
            here = ShellHost()
            log = tmp_path / "log"
            here.commands = commands
            here.variables = environment(stubs, log, one.outcomes.failed, FLAKY.get(one.name, ""))
            ran = run(client, monkeypatch, machines[jobs[one.name]].definition, here)
            lines = log.read_text().splitlines()
            if not one.same(lines, succeeded=ran.status == "SUCCEEDED"):
                wrong.append((one.name, one.outcomes.told(), lines, ran.status, one.lines))
    assert wrong == []


def test_dags_do_what_the_shell_does(scenarios, stubs, tmp_path):
    """Every shape in one Airflow, in success and with commands failing: each where MIGRATOR_EVERY_RUN is set."""
    if importlib.util.find_spec("airflow") is None:
        pytest.skip("could not import airflow")
    plan, jobs = written(tmp_path, Target.AIRFLOW)
    documents = {}
    for stack in stacks(plan, tmp_path):
        for one in stack.of_kind(DOCUMENT):
            command = command_of(read_script(script_of(one)))
            documents[str(one.properties["Name"]).removeprefix("<AWS::StackName>-")] = [SHELL, command]
    chosen = fewer(scenarios, plan, jobs)
    if not os.environ.get("MIGRATOR_EVERY_RUN"):  # a run takes half a second: by itself every second failure is tried
        chosen = [one for number, one in enumerate(chosen) if number % 2 == 0 or not one.outcomes.failed]
    runs = [
        [jobs[one.name], environment(stubs, tmp_path / f"log{number}", one.outcomes.failed, FLAKY.get(one.name, ""))]
        for number, one in enumerate(chosen)
    ]
    asked = tmp_path / "asked.json"
    asked.write_text(
        json.dumps({"dags": str(tmp_path / "artifacts/airflow/dags"), "documents": documents, "runs": runs})
    )
    said = subprocess.run(
        [sys.executable, "-m", "tests.execution.run_airflow", str(asked)],
        capture_output=True,
        text=True,
        timeout=600,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        cwd=ROOT,
    )
    assert said.returncode == 0, said.stderr[-3000:]
    states = json.loads(said.stdout.splitlines()[-1])
    wrong = []
    for number, (one, state) in enumerate(zip(chosen, states, strict=True)):
        lines = (tmp_path / f"log{number}").read_text().splitlines()
        if not one.same(lines, succeeded=state == "success"):
            wrong.append((one.name, one.outcomes.told(), lines, state, one.lines))
    assert wrong == []
