"""Cloud command lines: aws(1) with its services, gsutil, gcloud, az.

AWS: https://docs.aws.amazon.com/cli/latest/reference/ (service, action and option names as there).
"""

from __future__ import annotations

import json

from migrator.commands.facts import StepKind, WaitKind
from migrator.commands.hints import with_slash
from migrator.commands.invocation import (
    Arguments,
    Effect,
    Family,
    Invocation,
    Reader,
    Role,
    ServiceUse,
    Space,
    Touch,
    Waiting,
    deletes,
    reads,
    sort_out,
    writes,
)
from migrator.commands.languages import sql
from migrator.commands.values import Value, literal

_FLAG_OPTIONS = """
    --recursive --quiet --only-show-errors --dryrun --delete --no-progress --human-readable --summarize --force
    --no-sign-request --no-paginate --no-verify-ssl --debug --no-cli-pager --size-only --exact-timestamps
    --no-follow-symlinks --follow-symlinks --no-overwrite --decrypt --no-guess-mime-type --dry-run
    --force-new-deployment --no-cli-auto-prompt --with-decryption
"""
_FLAGS = frozenset(_FLAG_OPTIONS.split())
_CALLS: dict[tuple[str, str], tuple[str, ...]] = {
    ("glue", "start-job-run"): ("--job-name",),
    ("glue", "start-crawler"): ("--name",),
    ("glue", "start-workflow-run"): ("--name",),
    ("lambda", "invoke"): ("--function-name",),
    ("lambda", "invoke-async"): ("--function-name",),
    ("emr", "add-steps"): ("--cluster-id",),
    ("emr", "create-cluster"): ("--name",),
    ("emr-serverless", "start-job-run"): ("--application-id", "--name"),
    ("emr-containers", "start-job-run"): ("--name", "--virtual-cluster-id"),
    ("ecs", "run-task"): ("--task-definition",),
    ("ecs", "start-task"): ("--task-definition",),
    ("batch", "submit-job"): ("--job-name", "--job-definition"),
    ("athena", "start-query-execution"): ("--work-group",),
    ("redshift-data", "execute-statement"): ("--cluster-identifier", "--workgroup-name"),
    ("redshift-data", "batch-execute-statement"): ("--cluster-identifier", "--workgroup-name"),
    ("sns", "publish"): ("--topic-arn", "--target-arn", "--phone-number"),
    ("sqs", "send-message"): ("--queue-url",),
    ("sqs", "send-message-batch"): ("--queue-url",),
    ("stepfunctions", "start-execution"): ("--state-machine-arn",),
    ("stepfunctions", "start-sync-execution"): ("--state-machine-arn",),
    ("codebuild", "start-build"): ("--project-name",),
    ("codebuild", "start-build-batch"): ("--project-name",),
    ("events", "put-events"): ("--entries",),
    ("ssm", "send-command"): ("--document-name",),
    ("dms", "start-replication-task"): ("--replication-task-arn",),
    ("datasync", "start-task-execution"): ("--task-arn",),
    ("sagemaker", "create-training-job"): ("--training-job-name",),
    ("sagemaker", "start-pipeline-execution"): ("--pipeline-name",),
    ("databrew", "start-job-run"): ("--name",),
}
_STATUS_NAMES = """
    get-job-run get-job-runs get-crawler describe-cluster describe-step describe-tasks describe-jobs get-query-execution
    describe-statement describe-execution batch-get-builds get-workflow-run describe-replication-tasks list-steps
    get-command-invocation describe-task-execution
"""
_STATUS = frozenset(_STATUS_NAMES.split())


def aws(call: Invocation) -> Effect:
    """Read `aws`: an S3 copy, a service call, a wait, or a question."""
    valued = frozenset(a.text for a in call.arguments if a.text.startswith("--") and a.text not in _FLAGS)
    got = sort_out(call.arguments, valued)
    names = [value.text for value in got.rest]
    service, action = [*names, "", ""][:2]
    label = f"aws {service} {action}".strip()
    if service == "s3":
        return _s3(action, got, label)
    if service == "s3api":
        return _s3api(action, got, label)
    if action == "wait":
        target = names[2] if len(names) > 2 else ""
        return Effect(
            kind=StepKind.WAIT,
            label=f"{label} {target}".strip(),
            waits=(Waiting(WaitKind.SERVICE, f"{service} {target}"),),
        )
    if (service, action) in _CALLS:
        return _call(service, action, got, label)
    if action in _STATUS:
        return Effect(Role.PROBE, StepKind.CLOUD, label, waits=(Waiting(WaitKind.SERVICE, f"{service} {action}"),))
    return Effect(kind=StepKind.CLOUD, label=label)


def _call(service: str, action: str, got: Arguments, label: str) -> Effect:
    named = got.last(*_CALLS[service, action])
    arguments = tuple(
        (option.removeprefix("--"), " ".join(value.shown for value in values))
        for option, values in sorted(got.options.items())
    )
    touches: tuple[Touch, ...] = ()
    for option in ("--query-string", "--sql", "--sqls"):
        for text in got.every(option):
            touches += tuple(Touch(t.mode, literal(t.name), 0.9, Space.TABLE) for t in sql.tables(text.text))
    touches += _addresses(got)
    if service == "lambda":
        touches += writes(*(value for value in got.rest[2:] if value.text != "/dev/stdout"))
    use = ServiceUse(service, action, named.shown if named is not None else None, arguments)
    return Effect(kind=StepKind.CLOUD, label=label, touches=touches, use=use)


