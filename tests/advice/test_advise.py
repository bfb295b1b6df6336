"""The whole advice: bills add up, notes and questions are said once, nothing depends on the order of cases."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from migrator.advice import AdviceError, Case, advise
from migrator.advice.types import Advice
from migrator.commands.facts import Trait
from migrator.costs import packaged_prices
from migrator.graph.types import Lag, Relation, RelationKind
from migrator.model import (
    Declared,
    Dialect,
    Evidence,
    Inactive,
    Measured,
    Origin,
    Range,
    Replica,
    ScheduleKind,
    Setting,
    Severity,
    Target,
)
from migrator.settings.load import read
from tests.advice.build import (
    answer,
    asked,
    case,
    changed,
    clock,
    depends,
    facts,
    fan,
    job,
    line,
    lone,
    started_by,
    step,
)


def bill(found: Advice, cluster: str, target: Target) -> Range | None:
    """Give a cluster's monthly bill on a target."""
    [recommendation] = [item for item in found.recommendations if item.cluster == cluster]
    return next(e.monthly for e in recommendation.estimates if e.target is target)


def timed(of: Case, seconds: int) -> Case:
    """Say how long the first job takes."""
    return changed(of, declared=Declared(duration=Range(Decimal(seconds), Decimal(seconds))))


def test_free_transitions_are_divided():
    """300 clusters of 3,900 transitions: each pays its part, and together they pay $29.15."""
    chains = [line(2, service="lambda", name=f"c{n:03}") for n in range(300)]
    chains = [replace(of, workflows=tuple(_often(flow, 1950) for flow in of.workflows)) for of in chains]
    found = asked(*chains)
    bills = [bill(found, item.cluster, Target.STEP_FUNCTIONS) for item in found.recommendations]
    assert sum(amount.low for amount in bills if amount) == pytest.approx(Decimal("29.15"), abs=Decimal("0.001"))


def _often(flow: object, runs: int) -> object:
    return replace(flow, runs_per_month=Range(Decimal(runs), Decimal(runs)))  # type: ignore[type-var]


def test_replicas_leave_the_free_tier():
    """4,000 hosts every five minutes."""
    hosts = tuple(Replica(f"h{n:04}", Origin("x", 1)) for n in range(3999))
    found = asked(lone(replicas=hosts, runs=8760))
    amount = bill(found, "c1", Target.EVENTBRIDGE)
    assert amount is not None
    assert amount.low == pytest.approx(Decimal("21.04"), abs=Decimal("0.000001"))


def test_duration_from_the_settings_is_priced():
    """A ten-minute job polled 1,000 times a day."""
    two = case((job("a"), facts(job("a"))), runs=30_000)
    found = asked(two, jobs={"a.sh": {"duration": "10m"}}, targets={"c1": "step-functions"})
    amount = bill(found, "c1", Target.STEP_FUNCTIONS)
    assert amount is not None
    # $46.40 for the transitions; 30,000 starts are free.
    assert amount == Range(Decimal("46.40"), Decimal("46.40"))


def test_unknown_rate_is_unknown():
    """An event of unknown rate is priced as unknown and asked about."""
    found = asked(lone(schedule=started_by(ScheduleKind.EVENT), runs=None))
    assert bill(found, "c1", Target.EVENTBRIDGE) is None
    assert "rates" in {question.id for question in found.questions}


def test_order_of_cases_changes_nothing():
    """Sorted by cluster id, whatever came first."""
    cases = [lone("a", cluster="x"), line(3, name="y"), fan(8, name="z")]
    assert asked(*cases) == asked(*reversed(cases))


def test_everything_stays_is_an_alternative():
    """The portfolio's other ways have a bill and a reason."""
    found = {item.name: item for item in asked(lone(), fan(8, name="z"), team={"engineers": 2}).alternatives}
    assert set(found) == {
        "everything that moves on Airflow on EC2",
        "everything that moves on MWAA",
        "everything stays",
        "what goes to Airflow, on MWAA Serverless",
    }
    assert all(item.why_not for item in found.values())
    assert found["everything that moves on MWAA"].estimate.fixed.low == Decimal("248.20")


