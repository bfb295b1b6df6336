"""What Airflow's scheduler makes of a DAG when tasks end in one way or the other.

Trigger rules as in `airflow.ti_deps.deps.trigger_rule_dep` of Airflow 3; the state of a run follows from its leaves
(`DagRun.update_state`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from migrator.verify.dags.reading import GATE, Dag, DagTask, in_order
from migrator.verify.dags.values import DagError


class State(Enum):
    """How a task ended."""

    SUCCESS = "success"
    FAILED = "failed"
    UPSTREAM_FAILED = "upstream_failed"
    SKIPPED = "skipped"


_BAD = frozenset({State.FAILED, State.UPSTREAM_FAILED})
_EAGER = frozenset({"one_failed", "one_success", "one_done"})

Work = Callable[[DagTask, frozenset[int]], tuple[int, frozenset[int]]]
"""Does a task after some events; gives its status and what comes after it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a task ended, and what comes before whatever waits for it."""

    state: State
    frontier: frozenset[int]


def run_dag(dag: Dag, work: Work) -> tuple[bool, Mapping[str, Ended]]:
    """Go through a run; say whether it succeeded, and how each task ended. Raise DagError."""
    ended: dict[str, Ended] = {}
    for task in in_order(dag.tasks):
        before = [ended[name] for name in task.upstream]
        state = _instead(task.rule, [one.state for one in before])
        frontier = _frontier(task.rule, before)
        if state is None:
            if task.operator in ("EmptyOperator", GATE):
                state = State.SUCCESS
            else:
                status, frontier = work(task, frontier)
                state = State.FAILED if status else State.SUCCESS
        ended[task.id] = Ended(state, frontier)
    inner = {name for task in dag.tasks.values() for name in task.upstream}
    return not any(one.state in _BAD for name, one in ended.items() if name not in inner), ended


def _frontier(rule: str, before: list[Ended]) -> frozenset[int]:
    """Give what a task surely comes after: one that does not wait for all comes after what decides."""
    if rule not in _EAGER or len(before) < 2:
        return frozenset[int]().union(*(one.frontier for one in before))
    wanted = _BAD if rule == "one_failed" else {State.SUCCESS} if rule == "one_success" else set(State)
    deciding = [one.frontier for one in before if one.state in wanted]
    if not deciding:
        return frozenset[int]().union(*(one.frontier for one in before))
    return deciding[0].intersection(*deciding[1:])


def _instead(rule: str, before: list[State]) -> State | None:
    """Give the state of a task that does not run, None where it does."""
    bad = any(state in _BAD for state in before)
    skipped = before.count(State.SKIPPED)
    succeeded = State.SUCCESS in before
    if not before:
        return None
    match rule:
        case "all_success":
            return State.UPSTREAM_FAILED if bad else State.SKIPPED if skipped else None
        case "all_done":
            return None
        case "all_failed":
            return State.SKIPPED if succeeded or skipped else None
        case "one_failed":
            return None if bad else State.SKIPPED
        case "one_success":
            return None if succeeded else State.SKIPPED if skipped == len(before) else State.UPSTREAM_FAILED
        case "none_failed":
            return State.UPSTREAM_FAILED if bad else None
        case "none_failed_min_one_success":
            return State.UPSTREAM_FAILED if bad else State.SKIPPED if skipped == len(before) else None
        case "none_skipped":
            return State.SKIPPED if skipped else None
        case "one_done":
            return None if succeeded or State.FAILED in before else State.SKIPPED
        case "always":
            return None
    msg = f"there is no trigger rule {rule}"
    raise DagError(msg)
