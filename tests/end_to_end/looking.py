"""Look at a crontab through the whole pipeline: everything that its plan says, as plain lines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from migrator import pipeline
from migrator.model import Dialect, Target
from migrator.pipeline import Request
from migrator.plan import MigrationPlan
from migrator.plan.jobs import JobPart


@dataclass(frozen=True, slots=True)
class Tab:
    """A crontab, and what the user said besides; with a `place` it is a file of a root tree, of that mode."""

    text: str
    dialect: Dialect | None = None
    zone: str | None = None
    target: Target | None = None
    place: str = ""
    mode: int = 0o644


@dataclass(frozen=True, slots=True)
class Row:
    """A fact: on `tab` all of `says` is said, on `quiet` none of it."""

    name: str
    tab: Tab
    says: tuple[str, ...]
    quiet: Tab


def check(row: Row, folder: Path) -> None:
    """Hold a row to what the pipeline says."""
    told, other = said(plan_of(row.tab, folder / "tab")), said(plan_of(row.quiet, folder / "quiet"))
    missing = [words for words in row.says if not any(words in line for line in told)]
    assert missing == [], told
    assert [line for line in other for words in row.says if words in line] == []


def plan_of(tab: Tab, folder: Path) -> MigrationPlan:
    """Make the plan of a tab, every job pinned to the target if one is given."""
    data = tab.text.encode("utf-8", "surrogateescape")
    asked = Request(("-",), as_format="crontab", stdin=io.BytesIO(data))
    if tab.place:
        path = folder / tab.place
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        path.chmod(tab.mode)
        asked = Request((str(folder),))
    found = pipeline.survey(replace(asked, dialect=tab.dialect, timezone=tab.zone))
    if tab.target is not None:
        pins = {job.id: tab.target for job in found.inventory.jobs if job.active}
        found = replace(found, settings=found.settings.model_copy(update={"targets": pins}))
    return pipeline.make_plan(found)


def said(plan: MigrationPlan) -> tuple[str, ...]:
    """Give a line for each finding, hazard, note, question, unread line, job and form."""
    return tuple(_said(plan))


def _said(plan: MigrationPlan) -> Iterator[str]:
    for row in plan.ledger:
        yield f"ledger: {row.dialect}, {row.jobs} jobs, {row.assignments} settings, {row.disabled} disabled"
    yield from (f"finding {found.kind}: {found.text}" for found in plan.findings)
    yield from (f"unread: {line.reason}" for line in plan.unread)
    yield from (f"note: {note}" for note in plan.notes)
    yield from (f"question {asked.id}: {asked.text}" for asked in plan.questions)
    yield from (f"tie: {tie.upstream} -> {tie.downstream}" for tie in plan.dependencies)
    for job in plan.jobs:
        yield from _of_job(job)
    for cluster in plan.clusters:
        yield f"goes to: {cluster.recommendation.target}"
        yield from (f"hazard {found.id}: {found.text}" for found in cluster.hazards)


def _of_job(job: JobPart) -> Iterator[str]:
    yield f"command: {job.command}."
    yield f"stdin: {job.stdin!r}"
    yield f"user: {job.user}"
    yield f"zone: {job.schedule.timezone}"
    yield f"words: {job.schedule.in_words}."
    yield f"runs: {job.schedule.runs_per_month}"
    if job.inactive_kind:
        yield f"inactive {job.inactive_kind}: {job.inactive_why}"
    for target, form in job.schedule.forms.items():
        yield from (f"{target} form: {expression}." for expression in form.expressions)
        yield from (f"{target} differs: {text}" for text in form.differences)
        yield from (f"{target} notes: {note}" for note in form.notes)
        if form.guard:
            yield f"{target} guard: {form.guard}"
        if form.why_not:
            yield f"{target} refuses: {form.why_not}"
