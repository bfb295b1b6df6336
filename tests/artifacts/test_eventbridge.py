"""The templates for EventBridge Scheduler."""

from __future__ import annotations

import json

import pytest

from migrator import pipeline
from migrator.model import Target
from tests.artifacts.making import HEAD, host, of_kind, planned, resolved, templates

SCHEDULE = "AWS::Scheduler::Schedule"


def schedules(template):
    """Give the schedules' properties."""
    return of_kind(template, SCHEDULE)


def sent(schedule):
    """Give the call that a schedule makes."""
    return json.loads(resolved(schedule["Target"]["Input"]))


def test_a_lone_job_has_one_schedule_that_is_off(tmp_path):
    """DISABLED, cron's minute in the host's zone, a short life, a queue; the header names the line."""
    plan = planned(tmp_path, host(f"{HEAD}5 4 * * 1-5 /opt/x\n"))
    (schedule,) = schedules(templates(plan)["web1"])
    assert schedule["State"] == "DISABLED"
    assert schedule["ScheduleExpression"] == "cron(5 4 ? * MON,TUE,WED,THU,FRI *)"
    assert schedule["ScheduleExpressionTimezone"] == "Europe/Berlin"
    assert schedule["FlexibleTimeWindow"] == {"Mode": "OFF"}
    assert schedule["Target"]["RetryPolicy"] == {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 300}
    assert resolved(schedule["Target"]["DeadLetterConfig"]["Arn"]) == "<import:<BaseStack>-QueueArn>"
    assert sent(schedule)["InstanceIds"] == ["<InstanceOfWeb1>"]
    text = pipeline.artifacts.make(plan).texts["artifacts/eventbridge/web1.yaml"]
    assert "# Replaces:\n#   web1/var/spool/cron/crontabs/etl:4  5 4 * * 1-5  x\n" in text


def test_the_role_may_do_just_that(tmp_path):
    """Send this document to this host, keep what failed, and nothing with a star."""
    template = templates(planned(tmp_path, host("5 4 * * * /opt/x\n")))["web1"]
    (policy,) = of_kind(template, "AWS::IAM::Policy")
    resources = [statement["Resource"] for statement in policy["PolicyDocument"]["Statement"]]
    assert "*" not in json.dumps(resources)
    here = "arn:<AWS::Partition>:{}:<AWS::Region>:<AWS::AccountId>:{}"
    assert [resolved(one) for one in resources[1]] == [
        here.format("ec2", "instance/<InstanceOfWeb1>"),
        here.format("ssm", "managed-instance/<InstanceOfWeb1>"),
    ]


def test_an_unknown_zone_and_user_are_asked_for(tmp_path):
    """A crontab from nowhere: both are parameters without a default, never UTC or root."""
    plan = planned(tmp_path, {"crontab.txt": "30 4 * * * /opt/x\n"}, zone=None)
    template = templates(plan)["host"]
    (schedule,) = schedules(template)
    assert schedule["ScheduleExpressionTimezone"] == {"Ref": "TimeZone"}
    assert {"BaseStack", "TimeZone", "Instance", "UserOfCrontabTxt"} == set(template["Parameters"])
    assert not [name for name, parameter in template["Parameters"].items() if "Default" in parameter]


def test_replicas_are_one_job_on_several_hosts(tmp_path):
    """One schedule sends to each host by its own parameter, and none waits for another."""
    files = host("5 4 * * * /opt/x\n") | host("5 4 * * * /opt/x\n", "web2")
    (schedule,) = schedules(templates(planned(tmp_path, files))["web1-and-1-more"])
    call = sent(schedule)
    assert call["InstanceIds"] == ["<InstanceOfWeb1>", "<InstanceOfWeb2>"]
    assert (call["MaxConcurrency"], call["MaxErrors"]) == ("100%", "100%")


def test_many_hosts_are_found_by_a_tag(tmp_path):
    """Beyond what one role can name, a tag decides, and the permission asks for the same tag."""
    files = {name: text for n in range(25) for name, text in host("5 4 * * * /opt/x\n", f"web{n:02d}").items()}
    plan = planned(tmp_path, files)
    template = templates(plan)["web00-and-24-more"]
    (schedule,) = schedules(template)
    assert sent(schedule)["Targets"] == [{"Key": "tag:migrator-hosts", "Values": ["<HostsTag>"]}]
    (policy,) = of_kind(template, "AWS::IAM::Policy")
    to_hosts = policy["PolicyDocument"]["Statement"][1]
    assert to_hosts["Condition"] == {"StringEquals": {"ssm:resourceTag/migrator-hosts": {"Ref": "HostsTag"}}}


def test_a_random_delay_is_a_window(tmp_path):
    """A start that cronie draws (~) gets a flexible window of as many minutes."""
    files = {"db1/etc/timezone": "UTC\n", "db1/var/spool/cron/etl": "0~45 4 * * * /opt/x\n"}
    (schedule,) = schedules(templates(planned(tmp_path, files))["db1"])
    assert schedule["FlexibleTimeWindow"] == {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 45}


