"""Cloud calls, waits and polling loops."""

from decimal import Decimal

import pytest

from migrator.commands import StepKind, WaitKind
from migrator.model import Declared, Origin, Range, Resource, ResourceKind, ServiceCall
from tests.commands.tools import facts, names, reads, script, units, writes


@pytest.mark.parametrize(
    ("command", "service", "action", "name"),
    [
        ("aws glue start-job-run --job-name j", "glue", "start-job-run", "j"),
        ("aws --region eu-west-1 glue start-job-run --job-name=j --output text", "glue", "start-job-run", "j"),
        ("aws lambda invoke --function-name f /dev/null", "lambda", "invoke", "f"),
        ("aws emr add-steps --cluster-id c --steps file://s.json", "emr", "add-steps", "c"),
        ("aws ecs run-task --cluster c --task-definition t:3", "ecs", "run-task", "t:3"),
        ("aws batch submit-job --job-name n --job-queue q --job-definition d", "batch", "submit-job", "n"),
        (
            "aws athena start-query-execution --query-string 'select 1' --work-group w",
            "athena",
            "start-query-execution",
            "w",
        ),
        (
            "aws redshift-data execute-statement --cluster-identifier c --sql 'select 1'",
            "redshift-data",
            "execute-statement",
            "c",
        ),
        ("aws sns publish --topic-arn arn:t --message hi", "sns", "publish", "arn:t"),
        ("aws sqs send-message --queue-url u --message-body b", "sqs", "send-message", "u"),
        ("aws stepfunctions start-execution --state-machine-arn arn:m", "stepfunctions", "start-execution", "arn:m"),
        ("aws codebuild start-build --project-name p", "codebuild", "start-build", "p"),
        ("J=etl; aws glue start-job-run --job-name $J-daily", "glue", "start-job-run", "etl-daily"),
    ],
)
def test_calls(command: str, service: str, action: str, name: str) -> None:
    """Each service's call with its name, in AWS CLI words."""
    [call] = facts(command).calls
    assert (call.service, call.action, call.name) == (service, action, name)


def test_arguments_of_a_call_are_kept_and_their_addresses_read() -> None:
    """S3 addresses among the arguments are inputs or outputs, by the key's name."""
    found = facts(
        """aws glue start-job-run --job-name j --arguments '{"--input_path":"s3://l/raw/","--output_path":"s3://l/out/"}'"""
    )
    assert dict(found.calls[0].arguments)["job-name"] == "j"
    assert reads(found) == {"s3://l/raw/"}
    assert writes(found) == {"s3://l/out/"}


def test_other_clouds_are_steps_without_a_call() -> None:
    """Gcloud and az are cloud work, but nothing here can start it."""
    found = facts("gcloud compute instances start vm1 && az vm start -n x")
    assert [step.kind for step in found.steps] == [StepKind.CLOUD, StepKind.CLOUD]
    assert found.calls == ()


def test_a_question_is_no_step() -> None:
    """`aws s3 ls` in a condition asks; what it looks for is read."""
    found = facts("aws s3 ls s3://b/in/x.csv && /opt/a")
    assert names(found) == ["a"]
    assert "s3://b/in/x.csv" in reads(found)


POLLS = [
    "until aws s3 ls s3://lake/in/x.csv; do sleep 60; done",
    "while ! aws s3 ls s3://lake/in/x.csv > /dev/null 2>&1; do sleep 60; done",
    "while true; do if aws s3api head-object --bucket lake --key in/x.csv; then break; fi; sleep 60; done",
    "for i in $(seq 1 30); do aws s3 ls s3://lake/in/x.csv && break; sleep 60; done",
    "N=0; until aws s3 ls s3://lake/in/x.csv; do N=$((N+1)); [ $N -ge 30 ] && exit 1; sleep 60; done",
    'F=in/x.csv; while [ -z "$(aws s3 ls s3://lake/$F)" ]; do echo waiting; sleep 1m; done',
]


@pytest.mark.parametrize("loop", POLLS)
def test_a_poll_of_s3_and_a_glue_job_are_two_units(loop: str) -> None:
    """Every way to write the decision guide's own example: wait, then start."""
    found = script(f"{loop}\naws glue start-job-run --job-name csv_to_parquet\n")
    assert [step.kind for step in found.steps] == [StepKind.WAIT, StepKind.CLOUD]
    assert units(found) == [(0,), (1,)]
    [wait] = found.waits
    assert (wait.kind, wait.target) == (WaitKind.OBJECT, "s3://lake/in/x.csv")
    assert wait.seconds == Range(Decimal(60), Decimal(60))
    assert wait.timeout in (None, 1800)
    assert found.branches == ()


