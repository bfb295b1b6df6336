"""Calls and waits as operators, and what stays a command."""

from __future__ import annotations

import pytest

from migrator.artifacts.airflow.calls import operator_of
from migrator.artifacts.airflow.gate import gate_text
from migrator.artifacts.airflow.operators import Variables
from migrator.artifacts.airflow.waits import sensor_of
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.commands.facts import WaitKind
from migrator.plan.clusters import CallPart, ListingPart, WaitPart
from migrator.plan.jobs import DaysPart, FormPart
from tests.artifacts.airflow.shapes import plan_of, task

NETWORK = """'{"awsvpcConfiguration": {"subnets": ["subnet-1"]}}'"""
LS = "until aws s3 ls \"$SOURCE\" | grep -q '\\.csv$'; do\n sleep 60\ndone"


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    """Give a job of a crontab."""
    return plan_of(tmp_path_factory.mktemp("job"), "AWS_DEFAULT_REGION=eu-west-1\n0 1 * * * /opt/x.sh\n").jobs[0]


def made(job, command, *, followed=False, **more):
    """Give the operator of a command: its class, its arguments, its region, and the Variables that it asks for."""
    words = command.split()
    call = CallPart(service=words[1], action=words[2], name=None, arguments=())
    asked = Variables()
    operator, region = operator_of(task("t", command, call=call, **more), job, asked, frozenset(), followed=followed)
    return operator.name, dict(operator.arguments), region, asked.told


def test_glue_waits_unless_something_asks_only_for_the_start(job):
    """The last command of a job shows how the Glue job went; behind `&&` the shell knows its start alone."""
    command = 'aws glue start-job-run --job-name load --arguments \'{"--day": "{{ds}}"}\' --worker-type G.1X'
    name, arguments, region, told = made(job, command)
    assert (name, region, told) == ("GlueJobOperator", "eu-west-1", {})
    assert arguments["job_name"] == "load"
    assert arguments["script_args"] == {"--day": "{{ '{{' }}ds}}"}
    assert arguments["run_job_kwargs"] == {"WorkerType": "G.1X"}
    assert arguments["wait_for_completion"] is True
    assert made(job, command, followed=True)[1]["wait_for_completion"] is False


def test_a_time_limit_bounds_the_looks(job):
    """By itself the provider gives up after 75 looks."""
    _, arguments, _, _ = made(job, "aws glue start-job-run --job-name load", timeout=7200)
    assert arguments["waiter_delay"] * arguments["waiter_max_attempts"] > 7200


