"""Clusters and their metrics."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.clusters import Cluster, group
from migrator.model import Range
from tests.graph.world import World, step


def clusters(world: World, **more: object) -> list[Cluster]:
    """Build the graph and group it."""
    return list(group(world.jobs, world.facts, world.graph(**more)))


def test_a_lone_job_is_a_cluster_of_one_with_its_own_id():
    """No tie, no company."""
    [cluster] = clusters(World().add("backup", title="Nightly backup"))
    assert (cluster.id, cluster.title, cluster.jobs) == ("backup", "Nightly backup", ("backup",))
    metrics = cluster.metrics
    assert (metrics.jobs, metrics.steps, metrics.units, metrics.dependencies) == (1, 1, 1, 0)
    assert (metrics.depth, metrics.width, metrics.fan_in, metrics.fan_out) == (1, 1, 0, 0)
    assert metrics.runs_per_month == Range(Decimal("30.436875"), Decimal("30.436875"))


def test_dependencies_join_whatever_their_lag_and_relations_do_not():
    """The weekly list feeds the daily job; a shared lock joins nobody."""
    world = World().add("list", "0 3 * * 0", writes=["/d/x/l.csv"]).add("use", reads=["/d/x/l.csv"], locks=["/run/l"])
    found = clusters(world.add("other", locks=["/run/l"]))
    assert [cluster.jobs for cluster in found] == [("other",), ("list", "use")]
    assert found[1].title == "use and 1 more"


def test_a_cluster_is_named_by_the_end_of_its_chain():
    """The job that all others lead to; the better connected of equals."""
    world = World().add("a", "0 1 * * *", writes=["/d/x/a"]).add("b", "0 2 * * *", reads=["/d/x/a"], writes=["/d/x/b"])
    world.add("z", "0 3 * * *", reads=["/d/x/b"]).add("y", "0 3 * * *", reads=["/d/x/b", "/d/x/o"])
    [cluster] = clusters(world.add("o", "0 1 * * *", writes=["/d/x/o"]))
    assert cluster.id == "y"


def test_a_common_word_makes_the_title():
    """Titles that begin alike give the cluster theirs."""
    world = World().add("a", title="load-orders eu", after=[]).add("b", title="load-orders us", after=["a"])
    assert clusters(world)[0].title == "load-orders (2 jobs)"
    other = World().add("a", title="load").add("b", title="lock", after=["a"])
    assert clusters(other)[0].title == "lock and 1 more"


def test_metrics_of_a_diamond_leave_implied_edges_out():
    """Five edges, one implied: four dependencies, three levels, two wide."""
    world = World().add("a", branches=2).add("b", after=["a"]).add("c", after=["a"]).add("d", after=["a", "b", "c"])
    metrics = clusters(world)[0].metrics
    assert (metrics.jobs, metrics.dependencies, metrics.depth, metrics.width) == (4, 4, 3, 2)
    assert (metrics.fan_in, metrics.fan_out, metrics.branches) == (2, 2, 2)


def test_a_job_that_fans_out_by_itself_counts():
    """Three programs started beside each other in one job are its fan-out."""
    metrics = clusters(World().add("a", steps=(step("x"), step("y"), step("z")), units=(), fans=3))[0].metrics
    assert (metrics.steps, metrics.units, metrics.fan_out, metrics.fan_in) == (3, 0, 3, 3)


def test_a_cycle_is_measured_and_marked():
    """Two jobs against each other: both edges count, no level comes of them; a loop over the night is no cycle."""
    cluster = clusters(World().add("a", after=["b"]).add("b", after=["a"]).add("c", after=["b"]))[0]
    assert cluster.cyclic
    assert (cluster.metrics.dependencies, cluster.metrics.depth) == (3, 2)
    loop = World().add("a", "0 1 * * *", reads=["/d/x/b"], writes=["/d/x/a"])
    [cluster] = clusters(loop.add("b", "0 2 * * *", reads=["/d/x/a"], writes=["/d/x/b"]))
    assert not cluster.cyclic
    assert (cluster.metrics.dependencies, cluster.metrics.depth) == (2, 2)


def test_runs_are_the_sum_of_what_is_active():
    """A daily and an hourly job; an inactive one runs never; an event is not known."""
    world = (
        World()
        .add("a", "0 0 * * *")
        .add("b", "0 * * * *", after=["a"])
        .add("c", "* * * * *", after=["a"], inactive=True)
    )
    assert clusters(world)[0].metrics.runs_per_month == Range(Decimal("760.921875"), Decimal("760.921875"))
    assert clusters(World().add("x", inactive=True))[0].metrics.runs_per_month == Range(Decimal(0), Decimal(0))
    assert clusters(World().add("x", "s3://b/k/"))[0].metrics.runs_per_month is None
    assert clusters(World().add("x", "@reboot"))[0].metrics.runs_per_month is None
    assert clusters(World().add("x", "after"))[0].metrics.runs_per_month is None
    anacron = clusters(World().add("x", "anacron 7 5"))[0].metrics.runs_per_month
    assert anacron == Range(Decimal(0), Decimal("4.35"))


def test_a_job_without_a_time_runs_with_what_it_depends_on():
    """Started by its upstreams: as often as the rarest."""
    world = World().add("day", "0 0 * * *").add("hour", "0 * * * *").add("sum", "after", after=["day", "hour"])
    runs = clusters(world.add("end", "after", after=["sum"]))[0].metrics.runs_per_month
    assert runs == Range(Decimal("821.795625"), Decimal("821.795625"))


def test_facts_may_be_missing():
    """A job without facts is counted as a job."""
    world = World().add("a")
    world.facts.clear()
    assert clusters(world)[0].metrics.steps == 0


PLACES = st.sampled_from(["/d/x/a", "/d/x/b", "/d/x/*", "/d/x/", "s3://b/k/a", "s3://b/k/", "table:s.t", "/e/y/c"])
JOBS = st.lists(
    st.tuples(
        st.sampled_from(["0 1 * * *", "0 2 * * *", "0 3 * * 0", "*/5 * * * *", "after", "@reboot"]),
        st.sets(PLACES, max_size=3),
        st.sets(PLACES, max_size=3),
        st.sampled_from([None, "h", "i"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=9,
)


def built(jobs, order) -> World:
    """Add the jobs in an order; ids do not depend on it."""
    world = World()
    for number in order:
        when, reads, writes, host, inactive = jobs[number]
        world.add(
            f"j{number}",
            when,
            reads=sorted(reads),
            writes=sorted(writes),
            host=host,
            inactive=inactive,
            path=f"{number}",
        )
    return world


@settings(max_examples=60, deadline=None)
@given(JOBS, st.randoms(use_true_random=False))
def test_clusters_partition_the_jobs_and_the_order_of_lines_changes_nothing(jobs, random):
    """Every job is in one cluster, clusters have unique ids, and a shuffled crontab gives the same."""
    numbers = list(range(len(jobs)))
    found = clusters(built(jobs, numbers))
    assert sorted(job for cluster in found for job in cluster.jobs) == sorted(f"j{n}" for n in numbers)
    assert len({cluster.id for cluster in found}) == len(found)
    assert all(cluster.id in cluster.jobs for cluster in found)
    random.shuffle(numbers)
    shape = [(c.id, c.title, c.jobs, c.metrics, c.cyclic) for c in found]
    assert [(c.id, c.title, c.jobs, c.metrics, c.cyclic) for c in clusters(built(jobs, numbers))] == shape


@settings(max_examples=60, deadline=None)
@given(JOBS)
def test_no_file_joins_two_hosts(jobs):
    """A dependency by file lies on one host."""
    world = built(jobs, range(len(jobs)))
    hosts = {job.id: job.host for job in world.jobs}
    for found in world.graph().dependencies:
        if found.kind.value == "file":
            assert hosts[found.upstream] == hosts[found.downstream]
