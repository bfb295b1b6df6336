"""Does what moves fire at the same minutes? One table for all schedules, those that differ first."""

from collections import defaultdict
from collections.abc import Sequence

from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.jobs import FormPart, JobPart
from migrator.report.markdown.blocks import Blocks, table
from migrator.report.markdown.escaping import code, names, prose
from migrator.report.titles import job_titles
from migrator.report.words import counted

_MOST = 60


def fire_blocks(plan: MigrationPlan) -> Blocks:
    """Show for every schedule that moves the target's expression of it, and whether both fire at the same minutes."""
    groups = _groups(plan)
    if not groups:
        return []
    ordered = sorted(groups.items(), key=lambda item: (_rank(item[0][2]), -len(item[1]), item[0][0], item[0][1].value))
    titles = job_titles(plan)
    rows = [_row(*key, [titles[job.id] for job in jobs]) for key, jobs in ordered[:_MOST]]
    blocks: Blocks = ["## Does it fire at the same minutes?", _summary([(key[2], jobs) for key, jobs in ordered])]
    blocks.append(table(["Schedule", "Jobs", "Target", "Its expression", "Same minutes?"], rows))
    if len(ordered) > _MOST:
        blocks.append(f"{len(ordered) - _MOST:,} more are in `plan.json`, under each job's `forms`.")
    return blocks


def _groups(plan: MigrationPlan) -> dict[tuple[str, Target, FormPart], list[JobPart]]:
    jobs = {job.id: job for job in plan.jobs}
    groups: defaultdict[tuple[str, Target, FormPart], list[JobPart]] = defaultdict(list)
    for cluster in plan.clusters:
        target = cluster.recommendation.target
        for job in (jobs[name] for name in cluster.jobs):
            form = job.schedule.forms.get(target)
            if form is not None and form.expressions and job.active:
                zone = job.schedule.timezone or "zone not known"
                groups[(f"{job.schedule.text} ({zone})", target, form)].append(job)
    return groups


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


def _row(text: str, target: Target, form: FormPart, titles: Sequence[str]) -> list[str]:
    zone = f" ({prose(form.timezone)})" if form.timezone else ""
    expressions = ", ".join(code(expression) for expression in form.expressions[:3])
    more = f" and {len(form.expressions) - 3} more" if len(form.expressions) > 3 else ""
    verdict = {True: "yes", False: "no", None: "yes, clock changes aside"}[form.exact]
    told = [*([form.guard] if form.guard else []), *(form.differences if form.exact is False else ())]
    return [
        code(text),
        names(titles, 2),
        target.label,
        f"{expressions}{more}{zone}",
        ": ".join(part for part in (verdict, "; ".join(prose(item) for item in told)) if part),
    ]
