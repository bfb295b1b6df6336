"""What each wave switches off, and when."""

from dataclasses import replace

from migrator.inventory.types import LedgerRow
from migrator.model import Dialect, Origin, Replica, Schedule, ScheduleKind
from migrator.plan.moving import WavePart
from migrator.plan.switches import with_switches
from tests.plan import values as v


def row(path, form="system-crontab", digest="d1"):
    """Make an account of a file of one line."""
    return LedgerRow(path, form, Dialect.DEBIAN, None, 1, 1, 0, 0, 0, 0, 0, digest=digest)


def switched(*jobs, rows=()):
    """Add what is switched off to a wave of all jobs."""
    wave = WavePart(number=1, clusters=("c",), after=(), why="x", jobs=tuple(job.id for job in jobs))
    [found] = with_switches([wave], v.inventory(*jobs, ledger=tuple(rows) or (row("etc/crontab"),)))
    return found


def test_lines_come_by_file_and_host():
    """Copies on other hosts are switched off there, too; the digest is the file's, the user a user crontab's."""
    copied = v.job("a", 3, replicas=(Replica("etl2", Origin("etl2/tab", 7)),))
    own = v.job("b", 1, origin=Origin("spool/ann", 1), source="crontab", user="ann")
    wave = switched(
        copied, own, rows=[row("etc/crontab"), row("etl2/tab", digest="d2"), row("spool/ann", "crontab", "d3")]
    )
    found = [(tab.path, tab.host, tab.user, tab.digest, [(s.line, s.job) for s in tab.lines]) for tab in wave.tabs]
    assert found == [
        ("etc/crontab", "etl1", None, "d1", [(3, "a")]),
        ("etl2/tab", "etl2", None, "d2", [(7, "a")]),
        ("spool/ann", "etl1", "ann", "d3", [(1, "b")]),
    ]


def test_a_script_of_a_periodic_folder_has_no_digest():
    """The ledger knows the folder, not the file: the format is the job's own."""
    member = v.job("x", 0, origin=Origin("etc/cron.daily/x", 0), source="periodic")
    [tab] = switched(member, rows=[row("etc/cron.daily", "periodic", None)]).tabs
    assert (tab.path, tab.format, tab.digest, tab.lines[0].line) == ("etc/cron.daily/x", "periodic", None, 0)


def test_rules_are_shared_by_jobs_of_one_schedule():
    """The worst first: what is always busy, what is tight, what has no clock, what is quiet."""
    jobs = [
        v.job("quiet-1", 1),
        v.job("quiet-2", 2),
        v.job("boot", 3, schedule=v.REBOOT),
        v.job("busy", 4, schedule=v.schedule("* * * * *")),
        v.job("tight", 5, schedule=v.schedule("*/5 * * * *")),
    ]
    found = [(rule.kind, rule.jobs) for rule in switched(*jobs).minutes]
    assert found == [
        ("busy", ("busy",)),
        ("tight", ("tight",)),
        ("clockless", ("boot",)),
        ("quiet", ("quiet-1", "quiet-2")),
    ]


def test_quiet_times_are_those_of_all_jobs_of_a_host():
    """06:15 and 18:00 leave the night; what runs all the time is named and not counted; UTC has no clock changes."""
    jobs = [
        v.job("a", 1, schedule=v.schedule("15 6 * * *", timezone="Europe/Riga")),
        v.job("b", 2, schedule=v.schedule("0 18 * * 1", timezone="Europe/Riga")),
        v.job("c", 3, schedule=v.schedule("* * * * *", timezone="Europe/Riga")),
        v.job("d", 4, host="far", schedule=v.schedule("0 1 * * *", timezone="UTC")),
        v.job("e", 5, host="odd"),
        v.job("f", 6, host="none", schedule=v.REBOOT),
    ]
    jobs[4] = replace(jobs[4], schedule=v.schedule("0 1 * * *"))
    quiet = {found.host: found for found in switched(*jobs).quiet}
    assert set(quiet) == {"etl1", "far", "odd"}
    near = quiet["etl1"]
    assert (near.begin, near.end, near.jobs, near.busy, near.clock_changes) == ("18:01", "06:13", 2, ("c",), True)
    assert not quiet["far"].clock_changes
    assert (quiet["odd"].timezone, quiet["odd"].clock_changes) == (None, True)


def test_jobs_that_never_pause_together():
    """Each pauses for an hour or so, all together never: there is no time, and that is said."""
    jobs = [v.job(f"j{n}", n + 1, schedule=v.schedule(f"{n} * * * *", timezone="UTC")) for n in range(0, 60, 2)]
    [quiet] = switched(*jobs).quiet
    assert (quiet.pauses, quiet.begin, quiet.jobs) == (False, "", 30)
    alone = Schedule(ScheduleKind.EVENT, "s3://b/", Dialect.DEBIAN)
    assert switched(v.job("x", schedule=alone)).quiet == ()
