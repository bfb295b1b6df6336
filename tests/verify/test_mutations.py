"""Faults seeded into written files: each one is found, by the check that it belongs to."""

from __future__ import annotations

import pytest

from migrator import pipeline, verify
from tests.artifacts.making import HEAD, host, planned
from tests.verify.seeding import Seeded, changed

# Our own checks must find each fault.
pytestmark = pytest.mark.usefixtures("own_checks_alone")

TAB = f"""{HEAD}API_TOKEN=9f8a7b6c5d4e3f2a1b0c9d8e7f
5 4 * * 1-5 /opt/load 'a b' --day "$(date +\\%F)"
30 6 * * * /opt/report | mail -s "the report" ops@example.org
0 7 1,15 * 5 /opt/either
10 8 * * * mail -s x ops@example.org%hello
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Write the files of one crontab on two hosts."""
    folder = tmp_path_factory.mktemp("mutations")
    plan = pipeline.with_artifacts(planned(folder, host(TAB)), folder)
    assert len(plan.artifacts) == 2
    return Seeded(plan, folder)


def test_what_was_written_holds(written):
    """Nothing fails, and everything but the tools was checked."""
    found = verify.check(written.plan, written.folder)
    assert {verdict.check for verdict in found if verdict.holds is None} == {"cfn-lint", "SDK call"}
    assert not [verdict for verdict in found if verdict.holds is False]
    assert {verdict.job for verdict in found if verdict.check == "command"} == {job.id for job in written.plan.jobs}


