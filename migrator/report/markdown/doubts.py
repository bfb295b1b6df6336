"""Dependencies that are not certain, to be decided one by one."""

import json

from migrator.plan import MigrationPlan, visible
from migrator.plan.jobs import DoubtPart
from migrator.report.markdown.blocks import Blocks, bullets, shortened
from migrator.report.markdown.escaping import code, proof, prose
from migrator.report.titles import job_titles
from migrator.report.words import counted

_MOST = 20
_INTRO = (
    "Those that would change a recommendation come first. A line below `[dependencies]` in `migrator.toml` settles one "
    "for good: `add` says that it is real, `deny` that it is not."
)


def doubt_blocks(plan: MigrationPlan) -> Blocks:
    """List the doubtful ties with the lines that speak for each, and what to write to settle it."""
    if not plan.doubts:
        return []
    titles = job_titles(plan)
    items = [_doubt(doubt, titles) for doubt in plan.doubts[: _MOST + 1]]
    items += [""] * (len(plan.doubts) - len(items))
    title = counted(len(plan.doubts), "doubtful dependency", "doubtful dependencies")
    return [f"## {title}", _INTRO, bullets(shortened(items, _MOST, "in `plan.json`"))]


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
