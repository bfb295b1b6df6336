"""It leaves a process behind that a task would take with it.

**Why.** SSM, a container and Airflow end what a command started when the command ends.

**Says nothing** about commands that end by themselves with all that they started.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report commands that start a process and leave it, where they are moved all the same."""
    if proof := move.proof(Trait.DAEMON) or move.proof(Trait.WATCHDOG):
        text = "it leaves a process running on its host; as a task that process ends with the task"
        yield move.hazard(Severity.SILENT, text, "make it a service: systemd on the host, or an ECS service", proof)


CHECK = HazardCheck(
    "daemon-start", find, MOVES, "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html"
)
