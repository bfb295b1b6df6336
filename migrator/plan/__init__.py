"""The plan: all stages' values as one document, `plan.json`, and back."""

from migrator.plan.assemble import assemble
from migrator.plan.document import VERSION, MigrationPlan, PlanError, dump, dumped, load, schema
from migrator.plan.from_advice import MANY
from migrator.plan.history import HistoryPart, history_part
from migrator.plan.stored import load_lines
from migrator.plan.unwritten import without_files
from migrator.plan.visible import cut, storable, visible

__all__ = [
    "MANY",
    "VERSION",
    "HistoryPart",
    "MigrationPlan",
    "PlanError",
    "assemble",
    "cut",
    "dump",
    "dumped",
    "history_part",
    "load",
    "load_lines",
    "schema",
    "storable",
    "visible",
    "without_files",
]
