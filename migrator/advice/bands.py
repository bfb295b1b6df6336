"""The decision guide's bands: which target a cluster's own shape asks for, before people and money.

One unit: EventBridge, or stay. Two without order or error handling: EventBridge each; with either: Step Functions, up
to five. At five, branching, backfill, a shared view, logic between tasks, joins across schedules or many owners tip
to Airflow. Above five: Airflow; a line of service calls may stay on Step Functions, which deviates from the guide and
is said. Fifty and more: never Step Functions. Whether Airflow is managed is no question of one cluster:
`environments` answers it.
"""

from migrator.advice.host_ties import TieKind
from migrator.advice.shape import MANY_UNITS, TOO_MANY_FOR_STEP_FUNCTIONS, Shape
from migrator.model import Target
from migrator.model.frozen import frozen


@frozen
class Band:
    """The target that a cluster's own shape asks for, the next best, and why, as a clause.

    `deviation` says where the answer leaves the guide's words.
    """

    target: Target
    runner_up: Target | None
    why: str
    deviation: str = ""


def band_of(shape: Shape) -> Band:
    """Place a cluster by its shape alone; AIRFLOW stands for either kind of environment."""
    if not shape.moving:
        return _not_moving(shape)
    if shape.units <= 1:
        return _one_unit(shape)
    if shape.units == 2 and not shape.ordered and not shape.handles_errors:
        why = "two units without order or error handling: a schedule each"
        return Band(Target.EVENTBRIDGE, Target.STEP_FUNCTIONS, why)
    if shape.units < MANY_UNITS:
        next_best = Target.EVENTBRIDGE if shape.units == 2 else Target.AIRFLOW
        return Band(Target.STEP_FUNCTIONS, next_best, f"{shape.units} units with order or error handling")
    return _many_units(shape)


def hard_limit(shape: Shape, target: Target) -> str | None:
    """Say why a target cannot take a cluster, whatever people want; None where it can."""
    if target is Target.STEP_FUNCTIONS and shape.units >= TOO_MANY_FOR_STEP_FUNCTIONS:
        return f"{shape.units} units are too many for one state machine to be read and repaired"
    booted = bool(shape.staying) and all(tie.kind is TieKind.BOOT for tie in shape.staying)
    if target is not Target.RETAIN and booted and not shape.moving:
        return "it starts with its host, and no target knows when a host starts"
    return None


def _not_moving(shape: Shape) -> Band:
    if not shape.staying:
        return Band(Target.RETAIN, None, "not running today: ask before creating it anywhere")
    words = {
        TieKind.BOOT: "it starts with its host",
        TieKind.MAINTENANCE: "it maintains its host",
        TieKind.DAEMON: "it keeps a process running on its host",
        TieKind.WATCHDOG: "it watches a process on its host",
        TieKind.SUB_MINUTE: "it runs more often than once a minute",
        TieKind.NEEDS_HOST: "it needs what is on its host",
    }
    kinds = dict.fromkeys(tie.kind for tie in shape.staying)
    return Band(Target.RETAIN, None, " and ".join(words[kind] for kind in kinds))


def _one_unit(shape: Shape) -> Band:
    if any(tie.kind is TieKind.NEEDS_HOST for tie in shape.ties):
        return Band(Target.RETAIN, Target.EVENTBRIDGE, "one unit that needs what is on its host")
    if shape.event:
        return Band(Target.EVENTBRIDGE, Target.STEP_FUNCTIONS, "one event starts one unit")
    if shape.handles_errors:
        why = "one unit; its retries are the next best target's, EventBridge sees no exit code"
        return Band(Target.EVENTBRIDGE, Target.STEP_FUNCTIONS, why)
    return Band(Target.EVENTBRIDGE, Target.RETAIN, "one unit, and nothing that must come before or after it")


def _many_units(shape: Shape) -> Band:
    count = shape.units
    if count >= TOO_MANY_FOR_STEP_FUNCTIONS:
        return Band(Target.AIRFLOW, None, f"{count} units, too many for a state machine")
    if shape.tips:
        return Band(Target.AIRFLOW, Target.STEP_FUNCTIONS, f"{count} units with {', '.join(shape.tips)}")
    if count == MANY_UNITS:
        return Band(Target.STEP_FUNCTIONS, Target.AIRFLOW, f"{count} units in one line, the most the guide gives it")
    if shape.service_chain:
        all_or_most = "all" if shape.service_units == count else "most"
        return Band(
            Target.STEP_FUNCTIONS,
            Target.AIRFLOW,
            f"{count} units in one line, {all_or_most} of them calls of cloud services",
            f"the guide gives Step Functions up to {MANY_UNITS} units and has nothing else below 50; a line of service "
            "calls fits its limits at this size",
        )
    return Band(Target.AIRFLOW, Target.STEP_FUNCTIONS, f"{count} units, more than the guide gives Step Functions")
