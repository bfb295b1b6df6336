"""Each rule speaks where it should, with evidence, and is silent where it should be."""

from dataclasses import replace
from pathlib import Path

import pytest

import migrator.advice.rules
from migrator.advice import Case
from migrator.advice.advise import reasons_of
from migrator.advice.bills import workload_of
from migrator.advice.choice import choose
from migrator.advice.pins import pins_of
from migrator.advice.rule import Rule, Subject
from migrator.advice.rules import RULES
from migrator.advice.shape import shape_of
from migrator.commands.facts import Branch, BranchKind, StepKind, Trait, Wait, WaitKind
from migrator.graph.types import Lag
from migrator.model import (
    Access,
    Declared,
    Inactive,
    Mode,
    Origin,
    Range,
    Reason,
    Resource,
    ResourceKind,
    ScheduleKind,
    Target,
)
from migrator.schedules.compare import Difference
from migrator.workflows.types import Inflow
from tests.advice.build import (
    PRICES,
    case,
    changed,
    clock,
    depends,
    facts,
    fan,
    job,
    line,
    lone,
    settings,
    started_by,
    step,
)

DEAD = Inactive("no-newline", "the file has no last newline")
EVERY_MINUTE = clock("* * * * *")
PLACE = Origin("script", 3)


def ruled(rule: str, of: Case, **tables: object) -> list[Reason]:
    """Give a rule's reasons for a case, those on targets out of question too."""
    said = settings(**tables)
    name = of.cluster.id
    shapes = {name: shape_of(of, said)}
    choice = choose([of], shapes, pins_of([of], said), said, PRICES)[name]
    subject = Subject(of, shapes[name], choice.band, workload_of(of, said), said, PRICES, choice.managed)
    return [reason for reason in reasons_of(subject, choice.target) if reason.rule == rule]


def pause(seconds: int) -> Wait:
    """Make a pause."""
    return Wait(WaitKind.TIME, "", Range(seconds, seconds), None, Origin("tab-a", 1), f"sleep {seconds}")  # type: ignore[arg-type]


def for_object(of: Case) -> Case:
    """Let the case's first job wait for an object before it calls a service."""
    first = of.jobs[0]
    wait = Wait(WaitKind.OBJECT, "s3://b/k", None, 3600, PLACE, "until aws s3 ls s3://b/k")
    found = replace(of.facts[first.id], waits=(wait,))
    return replace(of, facts={**of.facts, first.id: found})


def autumn(text: str = "30 1 * * *", zone: str | None = "America/New_York") -> Case:
    """Make a lone job at a time that its zone has twice in autumn."""
    return lone(schedule=clock(text, zone))


def two_clocks(count: int) -> Case:
    """Make `count` jobs of which the last runs on a schedule of its own and needs the first's data."""
    jobs = [job(f"j{n}") for n in range(count - 1)] + [job("late", clock("0 9 * * *"))]
    ties = [depends(jobs[n], jobs[n + 1]) for n in range(count - 1)]
    inflow = Inflow("c1-0", jobs[0].id, "late-0", "/data/x", previous_run=False)
    return case(*[(item, facts(item)) for item in jobs], ties=ties, inflows=[inflow])


def owned(count: int, owners: int) -> Case:
    """Make a line of jobs with several owners."""
    of = line(count)
    jobs = tuple(replace(item, owner=f"team{n % owners}") for n, item in enumerate(of.jobs))
    return replace(of, jobs=jobs)


def declared(**said: object) -> Case:
    """Make a line of two whose first job says something in a manifest."""
    return changed(line(2), declared=Declared(**said))  # type: ignore[arg-type]


FILES = {
    "accesses": (Access(Resource(ResourceKind.FILE, "/data/in.csv", "etl1"), Mode.READ, PLACE, "cat /data/in.csv"),)
}

