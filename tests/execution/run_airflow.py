"""Run DAGs in a real Airflow, each command in a real shell with recorders. A program of its own.

It gets a JSON file: the folder of DAGs, the commands by document, and the runs: DAG, environment. It prints the state
of each run as a line of JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from tests.real_airflow import read_dags

ASKED = json.loads(Path(sys.argv[1]).read_text())
variables: dict[str, str] = {}


def execute(self, context):
    """Run the document's command in its shell."""
    shell, command = ASKED["documents"][self.document_name.removeprefix("x-")]
    done = subprocess.run([shell, "-c", command], env=variables, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode:
        msg = f"status {done.returncode}"
        raise RuntimeError(msg)


def main():
    """Read, run, print."""
    bag = read_dags(Path(ASKED["dags"]), "x")
    assert bag.import_errors == {}, bag.import_errors
    from airflow.providers.amazon.aws.operators.ssm import SsmRunCommandOperator

    SsmRunCommandOperator.execute = execute
    # `dag.test()` waits a second for a scheduler that there is not.
    time.sleep = lambda seconds: None
    states = []
    for name, given in ASKED["runs"]:
        variables.clear()
        variables.update(given)
        states.append(str(bag.dags[name].test().state))
    sys.stdout.write("\n" + json.dumps(states) + "\n")


main()
