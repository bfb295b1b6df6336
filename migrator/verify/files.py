"""The files that a plan lists, as they are now."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrator.plan.document import ArtifactPart
from migrator.verify.dags import Dag, DagError, read_dag
from migrator.verify.requirements import requirement_faults
from migrator.verify.stack import Resource, Stack, UnreadError, read_stack

FOLDER = "artifacts"
_LARGEST = 4 << 20  # bytes; CloudFormation takes a template of 1 MB

Parts = Sequence[tuple[Stack, Resource]]


@dataclass(frozen=True, slots=True)
class Files:
    """The templates and DAGs that could be read, and the fault of each file that could not.

    `parts` has what stands there under a job's key, `exported` the names that a template gives to others, these files'
    own and those that others are known to give.
    """

    stacks: Mapping[str, Stack]
    dags: Mapping[str, Dag]
    unread: Mapping[str, str]
    parts: Mapping[str, Parts]
    exported: frozenset[str]


def read_files(artifacts: Iterable[ArtifactPart], folder: Path, exported: frozenset[str] = frozenset()) -> Files:
    """Read files that a plan lists; `folder` is the one that holds `plan.json`."""
    texts: dict[str, str] = {}
    unread: dict[str, str] = {}
    home = folder.resolve() / FOLDER
    for artifact in artifacts:
        try:
            texts[artifact.path] = text_of(folder / artifact.path, home)
        except UnreadError as error:
            unread[artifact.path] = str(error)
    return files_of(texts, unread, exported)


def files_of(texts: Mapping[str, str], unread: Mapping[str, str], exported: frozenset[str]) -> Files:
    """Take texts by their path for files."""
    stacks: dict[str, Stack] = {}
    dags: dict[str, Dag] = {}
    faults = dict(unread)
    for path, text in texts.items():
        try:
            if path.endswith(".py"):
                dags[path] = read_dag(text)
            elif path.endswith(".yaml"):
                stacks[path] = read_stack(path, text)
            elif faults_there := list(requirement_faults(text)):
                faults[path] = "; ".join(faults_there)
        except (UnreadError, DagError) as error:
            faults[path] = str(error)
    parts: defaultdict[str, list[tuple[Stack, Resource]]] = defaultdict(list)
    for stack in stacks.values():
        for resource in stack.resources.values():
            if resource.job is not None:
                parts[resource.job].append((stack, resource))
    own = frozenset(name.rpartition("-")[2] for stack in stacks.values() for name in stack.exports)
    return Files(stacks, dags, faults, parts, exported | own)


def text_of(place: Path, home: Path) -> str:
    """Read a file below a folder; raise UnreadError."""
    try:
        return _text(place, home)
    except OSError as error:
        raise UnreadError(error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        msg = "is not UTF-8 text"
        raise UnreadError(msg) from error


def _text(place: Path, home: Path) -> str:
    if "\0" in str(place):
        msg = "has no name that a file can have"
        raise UnreadError(msg)
    # Not Path.resolve, which has an error of its own for links in a circle.
    if not Path(os.path.realpath(place)).is_relative_to(home):
        msg = "lies outside the plan's folder"
        raise UnreadError(msg)
    found = place.stat()
    if not stat.S_ISREG(found.st_mode):
        msg = "is not a plain file"
        raise UnreadError(msg)
    if found.st_size > _LARGEST:
        msg = "is larger than such a file may be"
        raise UnreadError(msg)
    return place.read_text(encoding="utf-8")
