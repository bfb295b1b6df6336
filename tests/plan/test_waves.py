"""The order of the move."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.advice.types import RunsOn
from migrator.model import Target
from migrator.plan.wave_groups import groups_of
from migrator.plan.waves import MANY, MOST_IN_WAVE, risk_of, waves_of
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


def test_what_has_work_left_is_no_pilot():
    """A script that nobody has read is found out about before it moves, not by moving it first."""
    clusters = [lone(f"job-{number}") for number in range(9)]
    jobs = [job(f"job-{number}", effort="medium" if number < 6 else "small") for number in range(9)]
    first, *_ = waves_of(clusters, jobs, ())
    assert first.clusters == ("c-job-6", "c-job-7", "c-job-8")


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


def test_a_wave_has_one_risky_cluster_at_most():
    """Three chains take three waves, the easy ones beside them take none of their own; the page names risk and why."""
    clusters = [cluster(f"chain-{n}", [f"{n}a", f"{n}b"], Target.STEP_FUNCTIONS, 1) for n in range(3)]
    clusters.append(lone("single", recommendation=recommendation(Target.STEP_FUNCTIONS)))
    jobs = [job(name) for one in clusters for name in one.jobs]
    found = waves_of(clusters, jobs, ())
    assert [wave.clusters for wave in found] == [("c-chain-0", "c-single"), ("c-chain-1",), ("c-chain-2",)]
    assert [wave.risky for wave in found] == ["c-chain-0", "c-chain-1", "c-chain-2"]
    assert "2 jobs depend on each other" in found[0].risk


def chains(count, shape=lambda number: "alike"):
    """Make many clusters of two jobs each."""
    made = (cluster(f"s{n:03}", [f"a{n:03}", f"b{n:03}"], Target.STEP_FUNCTIONS) for n in range(count))
    return [one.model_copy(update={"shape": shape(number)}) for number, one in enumerate(made)]


def test_in_a_fleet_a_risk_is_tried_once_for_each_shape():
    """One chain moves by itself; those that are like it follow together, after that wave."""
    clusters = chains(MANY + 1, shape=lambda number: "odd" if number == 7 else "alike")
    jobs = [job(name) for one in clusters for name in one.jobs]
    found = waves_of(clusters, jobs, ())
    risky = [wave for wave in found if wave.risky]
    assert [wave.risky for wave in risky] == ["c-s000", "c-s007"]
    [first] = [wave.number for wave in found if wave.risky == "c-s000"]
    alike = [wave for wave in found if set(wave.clusters) - {"c-s000", "c-s007"}]
    assert all(first in wave.after and wave.number > first for wave in alike)
    assert len(found) == 1 + MANY // MOST_IN_WAVE
    assert sorted(name for wave in found for name in wave.clusters) == [one.id for one in clusters]


def test_among_few_clusters_every_risk_has_a_wave_of_its_own():
    """However alike they are."""
    clusters = chains(20)
    jobs = [job(name) for one in clusters for name in one.jobs]
    assert [len(wave.clusters) for wave in waves_of(clusters, jobs, ())] == [1] * 20


def test_what_makes_a_cluster_risky():
    """An open target, a ring, a chain, a large move; a plain job is none of it."""

    def risk(one, **changes):
        return risk_of(one, {name: job(name, **changes) for name in one.jobs})

    assert risk(lone("a", recommendation=recommendation(Target.EVENTBRIDGE, undecided="?"))) == "its target is open"
    assert risk(lone("a").model_copy(update={"cyclic": True})) == "its jobs depend on each other in a ring"
    assert risk(lone("a"), effort="large") == "its move is large"
    assert risk(lone("a"), effort="medium") is None
    chain = cluster("x", ["a", "b"], Target.STEP_FUNCTIONS, 1)
    assert risk(chain) == "2 jobs depend on each other: a fault of one stops others"
    assert risk_of(chain, {"a": job("a"), "b": job("b", active=False)}) is None
    alike = chain.model_copy(update={"metrics": chain.metrics.model_copy(update={"dependencies": 0})})
    assert risk(alike) == "its 2 jobs are alike: a fault of the move meets all of them"


def test_a_possible_upstream_moves_a_wave_earlier():
    """One side at a time is new: three jobs that may need each other take three waves."""
    clusters = [lone("c"), lone("b"), lone("a")]
    assert waves(clusters, [tied("a", "b", "doubtful"), tied("b", "c", "doubtful")]) == [["a"], ["b"], ["c"]]
    assert waves(clusters, [tied("a", "b", "doubtful"), tied("b", "a", "doubtful")]) == [["c"], ["b", "a"]]


def test_what_only_waits_is_called_so():
    """A lone job after an open cluster is not open itself."""
    undecided = recommendation(Target.EVENTBRIDGE, undecided="who knows")
    clusters = [lone("open", recommendation=undecided), lone("after")]
    jobs = [job(name) for one in clusters for name in one.jobs]
    found = waves_of(clusters, jobs, [tied("open", "after", "doubtful")])
    assert [wave.clusters for wave in found] == [("c-open",), ("c-after",)]
    assert "still open" in found[0].why
    assert "must wait for an earlier wave" in found[1].why


def test_jobs_that_stay_are_left_out_of_their_clusters_wave():
    """Tied to the host, or not run by cron: the wave switches off the others only."""
    one = cluster("mixed", ["go", "stay", "idle"], Target.STEP_FUNCTIONS)
    jobs = [job("go"), job("stay", runs_on=RunsOn.CRON), job("idle", active=False)]
    [wave] = waves_of([one], jobs, ())
    assert wave.jobs == ("go",)
    assert wave.risky is None
    assert waves_of([one], [job("go", runs_on=RunsOn.UPKEEP), *jobs[1:]], ()) == ()


def test_a_wave_stays_small_enough_to_watch():
    """A hundred and twenty easy jobs: five try the way, the others come in fifties, a host at a time."""
    clusters = [lone(f"j{number:03}") for number in range(120)]
    jobs = [job(one.jobs[0], host=f"h{number % 2}") for number, one in enumerate(clusters)]
    found = waves_of(clusters, jobs, ())
    assert [len(wave.clusters) for wave in found] == [5, 50, 50, 15]
    hosts = {one.id: number % 2 for number, one in enumerate(clusters)}
    assert {hosts[name] for name in found[1].clusters} == {0}


@settings(max_examples=60)
@given(st.data())
def test_upstream_before_downstream_and_one_risk_a_wave(data):
    """Whatever the ties: a possible upstream is earlier unless a ring or lock joins both, and risks stand alone."""
    sizes = data.draw(st.lists(st.integers(1, 2), min_size=1, max_size=10))
    clusters = [
        cluster(f"k{n}", [f"k{n}-{m}" for m in range(size)], Target.STEP_FUNCTIONS) for n, size in enumerate(sizes)
    ]
    firsts = [one.jobs[0] for one in clusters]
    pairs = st.tuples(st.sampled_from(firsts), st.sampled_from(firsts), st.sampled_from(["backup", "doubtful"]))
    relations = [tied(*pair) for pair in data.draw(st.lists(pairs, max_size=12))]
    found = waves_of(clusters, [job(name) for one in clusters for name in one.jobs], relations)
    at = {name: wave.number for wave in found for one in clusters if one.id in wave.clusters for name in one.jobs}
    groups = groups_of(clusters, relations)
    home = {name: group for group, found in groups.members.items() for one in found for name in one.jobs}
    for tie in relations:
        if home[tie.upstream] != home[tie.downstream]:
            assert at[tie.upstream] + (tie.kind == "doubtful") <= at[tie.downstream]
    for wave in found:
        risky = {home[one.jobs[0]] for one in clusters if one.id in wave.clusters and len(one.jobs) > 1}
        assert len(risky) <= 1
