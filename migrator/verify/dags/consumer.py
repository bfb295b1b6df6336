"""What Airflow says about the DAGs, for each job in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from migrator.plan.document import ArtifactPart, VerdictPart
from migrator.verify.dags.airflow import NotRunError, dag_bag_faults
from migrator.verify.tools import AIRFLOW
from migrator.verify.verdicts import judged, skipped

_CHECK = "DagBag"
_LATER = "left to `migrator verify`, where Airflow's own DagBag reads the files"


def dag_bag_verdicts(
    artifacts: Iterable[ArtifactPart], read: Iterable[str], folder: Path, *, asked: bool
) -> Iterator[VerdictPart]:
    """Judge the DAGs that our own reader has `read`; where not `asked`, say that nobody was.

    Each folder is one environment, whose DAGs have names of their own.
    """
    taken = set(read)
    mine = [artifact for artifact in artifacts if artifact.path in taken]
    if not asked:
        yield from (skipped(job, _CHECK, _LATER, AIRFLOW) for artifact in mine for job in artifact.jobs)
        return
    homes: defaultdict[PurePosixPath, list[ArtifactPart]] = defaultdict(list)
    for artifact in mine:
        homes[PurePosixPath(artifact.path).parent].append(artifact)
    for several in homes.values():
        yield from _of_environment({one.path: one for one in several}, folder)


def _of_environment(artifacts: Mapping[str, ArtifactPart], folder: Path) -> Iterator[VerdictPart]:
    texts = {path: (folder / path).read_text(encoding="utf-8") for path in artifacts}
    try:
        said = dag_bag_faults(texts)
    except NotRunError as error:
        why = str(error)
        yield from (skipped(job, _CHECK, why, AIRFLOW) for one in artifacts.values() for job in one.jobs)
        return
    for path, artifact in artifacts.items():
        faults = [f"{path}: {fault}" for fault in said[path]]
        for job in artifact.jobs:
            yield judged(job, _CHECK, faults, f"Airflow reads {path}", AIRFLOW)
