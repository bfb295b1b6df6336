"""Faults in what is written for EventBridge Scheduler, and in what all of its files share."""

from __future__ import annotations

from tests.artifacts.making import HEAD, host
from tests.verify.seeding import Faults

TAB = f"""{HEAD}API_TOKEN=9f8a7b6c5d4e3f2a1b0c9d8e7f
5 4 * * 1-5 /opt/load 'a b' --day "$(date +\\%F)"
30 6 * * * /opt/report | mail -s "the report" ops@example.org
0 7 1,15 * 5 /opt/either
10 8 * * * mail -s x ops@example.org%hello
"""
OF_FILE = "references and roles"
OF_HOST = {
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
SCHEDULES = Faults(
    host(TAB),
    None,
    {name: ("web1", *fault) for name, fault in OF_HOST.items()}
    | {name: ("base.yaml", *fault, OF_FILE) for name, fault in SHARED.items()},
)
