"""The whole report, top to bottom."""

from collections.abc import Collection

from migrator.plan import MigrationPlan
from migrator.report.markdown.account import (
    finding_blocks,
    inactive_blocks,
    ledger_blocks,
    secret_blocks,
    unread_blocks,
)
from migrator.report.markdown.alone import alone_blocks
from migrator.report.markdown.artifacts import artifact_blocks
from migrator.report.markdown.blocks import Blocks
from migrator.report.markdown.clusters import cluster_blocks
from migrator.report.markdown.costs import Told
from migrator.report.markdown.doubts import doubt_blocks
from migrator.report.markdown.effort import effort_blocks
from migrator.report.markdown.fires import fire_blocks
from migrator.report.markdown.headline import headline
from migrator.report.markdown.history import history_blocks
from migrator.report.markdown.hosts import host_blocks
from migrator.report.markdown.method import method_blocks
from migrator.report.markdown.places import Shown, shown_clusters
from migrator.report.markdown.questions import question_blocks
from migrator.report.markdown.stability import stability_blocks
from migrator.report.markdown.targets import cluster_table, note_blocks, overview_blocks, target_blocks
from migrator.report.markdown.waves import wave_blocks
from migrator.report.pictures import Known


def report(plan: MigrationPlan, pictures: Collection[str] = (), notes: Collection[str] = ()) -> str:
    """Write report.md.

    `pictures` are the base names in `graphs/` that were drawn; where one is missing, the graph is Mermaid text.
    `notes` are sentences about the writing itself, such as pictures that were left out.
    """
    shown = shown_clusters(plan)
    blocks: Blocks = ["# Migration plan", headline(plan)]
    blocks += ledger_blocks(plan)
    blocks += overview_blocks(plan, pictures)
    blocks += target_blocks(plan)
    blocks += stability_blocks(plan)
    blocks += cluster_table(plan, shown)
    blocks += wave_blocks(plan)
    blocks += artifact_blocks(plan)
    blocks += host_blocks(plan)
    blocks += effort_blocks(plan)
    blocks += fire_blocks(plan)
    blocks += history_blocks(plan)
    blocks += note_blocks(plan)
    blocks += _sections(plan, shown, pictures)
    blocks += alone_blocks(plan, shown)
    blocks += inactive_blocks(plan)
    blocks += doubt_blocks(plan)
    blocks += question_blocks(plan)
    blocks += unread_blocks(plan)
    blocks += finding_blocks(plan)
    blocks += secret_blocks(plan)
    blocks += method_blocks(plan, shown, notes)
    return "\n\n".join(blocks) + "\n"


def _sections(plan: MigrationPlan, shown: Shown, pictures: Collection[str]) -> Blocks:
    if not shown.sections:
        return []
    blocks = ["## Cluster by cluster"]
    told: Told = {}
    known = Known.of(plan)
    for cluster in shown.sections:
        blocks += cluster_blocks(known, cluster, shown, pictures, told)
    return blocks
