"""The order of the move."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.document import WavePart
from migrator.plan.waves import MANY
from migrator.report.markdown.blocks import Blocks, table
from migrator.report.markdown.cutover import page_name
from migrator.report.markdown.escaping import code, names, prose
from migrator.report.titles import cluster_titles
from migrator.report.wave_order import with_last_before

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
_FEW = 3  # so many waves of a kind have a row each


def wave_blocks(plan: MigrationPlan) -> Blocks:
    """List the waves, each with its page; what stays, and what cron does not run, is in none.

    Many waves in a row that move the same kind, none of them with a risky cluster, share one.
    """
    if not plan.waves:
        return []
    titles = cluster_titles(plan)
    runs = list(_runs(with_last_before(plan.waves)))
    rows = [_row(plan, run, titles) for run in runs[:_MOST]]
    blocks = [
        "## Waves",
        _INTRO + (_ALIKE if len(plan.clusters) > MANY else ""),
        table(["Wave:", "Size", "After wave", "What moves, and why then", "Watch most"], rows),
    ]
    if len(runs) > _MOST:
        blocks.append(f"{sum(map(len, runs[_MOST:])):,} more waves have their pages in `cutover/`.")
    return blocks


def _runs(waves: Sequence[WavePart]) -> Iterator[Sequence[WavePart]]:
    for (risky, _), group in groupby(waves, key=lambda wave: (wave.risky, wave.why)):
        run = list(group)
        if risky is None and len(run) > _FEW:
            yield run
        else:
            yield from ([wave] for wave in run)


def _row(plan: MigrationPlan, run: Sequence[WavePart], titles: dict[str, str]) -> list[str]:
    first = run[0]
    clusters = [titles[cluster] for wave in run for cluster in wave.clusters]
    risky = f"{code(titles.get(first.risky, first.risky), 80)}: {prose(first.risk)}" if first.risky else "–"
    pages = [f"[{wave.number}](cutover/{page_name(plan, wave)})" for wave in (first, *run[1:][-1:])]
    return [
        " to ".join(pages),
        counted(len(clusters), "cluster"),
        _after(run),
        f"{prose(first.why)}: {names(clusters, 5)}",
        risky,
    ]


def _after(run: Sequence[WavePart]) -> str:
    """Name the waves before, and say where waves of one row wait for each other."""
    here = {wave.number for wave in run}
    before = {number for wave in run for number in wave.after}
    told = [str(number) for number in sorted(before - here)]
    if before & here:
        told.append("each after some of these, as its page says")
    return ", ".join(told) or "–"
