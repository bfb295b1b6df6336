"""Turn the values of all stages into the plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrator.advice.types import Advice
from migrator.clusters.types import Cluster
from migrator.commands.day_guard import job_day_guard
from migrator.commands.facts import CommandFacts
from migrator.graph.types import JobGraph
from migrator.inventory.types import Inventory
from migrator.model import AIRFLOWS, Finding, Job, JobId, Schedule, Target
from migrator.model.wording import some
from migrator.plan.account import Counts, FindingPart, LedgerPart, SecretPart, UnreadPart
from migrator.plan.clusters import ClusterPart
from migrator.plan.document import MigrationPlan, QuestionPart
from migrator.plan.from_advice import cluster_parts
from migrator.plan.from_commands import form_part, job_part, schedule_part
from migrator.plan.hosts import hosts_of
from migrator.plan.jobs import DependencyPart, FormPart, HubPart, JobPart, RelationPart, SchedulePart
from migrator.plan.moving import SwitchedOffPart
from migrator.plan.payback import payback_part
from migrator.plan.portfolio import portfolio_of
from migrator.plan.questions import questions_of
from migrator.plan.scripts import parted_jobs, script_parts
from migrator.plan.switches import with_switches
from migrator.plan.ties import dependency_part, doubt_part, relation_part
from migrator.plan.waves import waves_of
from migrator.schedules.compare import Comparison
from migrator.schedules.forms import DayTest
from migrator.workflows.types import Workflow

Proofs = Mapping[Target, Comparison]


def assemble(
    inventory: Inventory,
    facts: Mapping[JobId, CommandFacts],
    graph: JobGraph,
    clusters: Sequence[Cluster],
    workflows: Iterable[Workflow],
    advice: Advice,
    *,
    findings: Iterable[Finding] = (),
    proofs: Mapping[JobId, Proofs] | None = None,
    prices: str = "",
    regions: tuple[str | None, str] = (None, ""),
) -> MigrationPlan:
    """Make the plan of finished values: every job in one cluster, every cluster with its recommendation.

    `findings` are those of stages after the inventory; `proofs` each job's schedule in every target's words, compared
    with cron; `prices` names the price list and its date, `regions` the settings' region and that of the prices.
    """
    secrets = _secrets(inventory, facts)
    flows, forms = tuple(workflows), _forms(proofs or {})
    jobs = _jobs(inventory, facts, advice, forms, parted_jobs(flows, {job.id: job for job in inventory.jobs}))
    parts = cluster_parts(clusters, flows, advice, inventory.jobs, _guarded(forms))
    dependencies, relations = _ties(graph)
    questions = questions_of(jobs, advice.questions)
    waves = with_switches(waves_of(parts, jobs, relations), inventory)
    return MigrationPlan(
        counts=_counts(inventory, jobs, parts, (len(dependencies), len(relations), len(secrets)), questions),
        ledger=_ledger(inventory),
        unread=_unread(inventory),
        findings=_findings(inventory, findings),
        jobs=jobs,
        dependencies=dependencies,
        relations=relations,
        hubs=tuple(HubPart(name=hub.name, jobs=tuple(hub.jobs)) for hub in graph.hubs),
        cycles=tuple(tuple(cycle) for cycle in graph.cycles),
        clusters=parts,
        portfolio=portfolio_of(parts, advice),
        secrets=secrets,
        questions=questions,
        waves=waves,
        hosts=hosts_of(parts, jobs, waves),
        payback=payback_part(advice.payback),
        switched_off=_switched_off(inventory),
        prices=prices,
        region=regions[0],
        price_region=regions[1],
        notes=(*advice.notes, *_not_followed(jobs, parts)),
        doubts=tuple(doubt_part(doubt) for doubt in advice.doubts),
    )


def _ties(graph: JobGraph) -> tuple[tuple[DependencyPart, ...], tuple[RelationPart, ...]]:
    dependencies = tuple(dependency_part(dependency) for dependency in graph.dependencies)
    return dependencies, tuple(relation_part(relation) for relation in graph.relations)


def _jobs(
    inventory: Inventory,
    facts: Mapping[JobId, CommandFacts],
    advice: Advice,
    forms: Mapping[JobId, dict[Target, FormPart]],
    parted: frozenset[JobId],
) -> tuple[JobPart, ...]:
    efforts = {effort.job: effort for answer in advice.recommendations for effort in answer.efforts}
    places = {placed.job: placed for answer in advice.recommendations for placed in answer.placements}
    schedules = _schedules(inventory.jobs, forms)
    return tuple(
        job_part(
            job,
            facts.get(job.id),
            schedules[job.id],
            efforts.get(job.id),
            places.get(job.id),
            script_parts(job.command, facts[job.id]) if job.id in parted else (),
        )
        for job in inventory.jobs
    )


def _schedules(jobs: Iterable[Job], forms: Mapping[JobId, Mapping[Target, FormPart]]) -> dict[JobId, SchedulePart]:
    # A schedule and a test of the day have the same forms wherever they stand: one part serves all their jobs.
    made: dict[tuple[Schedule, DayTest | None], SchedulePart] = {}
    found = {}
    for job in jobs:
        asked = job.schedule, job_day_guard(job)
        if asked not in made:
            made[asked] = schedule_part(asked[0], forms.get(job.id, {}), asked[1])
        found[job.id] = made[asked]
    return found


def _guarded(forms: Mapping[JobId, Mapping[Target, FormPart]]) -> frozenset[JobId]:
    of_machines = ((job, made.get(Target.STEP_FUNCTIONS)) for job, made in forms.items())
    return frozenset(job for job, form in of_machines if form is not None and form.guard_days is not None)


def _not_followed(jobs: Sequence[JobPart], clusters: Sequence[ClusterPart]) -> Iterator[str]:
    """Say which jobs' files do not have the command run on the compute that the settings ask for."""
    target = {job: cluster.recommendation.target for cluster in clusters for job in cluster.jobs}
    asked = [job for job in jobs if job.active and job.compute != "ssm" and job.command.strip()]
    functions = [job.id for job in asked if job.compute == "lambda"]
    in_dags = [job.id for job in asked if job.compute != "lambda" and target.get(job.id) in AIRFLOWS]
    if functions:
        yield (
            f"The settings ask for lambda, which runs no command: {_named(functions)} goes on running on its host "
            "until what it does is a function, which a manifest then calls."
        )
    if in_dags:
        named = _named(in_dags)
        yield f"The settings ask for other compute, which no DAG follows: {named} goes on running on its host."


