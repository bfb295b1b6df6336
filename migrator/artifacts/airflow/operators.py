"""What runs a task: an operator or a sensor of the Amazon provider, or a document of Systems Manager."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from migrator.artifacts.airflow.python_text import Value, identifier
from migrator.artifacts.calls import Allowed
from migrator.plan.jobs import JobPart

AMAZON = "airflow.providers.amazon.aws"
SSM = (f"{AMAZON}.operators.ssm", "SsmRunCommandOperator")
EMPTY = ("airflow.providers.standard.operators.empty", "EmptyOperator")
LONGEST_RUN = 172800  # seconds: the most that a document's script may take
_LOOKS = 15  # seconds between two looks at a command that runs
_DELIVERY = 600  # seconds in which a host must take a command in


@dataclass(frozen=True, slots=True)
class Operator:
    """A class, the module it is in, and its own arguments.

    `note` is what a reader should know of it, `allowed` what Airflow's role must be allowed for it.
    """

    module: str
    name: str
    arguments: tuple[tuple[str, Value], ...]
    note: str = ""
    allowed: tuple[Allowed, ...] = ()


@dataclass(slots=True)
class Variables:
    """The Airflow Variables that a file reads, each with what it is. Their values are in Airflow, not in the file."""

    told: dict[str, str] = field(default_factory=dict)

    def ask(self, wanted: str, what: str) -> str:
        """Give the template of a Variable; equal names are one Variable."""
        name = identifier(wanted)
        self.told.setdefault(name, what)
        return f"{{{{ var.value.{name} }}}}"


def on_hosts(document: Value, instances: Value, hosts: int, limit: int | None) -> Operator:
    """Run a document on hosts: expressions of its name and of the list of instances; `limit` in seconds."""
    sent: dict[str, Value] = {"InstanceIds": instances, "TimeoutSeconds": _DELIVERY}
    if hosts > 1:
        # Each host's cron knows nothing of the others: all at once, whatever fails elsewhere.
        sent |= {"MaxConcurrency": "100%", "MaxErrors": "100%"}
    longest = min(limit or LONGEST_RUN, LONGEST_RUN) + _DELIVERY
    return Operator(
        *SSM,
        (
            ("document_name", document),
            ("run_command_kwargs", sent),
            ("waiter_delay", _LOOKS),
            ("waiter_max_attempts", math.ceil(longest / _LOOKS)),
        ),
    )


def region_of(job: JobPart) -> tuple[tuple[str, Value], ...]:
    """Give the region that the job's own settings name, for calls that leave the host."""
    said = {setting.name: setting.value for setting in job.settings}
    region = said.get("AWS_REGION") or said.get("AWS_DEFAULT_REGION")
    return (("region_name", region),) if region and region.replace("-", "").isalnum() and region.isascii() else ()
