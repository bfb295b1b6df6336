"""Where the settings ask for other compute, a command goes there as data, and what differs is said."""

from __future__ import annotations

import json

import pytest
from yaml import safe_load

from migrator import pipeline, verify
from migrator.model import Target
from tests.artifacts.making import host, of_kind, planned, resolved

COMMAND = "load 'it''s' \"$X\" && publish"
TAB = f"SHELL=/bin/bash\nX=1 2\n1 4 * * * {COMMAND}\n"


def made(folder, compute, target, tab=TAB, job=None):
    """Plan and check a crontab whose commands become something else; give the plan and its texts by file."""
    settings = folder / "migrator.toml"
    settings.write_text(f'[aws]\ncompute = "{compute}"\n')
    found = planned(folder, host(tab), config=settings)
    targets = tuple((cluster.id, target) for cluster in found.clusters)
    plan = pipeline.with_artifacts(planned(folder, host(tab), config=settings, targets=targets), folder)
    texts = {one.path: (folder / one.path).read_text() for one in plan.artifacts if "base" not in one.path}
    return plan, texts


def failing(plan):
    """Give the verdicts that do not hold."""
    return [one for one in plan.verdicts if one.holds is False]


def sent(folder):
    """Give what the only schedule sends."""
    [path] = [one for one in (folder / "artifacts/eventbridge").glob("*.yaml") if one.name != "base.yaml"]
    [schedule] = of_kind(safe_load(path.read_text()), "AWS::Scheduler::Schedule")
    return resolved(schedule["Target"]["Arn"]), json.loads(resolved(schedule["Target"]["Input"]))


def test_scheduler_runs_a_task_of_ecs(tmp_path):
    """The command is one word; cluster, task definition, container and network are left to a person."""
    plan, texts = made(tmp_path, "ecs", Target.EVENTBRIDGE)
    assert failing(plan) == []
    arn, told = sent(tmp_path)
    assert arn.endswith("aws-sdk:ecs:runTask")
    [override] = told["Overrides"]["ContainerOverrides"]
    assert override["Command"] == ["/bin/bash", "-c", COMMAND]
    assert override["Environment"] == [{"Name": "X", "Value": "1 2"}]
    assert told["Cluster"] == "<ClusterOfCommands>"
    [text] = texts.values()
    assert "AWS::SSM::Document" not in text
    assert "run in a container" in text


def test_scheduler_submits_a_job_of_batch(tmp_path):
    """The same for a queue."""
    plan, _ = made(tmp_path, "batch", Target.EVENTBRIDGE)
    assert failing(plan) == []
    arn, told = sent(tmp_path)
    assert arn.endswith("aws-sdk:batch:submitJob")
    assert told["ContainerOverrides"]["Command"] == ["/bin/bash", "-c", COMMAND]
    assert told["JobQueue"] == "<JobQueueOfCommands>"


@pytest.mark.parametrize(("compute", "call"), [("ecs", "ecs:runTask.sync"), ("batch", "batch:submitJob.sync")])
def test_a_machine_waits_for_each_part(tmp_path, compute, call):
    """Each part is a task of its own there, and the run as long as priced."""
    plan, texts = made(tmp_path, compute, Target.STEP_FUNCTIONS)
    assert failing(plan) == []
    assert [one.holds for one in plan.verdicts if one.check == "priced states"] == [True]
    [text] = texts.values()
    assert text.count(call) == 2
    assert "AWS::SSM::Document" not in text


@pytest.mark.parametrize(
    ("compute", "line", "why"),
    [
        ("lambda", "load", "a function of Lambda runs no command"),
        ("ecs", "load%line", "no standard input"),
        ("batch", "load Ref::x", "which AWS Batch acts on"),
        ("ecs", "load {{resolve:ssm:x}}", "braces"),
    ],
)
def test_what_cannot_go_there_stays_and_says_why(tmp_path, compute, line, why):
    """It goes on running on its host, checked as that."""
    plan, texts = made(tmp_path, compute, Target.EVENTBRIDGE, f"1 4 * * * {line}\n")
    assert failing(plan) == []
    [text] = texts.values()
    assert f"the settings ask for {compute}; its command stays on its host, because" in text
    assert why in " ".join(text.replace("#", " ").split())
    assert "AWS::SSM::Document" in text
    assert any("lambda" in note for note in plan.notes) == (compute == "lambda")


def test_an_override_has_a_length(tmp_path):
    """What is longer with its settings lines stays on its host."""
    lines = "".join(f"V{number}={'x' * 900}\n" for number in range(10))
    plan, texts = made(tmp_path, "ecs", Target.EVENTBRIDGE, f"{lines}1 4 * * * load\n")
    assert failing(plan) == []
    [text] = texts.values()
    assert "longer than an override" in text


def test_a_dag_says_that_it_does_not_follow(tmp_path):
    """Nobody is to believe that the host is no longer needed."""
    plan, texts = made(tmp_path, "ecs", Target.AIRFLOW)
    assert failing(plan) == []
    assert any("the settings ask for ecs" in text for text in texts.values())
    assert any("which no DAG follows" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("publish", "destroy"),
        ("/bin/bash", "/bin/dash"),
        ("1 2", "1 3"),
        ("LaunchType", "PlatformVersion"),
        ("Ref: ContainerOf", "Ref: ClusterOf"),
    ],
)
def test_a_changed_call_is_found(tmp_path, old, new):
    """Another command, shell, variable, member, a reference to nothing."""
    plan, texts = made(tmp_path, "ecs", Target.EVENTBRIDGE)
    [(path, text)] = texts.items()
    at = text.index("Input:")
    assert old in text[at:]
    (tmp_path / path).write_text(text[:at] + text[at:].replace(old, new))
    assert [one for one in verify.check(plan, tmp_path) if one.holds is False]


def test_a_changed_call_of_a_machine_is_found(tmp_path):
    """Another command in one of its parts."""
    plan, texts = made(tmp_path, "batch", Target.STEP_FUNCTIONS)
    [(path, text)] = texts.items()
    at = text.index("Definition:")
    (tmp_path / path).write_text(text[:at] + text[at:].replace("publish", "destroy"))
    assert [one.check for one in verify.check(plan, tmp_path) if one.holds is False]
