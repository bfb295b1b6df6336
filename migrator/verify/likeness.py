"""An order in which groups that may be alike stand side by side, so that one core meets all of a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrator.plan.jobs import JobPart
from migrator.verify.group_facts import MOST_HOSTS
from migrator.verify.listing import Group, Listing

_LONG = 4  # characters: no name is as short


def side_by_side(groups: Sequence[Group], listing: Listing) -> list[Group]:
    """Put groups into an order by what is quickly known of them; those with most files and jobs come first."""
    return sorted(groups, key=lambda group: _likeness(group, listing))


def _likeness(group: Group, listing: Listing) -> tuple[object, ...]:
    names = [name for artifact in group.artifacts[:1] for name in artifact.jobs]
    kinds = sorted({artifact.target for artifact in group.artifacts})
    told = [_job(listing.jobs[name], listing) for name in names if name in listing.jobs]
    return -len(group.artifacts), -len(group.jobs), kinds, told


def _job(job: JobPart, listing: Listing) -> tuple[object, ...]:
    tasks = listing.tasks.get(job.id, ())
    settings = [setting.name for setting in job.settings]
    return (
        len(tasks),
        [task.call.action if task.call else "" for task in tasks],
        job.schedule.kind,
        job.user or "",
        job.shell,
        min(len(job.replicas), MOST_HOSTS),
        settings,
        job.stdin is not None,
        list(_words(job.command)),
    )


def _words(command: str) -> Iterator[int]:
    """Give the lengths of a command's words, but for the longer ones, which may be names."""
    for word in command.split(" "):
        yield min(len(word), _LONG)
