"""How the plan was made, and what it leaves out."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from migrator.plan import MANY, MigrationPlan
from migrator.report.markdown.blocks import Blocks, bullets, shortened
from migrator.report.markdown.escaping import code, names, prose
from migrator.report.markdown.places import Shown

_ALWAYS = (
    "Nothing that was read was run, imported or fetched.",
    (
        "A *step* is one command that does work; a *unit* is what could be run, retried and watched on its own. "
        "Targets are chosen by units, not by steps."
    ),
    (
        "A dependency joins jobs when its confidence is at or above the threshold of the settings; weaker ties, "
        "shared locks, clean-up, backup and monitoring are shown and make no order."
    ),
    (
        "Costs are those of the scheduler or orchestrator in USD a month. The compute that runs the jobs is not in "
        "them unless a line says so. What is not known is written «depends on …» and never counted as zero."
    ),
)


def method_blocks(plan: MigrationPlan, shown: Shown, notes: Collection[str]) -> Blocks:
    """State the method, the price list's date and what was left out or drawn together."""
    items = list(_ALWAYS)
    if plan.prices:
        items.append(
            f"Prices: {prose(plan.prices)}; those of other regions differ. *Verified* is read on AWS's own page or in "
            "a file made from its price list, *secondary* at a third party that cites AWS, *unverified* at neither."
        )
    items.extend(_dialects(plan))
    if plan.hubs:
        hubs = [hub.name for hub in plan.hubs]
        items.append(f"Touched by too many jobs to mean an order, so they join none: {names(hubs, 5)}.")
    if shown.by_shape:
        items.append("Clusters of the same shape share one section; `migrator explain` tells each one's own story.")
    if len(plan.clusters) > MANY:
        items.append(
            "Above 200 clusters the bills of targets far from chosen have lines for one cluster of each shape."
        )
    items.extend(prose(note) for note in notes)
    return ["## How this was made", bullets(items)]


def _dialects(plan: MigrationPlan) -> Iterator[str]:
    """Say whose rules the schedules were read by, and how that is known."""
    said: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in plan.ledger:
        if row.format != "manifest":
            said[row.dialect].setdefault(row.dialect_says, row.path)
    if not said:
        return
    words = ", ".join(f"{prose(dialect)} ({_who_says(by)})" for dialect, by in sorted(said.items()))
    yield f"Schedules were read as these crons read them: {words}."


def _who_says(by: dict[str, str]) -> str:
    """Name who said it, and the first file for which nobody did."""
    told = shortened([prose(says) for says in sorted(by) if says], 3, "more")
    if "" in by:
        told.append(f"nothing says it for {code(by[''], 80)}: `--dialect` names another")
    return "; ".join(told)
