"""Machines of small plans: what is in the template, and what an execution of it does."""

from __future__ import annotations

import json
import re

import pytest

from migrator import pipeline
from migrator.model import Target
from tests.artifacts.making import of_kind, planned
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
    import yaml

    made = pipeline.artifacts.make(plan)
    (text,) = (text for path, text in made.texts.items() if "/step_functions/" in path)
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
