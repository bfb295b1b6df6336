"""How many tasks one run of a workflow executes."""

from collections import defaultdict
from decimal import Decimal

from migrator.model import Range
from migrator.workflows.order import decision
from migrator.workflows.types import After, Workflow


def executed_per_run(workflow: Workflow) -> Range:
    """Count the tasks of one run, from one where nothing is needed beyond the main line to one where everything is.

    A handler of a failure and a branch may not be needed; of the arms of one decision no more than one runs, taken here
    by the decision's own label. Repeats of a loop, retries and the looks of a wait are not counted: they belong to the
    task.
    """
    handlers = {edge.task for edge in workflow.order if edge.after is After.FAILURE}
    sure = 0
    arms: defaultdict[tuple[str, str], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for task in workflow.tasks:
        if task.branch:
            arms[task.job, decision(task.branch[0])][task.branch[0]] += 1
        elif task.name not in handlers:
            sure += 1
    most = sure + len([task for task in workflow.tasks if task.name in handlers and not task.branch])
    most += sum(max(arm.values()) for arm in arms.values())
    return Range(Decimal(sure), Decimal(most))
