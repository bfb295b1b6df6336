"""An object in S3 or HDFS that one job writes and another reads, or the prefix that it lies below.

**Speaks** as it does of files and folders, whatever the hosts: a store is one for all of them.

**Confidence.** That of files and folders. A whole bucket, or HDFS's root, counts 0.4 times.

**Says nothing** of different buckets with like keys, and of jobs that only list a prefix to count what is there.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.through import through
from migrator.graph.types import DependencyKind


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each object or prefix."""
    for flow in scene.data.get(DependencyKind.OBJECT, ()):
        yield through(flow, DependencyKind.OBJECT, "objects")


EVIDENCE = EvidenceKind("objects", find)
