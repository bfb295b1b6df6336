"""A folder that one job fills and another works through.

**Speaks** when one side names a folder, or all of one (`/data/in/*`), and the other a file or folder in it.

**Confidence.** 0.9 where both name the same folder; 0.8 for a whole folder and 0.75 for files as they come (`in/*.csv`)
right into the folder that is read; 0.7, 0.65 and 0.6 for a file one, two and three levels below, 0.5 beyond: the deeper
it lies, the less a reader of the folder is after it. Times 0.95 for a path that only may be a folder, times 0.75 where
the reader fills the folder itself and may look for its own files only (0.9 beside a whole folder of another's) or wrote
all of it before it reads a file there, times 0.75 where more than six scripts put files into the folder, times 0.4 for
a place that everybody uses. Two fifths of the doubt go where a word of the command that names the folder is one of the
file's name (`load -tag daily -out DIR` and `DIR/*-daily.json`); another's command without such a word counts 0.75 then.

**Says nothing** of two jobs that both only write in a folder, or both only read. `/tmp/`, `/var/log/`, a home and a
whole file system are too wide to mean anything.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.meetings import Flow
from migrator.graph.patterns import Meeting
from migrator.graph.through import through
from migrator.graph.types import DependencyKind
from migrator.model import JobId, Resource

_TOLD, _UNTOLD = 0.4, 0.75
# A word by itself: no option, no variable, no part of a path or of a call.
_WORD = re.compile(r"(?<![\w$./(@{-])[A-Za-z][A-Za-z_-]{3,60}(?![\w./(=])")
_STEM = re.compile(r"[A-Za-z]{4,}")
_LONGEST = 2000


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each folder that is filled by one job and read by another."""
    flows = scene.data.get(DependencyKind.FOLDER, ())
    told = {(flow.former.job, _taken(flow)) for flow in flows if _is_told(flow)}
    takers = {taken for _, taken in told}
    for flow in flows:
        sure = flow.belief
        if _is_told(flow):
            sure += (1 - sure) * _TOLD
        elif flow.meeting is Meeting.ABOVE and _taken(flow) in takers and (flow.former.job, _taken(flow)) not in told:
            sure *= _UNTOLD
        yield through(flow, DependencyKind.FOLDER, "folders", sure)


def _taken(flow: Flow) -> tuple[JobId, Resource]:
    """Give who takes something out of which folder."""
    return flow.latter.job, flow.former.resource


def _is_told(flow: Flow) -> bool:
    """Say whether the command that names the folder has a word of the file's name."""
    if flow.meeting is Meeting.SAME:
        return False
    folder, file = (flow.former, flow.latter) if flow.meeting is Meeting.ABOVE else (flow.latter, flow.former)
    name = file.resource.name.rstrip("/").rpartition("/")[2]
    words = {word.lower() for word in _STEM.findall(name.rpartition(".")[0] or name)}
    return not words.isdisjoint(_words(folder.text[:_LONGEST]))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    found = (word.lower() for match in _WORD.findall(text) for word in _STEM.findall(match))
    return frozenset(found)


EVIDENCE = EvidenceKind("folders", find)