def test_a_frequent_job_is_not_delivered_late(tmp_path):
    """Every minute: what does not get through within the minute is dropped, as its successor is due."""
    (schedule,) = schedules(templates(planned(tmp_path, host("* * * * * /opt/x\n")))["web1"])
    assert schedule["Target"]["RetryPolicy"] == {"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60}


def test_several_expressions_are_several_schedules(tmp_path):
    """The first and third Monday, as the command itself asks: one schedule each, with names of their own."""
    line = '5 4 1-7,15-21 * * [ "$(date +\\%u)" = 1 ] && /opt/x\n'
    found = schedules(templates(planned(tmp_path, host(line)))["web1"])
    assert [one["ScheduleExpression"] for one in found] == ["cron(5 4 ? * MON#1 *)", "cron(5 4 ? * MON#3 *)"]
    assert len({one["Name"] for one in found}) == 2


def test_what_has_no_expression_is_left_out_with_the_reason(tmp_path):
    """A manifest's event is not for the clock: no file, and plan.json says why."""
    manifest = "version: 1\njobs:\n  - {id: thumbs, trigger: {s3: s3://in/x/}, command: /opt/x}\n"
    plan = planned(tmp_path, {"jobs.yaml": manifest}, targets=(("thumbs", Target.EVENTBRIDGE),))
    made = pipeline.artifacts.make(plan)
    assert made.texts == {}
    assert [(part.job, part.why) for part in made.left_out] == [("thumbs", "an event starts it, not the clock")]


def test_inactive_jobs_have_no_file(tmp_path):
    """What cron does not run (no last newline) is not started by anything else either."""
    made = pipeline.artifacts.make(planned(tmp_path, host("5 4 * * * /opt/x")))
    assert (made.texts, made.left_out) == ({}, ())


def test_large_hosts_have_several_files(tmp_path):
    """A role names at most so many documents: the next file goes on, each job once."""
    tab = "".join(f"{n} 4 * * * /opt/job{n:02d} --own {n}\n" for n in range(30))
    made = pipeline.artifacts.make(planned(tmp_path, host(tab)))
    jobs = [job for artifact in made.artifacts for job in artifact.jobs]
    assert [artifact.path.rpartition("/")[2] for artifact in made.artifacts] == [
        "base.yaml",
        "web1.yaml",
        "web1-2.yaml",
    ]
    assert len(jobs) == len(set(jobs)) == 30


@pytest.mark.parametrize(
    "text", ["{{resolve:ssm:x}}", "${AWS::StackName}", "Fn::Sub: x", "<aws.scheduler.attempt-number>"]
)
def test_hostile_text_is_data(tmp_path, text):
    """It is nowhere but in the script, and there nothing acts on it."""
    made = pipeline.artifacts.make(planned(tmp_path, host(f"5 4 * * * echo '{text}'\n")))
    body = "".join(line for line in made.texts["artifacts/eventbridge/web1.yaml"].splitlines(True) if line[0] != "#")
    assert "{{" not in body
    assert "${AWS" not in body
    assert "<aws.scheduler" not in body.replace("echo '\\''<aws.scheduler", "")


def test_two_runs_give_the_same_files(tmp_path):
    """Same input, same bytes, whatever the order of the crontab's lines."""
    plan = planned(tmp_path / "a", host("5 4 * * * /opt/x\n6 4 * * * /opt/y\n"))
    again = planned(tmp_path / "b", host("5 4 * * * /opt/x\n6 4 * * * /opt/y\n"))
    assert pipeline.artifacts.make(plan).texts == pipeline.artifacts.make(again).texts


def test_an_order_that_scheduler_does_not_keep_is_told(tmp_path):
    """Jobs of the same minutes start together; a job that waits for none of them is told nothing."""
    manifest = """version: 1
defaults: {timezone: Europe/Berlin, host: web1, user: etl}
jobs:
  - {id: first, schedule: "15 6 * * *", command: /opt/first}
  - {id: second, schedule: "15 6 * * *", command: /opt/second, depends_on: [first]}
"""
    files = {"jobs.yaml": manifest}
    targets = tuple((cluster.id, Target.EVENTBRIDGE) for cluster in planned(tmp_path / "ids", files).clusters)
    made = pipeline.artifacts.make(planned(tmp_path, files, targets=targets))
    (text,) = [text for path, text in made.texts.items() if "web1" in path]
    assert text.count("Scheduler keeps no such order") == 1
    assert "it should follow first, which starts at the same minutes" in text


@pytest.mark.parametrize(
    ("tab", "told"),
    [
        ("5 4 * * * /opt/x\n", "; cron mailed all of it."),
        ("MAILTO=ops@example.org\n5 4 * * * /opt/x\n", "; cron mailed all of it."),
        ('MAILTO=""\n5 4 * * * /opt/x\n', "; cron mailed nothing, since MAILTO is empty."),
        ('5 4 * * * /opt/x\nMAILTO=""\n6 4 * * * /opt/y\n', "; cron mailed all of it, except where MAILTO is empty."),
    ],
)
def test_it_is_told_what_cron_mailed(tmp_path, tab, told):
    """Where MAILTO is empty nobody got anything."""
    text = pipeline.artifacts.make(planned(tmp_path, host(tab))).texts["artifacts/eventbridge/web1.yaml"]
    assert f"the first 24,000 characters{told}\n" in text


@pytest.mark.parametrize("target", [Target.EVENTBRIDGE, Target.STEP_FUNCTIONS, Target.AIRFLOW])
@pytest.mark.parametrize(("line", "told"), [("timeout 300 /opt/x", True), ("/opt/x", False)])
def test_it_is_told_when_a_command_is_ended_by_force(tmp_path, target, line, told):
    """`timeout` asks a command to end; Systems Manager does not ask."""
    files = host(f"5 4 * * * {line}\n")
    (job,) = planned(tmp_path, files).jobs
    made = pipeline.artifacts.make(planned(tmp_path, files, targets=((job.id, target),)))
    heads = [text.partition("AWSTemplateFormatVersion")[0] for path, text in made.texts.items() if "web1" in path]
    heads += [text for path, text in made.texts.items() if path.endswith("x.yaml")]
    assert any("etl:1: Systems Manager ends a command of it after" in head for head in heads) is told
