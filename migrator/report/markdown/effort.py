"""The work of the move, and whether it pays."""

from collections import Counter
from collections.abc import Sequence

from migrator.advice.types import Verdict
from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.jobs import JobPart
from migrator.plan.moving import PaybackPart
from migrator.plan.parts import RangePart
from migrator.report.markdown.blocks import Blocks, bullets, table
from migrator.report.markdown.escaping import prose
from migrator.report.money import dollars, usd
from migrator.report.words import listed

_SIZES = ("large", "medium", "small")
_MOST = 6


def effort_blocks(plan: MigrationPlan) -> Blocks:
    """Say how much work there is, what it costs, and what it gives back."""
    found = plan.payback
    if found is None:
        return []
    sizes = listed([f"{count:,} {prose(size)}" for size, count in found.sizes.items()])
    jobs = counted(sum(found.sizes.values()), "job")
    text = f"{jobs} to move: {sizes}. {_work(found)} **{payback_in_words(found)}**"
    blocks = ["## Effort and payback", text, bullets(f"{prose(why[:1].upper() + why[1:])}." for why in found.why)]
    rows = _reasons(plan)
    return [*blocks, table(["Size", "Jobs:", "What makes it so, and of how many jobs"], rows)] if rows else blocks


def _reasons(plan: MigrationPlan) -> list[list[str]]:
    by_size: dict[str, list[JobPart]] = {size: [] for size in _SIZES}
    for job in plan.jobs:
        if job.effort in by_size:
            by_size[job.effort].append(job)
    return [[size, f"{len(jobs):,}", _told(jobs)] for size, jobs in by_size.items() if jobs]


def _told(jobs: Sequence[JobPart]) -> str:
    told = Counter(why for job in jobs for why in job.effort_why)
    ranked = sorted(told.items(), key=lambda item: (-item[1], item[0]))
    rest = f"; and {len(ranked) - _MOST:,} more" if len(ranked) > _MOST else ""
    return "; ".join(f"{prose(why)} ({count:,})" for why, count in ranked[:_MOST]) + rest


def payback_in_words(found: PaybackPart) -> str:
    """State the verdict in a sentence; an unknown amount is never zero."""
    saving = found.saving
    if found.verdict is Verdict.SAVES_NOTHING:
        if saving is None:
            return "This saves nothing; how much more it costs a month is not known."
        if saving.low == saving.high == 0:
            return "This saves nothing, and costs nothing more a month."
        return f"This saves nothing: it costs {usd(RangePart(low=-saving.high, high=-saving.low))} more a month."
    if found.verdict is Verdict.UNKNOWN:
        return "Whether this saves anything is not known."
    if saving is None:
        return "This saves money; how much is not known."
    if found.verdict is Verdict.OPEN:
        low, high = dollars(-saving.low), dollars(saving.high)
        return f"Whether this saves anything is open: from {low} more to {high} less a month."
    if found.months is None:
        return f"This saves {usd(saving)} a month; how soon that pays for the work is not known."
    return f"This saves {usd(saving)} a month and has paid for itself after {_months(found.months)}."


def _work(found: PaybackPart) -> str:
    if found.hours is None:
        return "The hours are not stated."
    hours = _span(found.hours)
    cost = f", {usd(found.cost)}" if found.cost is not None else "; what an hour costs is not stated"
    return f"That is {hours} hours{cost}."


def _months(span: RangePart) -> str:
    shown = _span(span)
    return f"{shown} {'month' if shown == '1' else 'months'}"


def _span(amount: RangePart) -> str:
    low, high = (
        f"{value:,.0f}" if value >= 10 else f"{value:,.1f}".removesuffix(".0") for value in (amount.low, amount.high)
    )
    return low if low == high else f"{low}–{high}"
