"""It acts on its host, and is moved all the same.

**Why.** Packages, logs, certificates and disks are the host's. From elsewhere the command acts on another machine, or
on none.

**Says nothing** about jobs that only happen to run on their host.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report host maintenance that does not stay."""
    if proof := move.proof(Trait.HOST_MAINTENANCE):
        text = "it maintains the host that it runs on; run elsewhere it would act on another machine"
        yield move.hazard(Severity.SILENT, text, "leave it on the host, with cron or a systemd timer", proof)


CHECK = HazardCheck("acts-on-host", find, MOVES, "decision guide, EventBridge (cron on EC2)")
