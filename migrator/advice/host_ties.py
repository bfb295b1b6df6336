"""What ties a job to its host, so that no other target can take its place."""

import re
from collections.abc import Iterator
from enum import StrEnum

from migrator.advice.case import line_of
from migrator.advice.packaged import comes_with_a_package
from migrator.commands.facts import CommandFacts, StepKind, Trait, WaitKind
from migrator.model import Evidence, Job, ResourceKind, ScheduleKind
from migrator.model.frozen import frozen

_EVERY_MINUTE = (1 << 60) - 1
_EVERY_HOUR = (1 << 24) - 1
_LEADING_SLEEP = re.compile(r"[\s({]*(?:/(?:usr/)?bin/)?sleep\s")
_MINUTE = 60


class TieKind(StrEnum):
    """How a job is tied. `NEEDS_HOST` holds a lone job; a chain may run on its host by SSM."""

    BOOT = "boot"
    MAINTENANCE = "maintenance"
    DAEMON = "daemon"
    WATCHDOG = "watchdog"
    SUB_MINUTE = "sub-minute"
    NEEDS_HOST = "needs-host"


@frozen
class Tie:
    """A tie and its proof."""

    kind: TieKind
    job: Job
    evidence: tuple[Evidence, ...]


_ORDER = tuple(TieKind)
_TRAITS = {
    Trait.HOST_MAINTENANCE: TieKind.MAINTENANCE,
    Trait.DAEMON: TieKind.DAEMON,
    Trait.WATCHDOG: TieKind.WATCHDOG,
    Trait.NEEDS_HOST: TieKind.NEEDS_HOST,
}


def ties_of(job: Job, facts: CommandFacts | None) -> tuple[Tie, ...]:
    """Find what ties a job to its host, the strongest first."""
    found = tuple(_ties(job, facts))
    return found if len(found) < 2 else tuple(sorted(found, key=lambda tie: _ORDER.index(tie.kind)))


def every_minute(job: Job) -> bool:
    """Say whether the job starts in every minute of the hours it runs in."""
    fields = job.schedule.fields
    return fields is not None and fields.minute & _EVERY_MINUTE == _EVERY_MINUTE


def _ties(job: Job, facts: CommandFacts | None) -> Iterator[Tie]:
    if job.schedule.kind is ScheduleKind.REBOOT:
        yield Tie(TieKind.BOOT, job, (line_of(job, "starts with the host"),))
    if facts is None:
        return
    packaged = comes_with_a_package(job)
    for kind in _TRAITS.values():
        proof = tuple([found.evidence for found in facts.traits if _TRAITS.get(found.trait) is kind])
        if kind is TieKind.NEEDS_HOST:
            proof = proof or tuple(_own_files(facts))
        if kind is TieKind.MAINTENANCE and packaged is not None and not proof:
            proof = (line_of(job, f"`{packaged}` comes with a package of the system and tends the host"),)
        if proof:
            yield Tie(kind, job, proof)
    if _sub_minute(job, facts):
        yield Tie(TieKind.SUB_MINUTE, job, (line_of(job, "every minute, and some seconds into it"),))


def _own_files(facts: CommandFacts) -> Iterator[Evidence]:
    """Prove that a job does nothing but keep house among its host's files: nothing of it could run elsewhere."""
    if not facts.steps or facts.unclear or not all(step.kind is StepKind.FILES for step in facts.steps):
        return
    data = [access for access in facts.touched if not access.log]
    if data and all(access.resource.kind is ResourceKind.FILE for access in data):
        for step in facts.steps:
            yield Evidence(step.origin, step.text, "keeps house among the files of its host")


def _sub_minute(job: Job, facts: CommandFacts) -> bool:
    fields = job.schedule.fields
    if not facts.waits or fields is None or not every_minute(job) or fields.hour & _EVERY_HOUR != _EVERY_HOUR:
        return False
    pauses = [wait for wait in facts.waits if wait.kind is WaitKind.TIME and wait.seconds is not None]
    return any(0 < wait.seconds.high < _MINUTE for wait in pauses if wait.seconds) and bool(
        _LEADING_SLEEP.match(job.command)
    )
