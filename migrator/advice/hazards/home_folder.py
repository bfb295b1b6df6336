"""The command relies on starting in the home folder.

**Why.** Cron starts a command in its user's home. SSM, a container and Airflow start it elsewhere, and as another user,
so a relative path leads nowhere or to another file. The files that a plan writes for the same host go to the user's
home first.

**Says nothing** where the command changes to a folder named from the root first, or names its paths from the root,
and about `$HOME` and `~` where a settings line sets HOME.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import StepKind
from migrator.model import Evidence, ResourceKind, Severity

_MOVES_FIRST = re.compile(r"[\s({]*cd(?:\s+(?:--\s+)?(?P<to>[^\s;&|<>()]+))?(?=[\s;&|)])")
_OF_HOME = re.compile(r"[\"']?(?:[A-Za-z0-9_.~]|\$HOME\b|\$\{HOME\})")
_RELATIVE = re.compile(
    r"(?:^|[\s;&|(])\.{1,2}/[^\s;&|<>()]+|(?:^|\s)(?:>{1,2}|<)\s*(?=[A-Za-z0-9_.])[^\s;&|<>()]+|(?:~|\$HOME|\$\{HOME\})/[^\s;&|<>()\"']*"
)
_BELOW_HOME = "~/"
_BY_NAME = (_BELOW_HOME, "$HOME/", "${HOME}/")
_GOES_BY_NAME = re.compile(r"[\"']?(?:~|\$HOME\b|\$\{HOME\})")


def find(move: Move) -> Iterator[Hazard]:
    """Report the first path that is named from the home folder: a folder to go to, a file, a program or a script."""
    if not (found := _from_home(move)):
        return
    what, proof = found
    home = _home_set(move) or f"the home folder of {move.job.user or 'its user'}"
    by_name = what.startswith(_BY_NAME)
    text = f"`{what}` is found because cron {'sets HOME to' if by_name else 'starts in'} {home}"
    if move.declared_only:
        text = f"`{what}` is named from the folder in which it is started today, and no file says which that is"
    remedy = f"name it from the root, or {'set HOME' if by_name else 'change the folder'} first"
    carried = not (move.declared_only or move.leaves_host)
    yield move.hazard(Severity.SILENT, text, remedy, proof, carried=carried)


def _from_home(move: Move) -> tuple[str, tuple[Evidence, ...]] | None:
    command, home_set = move.job.command, bool(_home_set(move))
    first = _MOVES_FIRST.match(command)
    goes_home = first is not None and (first["to"] is None or _GOES_BY_NAME.match(first["to"]) is not None)
    if first and (goes_home or _OF_HOME.match(first["to"])) and not (goes_home and home_set):
        return first[0].strip(), ()
    for access in move.facts.touched:
        if access.resource.kind is ResourceKind.FILE and access.resource.name.startswith(_BELOW_HOME) and not home_set:
            return access.resource.name, (Evidence(access.origin, access.text),)
    if first:
        return None
    for relative in _RELATIVE.finditer(command):
        if not (home_set and relative[0].startswith(_BY_NAME)):
            return relative[0].strip(" \t\n;&|("), ()
    return _program_from_home(move)


def _home_set(move: Move) -> str:
    """Give the folder to which the job's own settings set HOME, empty where they do not: its target gets them too."""
    return next((item.value for item in reversed(move.job.settings) if item.name == "HOME"), "")


def _program_from_home(move: Move) -> tuple[str, tuple[Evidence, ...]] | None:
    """Find a program or a script of the line itself that is named by a relative path."""
    for step in move.facts.steps:
        if step.origin != move.job.origin or step.program.startswith(("/", "~", "$")):
            continue
        script = step.kind is StepKind.SCRIPT and "." in step.program and step.program in step.text.split()[1:]
        if script or ("/" in step.program and step.text.startswith(step.program)):
            return step.program, (Evidence(step.origin, step.text),)
    return None


CHECK = HazardCheck("home-folder", find, MOVES, "crontab(5), HOME")
