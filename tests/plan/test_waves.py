"""The order of the move."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import Target
from migrator.plan.waves import waves_of
from tests.report.plans import cluster, hazard, job, recommendation, tied


def waves(clusters, relations=(), inactive=()):
    """Give the clusters of each wave, by their titles."""
    jobs = [job(name, active=name not in inactive) for one in clusters for name in one.jobs]
    return [[name.removeprefix("c-") for name in wave.clusters] for wave in waves_of(clusters, jobs, relations)]


def lone(name, **changes):
    """Make a cluster of one job."""
    return cluster(name, [name], **changes)


def test_what_stays_and_what_does_not_run_is_in_no_wave():
    """Only active jobs that leave their host move."""
    assert waves([lone("a"), cluster("b", ["b"], Target.RETAIN), lone("c")], inactive=["c"]) == [["a"]]


def test_the_easy_go_before_chains_and_chains_before_airflow():
    """Risk orders the waves, and what is open comes last."""
    undecided = recommendation(Target.EVENTBRIDGE, undecided="who knows")
    clusters = [
        cluster("dag", ["d1", "d2"], Target.AIRFLOW),
        cluster("chain", ["s1", "s2"], Target.STEP_FUNCTIONS),
        lone("risky", hazards=(hazard("risky"),)),
        lone("easy"),
        lone("open", recommendation=undecided),
    ]
    assert waves(clusters) == [["easy"], ["risky"], ["chain"], ["dag"], ["open"]]


def test_a_few_of_the_easiest_are_a_pilot_that_all_others_wait_for():
    """Five of many go first; every later wave comes after them."""
    clusters = [lone(f"job-{number}") for number in range(9)] + [cluster("chain", ["x", "y"], Target.STEP_FUNCTIONS)]
    jobs = [job(name) for one in clusters for name in one.jobs]
    found = waves_of(clusters, jobs, ())
    assert [len(wave.clusters) for wave in found] == [5, 4, 1]
    assert [wave.after for wave in found] == [(), (1,), (1,)]


def test_clusters_that_share_a_lock_move_together():
    """The lonely holder waits for the chain that takes the same lock."""
    clusters = [lone("backup"), cluster("chain", ["x", "y"], Target.STEP_FUNCTIONS), lone("free")]
    assert waves(clusters, [tied("backup", "x", "lock")]) == [["free"], ["backup", "chain"]]


def test_what_watches_moves_with_or_after_what_it_watches():
    """The tie lifts the watcher, not the watched; the later wave names the earlier one."""
    clusters = [lone("data", hazards=(hazard("data"),)), cluster("chain", ["x", "y"], Target.STEP_FUNCTIONS)]
    jobs = [job(name) for one in clusters for name in one.jobs]
    found = waves_of(clusters, jobs, [tied("data", "x", "backup")])
    assert [wave.clusters for wave in found] == [("c-data",), ("c-chain",)]
    assert found[1].after == (1,)
    assert waves(clusters, [tied("x", "data", "backup")]) == [["data", "chain"]]


def test_hubs_and_ties_to_what_stays_change_nothing():
    """A folder that everybody touches is no tie, and what stays pulls nobody back."""
    clusters = [lone("a"), lone("b"), cluster("log", ["log"], Target.RETAIN)]
    assert waves(clusters, [tied("a", "b", "hub"), tied("a", "log", "lock")]) == [["a", "b"]]


@settings(max_examples=30)
@given(st.data())
def test_every_mover_is_in_one_wave_and_waits_for_earlier_ones_only(data):
    """Waves part the clusters that move, whatever ties them, rings too."""
    targets = data.draw(st.lists(st.sampled_from(list(Target)), max_size=12))
    clusters = [lone(f"j{number}", recommendation=recommendation(target)) for number, target in enumerate(targets)]
    names = [one.jobs[0] for one in clusters]
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names), st.sampled_from(["lock", "backup", "doubtful"]))
    relations = [tied(*pair) for pair in data.draw(st.lists(pairs, max_size=20))] if names else []
    found = waves_of(clusters, [job(name) for name in names], relations)
    placed = [name for wave in found for name in wave.clusters]
    assert sorted(placed) == sorted(one.id for one in clusters if one.recommendation.target is not Target.RETAIN)
    assert [wave.number for wave in found] == list(range(1, len(found) + 1))
    assert all(number < wave.number for wave in found for number in wave.after)


def test_a_long_chain_of_locks_takes_no_quadratic_time():
    """Fifteen hundred clusters in a row settle at once."""
    clusters = [lone(f"j{number}") for number in range(1500)]
    clusters.append(cluster("dag", ["dag"], Target.AIRFLOW))
    names = [one.jobs[0] for one in clusters]
    relations = [tied(one, other) for one, other in pairwise(names)]
    assert [len(wave) for wave in waves(clusters, relations)] == [1501]
