"""All checks of what was written, a verdict for each job and check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from migrator.plan import MigrationPlan
from migrator.plan.document import VerdictPart
from migrator.verify import tools
from migrator.verify.alike import Alike
from migrator.verify.answers import Answer, Asked
from migrator.verify.asl_validator import find_asl_validator
from migrator.verify.dags.consumer import dag_bag_verdicts
from migrator.verify.files import read_files
from migrator.verify.likeness import side_by_side
from migrator.verify.linting import lint_verdicts, linted, said_of
from migrator.verify.listing import Group, Listing, groups
from migrator.verify.machines.consumer import consumer_verdicts

Task: TypeAlias = Group | str
"""Files to be checked, or the path of a template for cfn-lint."""
Found: TypeAlias = Answer | tuple[str, ...]
"""What was found in files, or what cfn-lint says."""
Share: TypeAlias = Callable[[Callable[[Task], Found], Sequence[Task]], Sequence[Found]]
"""Has each task done, and gives the answers in their order."""


def one_by_one(done: Callable[[Task], Found], tasks: Sequence[Task]) -> list[Found]:
    """Do the tasks in this process."""
    return [done(task) for task in tasks]


def check(
    plan: MigrationPlan,
    folder: Path,
    most_linted: int | None = None,
    *,
    search_path: str | None = None,
    with_airflow: bool = False,
    share: Share = one_by_one,
) -> tuple[VerdictPart, ...]:
    """Check the files that a plan lists, from the files; `folder` is the one that holds `plan.json`.

    Nothing is taken from the plan but its jobs and the list of files. cfn-lint is slow: after `most_linted` characters
    it looks at no other file, and the verdicts say so. `search_path` (as in PATH) is where programs are looked for.
    Airflow, which takes seconds to start, reads the DAGs where it is there and `with_airflow` says so. Files that have
    no job in common are checked by themselves; `share` has several cores do so.
    """
    listing = Listing.of(plan)
    # What all templates may take from one that is for no job.
    common = read_files((artifact for artifact in plan.artifacts if not artifact.jobs), folder).exported
    asked = Asked(common, find_asl_validator(search_path) is not None)
    checked = Alike(listing, folder, asked).answer
    parts = groups(plan, listing)
    templates = linted(plan, folder, most_linted)
    if templates:
        tools.cfn_lint_rules()  # once for all cores

    def done(task: Task) -> Found:
        return said_of(task, folder) if isinstance(task, str) else checked(task)

    # cfn-lint takes the longest: it comes first.
    tasks: list[Task] = [*templates, *side_by_side(parts, listing)]
    answers = dict(zip(tasks, share(done, tasks), strict=True))
    said = {path: told for path in templates if isinstance(told := answers[path], tuple)}
    found = {group: answer for group in parts if isinstance(answer := answers[group], Answer)}
    if ties := _ties(found, listing):
        # Something stands where it should not: whatever it touches is checked as one.
        parts = groups(plan, listing, ties)
        found = {group: found.get(group) or checked(group) for group in parts}
    verdicts = _told(plan, folder, list(found.values()), search_path, with_airflow=with_airflow)
    read = [path for answer in found.values() for path in answer.templates]
    return tuple(sorted([*verdicts, *lint_verdicts(plan, read, said)], key=lambda one: (one.job, one.check)))


def _told(
    plan: MigrationPlan, folder: Path, answers: Sequence[Answer], search_path: str | None, *, with_airflow: bool
) -> list[VerdictPart]:
    verdicts = [
        VerdictPart(job=job, check=name, holds=holds, why=why, tool=tool)
        for answer in answers
        for job, name, holds, why, tool in answer.verdicts
    ]
    verdicts += consumer_verdicts([machine for answer in answers for machine in answer.machines], search_path)
    read = [path for answer in answers for path in answer.dags]
    verdicts += dag_bag_verdicts(plan.artifacts, read, folder, asked=with_airflow)
    return verdicts


def _ties(found: Mapping[Group, Answer], listing: Listing) -> list[tuple[str, str]]:
    """Give what joins groups: a job of one that stands in a file of another, a value that one takes from another."""
    home = {name: number for number, group in enumerate(found) for name in _names(group)}
    exporters = [export for answer in found.values() for export in answer.exports]
    ties: list[tuple[str, str]] = []
    for number, answer in enumerate(found.values()):
        for path, key in answer.claims:
            job = listing.keys.get(key)
            if job is not None and home.get(job.id, number) != number:
                ties.append((path, job.id))
        ties += [(path, other) for path, name in answer.wants for other, given in exporters if given == name]
    return ties


def _names(group: Group) -> Iterable[str]:
    yield from group.jobs
    for artifact in group.artifacts:
        yield from artifact.jobs
