"""How many tasks an Airflow environment would have at once in its busiest minute, as the clocks start them."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from migrator.costs.workload import side_by_side
from migrator.model import JobId
from migrator.schedules.cron.wall import minutes_of_day
from migrator.workflows.types import Workflow


@dataclass(frozen=True, slots=True)
class Peak:
    """The busiest minute of a day, and the tasks that may run side by side after it; 0 where no clock starts one."""

    minute: int
    tasks: int


def busiest(workflows: Iterable[Workflow], active: Collection[JobId]) -> Peak:
    """Find the minute at which the workflows with most tasks side by side start together.

    All days are taken for one; what still runs from an earlier minute is not counted, since few durations are known.
    """
    at: Counter[int] = Counter()
    for flow in workflows:
        tasks = [task for task in flow.tasks if task.job in active]
        if flow.schedule.fields is not None and tasks:
            wide = side_by_side(flow, tasks) * flow.replicas
            for minute in minutes_of_day(flow.schedule.fields.minute, flow.schedule.fields.hour):
                at[minute] += wide
    if not at:
        return Peak(0, 0)
    minute = min(at, key=lambda each: (-at[each], each))
    return Peak(minute, at[minute])
