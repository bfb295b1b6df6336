"""The files that a plan lists, as they are now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrator.plan import MigrationPlan
from migrator.plan.clusters import TaskPart
from migrator.verify.dags import Dag, DagError, read_dag
from migrator.verify.stack import Resource, Stack, UnreadError, read_stack

FOLDER = "artifacts"
_LARGEST = 4 << 20  # bytes; CloudFormation takes a template of 1 MB

Parts = Sequence[tuple[Stack, Resource]]


@dataclass(frozen=True, slots=True)
class Files:
    """The templates and DAGs that could be read, the fault of each file that could not, and what the plan says of them.

    `homes` has the files of each job, `parts` what stands there under a job's key, `exported` the names that a template
    gives to others, `tasks` those of each job.
    """

    stacks: Mapping[str, Stack]
    dags: Mapping[str, Dag]
    unread: Mapping[str, str]
    homes: Mapping[str, Sequence[str]]
    parts: Mapping[str, Parts]
    exported: frozenset[str]
    tasks: Mapping[str, Sequence[TaskPart]]


def read_files(plan: MigrationPlan, folder: Path) -> Files:
    """Read the files of a plan; `folder` is the one that holds `plan.json`."""
    stacks: dict[str, Stack] = {}
    dags: dict[str, Dag] = {}
    unread: dict[str, str] = {}
    for artifact in plan.artifacts:
        try:
            text = _text(folder, artifact.path)
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
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for artifact in plan.artifacts:
        for name in artifact.jobs:
            homes[name].append(artifact.path)
    parts: defaultdict[str, list[tuple[Stack, Resource]]] = defaultdict(list)
    for stack in stacks.values():
        for resource in stack.resources.values():
            if resource.job is not None:
                parts[resource.job].append((stack, resource))
    exported = frozenset(name.rpartition("-")[2] for stack in stacks.values() for name in stack.exports)
    return Files(stacks, dags, unread, homes, parts, exported, _tasks(plan))


def _tasks(plan: MigrationPlan) -> Mapping[str, Sequence[TaskPart]]:
    tasks: defaultdict[str, list[TaskPart]] = defaultdict(list)
    for task in (task for cluster in plan.clusters for flow in cluster.workflows for task in flow.tasks):
        tasks[task.job].append(task)
    return tasks


def _text(folder: Path, path: str) -> str:
    place = folder / path
    if not place.resolve().is_relative_to(folder.resolve() / FOLDER):
        msg = "lies outside the plan's folder"
        raise UnreadError(msg)
    if place.stat().st_size > _LARGEST:
        msg = "is larger than such a file may be"
        raise UnreadError(msg)
    return place.read_text(encoding="utf-8")
