"""Who is told of a job today: cron mails whatever a command prints (crontab(5), MAILTO; cron(8))."""

import re
from collections.abc import Iterator, Sequence

from migrator.model import Dialect, Job
from migrator.model.wording import counted, some
from migrator.sources.items import CRONTABS

_PARTS = re.compile(r";|&&|\|\|")
# Both outputs of a part go elsewhere: `>> log 2>&1`, `&> log`.
_SILENCED = re.compile(r">\s*\S+.*2>\s*&\s*1|>\s*\S+.*2>>?\s*[^&\s]|&>|>&\s*[^\s\d-]", re.DOTALL)
_QUIET = re.compile(r"\s*(?:(?:cd|export|test|\[{1,2}|sleep|source|\.|umask|true|:|exit)(?:\s|$)|\w+=\S*\s*$|$)")
_MAILING = frozenset({Dialect.DEBIAN, Dialect.CRONIE})
_DISCARDED = re.compile(r"(?:&>|>&|(?<!2)>)\s*/dev/null(?:\s+2>\s*(?:&1|/dev/null))?\s*(?:[;&|)]|$)")
_NAMED = 5


def prints(command: str) -> bool:
    """Say whether cron may get something to mail: a part of the line that works keeps an output of its own."""
    if "2>" not in command and "&>" not in command and ">&" not in command:
        return True
    return not all(_QUIET.match(part) or _SILENCED.search(part) for part in _PARTS.split(command))


def throws_away(command: str) -> bool:
    """Say whether standard output of a part of the line goes to /dev/null."""
    return _DISCARDED.search(command) is not None


def mailed_to(job: Job) -> str | None:
    """Give the addresses of MAILTO, empty where it says that none is mailed, None where nothing is said."""
    found = next((setting.value for setting in job.settings if setting.name == "MAILTO"), None)
    return None if found is None else found.strip("\"' ")


def told_today(jobs: Sequence[Job]) -> Iterator[str]:
    """Say who hears of these jobs by mail, in a sentence for each way."""
    all_told = [(job, mailed_to(job), prints(job.command)) for job in jobs if job.source in CRONTABS]
    speaking = [(job, to) for job, to, mailed in all_told if mailed]
    if named := [to for _, to in speaking if to]:
        yield (
            f"output of {_count(named)} is mailed to {_addresses(named)}, where failures are seen today: give each "
            "target an alarm on failure that reaches the same people"
        )
    if silenced := [to for _, to, mailed in all_told if to and not mailed]:
        yield (
            f"MAILTO names {_addresses(silenced)}, but both outputs of {_count(silenced)} go elsewhere, so that no "
            "failure is mailed: give each target an alarm that reaches them"
        )
    if unseen := [job for job, to in speaking if to == ""]:
        verb = "prints" if len(unseen) == 1 else "print"
        yield (
            f"what {_count(unseen)} {verb} is lost, since MAILTO is empty: nobody hears of a failure today, and a "
            "target with an alarm is a gain"
        )
    own = [job for job, to in speaking if to is None and job.schedule.dialect in _MAILING]
    if own:
        user = "the user that it runs as" if len(own) == 1 else "the user that each runs as"
        yield (
            f"output of {_count(own)} is mailed to {user}, on the host, since no MAILTO is set: find out whether "
            "anybody reads that, and whom an alarm on failure should reach"
        )


def _addresses(found: Sequence[str]) -> str:
    return some(sorted(set(found)), _NAMED)


def _count(found: Sequence[object]) -> str:
    return counted(len(found), "job")
