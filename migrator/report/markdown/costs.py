"""What a cluster costs on each target, line by line for the target that it gets and for the runner-up."""

from migrator.model import Target
from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart, EstimatePart, LinePart
from migrator.report.markdown.blocks import Blocks, bullets, table
from migrator.report.markdown.escaping import code, prose
from migrator.report.money import bill, calculation, price_standing, prices_of, unknown_because, usd
from migrator.report.words import heading_label

Told = dict[tuple[LinePart, ...], str]
"""Bills that were shown line by line, and the title of the cluster where that was."""


def cost_blocks(plan: MigrationPlan, cluster: ClusterPart, title: str, told: Told) -> Blocks:
    """Compare the targets' bills, then show the lines and assumptions of two, unless an earlier cluster had the same.

    What is shown is added to `told` under the cluster's `title`.
    """
    answer = cluster.recommendation
    if not answer.estimates:
        return []
    rows = []
    for target, estimate in answer.estimates.items():
        mark = " ◀" if target is answer.target else ""
        fixed = usd(estimate.fixed, unknown_because([line for line in estimate.lines if line.fixed]))
        usage = usd(estimate.usage, unknown_because([line for line in estimate.lines if not line.fixed]))
        rows.append([heading_label(target) + mark, prose(fixed), prose(usage), prose(bill(estimate))])
    region = f" ({prose(where)})" if (where := prices_of(plan)) else ""
    blocks = [f"**Costs**, USD a month{region}", table(["Target", "Fixed:", "By use:", "Together:"], rows)]
    if others := _environments_of_others(plan, cluster):
        blocks.append(others)
    for other in (answer.target, answer.runner_up):
        if other is not None and other in answer.estimates:
            blocks += _lines(other, answer.estimates[other].lines, title, told)
    return blocks


def _environments_of_others(plan: MigrationPlan, cluster: ClusterPart) -> str:
    """Say where a bill has an environment of its own although the plan has one for other clusters anyway."""
    if parted := _part_of_one(plan, cluster):
        return parted
    there = [e.target for e in plan.portfolio.environments if cluster.id not in e.clusters and not e.name]
    shown = dict.fromkeys(t for t in there if (bill := cluster.recommendation.estimates.get(t)) and _is_paid(bill))
    if not shown or cluster.recommendation.target in shown:
        return ""
    names = " and ".join(target.label for target in shown)
    return (
        f"{names} is shown with an environment of its own. The one that this plan has anyway would take it for little "
        "or nothing more; by the guide that is no reason to move it there."
    )


def _part_of_one(plan: MigrationPlan, cluster: ClusterPart) -> str:
    """Say that a bill is a part of what several clusters share, where another beside it is not."""
    answer = cluster.recommendation
    sharing = [e for e in plan.portfolio.environments if cluster.id in e.clusters and len(e.clusters) > 1]
    others = [t for t in (Target.AIRFLOW, Target.MWAA) if t is not answer.target and t in answer.estimates]
    if not sharing or not others:
        return ""
    sharers = counted(len(sharing[0].clusters), "cluster")
    return (
        f"{answer.target.label} is this cluster's part of the environment that {sharers} share; "
        f"{' and '.join(target.label for target in others)} is shown with an environment of its own, not with a part."
    )


def _is_paid(estimate: EstimatePart) -> bool:
    return estimate.fixed is None or estimate.fixed.high > 0


def _lines(target: Target, lines: tuple[LinePart, ...], title: str, told: Told) -> Blocks:
    if not any(line.monthly is None or line.monthly.high > 0 for line in lines):
        return []
    heading = f"{heading_label(target)}, line by line:"
    if lines in told:
        return [f"{heading} as for {code(told[lines], 100)}."]
    told[lines] = title
    return [heading, bullets(_line(line) for line in lines)]


def _line(line: LinePart) -> str:
    amount = usd(line.monthly, f"depends on {line.depends_on}" if line.depends_on else "not known")
    how = "; ".join(part for part in (calculation(line), line.assumption, price_standing(line)) if part)
    return prose(f"{line.name}: {amount}" + (f" ({how})" if how else ""))
