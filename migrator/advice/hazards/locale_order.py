"""The order of lines, and the names of days and months, follow the locale.

**Why.** `sort`, `comm` and `join` compare by LC_COLLATE, `date +%b` names by LC_TIME. A host sets them for cron, or
leaves them out; a container, a worker and the SSM agent have their own, and the same command gives another order.

**Says nothing** where a settings line or the command sets the locale, and where numbers are sorted.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Evidence, Severity
from migrator.shell import commands, parse
from migrator.shell.tree import Command

_MENTIONED = re.compile(r"\b(?:sort|comm|join|date)\b")
_SETS = re.compile(r"\b(?:LC_ALL|LC_COLLATE|LC_TIME|LANG)=")
_LOCALES = frozenset({"LC_ALL", "LC_COLLATE", "LC_TIME", "LANG"})
_BY_NUMBER = re.compile(r"-(?:[a-zA-Z]*[ghnRV]|k[\d.,]+[a-zA-Z]*[ghnRV].*)|--(?:.*numeric|human|random|version)-sort")
_NAMES = re.compile(r"\+.*%[-_^#0]*[aAbBhcxXp]")
_QUOTES = r"[\"'\\\n]*"
_COMPARES = re.compile(
    rf"(?<![\w.-])(?:{'|'.join(_QUOTES.join(name) for name in ('sort', 'comm', 'join'))})(?=[\s;&|()<>\"'\\`]|\Z)"
)
_NAMES_A_DATE = re.compile(rf"%{_QUOTES}(?:[-_^#0]{_QUOTES})*[aAbBhcxXp]")
_LONGEST = 20_000


def find(move: Move) -> Iterator[Hazard]:
    """Report the first command of the line, or of a script that was read, whose result depends on the locale."""
    if any(setting.name in _LOCALES for setting in move.job.settings) or _SETS.search(move.job.command):
        return
    for place in move.places(_MENTIONED):
        told = None if _SETS.search(place.text) else _told(move.job.command if place in move.line() else place.text)
        if told:
            text = f"what `{told}` gives depends on the locale, which nothing carries to the target"
            remedy = "find out which one it has today (locale in the job) and set LC_ALL for the command"
            yield move.hazard(Severity.SILENT, text, remedy, (Evidence(place.origin, place.text),))
            return


def _told(text: str) -> str | None:
    if len(text) > _LONGEST or not _may_tell(text):
        return None
    return next((said for command in commands(parse(text)) if (said := _of_command(command))), None)


def _may_tell(text: str) -> bool:
    """Say whether a text can have such a command at all; most have `date +%F`, and need not be parsed."""
    # A name, or a format, may be put together of quoted parts; what `$'…'` and `$"…"` write is not looked into.
    return "$'" in text or '$"' in text or _COMPARES.search(text) is not None or _NAMES_A_DATE.search(text) is not None


def _of_command(command: Command) -> str | None:
    texts = [word.literal or "" for word in command.words]
    program = texts[0].rpartition("/")[2] if texts else ""
    rest = texts[1:]
    if program in ("comm", "join") or (program == "sort" and not any(map(_BY_NUMBER.match, rest))):
        return program
    if program == "date" and (named := next((text for text in rest if _NAMES.match(text)), None)):
        return f"date {named}"
    return None


CHECK = HazardCheck("locale-order", find, MOVES, "sort(1), locale(7); pam_env(8), /etc/default/locale")
