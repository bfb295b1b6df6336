"""State machines followed without calling anything: what is run, in which order, and which faults are told."""

from __future__ import annotations

import pytest

from migrator.verify.machines.execution import Execution, MachineError
from migrator.verify.machines.services import AwsServices, Document
from migrator.verify.traces import Outcomes, Recorder, ShellRun

SSM = "arn:aws:states:::aws-sdk:ssm:"
BUILD = "arn:aws:states:::aws-sdk:codebuild:"


class Aws:
    """Services over one recorder: documents by name, and calls and waits that stand for commands."""

    def __init__(self, *failed, documents=(), native=None, sleeping=None, **more):
        self.recorder = Recorder(Outcomes(frozenset(failed)))
        run = ShellRun(self.recorder)
        found = {name: Document(run, command) for name, command in documents} | {"day": Document(None, "")}
        found["round"] = Document(run, "load", ({"1": "a\n", "2": "b\n"},))
        calls, waits = native or {}, sleeping or {}
        self.services = AwsServices(
            self.recorder,
            found,
            lambda call, given: (run, calls[call.action]) if call.action in calls else None,
            lambda seconds: (run, waits[seconds]) if seconds in waits else None,
            **more,
        )

    def run(self, states, start=None, given=None):
        """Run a machine; give whether it succeeded, and what was run."""
        execution = Execution(self.services, {"Execution": {"Id": "id"}})
        ok, _ = execution.run({"StartAt": start or next(iter(states)), "States": states}, given or {})
        return ok, [event.text for event in self.recorder.events]


def task(resource, then=None, **more):
    """Give a Task."""
    return {"Type": "Task", "Resource": resource, **({"Next": then} if then else {"End": True}), **more}


def send(name, then="look", **more):
    """Send a document."""
    return task(f"{SSM}sendCommand", then, Parameters={"DocumentName": name, **more}, ResultPath="$.Sent")


LOOK = task(
    f"{SSM}getCommandInvocation",
    "judge",
    Parameters={"CommandId.$": "$.Sent.Command.CommandId"},
    ResultPath="$.Seen",
    Retry=[{"ErrorEquals": ["Ssm.InvocationDoesNotExistException"], "MaxAttempts": 2}],
)
JUDGE = {
    "Type": "Choice",
    "Choices": [
        {"Variable": "$.Seen.Status", "StringEquals": "Success", "Next": "done"},
        {"Variable": "$.Seen.Status", "StringEquals": "InProgress", "Next": "look"},
    ],
    "Default": "failed",
}
ENDS = {"done": {"Type": "Succeed"}, "failed": {"Type": "Fail", "Error": "Job"}}
WATCHED = {"send": send("d"), "look": LOOK, "judge": JUDGE, **ENDS}


def test_a_command_is_sent_and_watched():
    """It is not known at once, then in progress, then ended; its end is the machine's."""
    documents = [("d", "load && save")]
    assert Aws(documents=documents).run(WATCHED) == (True, ["load", "save"])
    assert Aws("load", documents=documents).run(WATCHED) == (False, ["load"])
    assert Aws("load", documents=documents, silent="d").run(WATCHED) == (False, [])
    assert Aws(documents=documents, refused="d").run(WATCHED) == (False, [])


def test_a_list_of_commands_is_watched():
    """A document for several hosts is looked at by its list."""
    look = LOOK | {"Resource": f"{SSM}listCommands", "ResultSelector": {"Status.$": "$.Commands[0].Status"}}
    assert Aws(documents=[("d", "load")]).run(WATCHED | {"look": look}) == (True, ["load"])
    assert Aws("load", documents=[("d", "load")]).run(WATCHED | {"look": look}) == (False, ["load"])


