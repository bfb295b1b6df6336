"""SHELL names no program that cron could start.

**Why.** Cron takes all of SHELL for the path of one program (`execle(shell, shell, "-c", …)`), words behind it too, and
looks for it in no PATH. With `SHELL=/bin/bash -l`, `SHELL=bash` or a comment behind the path no job below it runs; who
moves the job by its words makes it run.

**Says nothing** where SHELL is a path from the root and nothing else, and about files that no cron reads.
"""

from collections.abc import Iterator

from migrator.advice.hazard import EVERYWHERE, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Dialect, Evidence, Job, Severity
from migrator.sources.items import CRONTABS

_BY_PATH = frozenset({Dialect.DEBIAN, Dialect.CRONIE})


def starts_nothing(job: Job) -> bool:
    """Say whether SHELL is no path of a program, but for a file whose name has spaces."""
    if job.source not in CRONTABS or job.schedule.dialect not in _BY_PATH:
        return False
    return not job.shell.startswith("/") or len(job.shell.split()) > 1


def find(move: Move) -> Iterator[Hazard]:
    """Report a SHELL that has words behind its path, or no path."""
    if starts_nothing(move.job):
        shell = move.job.shell
        text = f"cron takes all of `{shell}` for the path of its shell: unless a file has that very name, nothing runs"
        remedy = (
            "look into cron's log whether it runs at all; then give SHELL a bare path, and the command what it needs"
        )
        lines = tuple(
            Evidence(setting.origin, f"SHELL={setting.value}", "settings line")
            for setting in move.job.settings
            if setting.name == "SHELL"
        )
        yield move.hazard(Severity.SILENT, text, remedy, lines)


CHECK = HazardCheck("shell-path", find, EVERYWHERE, "crontab(5); do_command.c of Debian's cron and of cronie")
