"""From the stages' values to the plan."""

import json

import jsonschema
import pytest

from migrator.advice.types import Alternative, Environment, Question
from migrator.commands.facts import Lock, LockKind, Trait, TraitFound, Wait, WaitKind
from migrator.graph.types import Dependency, DependencyKind, Hub, JobGraph, Lag, Relation, RelationKind
from migrator.inventory.types import Secret
from migrator.model import (
    Finding,
    Inactive,
    JobId,
    MigratorError,
    Mode,
    Origin,
    Replica,
    ResourceKind,
    ServiceCall,
    Target,
)
from migrator.plan import assemble, dump, schema
from migrator.schedules.compare import compare_all
from migrator.workflows.types import After, Inflow, Task, TaskOrder, Workflow
from tests.plan import values as v

EMPTY = JobGraph(())


def one_job(job=None, facts=None, answer=None, **more):
    """Assemble a plan of one job."""
    job = job or v.job("a")
    known = {job.id: facts} if facts else {}
    answer = answer or v.recommendation("c")
    return assemble(v.inventory(job), known, EMPTY, [v.cluster("c", [job.id])], [], v.advice(answer), **more)


def test_a_job_has_all_that_the_contract_names():
    """Place, schedule in words, runs, steps, units and effects arrive."""
    accesses = [
        v.access("/srv/in.csv", Mode.READ),
        v.access("/srv/out.csv", Mode.WRITE),
        v.access("/srv/out.csv", Mode.APPEND),
        v.access("/mnt/x", Mode.READ, host="nas"),
        v.access("dw.orders", Mode.WRITE, ResourceKind.TABLE),
        v.access("s3://lake/raw/", Mode.READ, ResourceKind.S3),
        v.access("/var/log/a.log", Mode.APPEND, log=True),
        v.access("/srv/old/", Mode.DELETE),
    ]
    facts = v.facts(
        "a",
        accesses,
        locks=(Lock(LockKind.FLOCK, "/run/a.lock", True, Origin("x", 1), "flock"),),
        waits=(Wait(WaitKind.FILE, "/srv/in.csv", v.span("30"), 600, Origin("x", 1), "sleep 30"),),
        unclear=("eval is not followed", "eval is not followed"),
    )
    [job] = one_job(facts=facts, proofs={JobId("a"): compare_all(v.job("a").schedule)}).jobs
    assert (job.origin.path, job.origin.line, job.host, job.owner) == ("etc/crontab", 1, "etl1", "data")
    assert (job.schedule.in_words, job.schedule.timezone) == ("at 06:15 every day", "Europe/Riga")
    assert job.schedule.runs_per_month == pytest.approx(30.44, abs=0.01)
    assert job.schedule.forms[Target.EVENTBRIDGE].expressions == ("cron(15 6 * * ? *)",)
    assert job.schedule.forms[Target.MWAA].exact is True
    assert job.reads == ("/srv/in.csv", "nas:/mnt/x", "s3://lake/raw/")
    assert job.writes == ("/srv/out.csv", "table:dw.orders")
    assert job.deletes == ("/srv/old/",)
    assert job.locks == ("/run/a.lock",)
    assert job.waits == ("file /srv/in.csv (30 s, at most 600 s)",)
    assert job.unclear == ("eval is not followed",)
    assert [unit.steps for unit in job.units] == [(0,)]


def test_a_job_without_facts_says_so():
    """No facts is unclear, not empty-handed certainty."""
    [job] = one_job().jobs
    assert job.steps == ()
    assert job.unclear == ("its command was not looked into",)
    assert job.schedule.forms == {}


def test_a_schedule_that_cannot_be_counted_has_no_number():
    """A start at boot has words and no count."""
    [job] = one_job(v.job("a", schedule=v.REBOOT)).jobs
    assert (job.schedule.in_words, job.schedule.runs_per_month) == ("at boot", None)


