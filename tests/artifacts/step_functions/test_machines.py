"""Machines of small plans: what is in the template, and what an execution of it does."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from migrator import pipeline
from migrator.model import Target
from migrator.verify import tools
from tests.artifacts.making import host, of_kind, planned, resolved
from tests.artifacts.step_functions.running import Host, interpreter, run

MACHINE = "AWS::StepFunctions::StateMachine"


@pytest.fixture(scope="module")
def client():
    """Give one interpreter to all tests of this module."""
    with pytest.MonkeyPatch.context() as patch, interpreter(patch) as found:
        yield found


def pinned(folder, files, *jobs, **asked):
    """Plan files with some jobs pinned to Step Functions."""
    return planned(folder, files, targets=tuple((job, Target.STEP_FUNCTIONS) for job in jobs), **asked)


def manifest(*jobs):
    """Give a manifest of jobs of a host."""
    return {"jobs.yaml": json.dumps({"version": 1, "jobs": list(jobs)})}


def template(plan):
    """Read the only template of a plan for Step Functions."""
    made = pipeline.artifacts.make(plan)
    (text,) = (text for path, text in made.texts.items() if "/step-functions/" in path)
    return yaml.safe_load(text)


def definition(template):
    """Give the only machine's definition, documents by their names in place of what a person fills in."""
    (machine,) = of_kind(template, MACHINE)
    text = json.dumps(machine["Definition"])
    return json.loads(re.sub(r"\$\{(\w+)\}", r"\1", text))


def chain(*names, **more):
    """Give jobs of which each depends on the one before."""
    jobs = []
    for name, former in zip(names, (None, *names), strict=False):
        depends = {"depends_on": [former]} if former else {}
        jobs.append({"id": name, "schedule": "5 4 * * *", "command": f"/opt/{name}", **depends, **more})
    return jobs


def test_jobs_in_order_stop_at_a_failure(tmp_path, client, monkeypatch):
    """A chain of three: all in success; where the second fails, the third does not run and the execution fails."""
    plan = pinned(tmp_path, manifest(*chain("one", "two", "three")), "one", "two", "three")
    machine = definition(template(plan))
    good = Host()
    assert run(client, monkeypatch, machine, good).status == "SUCCEEDED"
    assert good.trace == ["OneDocument", "TwoDocument", "ThreeDocument"]
    bad = Host({"TwoDocument": -1})
    ran = run(client, monkeypatch, machine, bad)
    assert (ran.status, bad.trace, ran.states[-1]) == ("FAILED", ["OneDocument", "TwoDocument"], "two failed")


def test_replicas_have_executions_of_their_own(tmp_path, client, monkeypatch):
    """A command list on two hosts: a schedule each, whose input names the host that the machine sends to."""
    files = host("5 4 * * * /opt/x\n") | host("5 4 * * * /opt/x\n", "web2")
    plan = planned(tmp_path, files)
    (job,) = plan.jobs
    plan = planned(tmp_path, files, targets=((job.id, Target.STEP_FUNCTIONS),))
    made = template(plan)
    inputs = [json.loads(resolved(one["Target"]["Input"])) for one in of_kind(made, "AWS::Scheduler::Schedule")]
    assert [one["InstanceId"] for one in inputs] == ["<InstanceOfWeb1>", "<InstanceOfWeb2>"]
    assert len({one["Name"] for one in of_kind(made, "AWS::Scheduler::Schedule")}) == 2
    recorder = Host()
    run(client, monkeypatch, definition(made), recorder, {"InstanceId": "i-2"})
    assert [call["InstanceIds"] for call in recorder.sent] == [["i-2"]]