def test_nothing_moves_has_no_alternatives():
    """Where all stay there is nothing to place."""
    found = asked(lone(traits=[Trait.DAEMON]))
    assert found.alternatives == ()
    assert found.notes == ()


def test_only_airflow_moves():
    """The alternative's reason does not speak of others."""
    found = {item.name: item.why_not for item in asked(fan(8), team={"engineers": 2}).alternatives}
    assert "other kind of environment" in found["everything that moves on MWAA"]
    assert "order" in found["everything stays"]
    lonely = {item.name: item.why_not for item in asked(lone()).alternatives}
    assert "full option" in lonely["everything stays"]


def test_accepted_hazard_becomes_a_note():
    """The reason stands in its place."""
    of = lone(traits=[Trait.SWALLOWS_EXIT])
    assert [hazard.id for hazard in answer(of).hazards] == ["exit-swallow"]
    for accept in ({"hazard": "exit-swallow"}, {"hazard": "exit-swallow", "job": "a.sh"}):
        found = answer(of, accept=[{**accept, "reason": "known for years"}])
        assert found.hazards == ()
        assert "accepted: exit-swallow of a.sh, because known for years" in found.notes


def test_accepting_what_is_not_there_is_an_error():
    """An unknown hazard or job stops the run."""
    with pytest.raises(AdviceError, match="exit-swallow"):
        asked(lone(), accept=[{"hazard": "exit-swalow", "reason": "x"}])
    with pytest.raises(AdviceError, match="nothing is called 'b'"):
        asked(lone(), accept=[{"hazard": "exit-swallow", "job": "b", "reason": "x"}])


def test_what_fits_nothing_is_told_with_its_line(tmp_path):
    """A pin and an accepted hazard of the settings file have their lines; a pin of the command line has none."""
    file = tmp_path / "migrator.toml"
    for text, place in (
        ('[aws]\n[targets]\n"b" = "mwaa"\n', "migrator.toml:3, targets"),
        ('[[accept]]\nhazard = "exit-swalow"\nreason = "x"\n', "migrator.toml:1, accept"),
        ('[aws]\n[[accept]]\nhazard = "exit-swallow"\njob = "b"\nreason = "x"\n', "migrator.toml:2, accept"),
    ):
        file.write_text(text)
        with pytest.raises(AdviceError, match=f"^{place}: nothing is called"):
            advise([lone()], read(file), packaged_prices())
    said = read(file).model_copy(update={"accept": (), "targets": {"b": Target.MWAA}})
    with pytest.raises(AdviceError, match=r"^settings, targets\.b: nothing is called"):
        advise([lone()], said, packaged_prices())


def test_schedule_hazards_are_said_once():
    """Eight jobs of one schedule share its fault."""
    when = clock("0 0 13 * 5")
    found = answer(fan(8, schedule=when), team={"engineers": 2}, targets={"c1": "step-functions"})
    [hazard] = [item for item in found.hazards if item.id == "dom-dow-or"]
    assert "8 jobs share the schedule" in hazard.text


def test_inactive_jobs_of_a_cluster_are_shown():
    """What cron ignores is a hazard of its own, and no other check speaks of it."""
    of = changed(line(2), inactive=Inactive("bad-line", "broken"))
    found = [(hazard.id, hazard.job) for hazard in answer(of).hazards if hazard.job == of.jobs[0].id]
    assert found == [("not-running", of.jobs[0].id)]


def relation(kind: RelationKind, up: str, down: str, says: str = "") -> Relation:
    """Make a weak tie."""
    return Relation(up, down, kind, Lag.NONE, 0.4, (Evidence(Origin("x", 1), "x", says),))  # type: ignore[arg-type]


def test_doubtful_ties_are_asked_about():
    """Once for both clusters, with what speaks for it; locks are no question."""
    tie = relation(RelationKind.DOUBTFUL, "a", "b", "both name /data/x")
    cases = [lone("a", cluster="c1"), lone("b", cluster="c2")]
    cases = [replace(of, relations=(tie, relation(RelationKind.LOCK, "a", "b"))) for of in cases]
    [question] = [item for item in asked(*cases).questions if item.id.startswith("depends")]
    assert question.text == "Does b.sh need what a.sh does? (both name /data/x)"
    assert question.about == ("a", "b")


