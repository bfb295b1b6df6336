"""Self-hosted Airflow or MWAA: what exists, measured money, team and budget, else what each value would give."""

from decimal import Decimal

import pytest

from migrator.advice.environments import Demand, decide_all
from migrator.advice.money import break_even_hours, price_gap, trade
from migrator.costs import mwaa
from migrator.model import Origin, Range, Replica, Target
from tests.advice.build import PRICES, answer, asked, changed, fan, line, lone, settings, step
from tests.advice.changes import with_change

SHORT_OF_MONEY = {"engineers": 2, "cost_sensitive": True}
SIX = {"engineers": 6}
MEASURED = {"engineers": 2, "hourly_cost": 120, "upkeep_hours": {"self_hosted": 12}}


@pytest.mark.parametrize(
    ("team", "target"),
    [
        (SHORT_OF_MONEY, Target.AIRFLOW),
        (SIX, Target.MWAA),
        (MEASURED, Target.MWAA),
        ({**MEASURED, "upkeep_hours": {"self_hosted": 12, "managed": 2}}, Target.MWAA),
        ({**MEASURED, "cost_sensitive": True}, Target.MWAA),
        ({**MEASURED, "existing": "airflow"}, Target.MWAA),
        ({"engineers": 6, "hourly_cost": 60, "upkeep_hours": {"self_hosted": 1}}, Target.AIRFLOW),
        ({"engineers": 6, "cost_sensitive": True}, Target.AIRFLOW),
        ({"engineers": 2}, Target.AIRFLOW),
        ({"engineers": 6, "existing": "airflow"}, Target.AIRFLOW),
        ({"engineers": 2, "cost_sensitive": True, "existing": "mwaa"}, Target.MWAA),
        ({"engineers": 2, "upkeep_hours": {"self_hosted": 12}}, Target.MWAA),
    ],
)
def test_dag_of_25_jobs(team: dict[str, object], target: Target):
    """The guide's different answers for one DAG, by what is known of the team; none of them is open."""
    found = answer(fan(25), team=team)
    assert (found.target, found.undecided) == (target, None)


def test_nothing_stated_says_what_each_value_gives():
    """The target is the guide's by the number of jobs; the flips name both answers."""
    found = answer(fan(25))
    assert found.undecided is not None
    assert found.target is Target.MWAA
    for words in ("fewer than 3 engineers", "3 engineers or more", "$94–$178", "hours"):
        assert words in found.undecided
    by_key = {(flip.key, flip.value): flip.to for flip in found.flips}
    assert by_key["team.engineers", "2"] is Target.AIRFLOW
    assert by_key["team.engineers", "3"] is Target.MWAA
    assert by_key["team.cost_sensitive", "true"] is Target.AIRFLOW
    assert {to for (key, _), to in by_key.items() if key == "team.upkeep_hours.self_hosted"} == {
        Target.AIRFLOW,
        Target.MWAA,
    }


def test_flips_come_true():
    """Every flip's value, put into the settings, gives the target that it names."""
    for team in ({}, SHORT_OF_MONEY, SIX, MEASURED, {**SIX, "existing": "mwaa"}, {**MEASURED, "existing": "airflow"}):
        flips = answer(fan(25), team=team).flips
        assert flips
        for flip in flips:
            found = answer(fan(25), **with_change({"team": team}, flip.key, flip.value))
            assert (found.target, found.undecided is not None) == (flip.to, flip.undecided), flip


def test_needs_flip_a_line_of_five():
    """A line of five goes to Airflow when backfills are needed."""
    found = answer(line(5), team={"engineers": 2})
    assert found.target is Target.STEP_FUNCTIONS
    assert ("team.needs", '["backfill"]', Target.AIRFLOW) in {(f.key, f.value, f.to) for f in found.flips}


def test_small_clusters_have_no_flips():
    """People, money and needs weigh nothing on one unit."""
    assert answer(lone()).flips == ()


@pytest.mark.parametrize("jobs", [5, 8, 19])
def test_between_five_and_nineteen_money_decides(jobs: int):
    """With three engineers and no hours the answer depends on the hours, and the guide's is to host it."""
    found = answer(fan(jobs), team={"engineers": 3, "hourly_cost": 90})
    assert found.target is Target.AIRFLOW
    assert found.undecided is not None
    assert "at $90 an hour" in found.undecided


def test_small_team_hosts_itself():
    """Under three engineers eight jobs are no question."""
    assert answer(fan(8), team={"engineers": 2}).undecided is None


def test_engineers_unknown_is_asked():
    """The question names what each value settles."""
    questions = {question.id: question for question in asked(fan(25)).questions}
    assert "Airflow on EC2 with fewer than 3 engineers; MWAA with 3 engineers or more" in questions["engineers"].settles
    assert "MWAA" in questions["engineers"].settles
    assert {"budget", "upkeep", "existing"} <= set(questions)


