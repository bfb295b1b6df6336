"""Score a plan against the labels of its tree.

Dependencies are directed. One that follows from two or more in a row counts as found: a reduced graph is as good as a
full one. In turn, what follows from two labelled edges in a row is allowed. Clusters are compared by the pairs of jobs
that they put together, steps by how far their numbers are apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from tests.labelled.labels import Labels, Line, Pair


@dataclass(frozen=True, slots=True)
class Score:
    """How a plan does. `recall` is None where nothing must be found, `precision` where nothing was."""

    read: frozenset[Line]
    found: frozenset[Pair]
    missed: frozenset[Pair]
    false: frozenset[Pair]
    recall: float | None
    precision: float | None
    cluster_f1: float
    step_error: float | None


def score(plan: Any, labels: Labels) -> Score:
    """Compare the data of a `plan.json` with labels."""
    lines = _lines(plan, labels)
    ties = ((lines.get(tie["upstream"]), lines.get(tie["downstream"])) for tie in plan["dependencies"])
    found = frozenset((up, down) for up, down in ties if up is not None and down is not None)
    fine = labels.must | labels.allowed
    missed, false = labels.must - _closed(found), found - fine - _in_two_steps(fine)
    groups = [[lines[job] for job in cluster["jobs"] if job in lines] for cluster in plan["clusters"]]
    return Score(
        read=frozenset(lines.values()),
        found=found,
        missed=missed,
        false=false,
        recall=_share(labels.must, missed),
        precision=_share(found, false),
        cluster_f1=_f1(_together(groups), _together(labels.clusters)),
        step_error=_step_error(plan, lines, labels),
    )


def _lines(plan: Any, labels: Labels) -> dict[str, Line]:
    origins = {job["id"]: job["origin"] for job in plan["jobs"]}
    return {
        job: origin["line"]
        for job, origin in origins.items()
        if origin["path"] == labels.crontab and origin["line"] in labels.jobs
    }


def _closed(pairs: frozenset[Pair]) -> set[Pair]:
    after: dict[Line, set[Line]] = {}
    for up, down in pairs:
        after.setdefault(up, set()).add(down)
    reached = set()
    for start in after:
        waiting, seen = list(after[start]), set()
        while waiting:
            job = waiting.pop()
            if job not in seen:
                seen.add(job)
                waiting.extend(after.get(job, ()))
        reached |= {(start, job) for job in seen if job != start}
    return reached


def _in_two_steps(pairs: frozenset[Pair]) -> set[Pair]:
    return {(up, down) for up, middle in pairs for start, down in pairs if middle == start and up != down}


def _share(whole: Collection[Pair], faults: Collection[Pair]) -> float | None:
    return 1 - len(faults) / len(whole) if whole else None


def _together(groups: Iterable[Iterable[Line]]) -> set[frozenset[Line]]:
    return {frozenset(pair) for group in groups for pair in combinations(sorted(set(group)), 2)}


def _f1(found: set[frozenset[Line]], true: set[frozenset[Line]]) -> float:
    if not found and not true:
        return 1.0
    return 2 * len(found & true) / (len(found) + len(true))


def _step_error(plan: Any, lines: dict[str, Line], labels: Labels) -> float | None:
    counts = {lines[job["id"]]: len(job["steps"]) for job in plan["jobs"] if job["id"] in lines}
    errors = [abs(counts[line] - steps) for line, steps in labels.steps.items() if line in counts]
    return sum(errors) / len(errors) if errors else None