def test_services_and_unbounded_waits_are_in_words():
    """A call is named by service, action and name; an unknown wait says that it is unknown."""
    call = ServiceCall("glue", "start-job-run", "csv")
    facts = v.facts("a", waits=(Wait(WaitKind.OBJECT, "s3://b/k", None, None, Origin("x", 1), ""),))
    step = facts.steps[0]
    called = type(facts)(facts.job, (type(step)(**{**_fields(step), "call": call}),), facts.units, waits=facts.waits)
    [job] = one_job(facts=called).jobs
    assert job.services == ("glue start-job-run csv",)
    assert job.waits == ("object s3://b/k (how long is unknown)",)


def _fields(value):
    return {name: getattr(value, name) for name in value.__slots__}


def test_an_inactive_job_keeps_its_reason():
    """What cron does not run is there, with kind and reason."""
    [job] = one_job(v.job("a", inactive=Inactive("no-newline", "no newline at the end"))).jobs
    assert (job.active, job.inactive_kind, job.inactive_why) == (False, "no-newline", "no newline at the end")


def test_the_recommendation_arrives_whole():
    """Reasons, rejected targets, flips, bills, hazards and efforts are those of the advice."""
    answer = v.recommendation(
        "c",
        Target.STEP_FUNCTIONS,
        undecided="the bills overlap",
        hazards=(v.hazard("a"),),
        efforts=(v.effort("a"),),
        notes=("a deviation",),
        estimates=(v.estimate(Target.MWAA, v.line()), v.estimate(Target.RETAIN, v.line(v.span("2", "3"), "0.5"))),
    )
    plan = one_job(answer=answer)
    [cluster] = plan.clusters
    found = cluster.recommendation
    assert (found.target, found.undecided, found.runner_up) == (
        Target.STEP_FUNCTIONS,
        "the bills overlap",
        Target.RETAIN,
    )
    assert found.reasons[0].evidence[0].path == "opt/load.sh"
    assert [(flip.change.key, flip.change.value) for flip in found.flips] == [("aws.compute", "ecs")]
    assert list(found.estimates) == [Target.MWAA, Target.RETAIN]
    assert found.estimates[Target.MWAA].monthly is None
    assert found.estimates[Target.RETAIN].usage.high == 1.5
    assert found.notes == ("a deviation",)
    assert [hazard.severity for hazard in cluster.hazards] == ["silent"]
    assert (plan.jobs[0].effort, plan.jobs[0].effort_why) == ("small", ("one unit",))
    assert plan.counts.undecided == plan.counts.silent_hazards == 1


def test_a_cluster_without_a_recommendation_stops_the_run():
    """A gap between stages is a fault of ours and is not papered over."""
    with pytest.raises(MigratorError, match="no recommendation"):
        assemble(v.inventory(v.job("a")), {}, EMPTY, [v.cluster("c", ["a"])], [], v.advice())


def test_clusters_are_sorted_and_their_files_differ():
    """The order of the input does not matter, and two of one title get two names."""
    jobs = [v.job("a"), v.job("b", 2)]
    clusters = [v.cluster("c2", ["b"], title="load"), v.cluster("c1", ["a"], title="load")]
    answers = v.advice(v.recommendation("c1"), v.recommendation("c2"))
    plan = assemble(v.inventory(*jobs), {}, EMPTY, clusters, [], answers)
    assert [(cluster.id, cluster.file_name) for cluster in plan.clusters] == [("c1", "load"), ("c2", "load-2")]
    assert plan.clusters[0].shape == plan.clusters[1].shape
    assert plan == assemble(v.inventory(*jobs), {}, EMPTY, clusters[::-1], [], answers)


