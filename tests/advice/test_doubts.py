"""Ties that a person should decide on, and what the other answer would change."""

from collections.abc import Sequence

from migrator import clusters, workflows
from migrator.advice import Case, Doubt, advise
from migrator.costs import packaged_prices
from migrator.graph.types import JobGraph, Relation
from migrator.settings import Settings
from tests.graph.world import World


def doubts(world: World, **settings: object) -> Sequence[Doubt]:
    """Give the doubtful ties of a world."""
    graph = world.graph(**settings)
    by_id = {job.id: job for job in world.jobs}
    groups = clusters.group(world.jobs, world.facts, graph)
    cases = [
        Case(
            group,
            tuple(by_id[job] for job in group.jobs),
            world.facts,
            workflows.build(group, by_id, world.facts),
            _of(group.jobs, graph),
        )
        for group in groups
    ]
    return advise(cases, Settings.model_validate(settings), packaged_prices()).doubts


def _of(jobs: Sequence[str], graph: JobGraph) -> tuple[Relation, ...]:
    return tuple(tie for tie in graph.relations if tie.upstream in jobs or tie.downstream in jobs)


def test_a_doubtful_tie_would_join_two_jobs():
    """Two lone schedules would become two steps in order, so the tie says what it would change."""
    world = World().add("w", "0 2 * * *", writes=["/d/x/orders-*"]).add("r", "0 3 * * *", reads=["/d/x/*-daily"])
    [doubt] = doubts(world)
    assert (doubt.tie.upstream, doubt.tie.downstream, doubt.taken) == ("w", "r", False)
    assert doubt.changes == "if it is real, 2 jobs go to Step Functions instead of EventBridge Scheduler"


def test_an_unsure_dependency_would_part_them():
    """What is taken for real with little to spare is asked the other way round."""
    world = World().add("w", "0 2 * * *", writes=["/d/x/y/*.csv"]).add("r", "0 3 * * *", reads=["/d/x/"])
    [doubt] = doubts(world)
    assert (doubt.taken, doubt.tie.confidence < 0.7) == (True, True)
    assert doubt.changes == "if it is not real, 2 jobs go to EventBridge Scheduler instead of Step Functions"


def test_what_changes_something_comes_first():
    """A surer tie inside a cluster that goes nowhere else is less urgent."""
    world = World().add("a", "0 1 * * *", writes=["/d/x/a.csv"])
    world.add("b", "0 2 * * *", reads=["/d/x/a.csv"], writes=["/d/x/b-*-c"])
    world.add("c", "0 3 * * *", reads=["/d/x/a.csv", "/d/x/*-b-c"])
    world.add("w", "0 2 * * *", writes=["/d/y/orders-*"]).add("r", "0 14 * * *", reads=["/d/y/*-daily"])
    found = doubts(world)
    assert [bool(doubt.changes) for doubt in found] == sorted((bool(doubt.changes) for doubt in found), reverse=True)
    assert found[0].tie.upstream == "w"


def test_silent_for_certain_ties_and_other_relations():
    """A full path, a declaration, a lock and a clean-up leave nothing to decide."""
    world = World().add("w", "0 2 * * *", writes=["/d/x/o.csv"], locks=["/run/l"])
    world.add("r", "0 3 * * *", reads=["/d/x/o.csv"], locks=["/run/l"]).add("d", "0 4 * * *", after=["r"])
    world.add("c", deletes=["/d/x/"])
    assert not doubts(world)


def test_silent_for_jobs_that_cron_does_not_run():
    """What never starts needs no decision on its order."""
    world = World().add("w", "0 2 * * *", writes=["/d/x/orders-*"], inactive=True)
    assert not doubts(world.add("r", "0 3 * * *", reads=["/d/x/*-daily"]))


def test_the_reviewers_word_ends_a_doubt():
    """Added or denied, it is doubtful no more."""
    world = World().add("w", "0 2 * * *", writes=["/d/x/orders-*"]).add("r", "0 3 * * *", reads=["/d/x/*-daily"])
    edge = [{"upstream": "w", "downstream": "r", "why": "seen"}]
    assert not doubts(world, dependencies={"add": edge})
    assert not doubts(world, dependencies={"deny": edge})
