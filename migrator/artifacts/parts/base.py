"""What all schedules of a plan share: their group, the queue for starts that failed, the topic for notices."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.artifacts.parts.cloudformation import Json, Template, arn, attribute, dumped, joined, ref
from migrator.artifacts.parts.file import File
from migrator.artifacts.parts.header import header

PATH = "eventbridge/base.yaml"
GROUP, QUEUE, TOPIC = "ScheduleGroup", "MissedStarts", "Notices"
_KEPT = 14 * 24 * 3600  # seconds; the longest that SQS keeps a message
_TITLE = "EventBridge Scheduler: the group of all schedules of this plan, and what they share. Deploy it first."
_KNOW = (
    "Nobody gets a notice before they subscribe to the topic: aws sns subscribe --protocol email --topic-arn ...",
    "MissedStarts holds a message for each start that could not be made; the alarm tells the topic of it.",
)


def base_file(mailed: Sequence[str]) -> File:
    """Make the shared template; `mailed` are the addresses that cron mails to today."""
    know = [*_KNOW, *([f"cron mails what jobs print to: {', '.join(mailed)}"] if mailed else [])]
    text = header(_TITLE, (), (), know) + dumped(_template())
    return File(PATH, text, ())


def imported(name: str) -> Json:
    """Take a value that the shared stack exports."""
    return {"Fn::ImportValue": joined([ref("BaseStack"), f"-{name}"])}


def _template() -> Template:
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "What the schedules that replace cron entries share",
        "Resources": {
            GROUP: {"Type": "AWS::Scheduler::ScheduleGroup", "Properties": {"Name": ref("AWS::StackName")}},
            QUEUE: {
                "Type": "AWS::SQS::Queue",
                "Properties": {"MessageRetentionPeriod": _KEPT, "SqsManagedSseEnabled": True},
            },
            TOPIC: {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "Jobs that cron ran"}},
            "NoticesPolicy": _policy(),
            "MissedStartsAlarm": _alarm(),
        },
        "Outputs": {
            "Group": _exported("Group", ref(GROUP)),
            "GroupArn": _exported("GroupArn", attribute(GROUP, "Arn")),
            "QueueArn": _exported("QueueArn", attribute(QUEUE, "Arn")),
            "TopicArn": _exported("TopicArn", ref(TOPIC)),
        },
    }


def _exported(name: str, value: Json) -> Json:
    return {"Value": value, "Export": {"Name": joined([ref("AWS::StackName"), f"-{name}"])}}


def _policy() -> Json:
    return {
        "Type": "AWS::SNS::TopicPolicy",
        "Properties": {
            "Topics": [ref(TOPIC)],
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    # EventBridge names no source to SNS that a condition could ask for (its guide, «SNS permissions»).
                    {
                        "Sid": "RulesMayPublish",
                        "Effect": "Allow",
                        "Principal": {"Service": "events.amazonaws.com"},
                        "Action": "sns:Publish",
                        "Resource": ref(TOPIC),
                    },
                    {
                        "Sid": "AlarmsMayPublish",
                        "Effect": "Allow",
                        "Principal": {"Service": "cloudwatch.amazonaws.com"},
                        "Action": "sns:Publish",
                        "Resource": ref(TOPIC),
                        "Condition": {
                            "StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")},
                            "ArnLike": {"aws:SourceArn": arn("cloudwatch", ["alarm:", ref("AWS::StackName"), "-*"])},
                        },
                    },
                ],
            },
        },
    }


def _alarm() -> Json:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmName": joined([ref("AWS::StackName"), "-missed-starts"]),
            "AlarmDescription": "EventBridge Scheduler could not start a job",
            "Namespace": "AWS/SQS",
            "MetricName": "ApproximateNumberOfMessagesVisible",
            "Dimensions": [{"Name": "QueueName", "Value": attribute(QUEUE, "QueueName")}],
            "Statistic": "Maximum",
            "Period": 300,
            "EvaluationPeriods": 1,
            "Threshold": 0,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [ref(TOPIC)],
        },
    }