SPEAKS: dict[str, tuple[Case, dict[str, object], Target, bool]] = {
    "not-running": (lone(inactive=DEAD), {}, Target.RETAIN, True),
    "boot-start": (lone(schedule=started_by(ScheduleKind.REBOOT)), {}, Target.RETAIN, True),
    "host-maintenance": (lone(traits=[Trait.HOST_MAINTENANCE]), {}, Target.EVENTBRIDGE, False),
    "keeps-running": (lone(traits=[Trait.DAEMON]), {}, Target.RETAIN, True),
    "watchdog": (lone(traits=[Trait.WATCHDOG]), {}, Target.RETAIN, True),
    "sub-minute": (
        lone(schedule=EVERY_MINUTE, command="sleep 30; /opt/x", found={"waits": (pause(30),)}),
        {},
        Target.EVENTBRIDGE,
        False,
    ),
    "needs-host": (lone(traits=[Trait.NEEDS_HOST]), {}, Target.RETAIN, True),
    "one-unit": (lone(), {}, Target.EVENTBRIDGE, True),
    "staying-is-fine": (lone(), {}, Target.RETAIN, True),
    "compute-stays": (lone(steps=[step(**FILES)]), {}, Target.EVENTBRIDGE, False),
    "loose-pair": (
        case(
            (job("x"), facts(job("x"))),
            (job("y"), facts(job("y"))),
            ties=[depends(job("x"), job("y"), Lag.PREVIOUS_RUN)],
        ),
        {},
        Target.EVENTBRIDGE,
        True,
    ),
    "few-ordered-units": (line(2), {}, Target.STEP_FUNCTIONS, True),
    "error-handling": (declared(retries=3), {}, Target.EVENTBRIDGE, False),
    "event-start": (lone(schedule=started_by(ScheduleKind.EVENT)), {}, Target.EVENTBRIDGE, True),
    "service-chain": (line(3, service="glue"), {}, Target.STEP_FUNCTIONS, True),
    "many-units": (line(6), {}, Target.AIRFLOW, True),
    "branching": (fan(5), {}, Target.STEP_FUNCTIONS, False),
    "fifty-units": (line(50), {}, Target.STEP_FUNCTIONS, False),
    "backfill": (line(5), {"team": {"needs": ["backfill"]}}, Target.STEP_FUNCTIONS, False),
    "shared-view": (line(5), {"team": {"needs": ["shared-ui", "dag-view"]}}, Target.MWAA, True),
    "python-logic": (line(5), {"team": {"needs": ["python-logic"]}}, Target.AIRFLOW, True),
    "across-schedules": (two_clocks(5), {}, Target.AIRFLOW, True),
    "many-owners": (owned(5, 3), {}, Target.AIRFLOW, True),
    "managed-floor": (line(3), {}, Target.MWAA, False),
    "portfolio-size": (fan(20), {}, Target.MWAA, True),
    "team-size": (fan(8), {"team": {"engineers": 2}}, Target.MWAA, False),
    "tight-budget": (fan(8), {"team": {"cost_sensitive": True}}, Target.AIRFLOW, True),
    "measured-upkeep": (fan(8), {"team": {"upkeep_hours": {"self_hosted": 12}, "hourly_cost": 120}}, Target.MWAA, True),
    "existing-environment": (fan(8), {"team": {"existing": "mwaa"}}, Target.MWAA, True),
    "every-minute": (lone(schedule=EVERY_MINUTE), {}, Target.AIRFLOW, False),
    "same-minutes": (autumn(), {}, Target.EVENTBRIDGE, True),
    "cycle": (replace(line(3), cluster=replace(line(3).cluster, cyclic=True)), {}, Target.STEP_FUNCTIONS, False),
}

