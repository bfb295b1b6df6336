"""Dependencies that are not certain, to be decided one by one."""

import json
from collections.abc import Hashable, Sequence

from migrator.model.wording import counted
from migrator.plan import MigrationPlan, visible
from migrator.plan.jobs import DoubtPart
from migrator.report.markdown.blocks import Blocks, bullets, grouped
from migrator.report.markdown.escaping import code, proof, prose
from migrator.report.titles import job_titles

_MOST = 20
_INTRO = (
    "Those that would change a recommendation come first. A line below `[dependencies]` in `migrator.toml` settles one "
    "for good: `add` says that it is real, `deny` that it is not."
)
_KINDS = " Shown are some of each kind: as sure, by the same kinds of evidence, and with the same effect."


def doubt_blocks(plan: MigrationPlan) -> Blocks:
    """List the doubtful ties with the lines that speak for each, and what to write to settle it.

    Of very many some of each kind are shown, so that the many of one kind do not hide the few of another.
    """
    if not plan.doubts:
        return []
    titles = job_titles(plan)
    kinds = grouped(plan.doubts, _kind) if len(plan.doubts) > _MOST else [plan.doubts]
    items = []
    for kind, shown in zip(kinds, _shares([len(kind) for kind in kinds]), strict=True):
        told = [_doubt(doubt, titles) for doubt in kind[:shown]]
        if told and len(kind) > shown:
            told[-1] += f"\n  - {len(kind) - shown:,} more of this kind in `plan.json`"
        items += told
    left_out = sum(len(kind) for kind in kinds[_MOST:])
    if left_out:
        items.append(f"and {left_out:,} more of other kinds in `plan.json`")
    title = counted(len(plan.doubts), "doubtful dependency", "doubtful dependencies")
    return [f"## {title}", _INTRO + (_KINDS if len(plan.doubts) > _MOST else ""), bullets(items)]


def _kind(doubt: DoubtPart) -> Hashable:
    return doubt.taken, doubt.confidence, doubt.basis, doubt.changes


def _shares(sizes: Sequence[int]) -> list[int]:
    """Give each kind in turn one more to show, until there are enough."""
    shares = [0] * len(sizes)
    left = min(_MOST, sum(sizes))
    while left:
        for kind, size in enumerate(sizes):
            if left and shares[kind] < size:
                shares[kind] += 1
                left -= 1
    return shares


def _doubt(doubt: DoubtPart, titles: dict[str, str]) -> str:
    upstream, downstream = (code(titles.get(name, name), 80) for name in (doubt.upstream, doubt.downstream))
    taken = "taken as real" if doubt.taken else "not taken as real"
    head = f"Does {downstream} need {upstream}? Confidence {doubt.confidence:.2g}, {taken}"
    by = f", by {', '.join(doubt.basis)}." if doubt.basis else "."
    lines = [head + by]
    if doubt.changes:
        lines.append(f"  - **{prose(doubt.changes[:1].upper() + doubt.changes[1:])}.**")
    lines += [f"  - {proof(piece)}" for piece in doubt.evidence[:2]]
    key = "deny" if doubt.taken else "add"
    names = (f"{side} = {json.dumps(visible(name))}" for side, name in _sides(doubt))
    lines.append("  - To settle it: " + code(f'{key} = [{{{", ".join(names)}, why = "…"}}]', 400))
    return "\n".join(lines)


def _sides(doubt: DoubtPart) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("upstream", doubt.upstream), ("downstream", doubt.downstream)