OF_FILE = "references and roles"
MUTATIONS = {
    "an enabled schedule": ("State: DISABLED", "State: ENABLED", "schedule"),
    "a changed weekday": ("MON,TUE,WED,THU,FRI", "MON,TUE,WED,THU,SAT", "fire times"),
    "a lost weekday": ("MON,TUE,WED,THU,FRI", "MON-THU", "fire times"),
    "a changed minute": ("cron(30 6 ", "cron(31 6 ", "fire times"),
    "a missing zone": ("      ScheduleExpressionTimezone: Europe/Berlin\n", "", "schedule"),
    "another zone": ("ScheduleExpressionTimezone: Europe/Berlin", "ScheduleExpressionTimezone: UTC", "fire times"),
    "no zone that exists": ("Timezone: Europe/Berlin", "Timezone: Europe/Berlim", "fire times"),
    "no expression": ("cron(30 6 * * ? *)", "cron(30 6 * * * *)", "fire times"),
    "another kind of expression": ("cron(30 6 * * ? *)", "rate(1 days)", "fire times"),
    "a lost quote": ("'/opt/load '\\''a b'\\'' ", "'/opt/load '\\''a b ", "command"),
    "a changed command": ("/opt/report | mail", "/opt/report2 | mail", "command"),
    "a changed argument": ("a b", "a  b", "command"),
    "a second command": ("home=$(getent", "touch /tmp/x\n              home=$(getent", "command"),
    "a command behind": ("< /dev/null\n", "< /dev/null; touch /tmp/x\n", "command"),
    "the wrong user": ("user='etl'", "user='root'", "command"),
    "no user at all": ('/sbin/runuser -u "$user" -- ', "", "command"),
    "another shell": ("'/bin/bash'", "'/bin/sh'", "command"),
    "a lost setting": ("ETL='/opt/etl' \\\n", "\\\n", "command"),
    "another setting": ("ETL='/opt/etl'", "ETL='/opt/other'", "command"),
    "a setting of its own": ("ETL='/opt/etl'", "ETL='/opt/etl' DEBUG='1'", "command"),
    "the environment of root": ("env -i ", "env ", "command"),
    "lost standard input": ("printf '%s' 'hello\n", "printf '%s' 'hallo\n", "command"),
    "a secret in plain": ('value_1="$secret_1"', "value_1='abc'", "command"),
    "a test of the day that is too wide": ("15\\ ?|", "15\\ ?|16\\ ?|", "fire times"),
    "a test of the day by another clock": ("zone='Europe/Berlin'", "zone='UTC'", "fire times"),
    "a role with a star": ("Action: ssm:SendCommand", "Action: ssm:*", "references and roles"),
    "any host": (":instance/\n              - Ref: InstanceOfWeb1", ":instance/*", "references and roles"),
    "a role that all schedules can take": ("aws:SourceArn:", "aws:SourceIp:", "references and roles"),
    "another principal": ("Service: scheduler.amazonaws.com", "AWS: '*'", "references and roles"),
    "a reference to nothing": ("Ref: InstanceOfWeb1", "Ref: InstanceOfWeb2", "references and roles"),
    "an import of nothing": ("- -QueueArn", "- -QueueUrl", "references and roles"),
    "an unused parameter": ("Parameters:\n", "Parameters:\n  Spare:\n    Type: String\n", "references and roles"),
    "a stranger": (
        "  SchedulerRole:\n",
        "  Extra:\n    Type: AWS::Scheduler::Schedule\n  SchedulerRole:\n",
        "references and roles",
    ),
    "ignored checks": (
        "Resources:\n",
        "Metadata: {cfn-lint: {config: {ignore_checks: [E]}}}\nResources:\n",
        "references and roles",
    ),
    "many retries": ("MaximumRetryAttempts: 2", "MaximumRetryAttempts: 185", "schedule"),
    "a late start": ("MaximumEventAgeInSeconds: 300", "MaximumEventAgeInSeconds: 86400", "schedule"),
    "a window that cron does not have": (
        "Mode: 'OFF'",
        "Mode: FLEXIBLE\n        MaximumWindowInMinutes: 5",
        "schedule",
    ),
    "another group": ("- -Group\n", "- -GroupArn\n", "schedule"),
    "a fixed host": (
        '- Ref: InstanceOfWeb1\n            - \'"], "',
        "- 'i-0123456789abcdef0'\n            - '\"], \"",
        "schedule",
    ),
    "nobody told": ("- Failed\n", "- Success\n", "schedule"),
    "no timeout": ("            timeoutSeconds: '172800'\n", "", "schedule"),
    "braces": ("/opt/report", "{{ x }}/opt/report", "schedule"),
    "a schedule that begins later": ("      State: DISABLED\n", "      State: DISABLED\n      StartDate: x\n", OF_FILE),
    "a schedule that ends": ("      State: DISABLED\n", "      State: DISABLED\n      EndDate: x\n", OF_FILE),
    "a start that is never tried again": ("EventAgeInSeconds: 300", "EventAgeInSeconds: 5", "schedule"),
    "fewer attempts than none": ("MaximumRetryAttempts: 2", "MaximumRetryAttempts: -1", "schedule"),
    "a run that is cut off": ("timeoutSeconds: '172800'", "timeoutSeconds: '60'", "schedule"),
    "another platform": ("          name: run\n", "          name: run\n          precondition: {}\n", "schedule"),
    "another folder": (
        "            timeoutSeconds",
        "            workingDirectory: /\n            timeoutSeconds",
        "schedule",
    ),
    "an old version of the document": (
        '"TimeoutSeconds": 300',
        '"TimeoutSeconds": 300, "DocumentVersion": "1"',
        "schedule",
    ),
    "output for a stranger": ('"TimeoutSeconds": 300', '"TimeoutSeconds": 300, "OutputS3BucketName": "x"', "schedule"),
    "a command that waits for its host": ('"TimeoutSeconds": 300', '"TimeoutSeconds": 86400', "schedule"),
    "a document that is never renewed": ("      UpdateMethod: NewVersion\n", "", OF_FILE),
    "a guard that takes any text": (
        "            allowedPattern: ^[0-9]",
        "            allowedPattern: .[0-9]",
        "schedule",
    ),
    "a host that nobody filled in": (
        "  InstanceOfWeb1:\n",
        "  InstanceOfWeb1:\n    Default: i-0123456789abcdef0\n",
        OF_FILE,
    ),
    "a parameter of any text": ("    AllowedPattern: ^m?i-[0-9a-f]{8,17}$\n", "", OF_FILE),
    "another account's schedules": (
        "SourceAccount:\n                Ref: AWS::AccountId",
        "SourceAccount: '1'",
        OF_FILE,
    ),
    "another group's schedules": ("- -GroupArn", "- -QueueArn", OF_FILE),
    "a policy of the administrators": (
        "  SchedulerRole:\n    Type: AWS::IAM::Role\n    Properties:\n",
        "  SchedulerRole:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns: [x]\n",
        OF_FILE,
    ),
    "leave to make users": (
        "Action: sqs:SendMessage",
        "Action:\n          - sqs:SendMessage\n          - iam:CreateUser",
        OF_FILE,
    ),
    "leave to send any script": (":document/\n", ":document/AWS-RunShellScript\n", OF_FILE),
    "a bucket": ("  SchedulerRole:\n", "  Leak:\n    Type: AWS::S3::Bucket\n  SchedulerRole:\n", OF_FILE),
    "a lost line of standard input": ("printf '%s' 'hello\n", "printf '%s' '\n", "command"),
    "a home of another": ('getent passwd "$user"', "getent passwd root", "command"),
    "another secret": (
        "    Description: the ARN of a secret in Secrets Manager whose plain text is what stands at web1",
        "    Description: the ARN of a secret in Secrets Manager whose plain text is what stands at web2",
        "command",
    ),
    "a rule that hears of other events": (
        "EC2 Command Invocation Status-change Notification",
        "EC2 Command Invocation Status change",
        "schedule",
    ),
    "a rule that hears nothing": ("        detail-type:\n", "        detail-typ:\n", "schedule"),
    "a rule for some of the commands": (
        "          status:\n",
        "          instance-id: [i-1]\n          status:\n",
        "schedule",
    ),
    "leave that is refused": (
        "Sid: SendTheseDocuments\n          Effect: Allow",
        "Sid: SendTheseDocuments\n          Effect: Deny",
        OF_FILE,
    ),
    "leave under a condition": (
        "          Action: sqs:SendMessage\n",
        "          Action: sqs:SendMessage\n          Condition: {Bool: {aws:MultiFactorAuthPresent: true}}\n",
        OF_FILE,
    ),
    "leave by an older language": (
        "Version: '2012-10-17'\n        Statement:\n        - Sid",
        "Statement:\n        - Sid",
        OF_FILE,
    ),
    "leave for no service's name": ("- ':ec2:'", "- ':ec3:'", OF_FILE),
    "a role that nobody can take": ("Action: sts:AssumeRole", "Action: sts:TagSession", OF_FILE),
    "a role that is refused": (
        "        - Effect: Allow\n          Principal",
        "        - Effect: Deny\n          Principal",
        OF_FILE,
    ),
    "a role for all other schedules": (
        "            StringEquals:\n              aws:SourceAccount",
        "            StringNotEquals:\n              aws:SourceAccount",
        OF_FILE,
    ),
    "a document of another schema": ("schemaVersion: '2.2'", "schemaVersion: '0.3'", "schedule"),
    "a step without a name": ("          name: run\n", "", "schedule"),
    "a parameter of no type": ("    Type: String\n", "    Type: Strings\n", OF_FILE),
    "a schedule before its leave": ("    DependsOn: SchedulerRolePolicy\n", "", OF_FILE),
    "a document without its stack's name": (
        "        - - Ref: AWS::StackName\n          - -load",
        "        - - load\n          - -load",
        OF_FILE,
    ),
    "an import by another name": ("- -GroupArn\n", "- -Of-GroupArn\n", OF_FILE),
    "a line that stays on": ("# Replaces:\n#   web1/var", "# Replaces:\n#   web2/var", "what it replaces"),
    "no YAML": ("Resources:\n", "Resources: [\n", "parse"),
    "a key twice": ("      State: DISABLED\n", "      State: DISABLED\n      State: ENABLED\n", "parse"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_seeded_fault_is_found(name, written):
    """The check that owns the fault fails, and says why."""
    old, new, check = MUTATIONS[name]
    found = written.failed("web1", old, new)
    assert check in found, found
    assert found[check]


SHARED = {
    "starts that are soon forgotten": ("MessageRetentionPeriod: 1209600", "MessageRetentionPeriod: 60"),
    "an alarm that tells nobody": ("      AlarmActions:\n      - Ref: Notices\n", ""),
    "an alarm that never rings": ("Threshold: 0", "Threshold: 1000"),
    "an alarm that waits": ("EvaluationPeriods: 1", "EvaluationPeriods: 99"),
    "alarms of nobody": ("aws:SourceAccount:", "aws:SourceOwner:"),
    "anybody's alarms": (
        "            StringEquals:\n              aws:SourceAccount:\n                Ref: AWS::AccountId\n",
        "",
    ),
    "an export by another name": ("- -TopicArn\n", "- -Of-TopicArn\n"),
    "alarms of another name": ("- ':alarm:'", "- ':alarms:'"),
    "rules that may not publish": ("Service: events.amazonaws.com", "Service: ec2.amazonaws.com"),
    "a topic for everybody": ("            Service: events.amazonaws.com", "            AWS: '*'"),
    "a queue that is a topic": ("      Fn::GetAtt:\n      - MissedStarts\n      - Arn\n", "      Ref: Notices\n"),
}


@pytest.mark.parametrize("name", SHARED)
def test_a_fault_in_what_all_share_is_found(name, written):
    """What keeps and tells of missed starts is for no job, and is checked all the same."""
    assert OF_FILE in written.failed("base.yaml", *SHARED[name])


def test_a_dropped_job_is_found(written):
    """Its document and schedule gone, the rest whole: the job is missing."""

    def dropped(text):
        begin = text.index("\n  Load")
        end = text.index("\n  ", text.index("Schedule:\n", begin))
        following = next(at for at in range(end, len(text)) if text.startswith("\n  ", at) and text[at + 3] != " ")
        return text[:begin] + text[following:]

    with changed(written.folder / "artifacts/eventbridge/web1.yaml", dropped):
        found = verify.check(written.plan, written.folder)
    assert "there once" in {verdict.check for verdict in found if verdict.holds is False}


def test_a_removed_file_is_found(written):
    """A file that the plan lists and that is gone fails for all of its jobs."""
    place = written.folder / "artifacts/eventbridge/web1.yaml"
    text = place.read_bytes()
    place.unlink()
    try:
        found = verify.check(written.plan, written.folder)
    finally:
        place.write_bytes(text)
    assert {verdict.job for verdict in found if verdict.holds is False} >= {job.id for job in written.plan.jobs}


def test_a_job_that_no_file_has_is_found(written):
    """A plan that lost a job from its list of files, without a reason, fails for that job."""
    first, second = written.plan.artifacts
    fewer = second.model_copy(update={"jobs": second.jobs[1:]})
    plan = written.plan.model_copy(update={"artifacts": (first, fewer)})
    found = {verdict.job for verdict in verify.check(plan, written.folder) if verdict.holds is False}
    assert second.jobs[0] in found


def test_a_path_out_of_the_folder_is_not_read(written):
    """A plan that lists a file elsewhere gets a failed check, and the file is left alone."""
    first, second = written.plan.artifacts
    away = second.model_copy(update={"path": "artifacts/../../secret.yaml"})
    found = verify.check(written.plan.model_copy(update={"artifacts": (first, away)}), written.folder)
    assert any("outside" in verdict.why for verdict in found if verdict.holds is False)


def test_hosts_that_a_tag_finds_hold(tmp_path):
    """More hosts than a role can name: the leave goes by a tag whose value a person fills in, and by no other."""
    files = {name: text for n in range(25) for name, text in host("5 4 * * * /opt/x\n", f"web{n:02d}").items()}
    seeded = Seeded(pipeline.with_artifacts(planned(tmp_path, files), tmp_path), tmp_path)
    assert seeded.checked()[0] == []
    tag = "ssm:resourceTag/migrator-hosts:\n                Ref: HostsTag"
    assert OF_FILE in seeded.failed("eventbridge/web00", tag, "ssm:resourceTag/migrator-hosts: '*'")
    assert OF_FILE in seeded.failed("eventbridge/web00", tag, tag.replace("resourceTag/migrator-hosts", "resourceTag"))
