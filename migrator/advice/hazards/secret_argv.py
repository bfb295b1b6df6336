"""A secret stands in the line.

**Why.** In a schedule's input, a state machine's definition or a DAG it is shown to everybody who may look, and kept
in logs and histories.

**Says nothing** where nothing was redacted from the line and its scripts, and about a settings line whose name neither
the command nor a script that was read uses: that is said once for the file.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.settings_used import uses
from migrator.advice.types import Hazard
from migrator.model import AIRFLOWS, Evidence, Severity
from migrator.redaction.marks import MARK


def find(move: Move) -> Iterator[Hazard]:
    """Report lines, steps and settings in force from which a secret was taken."""
    proof = move.places(MARK)
    used = [item for item in move.job.settings if MARK.search(item.value) and uses(item.name, move.job, move.facts)]
    proof += tuple(Evidence(item.origin, f"{item.name}={item.value}", "settings line") for item in used)
    if proof:
        where = {
            True: "the DAG's source, its rendered view and the logs",
            False: "the schedule's input, CloudTrail and the console",
        }[move.target in AIRFLOWS]
        text = f"a secret stands in it; copied it would show in {where}"
        yield move.hazard(Severity.SILENT, text, "put it into Secrets Manager and let the job read it there", proof)


CHECK = HazardCheck(
    "secret-argv", find, MOVES, "https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html"
)
