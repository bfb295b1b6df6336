"""The comment that a file begins with: what it replaces, what a person must fill in, what to know before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from migrator.artifacts.parts.cloudformation import comment
from migrator.model import Dialect
from migrator.plan.jobs import JobPart, SettingPart

ENVIRONMENT = (
    "What PAM adds on some hosts (/etc/environment, LANG) is not there: compare `env` in both before the first run."
)
# cron(8) of Ubuntu since 22.04, whose unit has `-P`: «Don't set PATH for child processes; let it inherit instead».
_PATH = (
    "Where a crontab sets no PATH it is /usr/bin:/bin, as Debian's cron has it; Ubuntu's, since 22.04, hands its own "
    "on (`ps -C cron` shows -P), /usr/local/bin and sbin in it: set PATH in the crontab there, and plan again."
)


def header(title: str, jobs: Sequence[JobPart], fill_in: Iterable[tuple[str, str]], know: Iterable[str]) -> str:
    """Write the comment. `fill_in` has each parameter and what it is, `know` sentences."""
    return comment(_lines(title, jobs, fill_in, know))


def ended(job: JobPart, seconds: Iterable[int]) -> Iterator[str]:
    """Say when a job's commands are ended by force: `timeout` asks them to end; who wrote a manifest asked for it."""
    told = " or ".join(f"{limit:,}" for limit in sorted(set(seconds)))
    if told and job.source != "manifest":
        yield f"{job.origin}: Systems Manager ends a command of it after {told} seconds, by force; cron does not."


def kept_output(what: str, jobs: Sequence[JobPart]) -> str:
    """Say where it is kept what jobs print, and what cron did with it."""
    return f"{what} is in Systems Manager, Run Command, for 30 days, the first 24,000 characters{mailed(jobs)}."


def mailed(jobs: Sequence[JobPart], printed: str = "all of it") -> str:
    """Say what cron mails of what jobs print, as the end of a sentence; nothing where no cron starts them."""
    by_cron = [job for job in jobs if job.source != "manifest"]
    silent = sum(any(_says_nobody(setting) for setting in job.settings) for job in by_cron)
    if silent == len(by_cron):
        return "; cron mailed nothing, since MAILTO is empty" if by_cron else ""
    return f"; cron mailed {printed}" + (", except where MAILTO is empty" if silent else "")


def _says_nobody(setting: SettingPart) -> bool:
    return setting.name == "MAILTO" and not setting.value.strip("\"' ")


def _lines(
    title: str, jobs: Sequence[JobPart], fill_in: Iterable[tuple[str, str]], know: Iterable[str]
) -> Iterator[str]:
    yield title
    if jobs:
        yield ""
        yield "Replaces:"
        for job in jobs:
            yield f"  {job.origin}  {job.schedule.text}  {job.title}"
            for replica in job.replicas:
                yield f"    and on {replica.host}: {replica}"
    asked = list(fill_in)
    yield ""
    yield "Fill in, as parameters:" if asked else "There is nothing to fill in."
    for name, what in asked:
        yield f"  {name}: {what}"
    told = list(know)
    if told:
        yield ""
        yield "To know:"
        for sentence in told:
            yield f"  - {sentence}"
            if sentence == ENVIRONMENT and any(_may_inherit(job) for job in jobs):
                yield f"  - {_PATH}"


def _may_inherit(job: JobPart) -> bool:
    """Say whether its PATH is the one that cron itself has, on some systems."""
    return (
        job.schedule.dialect is Dialect.DEBIAN
        and job.source != "manifest"
        and bool(job.command.strip())
        and all(setting.name != "PATH" for setting in job.settings)
    )
