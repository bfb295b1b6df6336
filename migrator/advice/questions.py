"""What a person must answer for the advice to be sharper; each question says what it settles.

Asked is only what changes something. Zones, replicas, owners and scripts that were not read are asked by `plan`,
which sees every job.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from migrator.advice.bills import Bills
from migrator.advice.case import Case
from migrator.advice.choice import Choice
from migrator.advice.types import Flip, Question
from migrator.costs import Workload, rounded_range
from migrator.graph.types import Relation, RelationKind
from migrator.model import Job, JobId, Target
from migrator.settings import Settings

_WORTH_ASKING = Decimal(1)
_DOUBTS_SHOWN = 20


def questions_of(
    cases: Sequence[Case],
    choices: Mapping[str, Choice],
    flips: Mapping[str, Sequence[Flip]],
    works: Mapping[str, Workload],
    bills: Bills,
    settings: Settings,
) -> tuple[Question, ...]:
    """Ask about people and money, then about durations and rates, then about ties and hosts."""
    return (
        *_team(choices, flips, settings),
        *_durations(choices, works, bills),
        *_rates(choices, works),
        *_cycles(cases),
        *_doubts(cases),
        *_hosts(cases, choices),
    )


def _team(choices: Mapping[str, Choice], flips: Mapping[str, Sequence[Flip]], settings: Settings) -> Iterator[Question]:
    team = settings.team
    asked = (
        ("engineers", "team.engineers", team.engineers is None, "How many engineers would work with these jobs?"),
        ("budget", "team.cost_sensitive", team.cost_sensitive is None, "Is money short for this?"),
        (
            "upkeep",
            "team.upkeep_hours.self_hosted",
            team.upkeep_hours.self_hosted is None or team.upkeep_hours.managed is None,
            "How many hours a month does upkeep of a self-hosted Airflow take, and how many would remain under MWAA?",
        ),
        ("existing", "team.existing", team.existing is None, "Does the team run an Airflow or MWAA already?"),
        (
            "needs",
            "team.needs",
            team.needs is None,
            "Does the team need backfills, a shared UI, a view of the graph, or Python logic between tasks?",
        ),
    )
    for id_, key, open_, text in asked:
        moved = {name: [flip for flip in found if flip.key == key] for name, found in flips.items()}
        about = tuple(sorted(name for name, found in moved.items() if found))
        if open_ and about:
            yield Question(id_, about, text, _outcomes(moved[about[0]], len(about), key))
    priced = [name for name, choice in choices.items() if choice.managed and choice.managed.trade.saved is not None]
    if team.hourly_cost is None and any(choices[name].undecided for name in priced):
        text = "What does an hour of an engineer cost?"
        settles = "whether upkeep costs more than MWAA. Set `team.hourly_cost` in migrator.toml"
        yield Question("hourly-cost", tuple(sorted(priced)), text, settles)


def _outcomes(found: Sequence[Flip], clusters: int, key: str) -> str:
    answers = "; ".join(f"{flip.when} {flip.to.label}" for flip in found)
    many = f" of {clusters} clusters" if clusters > 1 else ""
    return f"the target{many}: {answers}. Set `{key}` in migrator.toml"


def _durations(choices: Mapping[str, Choice], works: Mapping[str, Workload], bills: Bills) -> Iterator[Question]:
    wide: dict[str, str] = {}
    for name, choice in sorted(choices.items()):
        if choice.target is not Target.STEP_FUNCTIONS or "how long" not in works[name].depends_on:
            continue
        bill = next(e.monthly for e in bills.estimates(name) if e.target is Target.STEP_FUNCTIONS)
        if bill is not None and bill.high - bill.low >= _WORTH_ASKING:
            wide[name] = rounded_range(bill)
    if wide:
        first = ", ".join(f"{name} {amount}" for name, amount in list(wide.items())[:3])
        text = "How long do the commands and waits of these clusters take, typically and at worst?"
        settles = f"their bill on Step Functions, which asks every 30 seconds whether one is done ({first})"
        yield Question("durations", tuple(wide), text, f"{settles}. Set `duration` under `[jobs.NAME]`")


def _rates(choices: Mapping[str, Choice], works: Mapping[str, Workload]) -> Iterator[Question]:
    silent = [name for name, choice in sorted(choices.items()) if choice.target is not Target.RETAIN]
    silent = [name for name in silent if works[name].runs is None and works[name].tasks]
    if silent:
        text = "How often a month does what starts these clusters happen?"
        yield Question("rates", tuple(silent), text, "their bill, which is unknown until then")


def _cycles(cases: Sequence[Case]) -> Iterator[Question]:
    for case in cases:
        if case.cluster.cyclic:
            text = f"The jobs of {case.cluster.title} need each other in a circle. Which dependency is not real?"
            settles = "an order, without which no target can run them. Deny it under `[dependencies]` in migrator.toml"
            yield Question(f"cycle-{case.cluster.id}", tuple(case.cluster.jobs), text, settles)


def _doubts(cases: Sequence[Case]) -> Iterator[Question]:
    jobs = {job.id: job for case in cases for job in case.jobs}
    found = {
        (tie.upstream, tie.downstream): tie
        for case in cases
        for tie in case.relations
        if tie.kind is RelationKind.DOUBTFUL and _alive(tie, jobs)
    }
    ordered = sorted(found.values(), key=lambda tie: (-tie.confidence, tie.upstream, tie.downstream))
    for tie in ordered[:_DOUBTS_SHOWN]:
        yield Question(
            f"depends-{tie.upstream}-{tie.downstream}",
            (tie.upstream, tie.downstream),
            f"Does {jobs[tie.downstream].title} need what {jobs[tie.upstream].title} does?{_because(tie)}",
            "whether they are one cluster in this order. Add or deny it under `[dependencies]` in migrator.toml",
        )
    if rest := ordered[_DOUBTS_SHOWN:]:
        about = tuple(dict.fromkeys(job for tie in rest for job in (tie.upstream, tie.downstream)))
        text = f"Are any of {len(rest):,} more doubtful dependencies real? They are listed under relations"
        yield Question("depends-others", about, text, "whether more jobs belong together")


def _alive(tie: Relation, jobs: Mapping[JobId, Job]) -> bool:
    return all(end in jobs and jobs[end].active for end in (tie.upstream, tie.downstream))


def _because(tie: Relation) -> str:
    says = next((piece.says for piece in tie.evidence if piece.says), "")
    return f" ({says})" if says else ""


def _hosts(cases: Sequence[Case], choices: Mapping[str, Choice]) -> Iterator[Question]:
    lone = [case for case in cases if _may_stay(choices[case.cluster.id])]
    hosts = sorted({job.host or "the host" for case in lone for job in case.active})
    if lone:
        count = "1 job" if len(lone) == 1 else f"{len(lone):,} jobs"
        text = f"Is {hosts[0]} to be retired?" if len(hosts) == 1 else f"Which of {len(hosts)} hosts are to be retired?"
        settles = f"whether {count} of one unit should move at all: on a host that stays a move saves $0"
        yield Question("hosts", tuple(hosts), text, settles)


def _may_stay(choice: Choice) -> bool:
    return choice.target is Target.EVENTBRIDGE and choice.runner_up is Target.RETAIN and not choice.pinned
