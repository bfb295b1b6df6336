"""Why this target and not another."""

from migrator.plan.clusters import ClusterPart, ReasonPart
from migrator.report.markdown.blocks import Blocks, bullets, shortened
from migrator.report.markdown.escaping import code, places, prose
from migrator.report.words import heading_label

_MOST = 12


def reason_blocks(cluster: ClusterPart) -> Blocks:
    """Give the reasons for the target and against it, the targets that were not chosen, and what would change that."""
    answer = cluster.recommendation
    mine = [reason for reason in answer.reasons if reason.target is answer.target]
    label = answer.target.label
    blocks = _list(f"**Why {label}**", [_reason(reason) for reason in mine if reason.weight >= 0])
    blocks += _list(f"**Against {label}**", [_reason(reason) for reason in mine if reason.weight < 0])
    blocks += _list(
        "**Not chosen**", [f"{heading_label(other.target)}: {prose(other.why)}" for other in answer.rejected]
    )
    blocks += _list("**What would change the answer**", [_flip(cluster, number) for number in range(len(answer.flips))])
    return blocks + _list("**Also**", [prose(note) for note in answer.notes])


def _list(heading: str, items: list[str]) -> Blocks:
    return [heading, bullets(shortened(items, _MOST, "in `plan.json`"))] if items else []


def _reason(reason: ReasonPart) -> str:
    where = f": {places(reason.evidence)}" if reason.evidence else ""
    rule = f" ({code(reason.rule)})" if reason.rule else ""
    return f"{prose(reason.text)}{rule}{where}"


def _flip(cluster: ClusterPart, number: int) -> str:
    flip = cluster.recommendation.flips[number]
    return f"{prose(flip.when)}: {flip.to.label}. Set {code(f'{flip.change.key} = {flip.change.value}')}."
