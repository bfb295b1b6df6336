"""Plan a labelled tree, and show how the trees do: `python -m tests.labelled.planning [TREE…]`."""

from __future__ import annotations

import json
import sys
from functools import cache
from typing import Any

from migrator import pipeline
from migrator.plan.document import dump
from tests.labelled import labels
from tests.labelled.scoring import Score, score

TREES = tuple(sorted(path.name for path in (labels.HERE / "trees").iterdir()))


@cache
def plan_of(tree: str) -> Any:
    """Give what `plan.json` of a tree holds, read with the paths that its labels map."""
    label = labels.read(tree)
    asked = pipeline.Request(
        paths=(str(labels.HERE / "trees" / tree),),
        only=(label.crontab,),
        mappings=tuple((deployed.rstrip("/"), place or ".") for deployed, place in label.mapping.items()),
    )
    return json.loads(dump(pipeline.make_plan(pipeline.survey(asked))))


@cache
def score_of(tree: str) -> Score:
    """Score a tree's plan."""
    return score(plan_of(tree), labels.read(tree))


def mean(values: list[float | None]) -> float:
    """Give the mean of those that are known; at least one is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known)


def table(trees: tuple[str, ...] = TREES) -> str:
    """Give a line a tree: recall, precision, agreement of clusters, error of steps, and the faults."""
    rows = [f"{'tree':18} recall  precision  clusters  steps"]
    for tree in trees:
        got = score_of(tree)
        cells = (_cell(got.recall, 6), _cell(got.precision, 10), _cell(got.cluster_f1, 9), _cell(got.step_error, 6))
        rows.append(f"{tree:18} " + " ".join(cells))
        rows += [f"    missed  L{up} -> L{down}" for up, down in sorted(got.missed)]
        rows += [f"    false   L{up} -> L{down}" for up, down in sorted(got.false)]
    return "\n".join(rows)


def _cell(value: float | None, width: int) -> str:
    return f"{'–':>{width}}" if value is None else f"{value:{width}.2f}"


if __name__ == "__main__":
    print(table(tuple(sys.argv[1:]) or TREES))  # noqa: T201 -- this is what it is called for
