"""What the DAGs need installed beside Airflow."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.artifacts.airflow.draft import Draft

_HEAD = "# What the DAGs need beside Airflow 3.\n"
_CHOOSE = """\
# Install it with the constraints file of your Airflow's version
# (https://raw.githubusercontent.com/apache/airflow/constraints-VERSION/constraints-PYTHON.txt).
"""
# SsmRunCommandOperator fails a task by the exit code since 9.21 (changelog of the provider).
_AMAZON = "apache-airflow-providers-amazon{extra}>=9.21,<10\n"
_STANDARD = "apache-airflow-providers-standard>=1.1,<2\n"


def requirements(drafts: Sequence[Draft], constraints: str | None = None) -> str:
    """Give the text of `requirements.txt`; `constraints` is the address of the file that settles all versions."""
    operators = [made for one in drafts for work in one.works for made in work.operators.values() if made is not None]
    # What waits in the triggerer needs the provider's own extra.
    deferred = any(("deferrable", True) in made.arguments for made in operators)
    head = _HEAD + (_CHOOSE if constraints is None else f'--constraint "{constraints}"\n')
    return head + _AMAZON.format(extra="[aiobotocore]" if deferred else "") + _STANDARD
