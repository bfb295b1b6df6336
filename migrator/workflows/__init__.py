"""The target-neutral form of a cluster: one workflow per schedule in it."""

from migrator.workflows.assembly import build
from migrator.workflows.counting import executed_per_run
from migrator.workflows.types import After, Inflow, Task, TaskOrder, Workflow

__all__ = ["After", "Inflow", "Task", "TaskOrder", "Workflow", "build", "executed_per_run"]
