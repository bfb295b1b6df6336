"""Whether the move pays for itself."""

from decimal import Decimal

import pytest

from migrator.advice.types import Payback, RunsOn, Verdict
from migrator.commands.facts import Trait
from migrator.model import Inactive, Origin, Range, Replica
from tests.advice.build import asked, case, clock, facts, fan, job, lone, step

HOURS = {"small": 2, "medium": 5, "large": 20}
AWAY = {"compute": "ecs"}
CALLS = [step("start", service="glue")]


def payback(*cases, **tables: object) -> Payback:
    """Give the payback of all cases together."""
    found = asked(*cases, **tables).payback
    assert found is not None
    return found


def whys(found: Payback) -> str:
    """Join what is said."""
    return "; ".join(found.why)


def test_a_schedule_that_moves_saves_nothing():
    """Cron is free and the command goes on running on its host: said plainly, hours or no hours."""
    found = payback(lone())
    assert found.verdict is Verdict.SAVES_NOTHING
    assert found.saving is not None
    assert found.saving.high <= 0
    assert (found.hours, found.cost, found.months) == (None, None, None)
    assert "no host becomes free" in whys(found)
    assert "team.effort_hours" in whys(found)
    paid = payback(lone(), team={"effort_hours": HOURS, "hourly_cost": 90})
    assert (paid.hours, paid.cost, paid.months) == (
        Range(Decimal(2), Decimal(2)),
        Range(Decimal(180), Decimal(180)),
        None,
    )


def test_hours_without_their_cost_are_hours():
    """Two hours are known, what they cost is not."""
    found = payback(lone(), team={"effort_hours": HOURS})
    assert (found.hours, found.cost) == (Range(Decimal(2), Decimal(2)), None)
    assert "team.hourly_cost" in whys(found)


def test_a_size_without_hours_leaves_the_whole_unknown():
    """No figure is made up for the medium job."""
    units = lone("b", steps=[step("x"), step("y")], units=None, cluster="c2")
    found = payback(lone(), units, team={"effort_hours": {"small": 2}, "hourly_cost": 90})
    assert (found.sizes, found.hours, found.cost) == ((("small", 1), ("medium", 1)), None, None)
    assert "a medium move" in whys(found)


def test_an_emptied_host_pays_back():
    """All it did was to call Glue: its 140 a month are saved, and the hours come back in a month or two."""
    team = {"effort_hours": HOURS, "hourly_cost": 100}
    found = payback(lone(steps=CALLS), team=team, host_costs={"etl1": 140})
    assert found.verdict is Verdict.PAYS_BACK
    assert found.saving is not None
    assert found.saving.low > 130
    assert found.months is not None
    assert Decimal(1) < found.months.low <= found.months.high < Decimal(2)
    assert "etl1 can go" in whys(found)


def test_a_job_that_the_settings_ignore_keeps_its_host():
    """Cron goes on running it, so nothing is saved by what leaves."""
    cases = [lone(steps=CALLS), lone("b", cluster="c2", inactive=Inactive("ignored", "as the settings say"))]
    assert "etl1 can go" not in whys(payback(*cases, team={"hourly_cost": 100}, host_costs={"etl1": 140}))


def test_a_host_whose_cost_nobody_stated_leaves_it_unknown():
    """It may save anything: the setting is named."""
    found = payback(lone(steps=CALLS))
    assert (found.verdict, found.saving, found.months) == (Verdict.UNKNOWN, None, None)
    assert "etl1 could go; set host_costs" in whys(found)


def test_upkeep_that_nobody_stated_is_not_zero():
    """An Airflow of one's own takes hours: without them the saving is unknown, and surely none."""
    found = payback(fan(8), team={"engineers": 2})
    assert found.saving is None
    assert found.verdict is Verdict.SAVES_NOTHING
    assert "the upkeep of Airflow on EC2 takes is not stated" in whys(found)
    hours = {"self_hosted": 10, "managed": 9}
    known = payback(fan(8), team={"engineers": 2, "hourly_cost": 50, "upkeep_hours": hours})
    assert known.saving is not None
    assert known.saving.high <= -500 - 30
    exists = payback(fan(8), team={"engineers": 2, "existing": "airflow"})
    assert "upkeep" not in whys(exists)


