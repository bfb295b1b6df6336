"""A folder that one job fills and another works through.

**Speaks** when one side names a folder, or all of one (`/data/in/*`), and the other a file or folder in it.

**Confidence.** 0.9 where both name the same folder; 0.8 for a whole folder and 0.75 for files as they come (`in/*.csv`)
right into the folder that is read; 0.7, 0.65 and 0.6 for a file one, two and three levels below, 0.5 beyond: the deeper
it lies, the less a reader of the folder is after it. Times 0.95 for a path that only may be a folder, times 0.75 where
the reader fills the folder itself and may look for its own files only (0.9 beside a whole folder of another's), times
0.75 where more than six scripts put files into the folder, times 0.4 for a place that everybody uses.

**Says nothing** of two jobs that both only write in a folder, or both only read. `/tmp/`, `/var/log/`, a home and a
whole file system are too wide to mean anything.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.through import through
from migrator.graph.types import DependencyKind


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each folder that is filled by one job and read by another."""
    for flow in scene.data.get(DependencyKind.FOLDER, ()):
        yield through(flow, DependencyKind.FOLDER, "folders")


EVIDENCE = EvidenceKind("folders", find)
