"""Run DAGs in a real Airflow, each command in a real shell with recorders. A program of its own.

It gets a JSON file: the folder of DAGs, the commands by document, and the runs: DAG, environment. It prints the state
of each run as a line of JSON.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ASKED = json.loads(Path(sys.argv[1]).read_text())
DAGS = Path(ASKED["dags"])
HOME = tempfile.mkdtemp()
os.environ |= {
    "AIRFLOW_HOME": HOME,
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{HOME}/airflow.db",
    "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL",
}
for path in DAGS.glob("*.py"):
    for name in re.findall(r"var\.value\.(\w+)", path.read_text()):
        os.environ[f"AIRFLOW_VAR_{name.upper()}"] = "x"

from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db  # noqa: E402 - after the settings
from airflow.models.dagbundle import DagBundleModel  # noqa: E402
from airflow.providers.amazon.aws.operators.ssm import SsmRunCommandOperator  # noqa: E402
from airflow.utils.db import initdb  # noqa: E402
from airflow.utils.session import create_session  # noqa: E402

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
    initdb()
    bag = DagBag(str(DAGS))
    assert bag.import_errors == {}, bag.import_errors
    with create_session() as session:
        session.add(DagBundleModel(name="here"))
    sync_bag_to_db(bag, "here", None)
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