def test_the_timeout_of_a_loop_is_its_count() -> None:
    """Thirty looks, a minute apart."""
    assert script(POLLS[3] + "\n").waits[0].timeout == 1800
    assert script(POLLS[4] + "\n").waits[0].timeout == 1800


def test_waiting_for_the_run_that_was_started_is_part_of_it() -> None:
    """The poll of a job's state ends the call; it is no wait of its own."""
    found = script("""\
RUN=$(aws glue start-job-run --job-name j --query JobRunId --output text)
while true; do
  S=$(aws glue get-job-run --job-name j --run-id $RUN)
  [ "$S" = SUCCEEDED ] && break
  sleep 30
done
""")
    assert units(found) == [(0, 1)]
    assert "that `aws glue start-job-run` started" in found.units[0].why


def test_files_and_services_are_waited_for() -> None:
    """Not only objects."""
    assert facts("until [ -f /in/x ]; do sleep 5; done; /opt/a").waits[0].target == "/in/x"
    assert facts("while [[ ! -e /in/x ]]; do sleep 5; done; /opt/a").waits[0].kind is WaitKind.FILE
    assert facts("until nc -z db 5432; do sleep 1; done; /opt/a").waits[0].kind is WaitKind.SERVICE
    assert facts("aws s3api wait object-exists --bucket b --key k && /opt/a").waits[0].kind is WaitKind.OBJECT
    assert units(facts("aws emr wait step-complete --cluster-id c --step-id s; /opt/a")) == [(0,), (1,)]


def test_a_loop_that_works_is_no_wait() -> None:
    """Work between the looks makes it a loop."""
    found = facts("while /opt/more; do /opt/a; sleep 5; done")
    assert StepKind.WAIT not in [step.kind for step in found.steps]


def test_sleeps() -> None:
    """Fixed, summed and random ones; none is a step."""
    found = facts("sleep 90; sleep 1m 30s; sleep $((RANDOM % 3600)); sleep $N; /opt/a")
    assert [(w.kind, w.seconds and (int(w.seconds.low), int(w.seconds.high))) for w in found.waits] == [
        (WaitKind.TIME, (90, 90)),
        (WaitKind.TIME, (90, 90)),
        (WaitKind.RANDOM, (0, 3600)),
        (WaitKind.TIME, None),
    ]
    assert names(found) == ["a"]


def test_a_program_that_only_sleeps_is_a_sleep() -> None:
    """Perl and Python as ways to draw a random delay."""
    for command in (
        "perl -e 'sleep int(rand(600))'",
        "python3 -c 'import random, time; time.sleep(random.randrange(600))'",
    ):
        found = facts(f"{command} && /opt/a")
        assert names(found) == ["a"]
        assert [wait.kind for wait in found.waits] == [WaitKind.RANDOM]
    assert facts("perl -e 'sleep int(rand(600))'; /opt/a").waits[0].seconds == Range(Decimal(0), Decimal(600))


def test_a_declared_call_is_one_cloud_step() -> None:
    """A manifest's job without a command."""
    place = Origin("jobs.yaml", 7)
    call = ServiceCall("glue", "start-job-run", "csv_to_parquet", (("in", "x"),), place)
    lake = Resource(ResourceKind.S3, "s3://lake/raw/")
    mart = Resource(ResourceKind.TABLE, "mart.orders")
    found = facts("", declared=Declared(call=call, reads=(lake,), writes=(mart,), origin=place))
    assert [(step.kind, step.call) for step in found.steps] == [(StepKind.CLOUD, call)]
    assert units(found) == [(0,)]
    assert [(a.resource, a.confidence, a.origin) for a in found.accesses] == [(lake, 1.0, place), (mart, 1.0, place)]


def test_declared_accesses_join_a_command() -> None:
    """What the manifest says stands beside what the command shows."""
    declared = Declared(writes=(Resource(ResourceKind.TABLE, "mart.orders"),), origin=Origin("jobs.yaml", 2))
    found = facts("/opt/a > /b/x.csv", declared=declared)
    assert writes(found) == {"/b/x.csv", "mart.orders"}
