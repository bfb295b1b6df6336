"""The command has a mark that CloudFormation resolves.

**Why.** A dynamic reference is replaced in any property: a secret would be fetched into the schedule's input, in the
clear.

**Says nothing** where no such mark stands in the command.
"""

from collections.abc import Iterator

from migrator.advice.hazard import HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import SCHEDULED, Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report dynamic references of CloudFormation."""
    if "{{resolve:" in move.job.command:
        text = "CloudFormation replaces `{{resolve:…}}` in it, and would put the secret into the schedule's input"
        yield move.hazard(Severity.SILENT, text, "split the mark, or read the secret inside the job")


CHECK = HazardCheck(
    "cfn-resolve",
    find,
    SCHEDULED,
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html",
)
