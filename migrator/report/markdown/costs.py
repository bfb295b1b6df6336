"""What a cluster costs on each target, line by line for the target that it gets."""

from migrator.plan.clusters import ClusterPart, LinePart
from migrator.plan.parts import RangePart
from migrator.report.markdown.blocks import Blocks, bullets, table
from migrator.report.markdown.escaping import prose
from migrator.report.money import bill, unknown_because, usd
from migrator.report.words import heading_label


def cost_blocks(cluster: ClusterPart) -> Blocks:
    """Compare the targets' bills, then show the lines and assumptions of the chosen one and the runner-up."""
    answer = cluster.recommendation
    if not answer.estimates:
        return []
    rows = []
    for target, estimate in answer.estimates.items():
        mark = " ◀" if target is answer.target else ""
        fixed = usd(estimate.fixed, _because([line for line in estimate.lines if line.fixed]))
        usage = usd(estimate.usage, _because([line for line in estimate.lines if not line.fixed]))
        rows.append([heading_label(target) + mark, fixed, usage, _plain(bill(estimate))])
    blocks = ["**Costs**, USD a month", table(["Target", "Fixed:", "By use:", "Together:"], rows)]
    named = [other for other in (answer.target, answer.runner_up) if other is not None]
    for other in named:
        lines = answer.estimates[other].lines if other in answer.estimates else ()
        if any(line.monthly is None or line.monthly.high > 0 for line in lines):
            blocks += [f"{heading_label(other)}, line by line:", bullets(_line(line) for line in lines)]
    return blocks


def _line(line: LinePart) -> str:
    amount = usd(line.monthly, f"depends on {line.depends_on}" if line.depends_on else "not known")
    quantity = "" if line.quantity is None else f" {_figure(line.quantity)} × "
    price = f"{quantity}${line.price:,.10g} a {line.unit}".strip()
    assumption = f"; {line.assumption}" if line.assumption else ""
    return _plain(f"{line.name}: {amount} ({price}{assumption})")


def _because(lines: list[LinePart]) -> str:
    return _plain(unknown_because(lines))


def _figure(amount: RangePart) -> str:
    low, high = (f"{value:,.2f}".rstrip("0").rstrip(".") for value in (amount.low, amount.high))
    return low if low == high else f"{low}–{high}"


def _plain(text: str) -> str:
    # A dollar before a digit cannot begin a formula on the sites that have them, and reads better bare.
    return prose(text).replace("\\$", "$")
