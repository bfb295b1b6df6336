"""What is advised on in a fleet: no cluster pays for the size of all, and what was looked at once is kept."""

from dataclasses import replace

from migrator.advice.bills import workload_of
from migrator.advice.regrouping import regrouped
from migrator.graph.timing import Clock
from tests.advice.build import case, clock, depends, facts, job, settings


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
