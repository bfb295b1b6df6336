"""A place on another host, or behind an address, that one job sends to and another fetches from.

**Speaks** when both name the place. A remote place on a host that was read too is a file there, and is taken as one.

**Confidence.** That of files; half of it for an address, which seldom gives back what was sent to it.

**Says nothing** of two jobs that copy to one host, and of equal paths on different hosts.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.through import through
from migrator.graph.types import DependencyKind


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each remote place."""
    for flow in scene.data.get(DependencyKind.REMOTE, ()):
        yield through(flow, DependencyKind.REMOTE, "remotes")


EVIDENCE = EvidenceKind("remotes", find)
