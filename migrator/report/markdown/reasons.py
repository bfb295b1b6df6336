"""Why this target and not another."""

from migrator.plan.clusters import ClusterPart, FlipPart, ReasonPart
from migrator.report.markdown.blocks import Blocks, bullets, shortened
from migrator.report.markdown.escaping import code, places, prose
from migrator.report.markdown.stability import worlds_in_words
from migrator.report.words import heading_label

_MOST = 12
_VALUE = 400


def reason_blocks(cluster: ClusterPart) -> Blocks:
    """Give the reasons for the target and against it, the targets that were not chosen, and what would change that."""
    answer = cluster.recommendation
    mine = [reason for reason in answer.reasons if reason.target is answer.target]
    label = answer.target.label
    blocks = _list(f"**Why {label}**", [_reason(reason) for reason in mine if reason.weight >= 0])
    blocks += _list(f"**Against {answer.target.going}**", [_reason(reason) for reason in mine if reason.weight < 0])
    blocks += _list(
        "**Not chosen**", [f"{heading_label(other.target)}: {prose(other.why)}" for other in answer.rejected]
    )
    blocks += [f"**How far it holds**: {held}"] if (held := worlds_in_words(cluster)) else []
    blocks += _list("**What would change the answer**", [_flip(cluster, flip) for flip in answer.flips])
    if answer.unmoved:
        blocks.append(f"Tried one by one, and changes nothing: {prose(', '.join(answer.unmoved))}.")
    return blocks + _list("**Also**", [prose(note) for note in answer.notes])


def _list(heading: str, items: list[str]) -> Blocks:
    return [heading, bullets(shortened(items, _MOST, "in `plan.json`"))] if items else []


def _reason(reason: ReasonPart) -> str:
    where = f": {places(reason.evidence)}" if reason.evidence else ""
    rule = f" ({code(reason.rule)})" if reason.rule else ""
    return f"{prose(reason.text)}{rule}{where}"


def _flip(cluster: ClusterPart, flip: FlipPart) -> str:
    open_ = " (which would still be open)" if flip.undecided else ""
    part = f" for {len(flip.jobs):,} of {len(cluster.jobs):,} jobs" if 0 < len(flip.jobs) < len(cluster.jobs) else ""
    change = code(f"{flip.change.key} = {flip.change.value}", _VALUE)
    return f"{prose(flip.when)}: {flip.to.label}{open_}{part}. Set {change}."