def test_above_two_hundred_clusters_long_bills_are_told_once_for_each_shape():
    """Totals stay, and so do the lines that decide and those that are unknown."""
    names = [f"j{number:03}" for number in range(201)]
    bills = (
        v.estimate(Target.EVENTBRIDGE, v.line(v.span("1"))),
        v.estimate(Target.AIRFLOW, v.line(v.span("36"), fixed=True)),
        v.estimate(Target.MWAA, v.line(v.span("200"), fixed=True), v.line()),
    )
    answers = v.advice(*(v.recommendation(name, estimates=bills) for name in names))
    jobs = [v.job(name, number) for number, name in enumerate(names)]
    clusters = [v.cluster(name, [name]) for name in names]
    found = assemble(v.inventory(*jobs), {}, EMPTY, clusters, [], answers).clusters
    lines = [
        [len(cluster.recommendation.estimates[bill.target].lines) for bill in bills] for cluster in (found[0], found[1])
    ]
    assert lines == [[1, 1, 2], [1, 0, 1]]
    assert found[1].recommendation.estimates[Target.AIRFLOW].monthly.high == 36
    few = assemble(v.inventory(*jobs[:2]), {}, EMPTY, clusters[:2], [], answers).clusters
    assert len(few[1].recommendation.estimates[Target.AIRFLOW].lines) == 1


def test_workflows_stand_with_their_cluster():
    """A workflow is found by its jobs, and its tasks, order and inflows arrive."""
    origin = Origin("etc/crontab", 1)
    task = Task("load", JobId("a"), (0,), "load", origin, call=ServiceCall("glue", "start-job-run", None))
    wait = Task(
        "wait", JobId("a"), (1,), "sleep", origin, wait=Wait(WaitKind.TIME, "", v.span("1", "2"), None, origin, "")
    )
    flow = Workflow(
        "w1",
        "load",
        v.schedule(),
        (JobId("a"),),
        (task, wait),
        (TaskOrder("load", "wait", After.SUCCESS),),
        inflows=(Inflow("w0", JobId("b"), "load", "/srv/a", previous_run=True),),
        runs_per_month=v.span("30", "31"),
    )
    cluster = v.cluster("c", ["a"])
    plan = assemble(v.inventory(v.job("a")), {}, EMPTY, [cluster], [flow], v.advice(v.recommendation("c")))
    [found] = plan.clusters[0].workflows
    assert [task.service for task in found.tasks] == ["glue start-job-run", None]
    assert found.tasks[1].wait == "time (1–2 s)"
    assert (found.order[0].upstream, found.order[0].task) == ("load", "wait")
    assert (found.inflows[0].what, found.runs_per_month) == ("/srv/a", 30.5)


def test_ties_hubs_and_cycles_arrive_with_evidence():
    """The graph is in the plan as it was found."""
    tie = Dependency(JobId("a"), JobId("b"), DependencyKind.FILE, Lag.PREVIOUS_RUN, 0.9, (v.evidence(),))
    weak = Relation(JobId("b"), JobId("a"), RelationKind.DOUBTFUL, Lag.NONE, 0.4, ())
    graph = JobGraph((tie,), (weak,), ((JobId("a"), JobId("b")),), (Hub("/var/log", (JobId("a"),)),))
    jobs = (v.job("a"), v.job("b", 2))
    cluster = v.cluster("c", ["a", "b"])
    plan = assemble(v.inventory(*jobs), {}, graph, [cluster], [], v.advice(v.recommendation("c")))
    assert plan.dependencies[0].lag is Lag.PREVIOUS_RUN
    assert plan.dependencies[0].evidence[0].says == "reads /srv/a"
    assert plan.relations[0].kind is RelationKind.DOUBTFUL
    assert (plan.hubs[0].name, plan.cycles) == ("/var/log", (("a", "b"),))


def test_findings_of_lines_jobs_and_later_stages_are_told_once():
    """The same remark from two stages is one."""
    extra = Finding(Origin("etc/crontab", 9), "annotation", "matches no job")
    again = v.inventory().findings[0]
    plan = one_job(v.job("a", findings=(again, extra)), findings=[extra])
    assert [(finding.line, finding.kind, finding.severity) for finding in plan.findings] == [
        (2, "percent", "silent"),
        (9, "annotation", "loud"),
    ]