def test_many_doubtful_ties_are_gathered():
    """Beyond five one question speaks of the rest; what does not run is not asked about."""
    names = [f"j{n:02}" for n in range(24)]
    ties = [relation(RelationKind.DOUBTFUL, a, b) for a, b in pairwise(names)]
    dead = Inactive("bad-line", "broken")
    cases = [lone(name, cluster=name, inactive=dead if name == "j23" else None) for name in names]
    cases[0] = replace(cases[0], relations=tuple(ties))
    asks = [item for item in asked(*cases).questions if item.id.startswith("depends")]
    assert len(asks) == 6
    assert "Are 17 more doubtful dependencies real?" in {item.text for item in asks}
    cases[0] = replace(cases[0], relations=tuple(ties[:6]))
    assert "Is 1 more doubtful dependency real?" in {item.text for item in asked(*cases).questions}


def test_doubts_that_change_nothing_are_not_asked_about():
    """A weak tie, one inside a cluster, one to what stays, and a second one of two clusters."""
    weak = replace(relation(RelationKind.DOUBTFUL, "a", "b"), confidence=0.39)
    apart = [lone("a", cluster="c1"), lone("b", cluster="c2")]
    tie = relation(RelationKind.DOUBTFUL, "a", "b")
    stays = [apart[0], lone("b", cluster="c2", traits=[Trait.HOST_MAINTENANCE])]
    inside = line(2)
    within = relation(RelationKind.DOUBTFUL, *inside.cluster.jobs)
    for cases, ties in ((apart, [weak]), (stays, [tie]), ([inside], [within])):
        told = [replace(cases[0], relations=tuple(ties)), *cases[1:]]
        assert not [item for item in asked(*told).questions if item.id.startswith("depends")]
    back = relation(RelationKind.DOUBTFUL, "b", "a")
    told = [replace(apart[0], relations=(tie, back)), apart[1]]
    assert [item.id for item in asked(*told).questions if item.id.startswith("depends")] == ["depends-a-b"]


def test_jobs_of_one_name_are_told_apart():
    """A question about two jobs called alike names their places."""
    cases = [lone("a", cluster="c1", title="x"), lone("b", cluster="c2", title="x")]
    cases[0] = replace(cases[0], relations=(relation(RelationKind.DOUBTFUL, "a", "b"),))
    [question] = [item for item in asked(*cases).questions if item.id.startswith("depends")]
    assert question.text == "Does x (tab-b:1) need what x (tab-a:1) does?"


def test_secrets_that_nobody_is_seen_to_use_are_told_once():
    """One note for the settings line; a line that some job uses is that job's hazard instead."""
    line_16 = Setting("WMS_TOKEN", "REDACTED-token", Origin("tab", 16))
    unused = [lone(name, cluster=f"c{name}", settings=(line_16,)) for name in "ab"]
    [note] = [note for note in asked(*unused).notes if "secret" in note]
    assert note.startswith("tab:16 sets WMS_TOKEN to a secret")
    user = lone("c", cluster="cc", settings=(line_16,), steps=[step("curl", text='curl -H "$WMS_TOKEN" h')])
    found = asked(*unused, user)
    assert not [note for note in found.notes if "secret" in note]
    hazards = [hazard.job for item in found.recommendations for hazard in item.hazards if hazard.id == "secret-argv"]
    assert hazards == ["c"]


def test_cycles_are_asked_about():
    """Which dependency is not real."""
    of = line(2)
    found = asked(replace(of, cluster=replace(of.cluster, cyclic=True)))
    assert "cycle-c1" in {question.id for question in found.questions}


def test_hosts_to_be_retired():
    """A lone job moves for a reason; hosts that stay save nothing."""
    both = asked(lone("a", cluster="c1"), lone("b", cluster="c2", host="web1")).questions
    [question] = [item for item in both if item.id == "hosts"]
    assert question.about == ("etl1", "web1")
    assert "2 jobs" in question.settles
    assert not [item for item in asked(line(2)).questions if item.id == "hosts"]