SILENT: dict[str, list[tuple[Case, dict[str, object]]]] = {
    "not-running": [(lone(), {}), (changed(line(2), inactive=DEAD), {})],
    "boot-start": [(lone(), {}), (lone(schedule=started_by(ScheduleKind.EVENT)), {})],
    "host-maintenance": [(lone(), {}), (lone(traits=[Trait.NEEDS_ROOT]), {})],
    "keeps-running": [(lone(traits=[Trait.WATCHDOG]), {})],
    "watchdog": [(lone(traits=[Trait.DAEMON]), {})],
    "sub-minute": [
        (lone(schedule=clock("*/5 * * * *"), command="sleep 30; /opt/x", found={"waits": (pause(30),)}), {}),
        (lone(schedule=EVERY_MINUTE, command="/opt/x; sleep 30", found={"waits": (pause(30),)}), {}),
        (lone(schedule=EVERY_MINUTE, command="sleep 90; /opt/x", found={"waits": (pause(90),)}), {}),
        (lone(schedule=clock("* 9 * * *"), command="sleep 30; /opt/x", found={"waits": (pause(30),)}), {}),
    ],
    "needs-host": [(lone(), {}), (lone(steps=[step(**FILES)]), {})],
    "one-unit": [(line(2), {}), (lone(inactive=DEAD), {})],
    "staying-is-fine": [(line(2), {}), (lone(schedule=started_by(ScheduleKind.EVENT)), {})],
    "compute-stays": [
        (line(2), {}),
        (lone(), {"aws": {"compute": "ecs"}}),
        (lone(steps=[step(service="lambda")]), {}),
    ],
    "loose-pair": [(line(2), {}), (lone(), {})],
    "few-ordered-units": [(lone(), {}), (line(6), {})],
    "error-handling": [(line(2), {}), (declared(retries=0), {})],
    "event-start": [(lone(), {}), (lone(found={"waits": (pause(60),)}), {})],
    "service-chain": [(line(3), {}), (lone(steps=[step(service="glue")]), {})],
    "many-units": [(line(4), {})],
    "branching": [(line(6), {}), (lone(), {})],
    "fifty-units": [(line(49), {})],
    "backfill": [
        (line(5), {}),
        (line(4), {"team": {"needs": ["backfill"]}}),
        (line(5), {"team": {"needs": ["dag-view"]}}),
    ],
    "shared-view": [(line(5), {}), (line(4), {"team": {"needs": ["shared-ui"]}})],
    "python-logic": [(line(5), {}), (line(4), {"team": {"needs": ["python-logic"]}})],
    "across-schedules": [(line(5), {}), (two_clocks(4), {})],
    "many-owners": [(owned(5, 2), {}), (owned(4, 3), {}), (line(5), {})],
    "managed-floor": [(fan(8), {}), (lone(traits=[Trait.DAEMON]), {})],
    "portfolio-size": [(line(3), {}), (lone(), {})],
    "team-size": [(fan(8), {}), (line(3), {"team": {"engineers": 2}})],
    "tight-budget": [(fan(8), {"team": {"cost_sensitive": False}}), (line(3), {"team": {"cost_sensitive": True}})],
    "measured-upkeep": [(fan(8), {}), (line(3), {"team": {"upkeep_hours": {"self_hosted": 12}}})],
    "existing-environment": [(fan(8), {"team": {"existing": "none"}}), (line(3), {"team": {"existing": "mwaa"}})],
    "every-minute": [(lone(), {})],
    "same-minutes": [
        (lone(), {}),
        (autumn("15 4 * * *"), {}),
        (autumn("15 3 * * *", "Europe/Athens"), {}),
        (autumn(zone=None), {}),
        (replace(autumn(), proofs={}), {}),
        (lone(schedule=started_by(ScheduleKind.EVENT)), {}),
        (lone(traits=[Trait.DAEMON]), {}),
    ],
    "cycle": [(line(3), {})],
}


def test_every_rule_is_listed():
    """The tuple has every module of the folder, once, and every id is its file's name."""
    folder = Path(migrator.advice.rules.__file__).parent
    found = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert {rule.id for rule in RULES} == found
    assert set(SPEAKS) == set(SILENT) == found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_says_why_and_when_it_is_silent(rule: Rule):
    """Its module's docstring is its page, and it cites where it comes from."""
    page = __import__(rule.judge.__module__, fromlist=["RULE"]).__doc__
    assert "**Why.**" in page
    assert "**Says nothing**" in page
    assert rule.reference


@pytest.mark.parametrize("rule", SPEAKS)
def test_speaks(rule: str):
    """The rule has a reason for or against the target, points at lines, and none of its texts is empty."""
    of, tables, target, good = SPEAKS[rule]
    found = ruled(rule, of, **tables)
    assert any(reason.target is target and (reason.weight > 0) is good for reason in found), found
    assert all(reason.text and reason.weight for reason in found)
    if rule not in {"team-size", "tight-budget", "measured-upkeep", "existing-environment"}:
        assert all(reason.evidence for reason in found)


@pytest.mark.parametrize(("rule", "number"), [(rule, n) for rule, quiet in SILENT.items() for n in range(len(quiet))])
def test_silent(rule: str, number: int):
    """The rule has nothing to say."""
    of, tables = SILENT[rule][number]
    assert ruled(rule, of, **tables) == []


def test_evidence_is_the_jobs_own_line():
    """A lone job's reason points at the line it stands on."""
    [reason] = [r for r in ruled("one-unit", lone()) if r.target is Target.EVENTBRIDGE]
    assert [(piece.origin.path, piece.origin.line) for piece in reason.evidence] == [("tab-a", 1)]


def test_steps_of_one_unit_are_counted():
    """A script of nine commands is named as one unit of nine."""
    nine = [step(f"s{n}", StepKind.FILES) for n in range(9)]
    assert "9 commands that are one unit" in ruled("one-unit", lone(steps=nine))[0].text