def test_many_hosts_are_found_by_a_tag_and_all_must_succeed(tmp_path, client, monkeypatch):
    """Beyond what a role can name, one command goes to all; a host that failed shows in the counts alone."""
    files = {name: text for n in range(25) for name, text in host("5 4 * * * /opt/x\n", f"web{n:02d}").items()}
    (job,) = planned(tmp_path, files).jobs
    made = template(planned(tmp_path, files, targets=((job.id, Target.STEP_FUNCTIONS),)))
    machine = definition(made)
    document = next(iter(name for name in made["Resources"] if name.endswith("Document")))
    assert run(client, monkeypatch, machine, Host()).status == "SUCCEEDED"
    assert run(client, monkeypatch, machine, Host({document: -1})).status == "FAILED"
    (policy,) = [one for one in of_kind(made, "AWS::IAM::Policy") if one["PolicyName"] == "run-jobs"]
    assert policy["PolicyDocument"]["Statement"][-1]["Action"] == ["ssm:ListCommands"]


def test_a_template_has_room_for_the_schedules_of_all_hosts(tmp_path):
    """Each of twenty hosts has a schedule of its own: of many workflows they are more than a template takes."""
    lines = (f"{minute} 4 * * * /opt/j{minute} < /srv/{minute} > /srv/{minute + 1}\n" for minute in range(22))
    tab = "".join(lines)
    files = {name: text for n in range(20) for name, text in host(tab, f"web{n:02d}").items()}
    (cluster,) = planned(tmp_path, files).clusters
    plan = planned(tmp_path, files, targets=((cluster.id, Target.STEP_FUNCTIONS),))
    made = [yaml.safe_load(text) for path, text in pipeline.artifacts.make(plan).texts.items() if "/step-f" in path]
    assert [len(one["Resources"]) <= 500 for one in made] == [True, True]
    assert sum(len(of_kind(one, "AWS::Scheduler::Schedule")) for one in made) == 22 * 20


def test_the_day_is_asked_for_first(tmp_path, client, monkeypatch):
    """The 10th or a Friday: one schedule each day, and a run of another day ends well before the command."""
    files = host("5 4 10 * 5 /opt/x\n")
    (job,) = planned(tmp_path, files).jobs
    made = template(planned(tmp_path, files, targets=((job.id, Target.STEP_FUNCTIONS),)))
    machine = definition(made)
    day, command = (name for name in made["Resources"] if name.endswith("Document"))
    if "Day" not in day:
        day, command = command, day
    for code, status, trace, last in (
        (0, "Success", [day, command], "Done"),
        (64, "Failed", [day], "Not today"),
        (1, "Failed", [day], "Some jobs failed"),
    ):
        recorder = Host(statuses={day: [{"Status": status, "ResponseCode": code}]})
        ran = run(client, monkeypatch, machine, recorder)
        assert (recorder.trace, ran.states[-1]) == (trace, last)
        assert recorder.sent[0]["Parameters"] == {"ScheduledTime": ["2030-01-31T06:00:00Z"]}
    content = made["Resources"][day]["Properties"]["Content"]
    lines = content["mainSteps"][0]["inputs"]["runCommand"]
    assert "exit 64" in lines[-1]
    assert not any("user=" in str(line) for line in lines)


def test_a_cloud_call_needs_no_host(tmp_path):
    """A crontab's lone `aws` call, and one with an alert behind it: integrations, and leave for just these."""
    line = "aws glue start-job-run --job-name nightly"
    files = host(f"5 4 * * * {line}\n")
    (job,) = planned(tmp_path, files).jobs
    made = template(planned(tmp_path, files, targets=((job.id, Target.STEP_FUNCTIONS),)))
    machine = definition(made)
    (state,) = [one for one in machine["States"].values() if one["Type"] == "Task"]
    assert state["Resource"] == "arn:aws:states:::glue:startJobRun.sync"
    assert state["Parameters"] == {"JobName": "nightly"}
    assert state["TimeoutSeconds"] > 0
    assert of_kind(made, "AWS::SSM::Document") == []
    (policy,) = [one for one in of_kind(made, "AWS::IAM::Policy") if one["PolicyName"] == "run-jobs"]
    statements = policy["PolicyDocument"]["Statement"]
    assert all("glue" in action for one in statements for action in one["Action"])
    assert "*" not in [resolved(name) for one in statements for name in one["Resource"]]