def test_durations_are_asked_where_money_depends_on_them():
    """An unknown duration of a frequent job is a range of dollars; a known one is not asked about."""
    assert "durations" in {item.id for item in asked(line(2)).questions}
    known = {f"c1j00{n}": {"duration": "1m"} for n in range(2)}
    assert "durations" not in {item.id for item in asked(line(2), jobs=known).questions}
    for aws in ({"compute": "ecs"}, {"compute": "lambda"}):
        [question] = [item for item in asked(lone(), aws=aws).questions if item.id == "durations"]
        assert "the bill of what the commands run on" in question.settles
        stated = {"a": {"duration": "1m"}}
        assert "durations" not in {item.id for item in asked(lone(), aws=aws, jobs=stated).questions}
    assert "durations" not in {item.id for item in asked(lone()).questions}


def test_what_few_runs_took_is_told_with_the_question():
    """Two logged runs are no measure; the question says what they took, and what is known is not asked for."""

    def text(of: Case, **tables: object) -> str:
        return next((item.text for item in asked(of, **tables).questions if item.id == "durations"), "")

    seen = Measured(Range(Decimal(600), Decimal(1056)), 2, Decimal(1056))
    told = text(changed(line(2), glimpsed=seen))
    assert told.endswith(" The log has too few runs to tell the worst: c1j000.sh 2 runs of 10 min to 17.6 min.")
    once = text(changed(line(2), glimpsed=Measured(Range(Decimal(600), Decimal(600)), 1, Decimal(600))))
    assert once.endswith("c1j000.sh 1 run of 10 min.")
    assert "The log" not in text(line(2))
    stated = {"c1j000": {"duration": "1m"}}
    assert "The log" not in text(changed(line(2), glimpsed=seen), jobs=stated)


def test_notes_of_many_jobs():
    """Mail, discarded output, PATH, shells, zones, settings and users are said once with their number."""
    lines = (
        Setting("MAILTO", "ops@example.org", Origin("t", 1)),
        Setting("PATH", "$HOME/bin:/bin", Origin("t", 2)),
        Setting("CRON_TZ", "UTC", Origin("t", 3)),
        Setting("BASE", "/opt", Origin("t", 4)),
    )
    of = lone(command="$BASE/y; $BASE/x > /dev/null 2>&1", settings=lines, shell="/bin/bash", user="etl")
    text = "\n".join(asked(of).notes)
    for words in (
        "ops@example.org",
        "thrown away",
        "PATH",
        "/bin/bash",
        "CRON_TZ",
        "does not expand",
        "uses BASE",
        "etl must",
    ):
        assert words in text


def test_notes_are_silent_without_cause():
    """Output that goes to a file is not mailed, cronie keeps CRON_TZ, root needs no other user."""
    lines = (Setting("MAILTO", '""', Origin("t", 1)), Setting("CRON_TZ", "UTC", Origin("t", 2)))
    of = lone(schedule=clock(dialect=Dialect.CRONIE), settings=lines, user="root", command="/opt/x > /x 2>&1")
    [note] = asked(of).notes
    assert "deliver a start twice" in note


def test_scripts_on_airflow():
    """A command that ends in .sh is a template file to BashOperator."""
    found = asked(fan(8, command="/opt/run.sh"), team={"engineers": 2})
    assert any("template file" in note for note in found.notes)
    assert not any("template file" in note for note in asked(lone(command="/opt/run.sh")).notes)


def test_notes_speak_of_what_is_used():
    """Scheduler starts no DAG, and SSM none of the commands that a container runs."""
    pinned = asked(lone(user="web"), targets={"a": "airflow"}).notes
    assert not any("EventBridge" in note for note in pinned)
    assert any("cron has no timeout" in note for note in pinned)
    assert any("deliver a start twice" in note for note in asked(lone()).notes)
    assert any("SSM runs a command as root: those of web" in note for note in asked(lone(user="web")).notes)
    assert not any("as root" in note for note in asked(lone(user="web"), aws={"compute": "ecs"}).notes)


