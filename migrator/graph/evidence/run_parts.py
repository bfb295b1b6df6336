"""The order in which run-parts starts the files of a periodic folder.

**Speaks** in a low voice, as a doubtful relation of each file to the next: run-parts(8) goes by name, one after the
other, and few people mean anything by it.

**Confidence.** 0.2: the order is there, a need for it is not shown.

**Says nothing** of files that cron does not run. A flow of data between such jobs is found elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.types import RelationKind
from migrator.model import Evidence, Job

_LOW = 0.2


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a relation from each file of a folder to the next that runs."""
    folders: defaultdict[tuple[str, str], list[Job]] = defaultdict(list)
    for job in scene.jobs.values():
        if job.source == "periodic" and job.active:
            folders[job.host or "", job.origin.path.rpartition("/")[0]].append(job)
    for (_, folder), jobs in sorted(folders.items()):
        jobs.sort(key=lambda job: (job.origin.path, job.id))
        for former, latter in pairwise(jobs):
            yield Candidate(
                former.id,
                latter.id,
                RelationKind.DOUBTFUL,
                _LOW,
                (
                    Evidence(former.origin, former.text, f"run-parts starts it in {folder}"),
                    Evidence(latter.origin, latter.text, "run-parts starts it next"),
                ),
                basis="run-parts",
            )


EVIDENCE = EvidenceKind("run-parts", find)
