"""What is advised on in a fleet: no cluster pays for the size of all, and what was looked at once is kept."""

from dataclasses import replace
from itertools import combinations, pairwise, product

import pytest

from migrator import clusters, workflows
from migrator.advice import Case
from migrator.advice.bills import workload_of
from migrator.advice.regrouping import group_of, regrouped
from migrator.advice.shape import shape_of
from migrator.commands.facts import Trait
from migrator.graph.timing import Clock
from migrator.graph.types import JobGraph, Lag
from migrator.model import Declared, Inactive, ScheduleKind
from tests.advice.build import case, clock, depends, facts, job, settings, started_by, step


class OnlyAsked(dict):
    """A fleet's proofs, too many to go through for one cluster."""

    def __iter__(self):
        """Nobody may."""
        raise AssertionError

    items = keys = values = __iter__


def chain():
    """Make three jobs, each needing the one before."""
    jobs = [job(name, clock(f"0 {hour} * * *"), f"/opt/{name}") for hour, name in enumerate("abc", 1)]
    ties = [depends(jobs[0], jobs[1]), depends(jobs[1], jobs[2])]
    return case(*((one, facts(one)) for one in jobs), ties=ties)


def test_a_cluster_is_measured_by_its_own_proofs():
    """The bill of one cluster never looks at the other jobs of the fleet."""
    of = chain()
    assert workload_of(replace(of, proofs=OnlyAsked(of.proofs)), settings()) == workload_of(of, settings())


def test_a_part_that_several_trials_give_is_looked_at_once():
    """Denied alone or together with the other, a tie leaves the same parts of a chain."""
    of, known = chain(), {}
    first, second = of.cluster.dependencies

    def groups(*denied):
        found = regrouped([of], denied, settings(), Clock(), known)
        return {one.jobs: one for one in found}

    head, tail, all_parted = groups(first), groups(second), groups(first, second)
    assert sorted(map(len, head)) == sorted(map(len, tail)) == [1, 2]
    assert all_parted[("a",)] is head[("a",)]
    assert all_parted[("c",)] is tail[("c",)]
    assert all_parted[("b",)].shape.units == 1
    assert len(known) == 5
    assert regrouped([of], [first], settings(), Clock(), {}) == tuple(head.values())


LINES = {
    "alike": [{}, {}, {}],
    "other hours": [
        {"schedule": clock("0 1 * * *")},
        {"schedule": clock("0 2 * * *")},
        {"schedule": clock("0 1 * * *")},
    ],
    "an event": [{"schedule": started_by(ScheduleKind.EVENT)}, {"schedule": started_by(ScheduleKind.UPSTREAM)}, {}],
    "retries": [{}, {"declared": Declared(retries=2)}, {}],
    "asleep": [{}, {"inactive": Inactive("bad-line", "no")}, {}],
    "tied to the host": [{}, {"traits": [Trait.NEEDS_HOST]}, {"traits": [Trait.DAEMON]}],
    "several units": [{}, {"steps": [step("x"), step("y")]}, {"steps": [step("z")]}],
    "owners": [{"owner": "one"}, {"owner": "two"}, {}],
}


def line_of_jobs(more, lags):
    """Make jobs, each needing the one before."""
    made = []
    for name, said in zip("abc", more, strict=True):
        said = dict(said)
        traits, steps = said.pop("traits", ()), said.pop("steps", ())
        one = job(name, said.pop("schedule", None), f"/opt/{name}", **said)
        made.append((one, facts(one, steps, None, traits)))
    ties = [depends(up[0], down[0], lag) for (up, down), lag in zip(pairwise(made), lags, strict=True)]
    return case(*made, ties=ties)


def as_whole(of, ties):
    """Group the jobs again by way of all that the plan makes of a cluster."""
    jobs, table = {one.id: one for one in of.jobs}, dict(of.facts)
    for cluster in clusters.group(of.jobs, table, JobGraph(tuple(ties))):
        flows = workflows.build(cluster, jobs, table)
        whole = Case(cluster, tuple(jobs[name] for name in cluster.jobs), table, flows)
        yield group_of(whole, shape_of(whole, settings()))


@pytest.mark.parametrize("said", LINES.values(), ids=LINES)
def test_parts_are_seen_as_whole_clusters_would_be(said):
    """A few jobs of one unit each get the same place without workflows as with them."""
    for lags in product((Lag.NONE, Lag.PREVIOUS_RUN), repeat=2):
        of = line_of_jobs(said, lags)
        ties = of.cluster.dependencies
        for count in (0, 1, 2):
            for denied in combinations(ties, count):
                found = regrouped([of], denied, settings(), Clock(), {})
                whole = list(as_whole(of, [tie for tie in ties if tie not in denied]))
                assert [(one.jobs, one.band, one.shape.units, one.shape.owners) for one in found] == [
                    (one.jobs, one.band, one.shape.units, one.shape.owners) for one in whole
                ]