def test_efforts():
    """Nothing for what stays, small for a plain job, more with units, hazards, other compute and notes."""

    def size(of: Case, **tables: object) -> str:
        return answer(of, **tables).efforts[0].size

    assert size(lone(traits=[Trait.DAEMON])) == "none"
    assert size(lone()) == "small"
    assert size(lone(traits=[Trait.SWALLOWS_EXIT])) == "medium"
    assert size(lone(traits=[Trait.SWALLOWS_EXIT, Trait.FOLLOWS_UNREAD]), aws={"compute": "ecs"}) == "large"
    assert size(lone(traits=[Trait.SWALLOWS_EXIT, Trait.HOST_GUARD, Trait.DATE_DEPENDENT])) == "medium"
    assert size(lone(steps=[step("a"), step("b")], units=None)) == "medium"
    noted = answer(changed(lone(), declared=Declared(effort_note="late on Mondays"))).efforts[0]
    assert noted.why == ("one unit, started as it is", "the manifest notes: “late on Mondays”")


def test_facts_may_be_missing():
    """A job about which nothing was found out is one unit with its own line."""
    of = lone()
    found = answer(replace(of, facts={}))
    assert found.target is Target.EVENTBRIDGE


CASES = st.lists(
    st.one_of(
        st.builds(lambda n: line(n, service="glue"), st.integers(1, 8)),
        st.builds(fan, st.integers(2, 9)),
        st.builds(lambda trait: lone(traits=[trait]), st.sampled_from(list(Trait))),
    ),
    min_size=1,
    max_size=5,
)


@examples(max_examples=25, deadline=None)
@given(CASES, st.sampled_from([None, 2, 6]), st.sampled_from([None, "mwaa", "airflow"]))
def test_every_case_has_one_answer(cases: list[Case], engineers: int | None, existing: str | None):
    """Whatever comes in: one recommendation a cluster, all targets priced and rejected but one, severities known."""
    renamed = [replace(of, cluster=replace(of.cluster, id=f"k{n}")) for n, of in enumerate(cases)]
    team = {key: value for key, value in {"engineers": engineers, "existing": existing}.items() if value is not None}
    found = asked(*renamed, team=team)
    assert [item.cluster for item in found.recommendations] == sorted(of.cluster.id for of in renamed)
    for item in found.recommendations:
        assert {e.target for e in item.estimates} == set(Target)
        assert {r.target for r in item.rejected} == set(Target) - {item.target}
        assert item.runner_up is not item.target
        assert all(hazard.severity in set(Severity) and hazard.evidence and hazard.remedy for hazard in item.hazards)
        assert len({effort.job for effort in item.efforts}) == len(item.efforts)
    assert all(item.about and item.settles for item in found.questions)
    assert len({item.id for item in found.questions}) == len(found.questions)


def test_replicas_of_a_case():
    """The host it was read from and those that have the same line."""
    assert lone().replicas == 1
    assert lone(replicas=(Replica("h2", Origin("x", 1)),)).replicas == 2
    assert replace(lone(), jobs=()).replicas == 1


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        (["mv"], "mv stays on the host, tied to it; the rest is advised on"),
        (["mv", "mv"], "mv (2 jobs) stay on the host, tied to it; the rest is advised on"),
        (["mv", "rm"], "mv, rm stay on the host, tied to it; the rest is advised on"),
    ],
)
def test_what_stays_behind_is_named(behind: list[str], said: str):
    """Jobs of a cluster that their host keeps, one or several, and how many where they are called alike."""
    staying = [job(f"j{number}", title=title) for number, title in enumerate(behind)]
    moving = job("z")
    members = [(item, facts(item, traits=[Trait.HOST_MAINTENANCE])) for item in staying]
    ties = [depends(item, moving) for item in staying]
    assert said in answer(case(*members, (moving, facts(moving)), ties=ties)).notes


@pytest.mark.parametrize(
    ("asleep", "said"),
    [
        (1, "a0.sh does not run today and is left out of units, runs and costs"),
        (2, "a0.sh, a1.sh do not run today and are left out of units, runs and costs"),
    ],
)
def test_what_cron_does_not_run_is_named(asleep: int, said: str):
    """Jobs that are off today, in a cluster of which others run."""
    off = [job(f"a{number}", inactive=Inactive("bad-line", "x")) for number in range(asleep)]
    on = job("z")
    ties = [depends(item, on) for item in off]
    found = case(*((item, facts(item)) for item in off), (on, facts(on)), ties=ties)
    assert said in answer(found).notes