def test_files_of_the_host_are_named():
    """The job whose effects are all local hears that the move saves nothing."""
    [reason] = ruled("compute-stays", lone(steps=[step(**FILES)]))
    assert "saves $0" in reason.text
    assert "/data/in.csv" in reason.text


def test_many_files_are_cut_short():
    """Three names are enough."""
    many = tuple(Access(Resource(ResourceKind.FILE, f"/data/{n}", "etl1"), Mode.READ, PLACE, "cat") for n in range(5))
    assert "and 2 more" in ruled("compute-stays", lone(steps=[step(accesses=many)]))[0].text


def test_waiting_for_an_object():
    """A wait for S3 speaks for the event, with the wait as evidence."""
    found = ruled("event-start", for_object(lone(steps=[step(kind=StepKind.WAIT), step(service="glue")], units=None)))
    assert {reason.target for reason in found} == {Target.EVENTBRIDGE, Target.STEP_FUNCTIONS}
    assert found[0].evidence[0].origin == PLACE


def test_a_handler_is_error_handling():
    """`a || b` between two units is handled; inside one unit it is the unit's own."""
    handled = {"branches": (Branch(BranchKind.HANDLER, PLACE, "a || b"),)}
    assert ruled("error-handling", lone(steps=[step("a"), step("b")], units=None, found=handled))
    assert not ruled("error-handling", lone(steps=[step("a"), step("b")], units=1, found=handled))


def test_small_branching_is_fine_for_a_state_machine():
    """Below five units branching speaks for Step Functions."""
    [reason] = ruled("branching", fan(3))
    assert (reason.target, reason.weight) == (Target.STEP_FUNCTIONS, 1)


def test_chain_that_needs_its_host_is_only_warned():
    """A chain can be started from elsewhere and still run on its host."""
    two = line(2)
    first = two.jobs[0]
    tied = replace(two, facts={**two.facts, first.id: facts(first, traits=[Trait.NEEDS_HOST])})
    assert {reason.weight for reason in ruled("needs-host", tied)} == {-1}


def test_small_portfolio_speaks_against_mwaa():
    """Eight jobs are not twenty."""
    [reason] = ruled("portfolio-size", fan(8))
    assert reason.weight < 0
    assert "8 jobs" in reason.text


def test_many_engineers_share_the_price():
    """Five engineers divide the baseline."""
    [reason] = ruled("team-size", fan(8), team={"engineers": 5})
    assert "$50–$57 a month each" in reason.text


def test_overlapping_money_speaks_for_neither():
    """Two hours at $70 lie within the price of the service."""
    found = ruled("measured-upkeep", fan(8), team={"upkeep_hours": {"self_hosted": 2}, "hourly_cost": 70})
    assert {reason.target for reason in found} == {Target.AIRFLOW, Target.MWAA}
    assert all("overlap" in reason.text for reason in found)


def test_minutes_that_only_one_target_keeps():
    """EventBridge takes the first of a repeated time as cron does, Airflow the second; one of two jobs is named."""
    texts = {reason.target: reason.text for reason in ruled("same-minutes", autumn())}
    assert texts[Target.EVENTBRIDGE] == "it keeps cron's minutes on all days, which Airflow would not"
    assert texts[Target.AIRFLOW] == "it would start at other minutes than cron on days of clock changes"
    jobs = [job("x", clock("30 1 * * *", "America/New_York")), job("y", clock("30 5 * * *", "America/New_York"))]
    of = case(*[(item, facts(item)) for item in jobs], ties=[depends(*jobs)])
    texts = {reason.target: reason.text for reason in ruled("same-minutes", of)}
    assert texts[Target.MWAA] == "x.sh would start at other minutes than cron on days of clock changes"
    late = [job(f"z{n}", clock("30 1 * * *", "America/New_York")) for n in range(2)]
    both = case(*[(item, facts(item)) for item in (*late, jobs[1])], ties=[depends(*late)])
    assert any(reason.text.startswith("2 jobs would") for reason in ruled("same-minutes", both))


def test_other_differences_are_not_called_clock_changes():
    """A target that cannot say the days at all differs on some days; more than one is named."""
    of = lone(schedule=clock("30 5 * * *", "UTC"))
    proof = dict(of.proofs[of.jobs[0].id])
    for target in (Target.EVENTBRIDGE, Target.STEP_FUNCTIONS):
        proof[target] = replace(proof[target], exact=False, differences=(Difference("extra", "more days"),))
    texts = {reason.target: reason.text for reason in ruled("same-minutes", replace(of, proofs={of.jobs[0].id: proof}))}
    assert texts[Target.EVENTBRIDGE].endswith("on some days")
    assert texts[Target.AIRFLOW].endswith("which EventBridge Scheduler and Step Functions would not")