def _addresses(got: Arguments) -> tuple[Touch, ...]:
    """Name the S3 addresses among a call's arguments: outputs by the option's name, the others may be either."""
    touches: list[Touch] = []
    for option, values in sorted(got.options.items()):
        for value in values:
            for key, address in _s3_words(value):
                said = f"{option} {key}".lower()
                if "output" in said or "target" in said or "result" in said or "dest" in said or "sink" in said:
                    touches += writes(address, confidence=0.8)
                elif "script" in said or "log" in said or "extra" in said or "temp" in said:
                    continue
                else:
                    touches += reads(address, confidence=0.6)
    return tuple(touches)


def _s3_words(value: Value) -> list[tuple[str, Value]]:
    """Find the addresses in an argument, each with the key before it: JSON, `k=v,k=v` or bare."""
    text = value.text
    if "s3://" not in text or len(text) > 20_000:
        return []
    if text.lstrip().startswith("{"):
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            data = None
        if isinstance(data, dict):
            return [(str(k), value.but(v)) for k, v in data.items() if isinstance(v, str) and v.startswith("s3://")]
    found: list[tuple[str, Value]] = []
    for piece in text.replace("[", ",").replace("]", ",").replace(" ", ",").split(","):
        head, sign, tail = piece.partition("s3://")
        if sign:
            found.append((head.strip("=\"':"), value.but("s3://" + tail.strip("\"'"))))
    return found


def _s3(action: str, got: Arguments, label: str) -> Effect:
    places = got.rest[2:]
    if action in ("cp", "sync", "mv") and len(places) >= 2:
        source, target = places[0], places[1]
        if action == "sync" or got.has("--recursive"):
            source, target = _folder(source), _folder(target)
        elif target.text.endswith("/") or target.text == ".":
            target = (target if target.text != "." else literal("./")) + source.but(source.text.rpartition("/")[2])
        gone = deletes(source) if action == "mv" else ()
        return Effect(kind=StepKind.TRANSFER, label=label, touches=reads(source) + writes(target) + gone, carries=True)
    if action in ("rm", "rb"):
        return Effect(kind=StepKind.TRANSFER, label=label, touches=deletes(*places))
    if action == "ls":
        waits = tuple(Waiting(WaitKind.OBJECT, place.text) for place in places[:1])
        return Effect(Role.PROBE, StepKind.CLOUD, label, reads(*places), waits=waits)
    return Effect(kind=StepKind.TRANSFER, label=label)


def _folder(value: Value) -> Value:
    return value if value.text == "-" else with_slash(value)


def _s3api(action: str, got: Arguments, label: str) -> Effect:
    bucket, key = got.last("--bucket"), got.last("--key", "--prefix")
    address = literal("s3://") + (bucket or literal("*")) + literal("/") + (key or literal(""))
    files = got.rest[2:]
    if action == "wait":
        name = files[0].text if files else ""
        return Effect(
            kind=StepKind.WAIT,
            label=f"{label} {name}".strip(),
            touches=reads(address),
            waits=(Waiting(WaitKind.OBJECT, address.text),),
        )
    if action in ("head-object", "list-objects", "list-objects-v2", "get-object-attributes", "list-object-versions"):
        waits = (Waiting(WaitKind.OBJECT, address.text),)
        return Effect(Role.PROBE, StepKind.CLOUD, label, reads(address), waits=waits)
    if action == "get-object":
        return Effect(kind=StepKind.TRANSFER, label=label, touches=reads(address) + writes(*files), carries=True)
    if action == "put-object":
        body = got.every("--body")
        return Effect(kind=StepKind.TRANSFER, label=label, touches=writes(address) + reads(*body), carries=True)
    if action in ("delete-object", "delete-objects"):
        return Effect(kind=StepKind.TRANSFER, label=label, touches=deletes(address))
    return Effect(kind=StepKind.CLOUD, label=label)


def gsutil(call: Invocation) -> Effect:
    """Read gsutil: `cp`, `rsync`, `mv`, `rm` move files; the rest asks."""
    got = sort_out(call.arguments, frozenset({"-h", "-o", "-x"}))
    action = got.rest[0].text if got.rest else ""
    places = got.rest[1:]
    label = f"gsutil {action}".strip()
    if action in ("cp", "mv", "rsync") and len(places) >= 2:
        return Effect(
            kind=StepKind.TRANSFER, label=label, touches=reads(*places[:-1]) + writes(places[-1]), carries=True
        )
    if action == "rm":
        return Effect(kind=StepKind.TRANSFER, label=label, touches=deletes(*places))
    return Effect(kind=StepKind.CLOUD, label=label, touches=reads(*(p for p in places if "://" in p.text)))


def other_cloud(call: Invocation) -> Effect:
    """Read another cloud's client: the first words name the step; what it does there is not read."""
    words = [value.text for value in call.arguments if not value.text.startswith("-")][:3]
    return Effect(kind=StepKind.CLOUD, label=" ".join([call.name, *words]))


_READERS: dict[str, Reader] = {"aws": aws, "aws2": aws, "awslocal": aws, "gsutil": gsutil}
_OF_CLOUDS = """
    gcloud az azcopy ibmcloud oci doctl aliyun databricks airflow heroku fly flyctl terraform eksctl sam serverless eb
    openstack linode-cli hcloud
"""
_READERS |= dict.fromkeys(_OF_CLOUDS.split(), other_cloud)

FAMILY = Family("cloud", _READERS)
