"""What ties a job to its host."""

from dataclasses import replace

import pytest

from migrator.advice.host_ties import TieKind, ties_of
from migrator.commands.facts import StepKind
from migrator.model import Access, Mode, Origin, Resource, ResourceKind
from tests.advice.build import facts, job, step

PLACE = Origin("script", 2)


def access(kind: ResourceKind, name: str, mode: Mode = Mode.DELETE, *, log: bool = False) -> Access:
    """Make a touch of a resource."""
    return Access(Resource(kind, name, "etl1" if kind is ResourceKind.FILE else None), mode, PLACE, "find", log=log)


def kinds(*accesses: Access, kind: StepKind = StepKind.FILES, **more: object) -> list[TieKind]:
    """Give the ties of a job of one step."""
    only = job()
    return [tie.kind for tie in ties_of(only, facts(only, [step(kind=kind, accesses=accesses)], **more))]


def test_a_job_that_only_deletes_its_hosts_files_is_tied():
    """`find /srv/landing -mtime +30 -delete` can do nothing anywhere else."""
    assert kinds(access(ResourceKind.FILE, "/srv/landing/")) == [TieKind.NEEDS_HOST]


def test_a_job_with_a_program_is_not():
    """A program that writes a file may write it elsewhere."""
    assert kinds(access(ResourceKind.FILE, "/srv/out.csv", Mode.WRITE), kind=StepKind.PROGRAM) == []


def test_a_job_that_also_touches_a_store_is_not():
    """Objects of a store are known everywhere."""
    assert kinds(access(ResourceKind.FILE, "/srv/a"), access(ResourceKind.S3, "s3://b/a", Mode.WRITE)) == []


def test_a_job_that_touches_nothing_known_is_not():
    """Its own log is not data, and what was not understood proves nothing."""
    assert kinds(access(ResourceKind.FILE, "/var/log/x", Mode.APPEND, log=True)) == []
    assert kinds(access(ResourceKind.FILE, "/srv/a"), unclear=("eval",)) == []


@pytest.mark.parametrize(
    "path",
    [
        "etc/cron.daily/man-db",
        "web1/etc/cron.d/php5",
        "etc/cron.hourly/0anacron",
        "etc/cron.weekly/fstrim",
        "cron.daily/apt",
    ],
)
def test_what_a_package_brings_along_tends_the_host(path):
    """It stays, whatever its steps are called."""
    only = replace(job(), origin=Origin(path, 1))
    [tie] = ties_of(only, facts(only))
    assert tie.kind is TieKind.MAINTENANCE
    assert path.rpartition("/")[2] in tie.evidence[0].says


@pytest.mark.parametrize("path", ["etc/cron.daily/backup", "opt/cron.daily/apt", "etc/crontab", "etc/cron.d/apt/x"])
def test_a_file_of_another_name_or_place_is_nobody_s_package(path):
    """Its steps decide."""
    only = replace(job(), origin=Origin(path, 1))
    assert ties_of(only, facts(only)) == ()
