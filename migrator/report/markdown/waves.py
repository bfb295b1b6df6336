"""The order of the move."""

from migrator.plan import MigrationPlan
from migrator.plan.document import WavePart
from migrator.plan.waves import MANY
from migrator.report.markdown.blocks import Blocks, table
from migrator.report.markdown.cutover import page_name
from migrator.report.markdown.escaping import code, names, prose
from migrator.report.titles import cluster_titles
from migrator.report.words import counted

_INTRO = (
    "A wave has at most one risky cluster, or one group of clusters that must move together. Its page says what to "
    "switch on, compare, switch off, watch, and how to go back. Waves that do not wait for each other may be carried "
    "out side by side where different people watch them."
)
_ALIKE = (
    " Clusters that are like a risky one of an earlier wave (as many jobs, the same reasons and hazards) count as "
    "tried when that wave went well, and move together."
)
_MOST = 60


def wave_blocks(plan: MigrationPlan) -> Blocks:
    """List the waves, each with its page; what stays, and what cron does not run, is in none."""
    if not plan.waves:
        return []
    titles = cluster_titles(plan)
    rows = [_row(plan, wave, titles) for wave in plan.waves[:_MOST]]
    blocks = [
        "## Waves",
        _INTRO + (_ALIKE if len(plan.clusters) > MANY else ""),
        table(["Wave:", "Size", "After wave", "What moves, and why then", "Watch most"], rows),
    ]
    if len(plan.waves) > _MOST:
        blocks.append(f"{len(plan.waves) - _MOST:,} more waves have their pages in `cutover/`.")
    return blocks


def _row(plan: MigrationPlan, wave: WavePart, titles: dict[str, str]) -> list[str]:
    risky = f"{code(titles.get(wave.risky, wave.risky), 80)}: {prose(wave.risk)}" if wave.risky else "–"
    return [
        f"[{wave.number}](cutover/{page_name(plan, wave)})",
        counted(len(wave.clusters), "cluster"),
        ", ".join(str(number) for number in wave.after) or "–",
        f"{prose(wave.why)}: {names([titles[cluster] for cluster in wave.clusters], 5)}",
        risky,
    ]
