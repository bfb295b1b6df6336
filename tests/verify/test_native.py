"""Schedules that make cloud calls themselves: what is written holds, and each seeded fault is found."""

from __future__ import annotations

import json
import shlex

import pytest

from migrator import pipeline, verify
from migrator.model import Target
from migrator.verify.command_words import NotPlainError, plain_words
from tests.artifacts.making import host, planned
from tests.verify.native_jobs import CALLS, FILES, TARGETS, TOPIC
from tests.verify.seeding import Seeded

QUEUE = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Write one job of each service from a crontab and from a manifest."""
    folder = tmp_path_factory.mktemp("native")
    plan = pipeline.with_artifacts(planned(folder, FILES, targets=TARGETS), folder)
    assert plan.left_out == ()
    return plan, folder


@pytest.mark.oracle
def test_what_was_written_holds(written):
    """Every call is native, and all checks hold, those of botocore and cfn-lint too where they are there."""
    plan, folder = written
    found = verify.check(plan, folder)
    assert [(verdict.job, verdict.check, verdict.why) for verdict in found if verdict.holds is False] == []
    assert len({verdict.job for verdict in found if "same call" in verdict.why}) == len(CALLS) + 13


HOSTILE = ("{{resolve:ssm:x}}", "${AWS::StackName}", "<aws.scheduler.attempt-number>", "$$.Execution.Id", 'it\'s "q"')


@pytest.mark.oracle
@pytest.mark.parametrize("target", [Target.EVENTBRIDGE, Target.STEP_FUNCTIONS])
def test_hostile_texts_are_data(target, tmp_path):
    """In a message, a body and a payload: nothing in the files acts, and all checks hold."""
    lines = []
    for minute, text in enumerate(HOSTILE):
        word, payload = shlex.quote(text), shlex.quote(json.dumps({"k": text}))
        lines.append(f"{minute} 4 * * * aws sns publish --topic-arn {TOPIC} --message {word}\n")
        lines.append(f"{minute} 5 * * * aws sqs send-message --queue-url {QUEUE} --message-body {word}\n")
        lines.append(f"{minute} 6 * * * aws lambda invoke --function-name f --payload {payload} /dev/null\n")
    files = host("".join(lines))
    jobs = [job.id for job in planned(tmp_path / "ids", files).jobs]
    plan = planned(tmp_path, files, targets=tuple((name, target) for name in jobs))
    plan = pipeline.with_artifacts(plan, tmp_path)
    assert [(one.job, one.check, one.why) for one in plan.verdicts if one.holds is False] == []
    for artifact in plan.artifacts:
        text = (tmp_path / artifact.path).read_text(encoding="utf-8")
        body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
        assert "{{resolve" not in body
        assert "${AWS" not in body


MUTATIONS = {
    "another function": (":function:digest\n", ":function:digests\n", "command"),
    "another payload": ('{"a": [1, {"b"', '{"a": [2, {"b"', "command"),
    "a payload that is lost": ('Input: \'{"a": [1, {"b": "its"}]}\'', "Input: '{}'", "command"),
    "another job of Glue": ('{"JobName": "convert"', '{"JobName": "converts"', "command"),
    "a lost argument": (', "Arguments": {"--day": "x y"}', "", "command"),
    "another number": ('"Timeout": 5', '"Timeout": 50', "command"),
    "an argument more": ('"Timeout": 5', '"Timeout": 5, "WorkerType": "G.8X"', "command"),
    "another action": ("aws-sdk:glue:startJobRun", "aws-sdk:glue:startWorkflowRun", "command"),
    "swapped parameters": ('{"a": "1", "b": "2"}', '{"a": "2", "b": "1"}', "command"),
    "another message": ("Input: plain", "Input: plane", "command"),
    "another subject": ('"Subject": "done"', '"Subject": "gone"', "command"),
    "another topic": ("Arn: arn:aws:sns:eu-central-1:111122223333:alerts", "Arn: arn:aws:sns:x:1:alert", "command"),
    "another body": ("Input: go", "Input: stop", "command"),
    "another revision": ("task-definition/tidy:3\n", "task-definition/tidy:4\n", "command"),
    "a context attribute": ('"Subject": "done"', '"Subject": "<aws.scheduler.execution-id>"', "command"),
    "a target that nobody knows": (
        "Arn: arn:aws:scheduler:::aws-sdk:glue:startJobRun",
        "Arn: arn:aws:evil:::glue",
        "schedule",
    ),
    "a role with more": (
        "- glue:StartJobRun\n",
        "- glue:StartJobRun\n          - glue:DeleteJob\n",
        "schedule",
    ),
    "a role with a star": ("- lambda:InvokeFunction", "- lambda:*", "references and roles"),
    "a role for another function": (
        "- :function:digest\n        - Sid",
        "- :function:other\n        - Sid",
        "schedule",
    ),
    "nobody told": ("- aws.glue\n", "- aws.glues\n", "schedule"),
    "tasks that still run": ("lastStatus:\n", "desiredStatus:\n", "schedule"),
    "an alarm that is lost": ("Type: AWS::CloudWatch::Alarm", "Type: AWS::CloudWatch::Alarms", "schedule"),
    "an enabled schedule": ("State: DISABLED", "State: ENABLED", "schedule"),
    "roles passed to anybody": ("iam:PassedToService: ecs-tasks", "iam:PassedToService: ec2", "references and roles"),
}


@pytest.mark.usefixtures("own_checks_alone")
@pytest.mark.parametrize("name", MUTATIONS)
def test_a_seeded_fault_is_found(name, written):
    """The check that owns the fault fails."""
    old, new, check = MUTATIONS[name]
    found = Seeded(*written).failed("web1", old, new)
    assert check in found, found


@pytest.mark.usefixtures("own_checks_alone")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"platforms": "a,b"', '"platforms": "a"'),
        ('"--hours": "24"', '"--hours": "25"'),
        ('"day": "x"', '"day": "y"'),
        ('"Database": "d"', '"Database": "e"'),
        ("s3://b/s.py", "s3://b/t.py"),
        ('"StatementName": "load.sql"', '"StatementName": "loads.sql"'),
        ('"Subject": "closed"', '"Subject": "open"'),
    ],
)
def test_a_fault_in_what_a_manifest_says_is_found(old, new, written):
    """Its keys are compared one by one, wherever they went."""
    assert "command" in Seeded(*written).failed("web2", old, new)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a 'b c' \"d 'e'\" f\\ g", ["a", "b c", "d 'e'", "f g"]),
        ("a > /dev/null 2>&1", ["a"]),
        ("a 2>/dev/null b", ["a", "b"]),
        ("a '>' b", ["a", ">", "b"]),
        ("\"\\$x\" '$y'", ["$x", "$y"]),
        ("a ''", ["a", ""]),
    ],
)
def test_plain_words(text, words):
    """Quotes go, redirections are left out."""
    assert plain_words(text) == words


@pytest.mark.parametrize("text", ["a; b", "a | b", "a && b", "a $x", 'a "$x"', "a `b`", "a *", "a 'b", "(a)", "a &"])
def test_what_a_shell_does_is_no_plain_word(text):
    """Each is refused, so a command that is more than a call cannot pass for one."""
    with pytest.raises(NotPlainError):
        plain_words(text)