@pytest.mark.parametrize(
    ("command", "name", "expected"),
    [
        ("aws lambda invoke --function-name f --payload '{\"a\": 1}' --cli-binary-format raw-in-base64-out /dev/null",
         "LambdaInvokeFunctionOperator", {"function_name": "f", "payload": '{"a": 1}'}),
        ("aws batch submit-job --job-name j --job-queue q --job-definition d:3",
         "BatchOperator", {"job_name": "j", "job_queue": "q", "job_definition": "d:3"}),
        ("aws sqs send-message --queue-url https://sqs.eu-west-1.amazonaws.com/111122223333/q --message-body hi",
         "SqsPublishOperator", {"sqs_queue": "https://sqs.eu-west-1.amazonaws.com/111122223333/q"}),
        (f"aws ecs run-task --cluster c --task-definition d --launch-type FARGATE --network-configuration {NETWORK}",
         "EcsRunTaskOperator", {"task_definition": "d", "cluster": "c",
                                "network_configuration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}}),
        ("aws athena start-query-execution --query-string 'select 1' --query-execution-context Database=db",
         "AthenaOperator", {"query": "select 1", "query_execution_context": {"Database": "db"}}),
        ("aws redshift-data execute-statement --cluster-identifier c --database d --db-user u --sql 'select 1'",
         "RedshiftDataOperator", {"sql": "select 1", "database": "d", "cluster_identifier": "c", "db_user": "u"}),
    ],
)  # fmt: skip
def test_calls_become_the_provider_s_operators(job, command, name, expected):
    """Names in place of ARNs where the service takes them; structures as boto3 writes them."""
    found, arguments, _, _ = made(job, command)
    assert found == name
    assert arguments.items() >= expected.items()


def test_an_arn_of_the_own_account_is_a_variable(job):
    """Nobody's account is made up: a machine is named by its ARN alone."""
    call = CallPart(service="stepfunctions", action="start-execution", name="nightly", arguments=())
    declared = job.model_copy(update={"command": ""})
    asked = Variables()
    operator, _ = operator_of(task("t", None, call=call), declared, asked, frozenset(), followed=False)
    assert dict(operator.arguments)["state_machine_arn"] == "{{ var.value.arn_of_nightly }}"
    assert asked.told == {"arn_of_nightly": "the ARN of nightly"}
    assert ("deferrable", True) in operator.arguments


@pytest.mark.parametrize(
    "command",
    [
        "aws glue start-job-run --job-name $JOB",
        "aws s3 cp a b",
        "aws codebuild start-build --project-name p",
        "aws ecs run-task --cluster c --task-definition d --count 3",
    ],
)
def test_what_no_operator_says_stays_a_command(job, command):
    """A word that only the shell knows, no call of a service, no operator, an argument without a place."""
    with pytest.raises(CannotBeSaidError):
        made(job, command)


def waiting(ending="", timeout=None, why=""):
    """Wait for an object, looking every minute."""
    asked = None if why else ListingPart(bucket="bkt", prefix="in/", ending=ending)
    wait = WaitPart(kind=WaitKind.OBJECT, target="s3://bkt/in/", every=60, timeout=timeout, listing=asked, why=why)
    return task("t", LS).model_copy(update={"waits_for": wait})


@pytest.mark.parametrize(("ending", "timeout"), [(".csv", 3600), ("", None)])
def test_a_wait_for_an_object_is_a_sensor(ending, timeout):
    """It looks as often and as long as the command did, and frees its worker in between."""
    arguments = dict(sensor_of(waiting(ending, timeout)).arguments)
    assert (arguments["bucket_key"], arguments["wildcard_match"]) == (f"s3://bkt/in/*{ending}", True)
    assert (arguments["poke_interval"], arguments["mode"]) == (60, "reschedule")
    assert arguments["timeout"] == (timeout or 604_800)


def test_what_no_sensor_says_stays_a_command():
    """What only the host can look for, and what is no wait."""
    with pytest.raises(CannotBeSaidError, match="only known when it runs"):
        sensor_of(waiting(why="the name of the object is only known when it runs"))
    with pytest.raises(CannotBeSaidError):
        sensor_of(task("t", "sleep 3"))


def test_the_day_is_that_on_which_the_run_was_due():
    """Both must hold, or either; Sunday is the seventh day; the last day is that before a first."""
    form = FormPart(expressions=("0 6 * * *",), timezone="Europe/Riga", exact=True, differences=(), guard="x", notes=(),
                    why_not=None, guard_days=DaysPart(days=(1, 15), weekdays=(0, 3)))  # fmt: skip
    text = gate_text(form)
    assert "due.day in {1, 15} and due.isoweekday() in {3, 7}" in text
    assert '.astimezone(ZoneInfo("Europe/Riga"))' in text
    either = form.model_copy(update={"guard_days": DaysPart(days=(1,), weekdays=(5,), either=True)})
    assert "due.day in {1} or due.isoweekday() in {5}" in gate_text(either)
    last = form.model_copy(update={"guard_days": DaysPart(days=tuple(range(1, 32)), weekdays=(5,), last=True)})
    assert "due.isoweekday() in {5} and (due + timedelta(days=1)).day == 1" in gate_text(last)
    assert gate_text(form.model_copy(update={"guard_days": None})) == ""
