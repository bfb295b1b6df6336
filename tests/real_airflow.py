"""A real Airflow for a folder of DAGs, in a program of its own: a home and a database that nothing else has."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag


def read_dags(dags: Path, value: str) -> DagBag:
    """Read a folder of DAGs and put them into the database; `value` is each Variable's, `{}` its name.

    Airflow reads its settings when it is imported, so no module of the program may have imported it before.
    """
    home = tempfile.mkdtemp()
    os.environ |= {
        "AIRFLOW_HOME": home,
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL",
    }
    for path in dags.glob("*.py"):
        for name in re.findall(r"var\.value\.(\w+)", path.read_text()):
            os.environ[f"AIRFLOW_VAR_{name.upper()}"] = value.format(name)

    from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
    from airflow.models.dagbundle import DagBundleModel
    from airflow.utils.db import initdb
    from airflow.utils.session import create_session

    initdb()
    bag = DagBag(str(dags))
    with create_session() as session:
        session.add(DagBundleModel(name="here"))
    sync_bag_to_db(bag, "here", None)
    return bag
