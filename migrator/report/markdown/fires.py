"""Does what moves fire at the same minutes? One table for all schedules, those that differ first."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from migrator.model import Target
from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.jobs import FormPart, JobPart
from migrator.report.markdown.blocks import Blocks, grouped, table
from migrator.report.markdown.escaping import code, names, prose
from migrator.report.titles import job_titles
from migrator.report.words import spaced

_MOST = 60
_MOST_OF_A_KIND = 2
_KINDS = " Schedules that differ in nothing but their times share a row, which tells those of the first."
_MINUTE = re.compile(r"\b\d\d:\d\d\b")


class _Start(NamedTuple):
    """A schedule in a zone, and what becomes of it on a target."""

    text: str
    zone: str
    target: Target
    form: FormPart


_Row = list[tuple[_Start, list[JobPart]]]


def fire_blocks(plan: MigrationPlan) -> Blocks:
    """Show for every schedule that moves the target's expression of it, and whether both fire at the same minutes.

    Where schedules are many, those share a row that differ in nothing but their minutes.
    """
    groups = _groups(plan)
    if not groups:
        return []
    ordered = sorted(groups.items(), key=_order)
    many = len(ordered) > _MOST
    rows = _by_kind(ordered) if many else [[group] for group in ordered]
    titles = job_titles(plan)
    summary = _summary([(start.form, jobs) for start, jobs in ordered]) + (_KINDS if many else "")
    blocks: Blocks = ["## Does it fire at the same minutes?", summary]
    headers = ["Schedule", "Jobs", "Target", "Its expression", "Same minutes?"]
    blocks.append(table(headers, [_row(row, titles) for row in rows[:_MOST]]))
    if len(rows) > _MOST:
        blocks.append(f"{sum(map(len, rows[_MOST:])):,} more are in `plan.json`, under each job's `forms`.")
    return blocks


def _groups(plan: MigrationPlan) -> dict[_Start, list[JobPart]]:
    jobs = {job.id: job for job in plan.jobs}
    groups: defaultdict[_Start, list[JobPart]] = defaultdict(list)
    for cluster in plan.clusters:
        target = cluster.recommendation.target
        for job in (jobs[name] for name in cluster.jobs):
            form = job.schedule.forms.get(target)
            if form is not None and form.expressions and job.active:
                zone = job.schedule.timezone or "zone not known"
                groups[_Start(spaced(job.schedule.text), zone, target, form)].append(job)
    return groups


def _order(group: tuple[_Start, list[JobPart]]) -> tuple[object, ...]:
    start, jobs = group
    return _rank(start.form), -len(jobs), f"{start.text} ({start.zone})", start.target.value


def _by_kind(groups: Iterable[tuple[_Start, list[JobPart]]]) -> list[_Row]:
    """Put schedules together that differ from their targets' in the same way, each at its own minute."""
    kinds = grouped(groups, _kind)
    return sorted(kinds, key=lambda row: (_rank(row[0][0].form), -sum(len(jobs) for _, jobs in row)))


def _kind(group: tuple[_Start, list[JobPart]]) -> Hashable:
    start = group[0]
    differing = tuple(_MINUTE.sub("", text) for text in start.form.differences)
    return start.zone, start.target, start.form.exact, start.form.guard, differing, _own_test(group)


def _own_test(group: tuple[_Start, list[JobPart]]) -> str:
    """Say what becomes of the test of the day in the command, where all jobs of a schedule have one."""
    form, jobs = group[0].form, group[1]
    if form.guard is not None or not all(job.schedule.day_test for job in jobs):
        return ""
    return f"its own test of the day {'stays in the command' if form.test_kept else 'is in the expression'}"


def _rank(form: FormPart) -> int:
    return {False: 0, None: 1, True: 2}[form.exact]


def _summary(groups: Sequence[tuple[FormPart, list[JobPart]]]) -> str:
    counts = {exact: sum(len(jobs) for form, jobs in groups if form.exact is exact) for exact in (True, False, None)}
    parts = [
        f"{counted(counts[True], 'job')} at the same minutes" if counts[True] else "",
        f"{counted(counts[False], 'job')} with differences, listed first" if counts[False] else "",
        f"{counted(counts[None], 'job')} the same but for clock changes, which need the zone" if counts[None] else "",
    ]
    return (
        "Cron's own minutes and those of each target's expression were compared over 2026 to 2029: "
        f"{'; '.join(part for part in parts if part)}."
    )


def _row(row: _Row, titles: Mapping[str, str]) -> list[str]:
    start = row[0][0]
    form = start.form
    zone = f" ({prose(form.timezone)})" if form.timezone else ""
    more = f" and {len(form.expressions) - 3} more" if len(form.expressions) > 3 else ""
    own = f"{', '.join(code(expression) for expression in form.expressions[:3])}{more}{zone}"
    verdict = {True: "yes", False: "no", None: "yes, clock changes aside"}[form.exact]
    told = [*([form.guard] if form.guard else []), *(form.differences if form.exact is False else ())]
    told += [test] if (test := _own_test(row[0])) else []
    return [
        _schedules(row),
        names([titles[job.id] for _, jobs in row for job in jobs], _MOST_OF_A_KIND),
        start.target.label,
        own,
        ": ".join(part for part in (verdict, "; ".join(prose(item) for item in told)) if part),
    ]


def _schedules(row: _Row) -> str:
    zone = row[0][0].zone
    if len(row) == 1:
        return code(f"{row[0][0].text} ({zone})")
    texts = list(dict.fromkeys(start.text for start, _ in row))
    return f"{names(texts, _MOST_OF_A_KIND)} ({prose(zone)})"
