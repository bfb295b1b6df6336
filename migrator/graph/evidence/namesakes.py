"""A file that one job reads and nobody writes, while another writes one of that very name in another folder.

Relative names do this: the writer runs in another folder than whoever wrote the reader thought. Then the reader works
on an old file, or on none, and nothing fails.

**Speaks** when the name is unusual (ten letters or more, of two words or with a number), one job alone writes files of
that name, no job writes the place that is read, and both folders lie in one project.

**Confidence.** 0.5, with a short time gap 0.6: the author meant it, by all that shows, though the paths differ today.

**Says nothing** of names that every project has (`config.json`, `index.html`), of names that vary, of what the reader
writes itself, and of folders that have only `/`, `/home/x` or `/var/lib` in common.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.patterns import too_wide
from migrator.graph.touches import Touch
from migrator.graph.types import DependencyKind
from migrator.model import WRITES, Evidence, Mode, Resource, ResourceKind

_SURE = 0.5
_SHORTEST = 10
_PARTS = re.compile(r"[A-Za-z]+|\d+")
_COMMON = re.compile(
    r"(?:docker-compose|package|package-lock|requirements|settings|config|default|index|main|readme|test|\.env)(?![A-Za-z]).*",
    re.IGNORECASE,
)


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each file that is read where nobody writes it, and written elsewhere."""
    written: defaultdict[str, list[Touch]] = defaultdict(list)
    taken: defaultdict[str, list[Touch]] = defaultdict(list)
    for touch in scene.touches:
        if touch.resource.kind is ResourceKind.FILE and not touch.log and _unusual(touch.resource.name):
            side = written if touch.mode in WRITES else taken if touch.mode is Mode.READ else None
            if side is not None:
                side[posixpath.basename(touch.resource.name)].append(touch)
    for name in sorted(written.keys() & taken.keys()):
        places = {touch.resource.name for touch in written[name]}
        if len({touch.job for touch in written[name]}) == 1 and len(places) == 1:
            yield from _read_elsewhere(written[name][0], taken[name])


def _read_elsewhere(former: Touch, readers: list[Touch]) -> Iterator[Candidate]:
    said = set()
    for latter in readers:
        apart = latter.resource.name != former.resource.name and latter.job != former.job
        near = bool(latter.hosts & former.hosts) and _one_project(former.resource.name, latter.resource.name)
        if apart and near and latter.job not in said:
            said.add(latter.job)
            here = posixpath.dirname(latter.resource.name)
            evidence = (
                Evidence(former.origin, former.text, f"writes {former.resource.name}, not the one in {here}"),
                latter.evidence,
            )
            yield Candidate(
                former.job,
                latter.job,
                DependencyKind.MEANT,
                _SURE,
                evidence,
                place=f"name:{latter.resource.name}",
                basis="namesakes",
            )


def _unusual(path: str) -> bool:
    """Say whether nobody would choose the name by chance: long, with an ending, of two words or with a number."""
    name = posixpath.basename(path)
    stem, dot, _ = name.rpartition(".")
    if "*" in path or not dot or len(name) < _SHORTEST or _COMMON.fullmatch(name):
        return False
    return len(_PARTS.findall(stem)) > 1


def _one_project(one: str, other: str) -> bool:
    """Say whether one of both folders lies in the other, and that is no place that everybody uses."""
    first, second = sorted((posixpath.dirname(one) + "/", posixpath.dirname(other) + "/"), key=len)
    return second.startswith(first) and not too_wide(Resource(ResourceKind.FILE, first))


EVIDENCE = EvidenceKind("namesakes", find)
