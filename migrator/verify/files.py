"""The files that a plan lists, as they are now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrator.plan.document import ArtifactPart
from migrator.verify.dags import Dag, DagError, read_dag
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
    stacks: dict[str, Stack] = {}
    dags: dict[str, Dag] = {}
    unread: dict[str, str] = {}
    home = folder.resolve() / FOLDER
    for artifact in artifacts:
        try:
            text = _text(folder / artifact.path, home)
            if artifact.path.endswith(".py"):
                dags[artifact.path] = read_dag(text)
            elif artifact.path.endswith(".yaml"):
                stacks[artifact.path] = read_stack(artifact.path, text)
        except OSError as error:
            unread[artifact.path] = error.strerror or "cannot be read"
        except UnicodeDecodeError:
            unread[artifact.path] = "is not UTF-8 text"
        except (UnreadError, DagError) as error:
            unread[artifact.path] = str(error)
    parts: defaultdict[str, list[tuple[Stack, Resource]]] = defaultdict(list)
    for stack in stacks.values():
        for resource in stack.resources.values():
            if resource.job is not None:
                parts[resource.job].append((stack, resource))
    own = frozenset(name.rpartition("-")[2] for stack in stacks.values() for name in stack.exports)
    return Files(stacks, dags, unread, parts, exported | own)


def _text(place: Path, home: Path) -> str:
    if not place.resolve().is_relative_to(home):
        msg = "lies outside the plan's folder"
        raise UnreadError(msg)
    if place.stat().st_size > _LARGEST:
        msg = "is larger than such a file may be"
        raise UnreadError(msg)
    return place.read_text(encoding="utf-8")