def test_nothing_is_asked_that_changes_nothing():
    """With all stated, and for small clusters, people and money are not asked about."""
    stated = {
        **MEASURED,
        "upkeep_hours": {"self_hosted": 12, "managed": 2},
        "cost_sensitive": False,
        "existing": "none",
    }
    assert not {q.id for q in asked(fan(25), team={**stated, "needs": []}).questions} & {
        "engineers",
        "budget",
        "upkeep",
        "existing",
        "hourly-cost",
        "needs",
    }
    assert not {q.id for q in asked(lone()).questions} & {"engineers", "budget", "upkeep", "existing", "needs"}


def test_open_money_asks_for_the_hour():
    """Two hours without a price of the hour overlap."""
    found = asked(fan(8), team={"engineers": 4, "upkeep_hours": {"self_hosted": 2, "managed": 0}})
    [recommendation] = found.recommendations
    assert recommendation.undecided is not None
    assert "overlap" in recommendation.undecided
    assert "hourly-cost" in {question.id for question in found.questions}
    assert "upkeep-left" not in {question.id for question in found.questions}


def test_open_money_asks_for_the_hours_that_remain():
    """Two measured hours at $90 are open until the hours under MWAA are known; nobody is asked for the two again."""
    found = asked(fan(8), team={"engineers": 4, "hourly_cost": 90, "upkeep_hours": {"self_hosted": 2}})
    assert found.recommendations[0].undecided is not None
    assert {"upkeep-left"} == {question.id for question in found.questions} & {"upkeep", "upkeep-left", "hourly-cost"}
    assert "if upkeep took no time" in {flip.when for flip in answer(fan(8), team=MEASURED).flips}


def test_six_dags_of_eight_jobs_are_one_managed_environment():
    """Counted are jobs over all clusters whose own band is Airflow."""
    found = asked(*(fan(8, name=f"c{n}") for n in range(6)), team={"engineers": 5})
    assert {item.target for item in found.recommendations} == {Target.MWAA}
    [environment] = found.environments
    assert (environment.jobs, environment.dags, len(environment.clusters)) == (48, 6, 6)
    bills = [e for item in found.recommendations for e in item.estimates if e.target is Target.MWAA]
    assert sum(bill.fixed.low for bill in bills if bill.fixed) == pytest.approx(Decimal("248.20"), abs=Decimal("0.01"))


def test_unrelated_jobs_and_replicas_are_not_counted():
    """Thirty lone jobs and a thousand replicas make no MWAA."""
    eight = changed(fan(8), replicas=tuple(Replica(f"h{n}", Origin("x", 1)) for n in range(1000)))
    loners = [lone(f"a{n}", cluster=f"z{n}") for n in range(30)]
    found = asked(eight, *loners, team={"engineers": 2})
    assert [item.target for item in found.recommendations] == [Target.AIRFLOW] + [Target.EVENTBRIDGE] * 30


def test_shared_environment_draws_nobody_in():
    """A chain of two stays on Step Functions beside an MWAA that is paid for."""
    found = asked(fan(25, name="big"), line(2, name="two"), team={"existing": "mwaa"})
    assert {item.cluster: item.target for item in found.recommendations} == {
        "big": Target.MWAA,
        "two": Target.STEP_FUNCTIONS,
    }


def test_existing_environment_costs_nothing_more():
    """The bill is paid already; the note tells of the 26th DAG."""
    found = answer(fan(8), team={"existing": "mwaa"})
    bill = next(e for e in found.estimates if e.target is Target.MWAA)
    assert bill.monthly == Range(Decimal(0), Decimal(0))
    assert any("26th DAG" in note and "$146 " in note for note in found.notes)
    hosted = answer(fan(8), team={"existing": "airflow"})
    assert any("runs already" in note for note in hosted.notes)


def test_cluster_that_needs_the_next_class_carries_the_step():
    """Twenty-four DAGs and one cluster with two schedules: the environment grows for the last one."""
    many = [fan(5, name=f"c{n:02}") for n in range(30)]
    found = asked(*many, team={"engineers": 5})
    [environment] = found.environments
    assert environment.estimate.lines[0].name == "MWAA environment mw1.small"


def test_isolation_groups_have_environments_of_their_own():
    """Owners that must not share pay two environments, and jobs are counted in each."""
    cases = [fan(22, name="a", owner="pay"), fan(22, name="b", owner="web")]
    found = asked(*cases, team={"engineers": 5}, isolation=[["pay"], ["web"]])
    assert [(e.target, e.name) for e in found.environments] == [(Target.MWAA, "pay"), (Target.MWAA, "web")]
    small = asked(*cases, team={"owners": {"pay": 2, "web": 4}}, isolation=[["pay"], ["web"]])
    assert {e.name: e.target for e in small.environments} == {"pay": Target.AIRFLOW, "web": Target.MWAA}


