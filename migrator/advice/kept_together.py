"""Which jobs the files do not take apart into their units, and why: they run again as a whole on any target."""

from collections import Counter
from collections.abc import Iterator

from migrator.advice.case import Case
from migrator.advice.repeats import counted_units
from migrator.advice.shape import Shape

_NAMED = 3


def kept_together(case: Case, shape: Shape) -> Iterator[str]:
    """Say how many tasks the workflows make of more units, since a shell keeps parts together that only it can join."""
    moving = {job.id: job for job in (shape.moving[:1] if case.cluster.kin else shape.moving)}
    tasks = Counter(task.job for flow in case.workflows for task in flow.tasks)
    units = {name: len(counted_units(case.facts[name])) for name in moving if name in case.facts}
    why = {one.job: one.why for flow in case.workflows for one in flow.flows if one.why}
    kept = [name for name, count in units.items() if name in why and tasks[name] < count]
    if not kept:
        return
    told = [
        f"{moving[name].title} is {_tasks(tasks[name])} of {units[name]} units ({why[name]})" for name in kept[:_NAMED]
    ]
    more = f", and {len(kept) - _NAMED} more" if len(kept) > _NAMED else ""
    yield (
        f"in the files {'; '.join(told)}{more}: until a script is taken apart, what is one task is retried and watched "
        "as a whole"
    )


def _tasks(count: int) -> str:
    return "1 task" if count == 1 else f"{count} tasks"
