"""The order of the move."""

from migrator.plan import MigrationPlan
from migrator.report.markdown.blocks import Blocks, table
from migrator.report.markdown.escaping import names, prose
from migrator.report.titles import cluster_titles
from migrator.report.words import counted


def wave_blocks(plan: MigrationPlan) -> Blocks:
    """List the waves; what stays, and what cron does not run, is in none."""
    if not plan.waves:
        return []
    titles = cluster_titles(plan)
    rows = [
        [
            str(wave.number),
            counted(len(wave.clusters), "cluster"),
            ", ".join(str(number) for number in wave.after) or "–",
            f"{prose(wave.why)}: {names([titles[cluster] for cluster in wave.clusters], 5)}",
        ]
        for wave in plan.waves
    ]
    return ["## Waves", table(["Wave:", "Size", "After wave", "What moves, and why then"], rows)]
