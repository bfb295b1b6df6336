"""What hosts are still needed for."""

from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.advice.types import RunsOn
from migrator.plan.hosts import hosts_of
from migrator.plan.moving import WavePart
from tests.report.plans import cluster, job, replicas


def wave(number, *jobs):
    """Make a wave of jobs."""
    return WavePart(number=number, clusters=(), after=(), why="x", jobs=jobs)


def placed(name, where, host="h1", **changes):
    """Make a job with its place after the move."""
    return job(name, host=host, runs_on=where, runs_on_why=f"why {where}", **changes)


def test_counts_down_wave_by_wave():
    """Each wave takes its entries; what cron does not run is counted apart."""
    jobs = [placed(name, RunsOn.HOST) for name in "abc"] + [placed("d", RunsOn.CRON), job("e", host="h1", active=False)]
    clusters = [cluster(one.id, [one.id]) for one in jobs]
    [host] = hosts_of(clusters, jobs, [wave(1, "a"), wave(3, "b", "c")])
    assert (host.entries, host.inactive) == (4, 1)
    assert [(after.wave, after.left) for after in host.after] == [(1, 3), (3, 1)]


def test_a_command_that_stays_keeps_its_host():
    """Started by SSM it still runs there: the cluster would have to leave. What is the host's own upkeep need not."""
    jobs = [placed("a", RunsOn.HOST), placed("b", RunsOn.HOST), placed("c", RunsOn.CRON), placed("d", RunsOn.UPKEEP)]
    clusters = [cluster("ab", ["a", "b"]), cluster("c", ["c"]), cluster("d", ["d"])]
    [host] = hosts_of(clusters, jobs, [wave(1, "a", "b")])
    assert [(keep.runs_on, keep.jobs) for keep in host.keeps] == [
        (RunsOn.CRON, ("c",)),
        (RunsOn.HOST, ("a", "b")),
        (RunsOn.UPKEEP, ("d",)),
    ]
    assert host.moves == ("c-ab", "c-c")
    assert not host.emptied


def test_a_host_is_emptied_when_all_its_work_leaves():
    """Its own upkeep ends with it. A host that never had work that leaves is not called emptied."""
    away = [placed("a", RunsOn.AWS), placed("d", RunsOn.UPKEEP)]
    assert hosts_of([cluster(one.id, [one.id]) for one in away], away, [wave(1, "a")])[0].emptied
    own = [placed("d", RunsOn.UPKEEP)]
    assert not hosts_of([cluster("d", ["d"])], own, [])[0].emptied
    unknown = [placed("a", RunsOn.AWS), job("b", host="h1")]
    assert not hosts_of([cluster(one.id, [one.id]) for one in unknown], unknown, [])[0].emptied


def test_what_the_settings_ignore_keeps_its_host():
    """Cron goes on running it: the host is not empty when all else has left."""
    ignored = job("b", host="h1", active=False, inactive_kind="ignored", inactive_why="the settings say to ignore b")
    jobs = [placed("a", RunsOn.AWS), ignored]
    [host] = hosts_of([cluster(one.id, [one.id]) for one in jobs], jobs, [wave(1, "a")])
    assert (host.entries, host.inactive, [after.left for after in host.after]) == (2, 0, [1])
    assert [(keep.why, keep.jobs) for keep in host.keeps] == [("the settings say to ignore b", ("b",))]
    assert (host.moves, host.emptied) == (("c-b",), False)


def test_copies_count_on_their_hosts():
    """Two copies on one host are two entries; a host that nothing names comes first."""
    jobs = [placed("a", RunsOn.HOST, replicas=replicas("h2", "h2")), placed("b", RunsOn.AWS, host=None)]
    found = hosts_of([cluster(one.id, [one.id]) for one in jobs], jobs, [wave(1, "a", "b")])
    assert [(host.host, host.entries) for host in found] == [(None, 1), ("h1", 1), ("h2", 2)]
    assert [[after.left for after in host.after] for host in found] == [[0], [0], [0]]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(RunsOn), st.sampled_from(["h1", "h2"]), st.integers(1, 4), st.booleans()), max_size=12
    )
)
def test_every_active_entry_is_accounted_for(found):
    """On each host: left in the end are those of no wave, and every active job keeps the host or has left it."""
    jobs = [placed(f"j{n}", where, host, active=active) for n, (where, host, _, active) in enumerate(found)]
    waves = [
        wave(number, *(one.id for one, (*_, at, _) in zip(jobs, found, strict=True) if at == number))
        for number in (1, 2, 3)
    ]
    clusters = [cluster(one.id, [one.id]) for one in jobs]
    moved = {name for one in waves for name in one.jobs}
    for host in hosts_of(clusters, jobs, waves):
        here = [one for one in jobs if one.host == host.host and one.active]
        assert host.entries == len(here)
        left = host.after[-1].left if host.after else host.entries
        assert left == sum(one.id not in moved for one in here)
        kept = {name for keep in host.keeps for name in keep.jobs}
        assert kept == {one.id for one in here if one.runs_on is not RunsOn.AWS}
        assert host.emptied == (bool(here) and not host.moves and any(one.runs_on is RunsOn.AWS for one in here))