def _named(names: Sequence[str]) -> str:
    return some(names, 5) + (", each of which" if len(names) > 5 else "")


def _switched_off(inventory: Inventory) -> tuple[SwitchedOffPart, ...]:
    return tuple(
        SwitchedOffPart(path=line.origin.path, line=line.origin.line, job=line.job, title=line.title)
        for line in inventory.switched_off
    )


def _forms(proofs: Mapping[JobId, Proofs]) -> dict[JobId, dict[Target, FormPart]]:
    # Jobs of one schedule have the same proofs: one part serves them all.
    made: dict[int, FormPart] = {}
    for of_job in proofs.values():
        for proof in of_job.values():
            if id(proof) not in made:
                made[id(proof)] = form_part(proof)
    return {job: {target: made[id(proof)] for target, proof in of_job.items()} for job, of_job in proofs.items()}


def _secrets(inventory: Inventory, facts: Mapping[JobId, CommandFacts]) -> tuple[SecretPart, ...]:
    of_scripts = (secret for found in facts.values() for secret in found.secrets)
    return tuple(
        SecretPart(path=secret.origin.path, line=secret.origin.line, kind=secret.kind)
        for secret in sorted({*inventory.secrets, *of_scripts})
    )


def _ledger(inventory: Inventory) -> tuple[LedgerPart, ...]:
    return tuple(
        LedgerPart(
            path=row.path,
            format=str(row.format),
            dialect=row.dialect,
            host=row.host,
            lines=row.lines,
            jobs=row.jobs,
            assignments=row.assignments,
            comments=row.comments,
            blank=row.blank,
            disabled=row.disabled,
            unread=row.unread,
            digest=row.digest,
            header=row.header,
            dialect_says=row.dialect_says,
        )
        for row in inventory.ledger
    )


def _unread(inventory: Inventory) -> tuple[UnreadPart, ...]:
    return tuple(
        UnreadPart(path=u.origin.path, line=u.origin.line, text=u.text, reason=u.reason, remedy=u.remedy)
        for u in inventory.unread
    )


def _findings(inventory: Inventory, more: Iterable[Finding]) -> tuple[FindingPart, ...]:
    of_jobs = (finding for job in inventory.jobs for finding in job.findings)
    return tuple(_finding(finding) for finding in sorted({*inventory.findings, *inventory.notes, *of_jobs, *more}))


def _finding(finding: Finding) -> FindingPart:
    return FindingPart(
        path=finding.origin.path,
        line=finding.origin.line,
        kind=finding.kind,
        text=finding.text,
        remedy=finding.remedy,
        severity=finding.severity.name.lower(),
    )


def _counts(
    inventory: Inventory,
    jobs: Sequence[JobPart],
    clusters: Sequence[ClusterPart],
    found: tuple[int, int, int],
    questions: Sequence[QuestionPart],
) -> Counts:
    dependencies, relations, secrets = found
    hazards = [hazard for cluster in clusters for hazard in cluster.hazards]
    hosts = {job.host for job in jobs if job.has_host}
    hosts |= {replica.host for job in jobs for replica in job.replicas}
    return Counts(
        files=len(inventory.ledger),
        hosts=len(hosts),
        lines=sum(row.lines for row in inventory.ledger),
        jobs=len(jobs),
        active=sum(job.active for job in jobs),
        replicas=sum(len(job.replicas) for job in jobs),
        steps=sum(len(job.steps) for job in jobs),
        units=sum(len(job.units) for job in jobs),
        dependencies=dependencies,
        relations=relations,
        clusters=len(clusters),
        undecided=sum(cluster.recommendation.undecided is not None for cluster in clusters),
        disabled=sum(row.disabled for row in inventory.ledger),
        unread=len(inventory.unread),
        hazards=len(hazards),
        silent_hazards=sum(hazard.silent for hazard in hazards),
        secrets=secrets,
        questions=len(questions),
    )
