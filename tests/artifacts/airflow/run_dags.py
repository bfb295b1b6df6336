"""Read DAGs with a real Airflow and run them, their operators replaced by recorders. A program of its own.

It gets a folder of DAGs and a JSON list of [DAG, tasks that fail]; it prints a line of JSON: what could not be read,
what was warned of, facts of each DAG, and for each run what it did.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.real_airflow import read_dags


def facts(dag):
    """Tell what a person would look at first."""
    timetable = dag.timetable
    return {
        "timetable": type(timetable).__name__,
        "description": str(getattr(timetable, "description", "")),
        "catchup": dag.catchup,
        "paused": dag.is_paused_upon_creation,
        "active_runs": dag.max_active_runs,
        "owner": dag.owner,
        "tags": sorted(dag.tags),
        "doc": dag.doc_md,
        "tasks": {one.task_id: told(one) for one in dag.tasks},
    }


def told(task):
    """Tell of a task."""
    names = ("retries", "pool", "bucket_key", "wildcard_match", "timeout", "job_name", "document_name", "function_name")
    found = {name: getattr(task, name) for name in names if hasattr(task, name)}
    return found | {"operator": task.task_type, "outlets": [asset.name for asset in task.outlets]}


def record(trace, failing):
    """Replace what operators do by a note that they ran, with their fields as Airflow rendered them."""
    from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
    from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
    from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator
    from airflow.providers.amazon.aws.operators.ssm import SsmRunCommandOperator
    from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor

    def execute(self, context):
        fields = {name: getattr(self, name, None) for name in self.template_fields}
        trace.append([self.task_id, json.loads(json.dumps(fields, default=str))])
        if self.task_id in failing:
            raise RuntimeError("told to fail")

    for kind in (
        GlueJobOperator,
        LambdaInvokeFunctionOperator,
        SnsPublishOperator,
        SsmRunCommandOperator,
        S3KeySensor,
    ):
        kind.execute = execute


def main():
    """Read, run, print."""
    bag = read_dags(Path(sys.argv[1]), "the-{}")
    runs = []
    trace, failing = [], set()
    record(trace, failing)
    for name, fails in json.loads(sys.argv[2]):
        trace.clear()
        failing.clear()
        failing.update(fails)
        dag = bag.dags[name]
        for task in dag.tasks:
            task.retries = 0
        done = dag.test()
        runs.append({"state": str(done.state), "ran": list(trace)})
    shown = {
        "errors": {Path(path).name: text for path, text in bag.import_errors.items()},
        "warnings": {Path(path).name: list(text) for path, text in bag.captured_warnings.items()},
        "dags": {name: facts(dag) for name, dag in bag.dags.items()},
        "runs": runs,
    }
    sys.stdout.write("\n" + json.dumps(shown, default=str) + "\n")


main()
