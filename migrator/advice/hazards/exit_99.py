"""Exit code 99 means skipped to Airflow.

**Why.** Its BashOperator calls a task with that code skipped, and what follows it is skipped as well, without a
failure.

**Says nothing** where the code does not stand in the command or the scripts read.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import AIRFLOWS, Severity

_EXIT = re.compile(r"(?<![\w-])exit\s+99\b")


def find(move: Move) -> Iterator[Hazard]:
    """Report exits with 99."""
    if places := move.proof(Trait.EXITS_99) or move.places(_EXIT):
        yield move.hazard(
            Severity.SILENT,
            "it can end with 99, which Airflow takes for skipped",
            "set skip_on_exit_code to None",
            places,
            carried=True,
        )


CHECK = HazardCheck(
    "exit-99",
    find,
    AIRFLOWS,
    "https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/bash.html",
)