def test_isolated_environments_share_the_hours_and_not_the_price():
    """The measured hours are the team's: they are weighed once, against what all environments cost more."""
    cases = [fan(6, name="a", owner="pay"), fan(6, name="b", owner="web")]
    hours = {"self_hosted": 6, "managed": 3}
    team = {"engineers": 5, "hourly_cost": 60, "upkeep_hours": hours}
    whole, apart = asked(*cases, team=team), asked(*cases, team=team, isolation=[["pay"], ["web"]])
    assert [e.target for e in whole.environments] == [Target.MWAA]
    assert [e.target for e in apart.environments] == [Target.AIRFLOW, Target.AIRFLOW]
    assert "2 environments of MWAA cost" in apart.environments[0].why
    one, two = (next(a for a in found.alternatives if "MWAA" in a.name) for found in (whole, apart))
    assert "2 environments" in two.name
    assert two.estimate.monthly.low == 2 * next(e for e in whole.environments).estimate.monthly.low
    assert one.name != two.name


def test_what_runs_already_has_no_floor():
    """MWAA that is paid anyway is not refused for its price, and nobody's share of it is counted."""
    small = answer(line(2), team={"engineers": 4, "existing": "mwaa"})
    [why] = [one.why for one in small.rejected if one.target is Target.MWAA]
    assert "runs already" in why
    assert "floor" not in why
    large = answer(fan(6), team={"engineers": 4, "existing": "mwaa"})
    assert any("paid already" in reason.text for reason in large.reasons if reason.rule == "team-size")


def test_owners_count_as_engineers():
    """Engineers given by owner are the team where no total is given."""
    assert answer(fan(25), team={"owners": {"a": 2, "b": 2}}).target is Target.MWAA


def test_too_many_dags_for_a_known_price():
    """Above a thousand DAGs the price is unknown, and so is what depends on it."""
    assert mwaa.bill(1001, PRICES) is None
    assert price_gap(1001, PRICES) is None
    assert trade(settings(team=MEASURED), [1001], PRICES).verdict is None


def test_hour_that_costs_nothing():
    """Nothing is gained by saving it, and no hours turn the answer."""
    free = settings(team={"hourly_cost": 0, "upkeep_hours": {"self_hosted": 40}})
    assert trade(free, [1], PRICES).verdict is Target.AIRFLOW
    assert break_even_hours(free, Range(Decimal(90), Decimal(180))) is None
    assert answer(fan(25), team={"engineers": 6, "hourly_cost": 0}).target is Target.MWAA


def test_assumptions_are_said():
    """What rests on an assumption names it."""
    found = answer(fan(25), team={"engineers": 2, "upkeep_hours": {"self_hosted": 12}})
    text = next(reason.text for reason in found.reasons if reason.rule == "measured-upkeep")
    assert "$40–$200" in text
    assert "half of the hours" in text


def test_more_upkeep_under_mwaa_than_without():
    """A managed service that takes more hours than hosting saves nothing."""
    odd = {"engineers": 6, "hourly_cost": 100, "upkeep_hours": {"self_hosted": 1, "managed": 5}}
    assert answer(fan(25), team=odd).target is Target.AIRFLOW


def test_few_jobs_of_many_units_are_no_question():
    """One job of eight branching units goes to Airflow; it does not justify the managed baseline, whoever is there."""
    steps = [step(f"s{n}", branch=("if 1",)) for n in range(8)]
    of = lone(steps=steps, units=None, found={"fan_out": 2})
    found = answer(of, team={"engineers": 6})
    assert (found.target, found.undecided) == (Target.AIRFLOW, None)
    assert any("1 job does not justify" in item.why for item in found.rejected if item.target is Target.MWAA)


def test_price_unknown_is_said():
    """Above the largest known class the text names no figure."""
    demand = Demand("", jobs=8, dags=2000)
    found = decide_all([demand], settings(team={"engineers": 4}), PRICES)[demand.name]
    assert found.undecided is not None
    assert "not known" in found.undecided
    assert (
        decide_all([demand], settings(team={"engineers": 4, "hourly_cost": 0}), PRICES)[demand.name].undecided
        is not None
    )


def test_open_money_without_a_turning_point():
    """An hour that costs nothing turns nothing, and only the price gap is told."""
    found = decide_all([Demand("", jobs=8, dags=1)], settings(team={"engineers": 4, "hourly_cost": 0}), PRICES)[""]
    assert found.undecided is not None
    assert "hours of upkeep" not in found.undecided
