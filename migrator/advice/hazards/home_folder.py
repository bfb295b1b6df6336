"""The command relies on starting in the home folder.

**Why.** Cron starts a command in its user's home. SSM, a container and Airflow start it elsewhere, so a relative path
leads nowhere or to another file.

**Says nothing** where the command changes its folder first, or names its paths from the root.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity

_MOVES_FIRST = re.compile(r"[\s({]*cd\s")
_RELATIVE = re.compile(
    r"(?:^|[\s;&|(])\.{1,2}/[^\s;&|<>()]+|(?:^|\s)(?:>{1,2}|<)\s*(?=[A-Za-z0-9_.])[^\s;&|<>()]+|~/[^\s;&|<>()]*"
)


def find(move: Move) -> Iterator[Hazard]:
    """Report a relative program or output, or a path from `~`, that nothing precedes with `cd`."""
    command = move.job.command
    if _MOVES_FIRST.match(command):
        return
    if found := _RELATIVE.search(command):
        text = f"`{found[0].strip()}` is found because cron starts in the home folder of {move.job.user or 'its user'}"
        yield move.hazard(Severity.SILENT, text, "name it from the root, or change the folder first")


CHECK = HazardCheck("home-folder", find, MOVES, "crontab(5), HOME")
