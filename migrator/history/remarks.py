"""What deserves a person's look in what the logs tell."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.history.types import JobRuns
from migrator.model import Finding, Job, Origin, Severity

_FEW = 3


def remarks_of(job: Job, origin: Origin, runs: JobRuns, span: str) -> Iterator[Finding]:
    """Yield what is odd about a job's runs on one host; `span` says where and when the log looked."""
    if job.inactive is not None and not job.inactive.ignored:
        if runs.runs:
            text = f"it ran {_times(runs.runs)} {span}, last at {runs.last}, though the files say that cron skips it"
            yield Finding(
                origin, "log-runs-inactive", text, "compare the file with the one on the host", Severity.SILENT
            )
        return
    if runs.expected and not runs.runs:
        text = f"it never ran {span}, though its schedule has {_starts(runs.expected)} there"
        yield Finding(origin, "log-never-ran", text, "ask whether it is still needed before it is moved")
        return
    yield from _about_minutes(origin, runs, span)
    if runs.overlaps:
        text = f"{runs.overlaps:,} of {_runs(runs)} {span} began before the one before had ended"
        yield Finding(origin, "log-overlap", text, "say whether runs may overlap: allow, skip or wait", Severity.SILENT)
    if runs.skipped:
        text = f"{_starts(runs.skipped)} {span} found the run before still going, and crond left them out"
        yield Finding(origin, "log-skipped", text, "no target leaves a start out unless it is told to")
    if runs.failed:
        text = f"{runs.failed:,} of {_runs(runs)} {span} failed"
        yield Finding(origin, "log-failed", text, "cron ignores this, a target retries or alarms: find out why first")


def _about_minutes(origin: Origin, runs: JobRuns, span: str) -> Iterator[Finding]:
    if runs.missed:
        named = ", ".join(runs.missed_at[:_FEW]) + (", …" if runs.missed > _FEW else "")
        text = f"{runs.missed:,} of {_starts(runs.expected or 0)} {span} did not happen: {named}"
        yield Finding(
            origin, "log-missed", text, "cron does not catch up: see whether the host was down", Severity.NUISANCE
        )
    if runs.unplanned:
        text = f"{runs.unplanned:,} of {_runs(runs)} {span} were at minutes that its schedule does not have"
        yield Finding(
            origin, "log-unplanned", text, "see whether the schedule or the host's zone is another", Severity.SILENT
        )


def _runs(runs: JobRuns) -> str:
    return f"{runs.runs or 0:,} run{'' if runs.runs == 1 else 's'}"


def _starts(count: int) -> str:
    return f"{count:,} start{'' if count == 1 else 's'}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"