def test_how_often_a_document_was_sent():
    """A Retry sends again, and what was taken down before is forgotten; the rounds of a loop count apart."""
    again = send("d") | {"Retry": [{"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 2}]}
    aws = Aws(documents=[("d", "load")], refused="d")
    assert aws.run(WATCHED | {"send": again}) == (False, [])
    assert aws.services.attempts("d") == 3
    assert aws.services.attempts("other") == 0


def test_the_rounds_of_a_loop():
    """What a round sends stands before the command, and a round that there is not is a fault."""
    states = WATCHED | {"send": send("round", Parameters={"Round1": ["2"]})}
    assert Aws().run(states) == (True, ["b", "load"])
    for given in ({"Round1": ["3"]}, {"Round1": ["1", "2"]}, {}):
        with pytest.raises(MachineError, match="without the round of its loop"):
            Aws().run(WATCHED | {"send": send("round", Parameters=given)})


def test_a_test_of_the_day_runs_nothing():
    """Its document succeeds, and nothing is taken down."""
    assert Aws().run(WATCHED | {"send": send("day")}) == (True, [])


def test_a_build_is_asked_until_it_is_done():
    """A service that has no end of its own is polled, and says at first that it is at work."""
    states = {
        "start": task(f"{BUILD}startBuild", "wait", ResultPath="$.Build"),
        "wait": {"Type": "Wait", "Seconds": 30, "Next": "ask"},
        "ask": task(f"{BUILD}batchGetBuilds", "judge", ResultPath="$.Seen"),
        "judge": {
            "Type": "Choice",
            "Choices": [
                {"Variable": "$.Seen.Builds[0].BuildStatus", "StringEquals": "SUCCEEDED", "Next": "done"},
                {"Variable": "$.Seen.Status", "StringEquals": "IN_PROGRESS", "Next": "wait"},
            ],
            "Default": "failed",
        },
        **ENDS,
    }
    build = {"startBuild": "aws codebuild start-build"}
    assert Aws(native=build).run(states) == (True, ["aws codebuild start-build"])
    assert Aws("aws codebuild start-build", native=build).run(states)[0] is False
    with pytest.raises(MachineError, match="asks for what was not started"):
        Aws(native=build).run(states, "ask")


def test_a_call_fails_and_is_caught():
    """A caught error leads on, and only the errors that an entry names are caught."""
    publish = {"publish": "aws sns publish"}
    caught = {
        "say": task(
            "arn:aws:states:::sns:publish",
            Catch=[{"ErrorEquals": ["States.ALL"], "Next": "after", "ResultPath": "$.e"}],
        ),
        "after": {"Type": "Wait", "Seconds": 60, "End": True},
    }
    reached = {"native": publish, "sleeping": {60: "sleep 60"}}
    assert Aws("aws sns publish", **reached).run(caught) == (True, ["aws sns publish", "sleep 60"])
    caught["say"]["Catch"][0]["ErrorEquals"] = ["States.Timeout"]
    assert Aws("aws sns publish", **reached).run(caught) == (False, ["aws sns publish"])


def test_branches_and_items():
    """Branches start together; the items of a Map do too, unless one at a time is asked for."""
    documents = [("a", "load a"), ("b", "load b")]
    branches = [
        {"StartAt": "send", "States": WATCHED | {"send": send(name), "done": {"Type": "Pass", "End": True}}}
        for name in "ab"
    ]
    aws = Aws(documents=documents)
    assert aws.run({"both": {"Type": "Parallel", "Branches": branches, "End": True}}) == (True, ["load a", "load b"])
    assert aws.recorder.before == [frozenset(), frozenset()]
    loop = {
        "Type": "Map",
        "Items": ["1", "2"],
        "ItemSelector": {"one.$": "$$.Map.Item.Value"},
        "ItemProcessor": {
            "StartAt": "send",
            "States": WATCHED
            | {"send": send("round", Parameters={"Round1.$": "States.Array($.one)"})}
            | {"done": {"Type": "Pass", "End": True}},
        },
        "End": True,
    }
    aws = Aws()
    assert aws.run({"each": loop | {"MaxConcurrency": 1}}) == (True, ["a", "load", "b", "load"])
    assert aws.recorder.before[2] == frozenset([1])
    aws = Aws()
    assert aws.run({"each": loop})[0] is True
    assert aws.recorder.before[2] == frozenset()


PASS = {"Type": "Pass", "End": True}


@pytest.mark.parametrize(
    ("states", "why"),
    [
        ({"a": send("nobody")}, "which is no document"),
        ({"a": {"Type": "Pass", "Next": "b"}}, "goes on to b, which is not there"),
        ({"a": {"Type": "Pass", "Next": "a"}}, "it has no end"),
        ({"a": {"Type": "Wait", "Seconds": 5, "End": True}}, "waits 5 seconds, which no job does"),
        ({"a": task("arn:aws:states:::sns:publish")}, "sns:publish is no call that a job makes"),
        ({"a": task("arn:aws:lambda:x")}, "is no integration"),
        ({"a": {"Type": "Activity", "End": True}}, "the type Activity is not read"),
        ({"a": PASS | {"InputPath": "$.x"}}, "at a: the path"),
        ({"a": {"Type": "Map", "ItemsPath": "$", "End": True}}, "goes over what is no list"),
        (
            {"a": task(f"{SSM}getCommandInvocation", Parameters={"CommandId": "command-0"})},
            "looks at command-0, which was not sent",
        ),
        (
            {"a": task(f"{SSM}getCommandInvocation", Parameters={"CommandId": "other"})},
            "looks at other, which was not sent",
        ),
        (
            {
                "a": {
                    "Type": "Parallel",
                    "Branches": [{"StartAt": "f", "States": {"f": {"Type": "Fail"}}}, {"StartAt": "p", "States": {}}],
                }
            },
            "in one branch stops those beside it",
        ),
        ({"a": {"Type": "Fail", "Error": "States.Runtime"}}, "it breaks at a"),
    ],
)
def test_a_machine_that_cannot_be_followed(states, why):
    """Each fault is a clause."""
    with pytest.raises(MachineError, match=why):
        Aws().run(states)


def test_no_choice_and_one_branch():
    """A Choice without a way fails the machine, and so does the failure of a branch that stands alone."""
    assert Aws().run({"a": {"Type": "Choice", "Choices": []}}) == (False, [])
    alone = {"Type": "Parallel", "Branches": [{"StartAt": "f", "States": {"f": {"Type": "Fail"}}}], "End": True}
    assert Aws().run({"a": alone}) == (False, [])


def test_a_machine_nested_too_deep():
    """It is told, without a RecursionError."""
    states = {"a": PASS}
    for _ in range(600):
        states = {"a": {"Type": "Parallel", "Branches": [{"StartAt": "a", "States": states}], "End": True}}
    with pytest.raises(MachineError, match="nested too deep"):
        Aws().run(states)
