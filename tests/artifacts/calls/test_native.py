"""What a cloud call is on the side of AWS, and when it is left to its host."""

from __future__ import annotations

import pytest

from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.verify import tools
from tests.artifacts.calls.reading import commanded, declared, shown

HERE = "arn:<AWS::Partition>:{}:<AWS::Region>:<AWS::AccountId>:{}"
FUNCTION = HERE.format("lambda", "function:f")
TOPIC = "arn:aws:sns:eu-central-1:111122223333:alerts"
QUEUE_URL = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"

COMMANDS = {
    "aws lambda invoke --function-name f /dev/null": (
        "lambda:invoke",
        {"FunctionName": FUNCTION, "InvocationType": "RequestResponse", "Payload": {}},
        "lambda:invoke",
    ),
    """aws lambda invoke --function-name f --payload '{"a": [1, "b"]}' /dev/stdout > /dev/null 2>&1""": (
        "lambda:invoke",
        {"FunctionName": FUNCTION, "InvocationType": "RequestResponse", "Payload": {"a": [1, "b"]}},
        "lambda:invoke",
    ),
    """aws glue start-job-run --job-name g --arguments '{"--day": "x"}' --timeout=5""": (
        "glue:startJobRun",
        {"JobName": "g", "Arguments": {"--day": "x"}, "Timeout": 5},
        "glue:startJobRun.sync",
    ),
    "aws glue start-job-run --job-name g --arguments=--a=1,--b=two --output json": (
        "glue:startJobRun",
        {"JobName": "g", "Arguments": {"--a": "1", "--b": "two"}},
        "glue:startJobRun.sync",
    ),
    "aws ecs run-task --task-definition t:3 --cluster c --launch-type FARGATE --network-configuration "
    "'awsvpcConfiguration={subnets=[subnet-1,subnet-2],securityGroups=[sg-1],assignPublicIp=ENABLED}'": (
        "ecs:runTask",
        {
            "Cluster": HERE.format("ecs", "cluster/c"),
            "TaskDefinition": HERE.format("ecs", "task-definition/t:3"),
            "LaunchType": "FARGATE",
            "NetworkConfiguration": {
                "AwsvpcConfiguration": {
                    "Subnets": ["subnet-1", "subnet-2"],
                    "SecurityGroups": ["sg-1"],
                    "AssignPublicIp": "ENABLED",
                }
            },
        },
        "ecs:runTask.sync",
    ),
    "aws batch submit-job --job-name j --job-queue q --job-definition d --parameters a=1,b=2": (
        "batch:submitJob",
        {
            "JobName": "j",
            "JobQueue": HERE.format("batch", "job-queue/q"),
            "JobDefinition": HERE.format("batch", "job-definition/d"),
            "Parameters": {"a": "1", "b": "2"},
        },
        "batch:submitJob.sync",
    ),
    f"aws sns publish --topic-arn {TOPIC} --subject s --message 'it is done'": (
        "sns:publish",
        {"TopicArn": TOPIC, "Subject": "s", "Message": "it is done"},
        "sns:publish",
    ),
    f"aws sqs send-message --queue-url {QUEUE_URL} --message-body '{{}}' --delay-seconds 3": (
        "sqs:sendMessage",
        {"QueueUrl": QUEUE_URL, "MessageBody": "{}", "DelaySeconds": 3},
        "sqs:sendMessage",
    ),
    """aws stepfunctions start-execution --state-machine-arn arn:aws:states:eu-west-1:111122223333:stateMachine:m """
    """--input '{"a": 1}'""": (
        "sfn:startExecution",
        {"StateMachineArn": "arn:aws:states:eu-west-1:111122223333:stateMachine:m", "Input": '{"a": 1}'},
        "states:startExecution.sync:2",
    ),
    "aws codebuild start-build --project-name pp --environment-variables-override name=A,value=1": (
        "codebuild:startBuild",
        {"ProjectName": "pp", "EnvironmentVariablesOverride": [{"Name": "A", "Value": "1"}]},
        "codebuild:startBuild.sync",
    ),
    "aws athena start-query-execution --query-string 'select 1' --work-group w --result-configuration "
    "OutputLocation=s3://out/x/": (
        "athena:startQueryExecution",
        {"QueryString": "select 1", "WorkGroup": "w", "ResultConfiguration": {"OutputLocation": "s3://out/x/"}},
        "athena:startQueryExecution.sync",
    ),
    "aws redshift-data execute-statement --cluster-identifier c --database d --db-user u --sql 'select 1'": (
        "redshiftdata:executeStatement",
        {"ClusterIdentifier": "c", "Database": "d", "DbUser": "u", "Sql": "select 1"},
        "aws-sdk:redshiftdata:executeStatement",
    ),
    "aws emr add-steps --cluster-id j-ABC --steps 'Type=Spark,Name=n,Args=[--class,X,s3://b/x.jar]'": (
        "emr:addJobFlowSteps",
        {
            "JobFlowId": "j-ABC",
            "Steps": [
                {
                    "Name": "n",
                    "ActionOnFailure": "CONTINUE",
                    "HadoopJarStep": {
                        "Jar": "command-runner.jar",
                        "Args": ["spark-submit", "--class", "X", "s3://b/x.jar"],
                    },
                }
            ],
        },
        "elasticmapreduce:addStep.sync",
    ),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_a_request(command):
    """The request that the CLI makes, and the integration that waits for its end."""
    call = commanded(command)
    sdk, parameters, resource = COMMANDS[command]
    assert f"{call.service}:{call.action}" == sdk
    assert shown(call.parameters) == parameters
    assert call.state(followed=False).resource == f"arn:aws:states:::{resource}"
    assert "sync" not in call.state(followed=True).resource


DECLARED = [
    ("lambda", "f", {"platforms": "a,b"}, {"Payload": {"platforms": "a,b"}}, set()),
    ("glue", "g", {"--hours": "24", "timeout": "9"}, {"Arguments": {"--hours": "24"}, "Timeout": 9}, set()),
    ("ecs", "t", {}, {"Cluster": "<?Cluster>"}, {"Cluster", "Subnets", "SecurityGroups", "TaskRoles"}),
    ("batch", "b", {"day": "x"}, {"Parameters": {"day": "x"}}, {"JobQueue", "JobDefinition"}),
    ("sns", "finance-close", {"subject": "s"}, {"TopicArn": HERE.format("sns", "finance-close")}, {"Message"}),
    ("sqs", "q.fifo", {"message-body": "m"}, {"MessageBody": "m"}, set()),
    ("step-functions", "m", {"a": "1"}, {"Input": '{"a": "1"}'}, set()),
    ("codebuild", "pp", {}, {"ProjectName": "pp"}, set()),
    ("athena", "w", {"query-string": "q", "database": "d"}, {"WorkGroup": "w"}, {"QueryPolicy"}),
    ("redshift-data", "x.sql", {}, {"StatementName": "x.sql"}, {"Sql", "Database", "Workgroup"}),
    ("emr", "s", {"script": "s3://b/s.py", "release": "emr-7"}, {"JobFlowId": "<?ClusterId>"}, {"ClusterId"}),
]


@pytest.mark.parametrize(("service", "name", "arguments", "sent", "asked"), DECLARED)
def test_a_manifest_names_a_call(service, name, arguments, sent, asked):
    """What no file says is asked for, and nothing else is."""
    call = declared(service, name, **arguments)
    assert shown(call.parameters).items() >= sent.items()
    assert {one.name for one in call.state(followed=True).asked} == asked
    assert call.state(followed=True) == call.job


@pytest.mark.parametrize(("partition", "suffix"), [("aws", "com"), ("aws-cn", "com.cn")])
def test_a_queue_has_the_address_of_its_partition(partition, suffix):
    """China's end otherwise than all others."""
    call = declared("sqs", f"arn:{partition}:sqs:cn-north-1:111122223333:jobs", **{"message-body": "m"})
    assert shown(call.parameters)["QueueUrl"] == f"https://sqs.cn-north-1.amazonaws.{suffix}/111122223333/jobs"


@pytest.mark.oracle
@pytest.mark.parametrize("command", COMMANDS)
def test_the_service_takes_the_request(command):
    """Botocore's model of the service knows each member, and misses none."""
    pytest.importorskip("botocore")
    call = commanded(command)
    parameters = shown(call.parameters)
    if call.service == "lambda":
        parameters["Payload"] = "{}"
    assert tools.call_faults(call.service, call.action, parameters) == []


LEFT = {
    "aws lambda invoke --function-name f --payload file://x /dev/null": "a file of the host",
    'aws lambda invoke --function-name "$F" /dev/null': "only when it runs",
    "aws lambda invoke --function-name $(cat f) /dev/null": "only when it runs",
    "aws lambda invoke --function-name f /srv/out.json": "leaves the service's answer in /srv/out.json",
    "aws lambda invoke --function-name f --payload abcd /dev/null": "differ on whether",
    "aws lambda invoke --function-name f --dry-run yes /dev/null": "--dry-run is not carried over",
    "aws lambda invoke --function-name f --invocation-type DryRun /dev/null": "does not call it",
    "aws lambda invoke --function-name 'f{{resolve:ssm:x}}' /dev/null": "no name of a function",
    "aws lambda invoke --function-name f": "no file for the function's answer",
    "aws glue start-job-run --job-name g --profile p": "a profile",
    "aws glue start-job-run --job-name g; date": "more than one call",
    "aws glue start-job-run --job-name g | tee /srv/x": "more than one call",
    "aws glue start-job-run --job-name g &": "more than one call",
    "aws glue start-job-run --job-name g > /srv/id": "leaves the service's answer in /srv/id",
    "aws glue start-job-run --job-name g --arguments --x": "no value",
    "aws glue start-job-run --job-name g --job-name h": "twice",
    "aws glue start-job-run --job-name REDACTED-token": "a secret",
    "aws glue start-job-run --job-name g* ": "another text",
    """aws glue start-job-run --job-name g --arguments '{"a": 1}'""": "no map of texts",
    """aws glue start-job-run --job-name g --arguments '{"a": "1", "a": "2"}'""": "no JSON",
    f"aws sns publish --topic-arn {TOPIC} --message '<aws.scheduler.execution-id>'": "a name of its own",
    "aws sns publish --phone-number 123 --message x": "--phone-number is not carried over",
    'aws lambda invoke --function-name f --payload \'{"Ref": "x"}\' /dev/null': "more than a text",
    "aws ecs stop-task --task t": "is not known as a call",
    "aws ecs run-task --task-definition t --overrides 'containerOverrides=[{name=a,cpu=1}]'": "write cpu as JSON",
    "aws emr add-steps --cluster-id j-A --steps 'Type=Hive,Args=[a]'": "type HIVE is not carried over",
    "aws batch submit-job --job-name j --job-definition d": "no job queue",
    "aws redshift-data execute-statement --workgroup-name w --database d --sql x": "the id of its workgroup",
}


@pytest.mark.parametrize("command", LEFT)
def test_what_only_the_host_knows_is_left_to_it(command):
    """The reason is a clause; the command then runs as it is."""
    with pytest.raises(CannotBeSaidError, match=LEFT[command]):
        commanded(command)


def test_an_answer_that_others_read_stays():
    """A file below /tmp that nobody reads goes; one that a task reads keeps the command on its host."""
    command = "aws lambda invoke --function-name f /tmp/out.json"
    assert any("/tmp/out.json" in note for note in commanded(command).notes)
    with pytest.raises(CannotBeSaidError, match="leaves"):
        commanded(command, read=("/tmp/out.json",))


def test_a_log_is_told():
    """The job's own log gets nothing any more, and the notes say so; an append elsewhere keeps the command."""
    command = "aws glue start-job-run --job-name g >> /var/log/g.log 2>&1"
    assert any("/var/log/g.log" in note for note in commanded(command, logs=("/var/log/g.log",)).notes)
    with pytest.raises(CannotBeSaidError, match="leaves"):
        commanded(command)


@pytest.mark.parametrize(
    ("command", "settings", "region"),
    [
        ("aws glue start-job-run --job-name g", {}, None),
        ("aws --region eu-west-1 glue start-job-run --job-name g", {"AWS_DEFAULT_REGION": "us-east-1"}, "eu-west-1"),
        ("aws glue start-job-run --job-name g", {"AWS_DEFAULT_REGION": "us-east-1"}, "us-east-1"),
        ("AWS_REGION=eu-west-2 aws glue start-job-run --job-name g", {}, "eu-west-2"),
    ],
)
def test_the_region_is_told(command, settings, region):
    """An option goes before a variable, and where nothing is said only the host knows."""
    assert commanded(command, **settings).region == region


def test_a_profile_of_the_settings_counts():
    """AWS_PROFILE above the entry is as good as --profile."""
    with pytest.raises(CannotBeSaidError, match="profile"):
        commanded("aws glue start-job-run --job-name g", AWS_PROFILE="prod")


def test_a_key_that_would_be_a_path_is_refused():
    """`x.$` takes a path in a state machine: Scheduler sends it as it is, a machine cannot."""
    call = commanded("""aws lambda invoke --function-name f --payload '{"x.$": "$$.Execution.Id"}' /dev/null""")
    assert shown(call.start.sent) == {"x.$": "$$.Execution.Id"}
    with pytest.raises(CannotBeSaidError, match="a path"):
        call.state(followed=False)


@pytest.mark.parametrize(("service", "name", "arguments", "_sent", "_asked"), DECLARED)
def test_permissions_name_what_they_are_for(service, name, arguments, _sent, _asked):
    """No action has a star, and a resource only where the service knows no narrower one, or for runs to come."""
    call = declared(service, name, **arguments)
    for state in (call.request, call.job):
        assert state.allowed
        for allowed in state.allowed:
            assert not [action for action in allowed.actions if "*" in action]
            if allowed.actions[0] not in {"batch:DescribeJobs", "redshift-data:DescribeStatement"}:
                assert "*" not in allowed.resources
    assert {action for one in call.start.allowed for action in one.actions} == {
        action for one in call.request.allowed for action in one.actions
    }
