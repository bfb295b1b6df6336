"""The nodes of a DAG: what runs, after what, and by which trigger rule (Airflow's guide, «Trigger Rules»)."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.plan.clusters import TaskPart

ALL_SUCCESS = "all_success"
ALL_DONE = "all_done"
ONE_FAILED = "one_failed"
ONE_SUCCESS = "one_success"
NONE_FAILED = "none_failed"
NONE_FAILED_MIN_ONE_SUCCESS = "none_failed_min_one_success"


@dataclass(frozen=True, slots=True)
class Node:
    """A task of a DAG, or a mark: an operator that does nothing and only says how others ended.

    `task` is None for a mark, and `why` says then what its success means. `after` are the ids before it.
    """

    id: str
    task: TaskPart | None
    after: tuple[str, ...] = ()
    rule: str = ALL_SUCCESS
    why: str = ""