@pytest.mark.parametrize("payload", ['{"day": null}', '{"days": [{"day": null}]}', "[null]", '{"to": ["${A}"]}'])
def test_a_call_that_sends_a_null_is_made_by_its_host(tmp_path, payload):
    """CloudFormation takes a null nowhere in a template, and acts on braces; in what is written there is none."""
    line = f"aws lambda invoke --function-name f --payload '{payload}' /dev/null"
    files = host(f"5 4 * * * {line}\n")
    (job,) = planned(tmp_path, files).jobs
    made = template(planned(tmp_path, files, targets=((job.id, Target.STEP_FUNCTIONS),)))
    assert len(of_kind(made, "AWS::SSM::Document")) == 1
    assert "null" not in json.dumps(definition(made))
    assert "${A}" not in json.dumps(definition(made))


HOSTILE = [
    "{{resolve:secretsmanager:prod/db:SecretString:password}}",
    "${AWS::AccountId} ${!x} ${Nope.Arn}",
    "States.Format('{}', $.x)",
    "$.secret",
    "$$.Execution.Id",
    '", "Type": "Fail", "x": "',
    "{% $states.input %}",
    "<aws.scheduler.execution-id>",
]


def test_hostile_texts_are_data(tmp_path):
    """As id, title and command: nothing of them acts in the definition, the template or the schedule."""
    for number, text in enumerate(HOSTILE):
        jobs = [{"id": text, "title": text, "schedule": "5 4 * * *", "command": f"/bin/echo '{text}'"}]
        (job,) = planned(tmp_path / str(number), manifest(*jobs)).jobs
        plan = pinned(tmp_path / str(number), manifest(*jobs), job.id)
        (path,) = (path for path in pipeline.artifacts.make(plan).texts if "/step-functions/" in path)
        body = "".join(
            line for line in pipeline.artifacts.make(plan).texts[path].splitlines(True) if not line.startswith("#")
        )
        assert "{{resolve" not in body
        made = template(plan)
        (machine,) = of_kind(made, MACHINE)
        used = set(re.findall(r"\$\{([^}]*)\}", json.dumps(machine["Definition"])))
        assert used <= set(machine["DefinitionSubstitutions"])
        assert all(re.fullmatch(r"[A-Za-z0-9_. -]{1,80}", name) for name in machine["Definition"]["States"])
        (schedule,) = of_kind(made, "AWS::Scheduler::Schedule")
        assert json.loads(schedule["Target"]["Input"]) == {"ScheduledTime": "<aws.scheduler.scheduled-time>"}


def test_the_consumers_take_what_is_written(tmp_path):
    """cfn-lint finds nothing, and botocore's models know every call of the SDK and its parameters."""
    pytest.importorskip("cfnlint")
    pytest.importorskip("botocore")
    jobs = [*chain("one", "two"), {"id": "three", "schedule": "5 4 10 * 5", "command": "/opt/three"}]
    plan = pinned(tmp_path, manifest(*jobs), "one", "two", "three")
    made = pipeline.artifacts.make(plan)
    for path, text in made.texts.items():
        assert tools.cfn_lint(text) == (), path
    machines = [
        machine["Definition"]
        for path, text in made.texts.items()
        if "/step-functions/" in path
        for machine in of_kind(yaml.safe_load(text), MACHINE)
    ]
    calls = [state for machine in machines for state in tasks_of(machine)]
    assert len(calls) == 8
    for state in calls:
        service, action = state["Resource"].split(":")[-2:]
        # A path stands for a text that only a run has.
        given = {k.removesuffix(".$"): "x" * 36 if k.endswith(".$") else v for k, v in state["Parameters"].items()}
        given |= {"Parameters": {}} if action == "sendCommand" else {}
        assert tools.call_faults(service, action, given) == []


def tasks_of(machine):
    """Give the calls of the SDK of a machine without branches."""
    return [state for state in machine["States"].values() if "aws-sdk" in state.get("Resource", "")]
