"""What a reading is for: data to work on, a copy for safety, a look at whether it is there, or pages to serve."""

import posixpath
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from migrator.commands.facts import CommandFacts, Step, StepKind, Trait
from migrator.graph.meetings import Flow
from migrator.graph.patterns import Meeting
from migrator.graph.touches import NO_STEP, Touch
from migrator.model import WRITES, Job, JobId, ResourceKind, ScheduleKind

_BACKUP = re.compile(
    r"back[-_]?up|bkup|\bbak\b|[-_/.]bak\b|\b(?:zfs|btrfs|lvm|ebs|rds|create|take)[-_ ]\w*[-_ ]?snapshot|[-_/]archive"
    r"|\brestic\b|\bborg(?:matic)?\b|duplicity|rsnapshot|mysqldump|pg_dump|mongodump|mariabackup|xtrabackup|rdiff|tarsnap",
    re.IGNORECASE,
)
_MONITOR = re.compile(
    r"monitor|(?:^|[-_/ .])(?:check|health|alert|nagios|stale|fresh|watch|zabbix|probe)", re.IGNORECASE
)
# Names of programs that are there for nothing else, whatever they look at.
_GUARD = re.compile(r"(?:^|[-_/ .])(?:watch_?dog|heart_?beat|health_?check|liveness|nagios|zabbix)", re.IGNORECASE)
_LOOK = re.compile(
    r"check_file_age|-(?:mmin|mtime|newer\w*|cmin|ctime)\b|\bstat\b|\bls\b"
    r"|(?:\btest|\[\[?)\s+(?:!\s+)?(?:-[a-zA-Z]\s|\S+\s+-[no]t\b)"
)
_IN_LOOKS = ("ls", "stat", "test", "[", "-m", "-c", "-newer", "check_file_age")
_DEPLOY = re.compile(r"\bgit\b[^|;&]*\b(?:pull|fetch|checkout|reset|clone)\b|\bsvn\s+up")
# Programs that answer whoever asks, for as long as they run, with the words that make them do so.
_SERVER = re.compile(
    r"(?<![\w.-])(?:streamlit\s+run|gunicorn|uvicorn|hypercorn|waitress-serve|uwsgi|daphne|http\.server|pm2\s+start"
    r"|(?<!\S)\S+\s+(?:-\S+\s+)*runserver|(?:flask|voila|bokeh|panel|datasette)\s+(?:run|serve)|rails\s+s(?:erver)?"
    r"|php\s+-S\s+\S+|jupyter\s+\w*(?:lab|notebook))(?![\w./-])"
)


class Nature(StrEnum):
    """What the reader wants."""

    DATA = "data"
    BACKUP = "backup"
    MONITORING = "monitoring"
    CODE = "code"
    SERVICE = "service"


def nature(flow: Flow, jobs: Mapping[JobId, Job], facts: Mapping[JobId, CommandFacts]) -> Nature:
    """Say what the reading end of a flow is for.

    A copy of a whole folder or database is a backup when its words say so, and what is copied is not itself a backup:
    sending the night's dumps elsewhere needs the dumps.
    """
    reader, of_job = jobs[flow.latter.job], facts.get(flow.latter.job)
    if _deploys(flow.former.text) and not _works_on_all(flow):
        return Nature.CODE
    if of_job is not None and _serves(flow.latter, reader, of_job):
        return Nature.SERVICE
    if _only_looks(flow.latter, reader, of_job):
        return Nature.MONITORING
    broad = flow.meeting is Meeting.BELOW or "*" in flow.latter.resource.name or flow.latter.resource.name.endswith("/")
    if flow.latter.resource.kind is ResourceKind.TABLE:
        broad = "*" in flow.latter.resource.name
    if broad and _saves(_words(flow.latter, reader, of_job)) and not _saves(flow.former.resource.name):
        return Nature.BACKUP
    return Nature.DATA


def _serves(touch: Touch, job: Job, facts: CommandFacts) -> bool:
    """Say whether a process that goes on running reads the place, whenever it is asked: no start of it is due after."""
    if touch.step == NO_STEP:
        return False
    step = facts.steps[touch.step]
    if _is_server(step):
        return True
    traits = {found.trait for found in facts.traits}
    kept = Trait.WATCHDOG in traits or job.schedule.kind is ScheduleKind.REBOOT
    stays = (found.evidence.origin for found in facts.traits if found.trait is Trait.DAEMON)
    return kept and step.origin in stays


def _is_server(step: Step) -> bool:
    """Say whether a step's own program is a server: one that is named in a path, or restarted, does not read there."""
    own = {posixpath.basename(step.program), step.program.removesuffix(".py").replace("/", ".")}
    return any(own & set(map(posixpath.basename, call[0].split())) for call in _SERVER.finditer(step.text))


def _deploys(text: str) -> bool:
    # Most texts have neither word, and are not searched for more.
    return ("git" in text or "svn" in text) and _DEPLOY.search(text) is not None


@lru_cache(maxsize=4096)
def _saves(text: str) -> bool:
    """Say whether a text speaks of a backup; a reader of many places is asked for each of them."""
    return _BACKUP.search(text) is not None


def _looks(text: str) -> bool:
    # As above: without one of these no look can stand in a text.
    return any(map(text.__contains__, _IN_LOOKS)) and _LOOK.search(text) is not None


def _works_on_all(flow: Flow) -> bool:
    """Say whether the reader works through the very folder that is brought up to date: then it is its material."""
    same = flow.meeting is Meeting.SAME and flow.former.resource.name.endswith("/")
    return same and flow.latter.resource.name.endswith("/")


def _words(touch: Touch, job: Job, facts: CommandFacts | None) -> str:
    if facts is not None and touch.step != NO_STEP:
        step = facts.steps[touch.step]
        # A crontab that is kept as `crontab.bak` says nothing of its jobs.
        script = step.origin.path if step.origin.path != job.origin.path else ""
        return f"{step.text} {step.program} {script} {job.title}"
    return f"{touch.text} {job.title} {job.command}"


def _only_looks(touch: Touch, job: Job, facts: CommandFacts | None) -> bool:
    """Say whether the job tells people of what it finds and makes no data: its name or its mail says so."""
    guards = _GUARD.search(job.title) is not None
    if not (guards or _looks(touch.text)):
        return False
    written = [access for access in (facts.touched if facts else ()) if access.mode in WRITES and not access.log]
    return not written and (guards or watches(job, facts))


def watches(job: Job, facts: CommandFacts | None) -> bool:
    """Say whether a job is there to tell people: it mails, or its name says so."""
    mails = any(step.kind is StepKind.MAIL for step in facts.steps) if facts else False
    return mails or _MONITOR.search(f"{job.title} {job.command}") is not None
