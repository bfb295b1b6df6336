"""A wait for an object is asked of its bucket: as often and as long as the command did, by a role for that alone."""

from __future__ import annotations

import pytest

from migrator.model import Target
from tests.artifacts.making import host, of_kind, templates
from tests.artifacts.step_functions.running import Host, interpreter, run
from tests.execution.pinned import pinned

LOOP = "until aws s3 ls s3://lake/in/x; do sleep 60; done && load"
ENDING = "until aws s3 ls s3://lake/in/ | grep -q '[.]csv$'; do sleep 60; done && load"
FILE = "until [ -f /srv/x ]; do sleep 30; done && load"


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """Plan and check three waits."""
    tab = "".join(f"{minute} 4 * * * {text}\n" for minute, text in enumerate((LOOP, ENDING, FILE)))
    return pinned(tmp_path_factory.mktemp("waits"), host(tab), Target.STEP_FUNCTIONS)


def states(definition):
    """Give the states at the top by their type and name."""
    return definition["States"]


def test_all_checks_hold(plan):
    """The way through the machine is that of the shell, and as long as priced."""
    assert plan.left_out == ()
    assert [one for one in plan.verdicts if one.holds is False] == []
    priced = [one.holds for one in plan.verdicts if one.check == "priced states"]
    assert priced == [True, True, True]


def test_only_the_begin_of_a_name_is_asked_for(plan):
    """An ending and a file are looked for on the host, and the file says why."""
    made = templates(plan)
    asking = [name for name, one in made.items() if "listObjectsV2" in str(one)]
    assert len(asking) == 1
    [role] = [one for one in of_kind(made[asking[0]], "AWS::IAM::Policy") if "s3:ListBucket" in str(one)]
    [leave] = [one for one in role["PolicyDocument"]["Statement"] if "s3:ListBucket" in str(one)]
    assert leave["Condition"] == {"StringEquals": {"s3:prefix": "in/x"}}
    assert str(leave["Resource"]).count("lake") == 1
    assert "*" not in str(leave["Resource"])


class Bucket(Host):
    """A host, and a bucket in which an object appears after some looks."""

    empty: int = 0

    def list_objects_v2(self, **call):
        """Count the names."""
        assert (call["Bucket"], call["Prefix"], call["MaxKeys"]) == ("lake", "in/x", 1)
        self.empty -= 1
        return {"KeyCount": int(self.empty < 0), "IsTruncated": False}


@pytest.mark.parametrize(("empty", "status"), [(0, "SUCCEEDED"), (3, "SUCCEEDED"), (5000, "FAILED")])
def test_it_looks_until_there_is_one(plan, monkeypatch, empty, status):
    """What stands behind it runs then, and does not where the wait gave up."""
    pytest.importorskip("moto")
    made = next(one for one in templates(plan).values() if "listObjectsV2" in str(one))
    [machine] = of_kind(made, "AWS::StepFunctions::StateMachine")
    definition = machine["Definition"]
    begin = next(state for state in definition["States"].values() if state["Type"] == "Pass")
    assert begin["Result"] == {"Left": 1000}
    begin["Result"]["Left"] = 5
    bucket = Bucket()
    bucket.empty = empty
    with interpreter(monkeypatch) as client:
        ran = run(client, monkeypatch, definition, bucket)
    assert ran.status == status
    assert len(bucket.trace) == (status == "SUCCEEDED")