def test_nothing_moves_nothing_to_pay():
    """Where all stays there is no payback at all."""
    assert asked(lone(traits=[Trait.DAEMON])).payback is None


def test_unknown_bills_leave_the_saving_unknown():
    """ECS without durations has no price: still no zero, and surely no saving."""
    found = payback(lone(), aws=AWAY, host_costs={"etl1": 5})
    assert found.saving is None
    assert found.verdict is Verdict.UNKNOWN
    assert "bill of 1 cluster is not known" in whys(found)


def test_placements():
    """By default a command stays on its host; what it becomes, and what ties it, decides otherwise."""

    def placed(of, **tables: object) -> RunsOn:
        return asked(of, **tables).recommendations[0].placements[0].runs_on

    assert placed(lone()) is RunsOn.HOST
    assert placed(lone(), aws=AWAY) is RunsOn.AWS
    assert placed(lone(steps=CALLS)) is RunsOn.AWS
    assert placed(lone(traits=[Trait.HOST_MAINTENANCE])) is RunsOn.UPKEEP
    assert placed(lone(traits=[Trait.DAEMON])) is RunsOn.CRON


def test_a_manifest_that_names_no_host_has_none_to_free():
    """Calls that no file places anywhere leave nothing to switch off, and nothing to ask about."""
    found = asked(lone(steps=CALLS, host=None, source="manifest"))
    assert found.payback is not None
    assert "none is named" in whys(found.payback)
    assert "hosts" not in {question.id for question in found.questions}
    assert "hosts" in {question.id for question in asked(lone(steps=CALLS, host=None)).questions}


@pytest.mark.parametrize(
    ("of", "tables", "words"),
    [
        (lone(), {"aws": AWAY}, "a container runs, as a task of ECS"),
        (lone(), {"aws": AWAY, "targets": {"a": "airflow"}}, "a DAG does not follow that"),
        (lone(), {"aws": {"compute": "lambda"}}, "a function of Lambda runs no command"),
        (lone(stdin="x"), {"aws": AWAY}, "gets no standard input"),
        (lone(replicas=(Replica("etl2", Origin("etl2/tab", 1)),)), {"aws": AWAY}, "each of 2 hosts runs it"),
        (lone(schedule=clock("0 4 */2 * 1", "UTC")), {"aws": AWAY}, "Scheduler cannot ask for the day"),
        (lone(steps=CALLS), {"aws": AWAY, "targets": {"a": "airflow"}}, "calls of cloud services only"),
    ],
)
def test_a_placement_is_that_of_the_written_files(of, tables: dict[str, object], words: str):
    """What is asked for is followed where the files can follow it; else the reason stands beside it."""
    [found] = asked(of, **tables).recommendations[0].placements
    assert words in found.why
    assert (found.runs_on is RunsOn.HOST) == ("settings ask for" in found.why)


def test_a_tied_job_of_a_moving_cluster_stays():
    """The daemon among two jobs keeps its line in the crontab: no effort, no hazards of the target."""
    one, other = job("a"), job("b")
    of = case((one, facts(one)), (other, facts(other, traits=[Trait.DAEMON])))
    found = asked(of).recommendations[0]
    assert {placed.job: placed.runs_on for placed in found.placements} == {"a": RunsOn.HOST, "b": RunsOn.CRON}
    assert {effort.job: effort.size for effort in found.efforts} == {"a": "small", "b": "none"}


def test_a_call_that_each_of_several_hosts_makes_keeps_them():
    """Which of etl1 and etl2 were to make it then? Only etl3, whose call is its own, becomes free."""
    copied = lone(steps=CALLS, replicas=(Replica("etl2", Origin("etl2/tab", 1)),))
    other = lone("b", steps=CALLS, host="etl3", cluster="c2")
    found = payback(copied, other, host_costs={"etl1": 50, "etl2": 50, "etl3": 50})
    assert "etl3 can go" in whys(found)
    assert "etl1" not in whys(found)
    assert "etl2" not in whys(found)