@pytest.mark.parametrize(
    ("tied", "words"),
    [([0], "j0.sh needs what is on the host"), ([0, 1], "2 of its jobs need"), ([0, 1, 2], "all of its jobs need")],
)
def test_jobs_that_need_their_host_are_named(tied: list[int], words: str):
    """One by its name, several by their number."""
    jobs = [job(f"j{n}") for n in range(3)]
    members = [(item, facts(item, traits=[Trait.NEEDS_HOST] if n in tied else [])) for n, item in enumerate(jobs)]
    of = case(*members, ties=[depends(jobs[0], jobs[1]), depends(jobs[1], jobs[2])])
    assert {reason.text.startswith(words) for reason in ruled("needs-host", of)} == {True}


def test_one_job_of_several_units_that_needs_its_host():
    """There is no other job to tell it from."""
    steps = [step("x"), step("y")]
    assert ruled("needs-host", lone(steps=steps, units=None, traits=[Trait.NEEDS_HOST]))[0].text.startswith("it needs")


def test_calls_among_commands():
    """Two calls and a command are told by their number."""
    jobs = [job(f"j{n}") for n in range(3)]
    steps = [step("a", service="glue"), step("b", service="glue"), step("c")]
    members = [(item, facts(item, [one])) for item, one in zip(jobs, steps, strict=True)]
    of = case(*members, ties=[depends(jobs[0], jobs[1]), depends(jobs[1], jobs[2])])
    assert ruled("service-chain", of)[0].text.startswith("2 calls of cloud services among 3 units in one line")


def test_reasons_point_at_what_they_speak_of():
    """A fork by the jobs that fork and join, a decision and a handler by their own lines."""
    found = ruled("branching", fan(6))
    assert [(piece.origin.path, piece.says) for piece in found[0].evidence] == [("tab-c1j005", "5 jobs before it")]
    handler = Branch(BranchKind.HANDLER, PLACE, "|| mail ops")
    choice = Branch(BranchKind.IF, PLACE, "if [ -s x ]")
    of = lone(steps=[step("a"), step("b")], units=None, found={"branches": (handler, choice)})
    [reason, *_] = ruled("error-handling", of)
    assert [(piece.origin, piece.text) for piece in reason.evidence] == [(PLACE, "|| mail ops")]


def test_units_that_need_another_schedule_are_counted_once():
    """Two needs of one unit are one unit."""
    early, late = clock("0 1 * * *"), clock("0 5 * * *")
    jobs = [job("a", early), job("b", early), *(job(f"l{n}", late) for n in range(4))]
    members = [(item, facts(item)) for item in jobs]
    ties = [depends(up, down) for up in jobs[:2] for down in jobs[2:]]
    tasks = {item.id: f"{item.id}.run" for item in jobs}
    inflows = [Inflow("c1-0", up.id, tasks[jobs[2].id], f"/data/{up.id}", previous_run=False) for up in jobs[:2]]
    of = case(*members, ties=ties, inflows=inflows)
    names = {task.name for flow in of.workflows for task in flow.tasks if task.job == jobs[2].id}
    inflows = [replace(inflow, task=min(names)) for inflow in inflows]
    [reason, *_] = ruled("across-schedules", case(*members, ties=ties, inflows=inflows))
    assert reason.text == "1 unit needs what another schedule makes"


def test_reasons_of_the_settings_name_the_setting():
    """What no line of a file says has the key that says it."""
    assert "(`team.cost_sensitive`)" in ruled("tight-budget", fan(8), team={"cost_sensitive": True})[0].text
    assert "(`team.engineers`)" in ruled("team-size", fan(8), team={"engineers": 2})[0].text
    assert "(`team.owners`)" in ruled("team-size", fan(8), team={"owners": {"a": 4}})[0].text
    assert "(`team.existing`)" in ruled("existing-environment", fan(8), team={"existing": "mwaa"})[0].text
    hours = {"upkeep_hours": {"self_hosted": 12, "managed": 1}, "hourly_cost": 90}
    assert "(`team.upkeep_hours`)" in ruled("measured-upkeep", fan(8), team=hours)[0].text