def test_the_counts_are_those_of_the_parts():
    """Hosts count replicas' hosts, and the host that nothing names."""
    job = v.job("a", host=None, replicas=(Replica("web2", Origin("web2/crontab", 1)),))
    counts = one_job(job, v.facts("a")).counts
    assert (counts.files, counts.hosts, counts.lines, counts.jobs, counts.replicas) == (1, 2, 2, 1, 1)
    assert (counts.steps, counts.units, counts.unread, counts.secrets) == (1, 1, 1, 1)


def test_the_portfolio_adds_what_is_known_and_counts_what_is_not():
    """One unknown bill makes the sum unknown, and the known part is told apart."""
    jobs = (v.job("a"), v.job("b", 2))
    known = v.recommendation("c1", estimates=(v.estimate(Target.EVENTBRIDGE, v.line(v.span("1", "2"))),))
    unknown = v.recommendation("c2", Target.MWAA, estimates=(v.estimate(Target.MWAA, v.line()),))
    advice = v.advice(
        known,
        unknown,
        alternatives=(Alternative("all stay", None, "the host goes"),),
        environments=(Environment(Target.MWAA, "", ("c2",), 1, 1, v.estimate(Target.MWAA), "pinned"),),
        notes=("said once",),
    )
    clusters = [v.cluster("c1", ["a"]), v.cluster("c2", ["b"])]
    plan = assemble(v.inventory(*jobs), {}, EMPTY, clusters, [], advice, prices="2026-08-01")
    portfolio = plan.portfolio
    assert list(portfolio.chosen) == [Target.EVENTBRIDGE, Target.MWAA]
    assert (portfolio.monthly, portfolio.unknown, portfolio.known.high) == (None, 1, 2.0)
    assert portfolio.now is None
    assert portfolio.alternatives[0].monthly is None
    assert (portfolio.environments[0].clusters, plan.notes, plan.prices) == (("c2",), ("said once",), "2026-08-01")


def test_a_shared_bill_is_added_once():
    """What no cluster has a part of comes on top of the clusters' bills."""
    shared = (v.estimate(Target.EVENTBRIDGE, v.line(v.span("10"), fixed=True)),)
    answer = v.recommendation("c", estimates=(v.estimate(Target.EVENTBRIDGE, v.line(v.span("1"))),))
    job = v.job("a")
    plan = assemble(v.inventory(job), {}, EMPTY, [v.cluster("c", ["a"])], [], v.advice(answer, shared=shared))
    assert plan.portfolio.monthly.low == 11


def test_what_was_assembled_validates():
    """The schema holds for assembled plans too."""
    facts = v.facts("a", traits=(TraitFound(Trait.DAEMON, v.evidence()),))
    plan = one_job(facts=facts, answer=v.recommendation("c", hazards=(v.hazard("a"),)))
    jsonschema.validate(json.loads(dump(plan)), schema())


def test_the_advice_asks_first():
    """A question that the advice asks is not asked again by the plan."""
    own = Question("zones", ("etl1",), "Which zone?", "the minutes")
    job = v.job("a", schedule=v.schedule())
    advice = v.advice(v.recommendation("c"), questions=(own,))
    plan = assemble(v.inventory(job), {}, EMPTY, [v.cluster("c", ["a"])], [], advice)
    assert [question.text for question in plan.questions if question.id == "zones"] == ["Which zone?"]


def test_a_secret_of_a_called_script_is_listed():
    """What a job's script hides stands beside what its crontab hides, each place once."""
    hidden = Secret(Origin("opt/etl/fetch.sh", 6), "password")
    facts = v.facts("a", [], secrets=(hidden, hidden))
    plan = one_job(facts=facts)
    assert [
        (secret.path, secret.line, secret.kind) for secret in plan.secrets if secret.path == "opt/etl/fetch.sh"
    ] == [("opt/etl/fetch.sh", 6, "password")]
    assert plan.counts.secrets == len(plan.secrets)
