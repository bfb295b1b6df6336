"""The command uses what a settings line of the crontab says.

**Why.** Settings lines are part of the crontab. Elsewhere the name is empty, and an empty path can be the root.

**Says nothing** where the command names no variable that is set in the crontab.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Evidence, Severity

_USE = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)")
_EVERYWHERE = frozenset({"HOME", "PATH", "SHELL", "USER", "LOGNAME"})


def find(move: Move) -> Iterator[Hazard]:
    """Report settings in force that the command or its steps refer to."""
    texts = [move.job.command, *(step.text for step in move.facts.steps)]
    used = {name for text in texts for name in _USE.findall(text)}
    found = [setting for setting in move.job.settings if setting.name in used - _EVERYWHERE]
    if found:
        names = ", ".join(setting.name for setting in found)
        proof = tuple(Evidence(item.origin, f"{item.name}={item.value}", "settings line") for item in found)
        text = f"the command uses {names}, which the crontab sets and no target knows"
        yield move.hazard(Severity.SILENT, text, "carry the settings into the target's environment", proof)


CHECK = HazardCheck("settings-lines", find, MOVES, "crontab(5), environment settings")
