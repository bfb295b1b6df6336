"""The command has marks that Airflow takes for a template.

**Why.** Two braces open a template in an operator's arguments: the text is rendered, or fails to. `${#name}` of the
shell opens a comment that never ends.

**Says nothing** where no such mark stands in the command.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import AIRFLOWS, Severity

_MARK = re.compile(r"\{\{|\{%|\{#")


def find(move: Move) -> Iterator[Hazard]:
    """Report template marks in the command."""
    if found := _MARK.search(move.job.command):
        text = f"`{found[0]}` opens a template in Airflow: the command is rendered or refused"
        yield move.hazard(Severity.SILENT, text, "pass the command as a literal, or between raw marks", carried=True)


CHECK = HazardCheck(
    "jinja",
    find,
    AIRFLOWS,
    "https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/operators.html (Jinja templating)",
)
