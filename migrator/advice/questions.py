"""What a person must answer for the advice to be sharper; each question says what it settles.

Asked is only what changes something. Zones, replicas, owners and scripts that were not read are asked by `plan`,
which sees every job.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from migrator.advice.bills import Bills
from migrator.advice.case import Case
from migrator.advice.choice import Choice
from migrator.advice.shape import Shape
from migrator.advice.types import Flip, Question
from migrator.costs import Workload, rounded_range
from migrator.graph.types import Relation, RelationKind
from migrator.model import Job, JobId, Target
from migrator.settings import Settings

_WORTH_ASKING = Decimal(1)
_DOUBTS_SHOWN = 5
_DOUBTS_FROM = 0.4
_BILLS_SHOWN = 3


def questions_of(
    cases: Sequence[Case],
    choices: Mapping[str, Choice],
    flips: Mapping[str, Sequence[Flip]],
    works: Mapping[str, Workload],
    bills: Bills,
    shapes: Mapping[str, Shape],
    settings: Settings,
) -> tuple[Question, ...]:
    """Ask about people and money, then about durations and rates, then about ties and hosts."""
    return (
        *_team(choices, flips, settings),
        *_durations(cases, choices, works, bills),
        *_rates(choices, works),
        *_cycles(cases),
        *_doubts(cases, choices, shapes),
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
            team.upkeep_hours.self_hosted is None,
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
    if team.upkeep_hours.managed is None and any(choices[name].undecided for name in priced):
        text = "How many of the measured hours of upkeep would remain under MWAA?"
        settles = "whether upkeep costs more than MWAA. Set `team.upkeep_hours.managed` in migrator.toml"
        yield Question("upkeep-left", tuple(sorted(priced)), text, settles)


def _outcomes(found: Sequence[Flip], clusters: int, key: str) -> str:
    whens: dict[Target, list[str]] = {}
    for flip in found:
        whens.setdefault(flip.to, []).append(flip.when)
    answers = "; ".join(f"{target.label} {_either(words)}" for target, words in whens.items())
    many = f" of {clusters} clusters" if clusters > 1 else ""
    return f"the target{many}: {answers}. Set `{key}` in migrator.toml"


def _either(whens: Sequence[str]) -> str:
    """Join conditions, and say what they begin with once."""
    start = "if the team needs "
    if len(whens) > 1 and all(when.startswith(start) for when in whens):
        return start + " or ".join(when.removeprefix(start) for when in whens)
    return " or ".join(whens)


def _durations(
    cases: Sequence[Case], choices: Mapping[str, Choice], works: Mapping[str, Workload], bills: Bills
) -> Iterator[Question]:
    titles = {case.cluster.id: case.cluster.title for case in cases}
    wide: dict[str, str] = {}
    for name, choice in sorted(choices.items()):
        if choice.target is not Target.STEP_FUNCTIONS or "how long" not in works[name].depends_on:
            continue
        bill = next(e.monthly for e in bills.estimates(name) if e.target is Target.STEP_FUNCTIONS)
        if bill is not None and bill.high - bill.low >= _WORTH_ASKING:
            wide[name] = rounded_range(bill)
    if wide:
        first = ", ".join(f"{titles[name]} {amount}" for name, amount in list(wide.items())[:_BILLS_SHOWN])
        more = f" and {len(wide) - _BILLS_SHOWN} more" if len(wide) > _BILLS_SHOWN else ""
        text = "How long do the commands and waits of these clusters take, typically and at worst?"
        settles = f"their bill on Step Functions, which asks every 30 seconds whether one is done ({first}{more})"
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


def _doubts(cases: Sequence[Case], choices: Mapping[str, Choice], shapes: Mapping[str, Shape]) -> Iterator[Question]:
    """Ask about doubtful ties between clusters that both move: only there an answer joins what now goes apart."""
    movers = [case for case in cases if choices[case.cluster.id].target is not Target.RETAIN]
    home = {job.id: case.cluster.id for case in movers for job in shapes[case.cluster.id].moving}
    jobs = {job.id: job for case in movers for job in case.jobs}
    apart = [tie for case in movers for tie in case.relations if _joins(tie, home)]
    best: dict[frozenset[str], Relation] = {}
    for tie in sorted(apart, key=lambda tie: (-tie.confidence, tie.upstream, tie.downstream)):
        best.setdefault(frozenset({home[tie.upstream], home[tie.downstream]}), tie)
    ordered = list(best.values())
    for tie in ordered[:_DOUBTS_SHOWN]:
        first, second = _named(jobs, tie.upstream, tie), _named(jobs, tie.downstream, tie)
        yield Question(
            f"depends-{tie.upstream}-{tie.downstream}",
            (tie.upstream, tie.downstream),
            f"Does {second} need what {first} does?{_because(tie)}",
            "whether they are one cluster in this order. Add or deny it under `[dependencies]` in migrator.toml",
        )
    if rest := ordered[_DOUBTS_SHOWN:]:
        about = tuple(dict.fromkeys(job for tie in rest for job in (tie.upstream, tie.downstream)))
        are = "Is 1 more doubtful dependency" if len(rest) == 1 else f"Are {len(rest):,} more doubtful dependencies"
        yield Question("depends-others", about, f"{are} real?", "whether more jobs belong together")


def _named(jobs: Mapping[JobId, Job], name: JobId, tie: Relation) -> str:
    """Give a job's title, with its place where both ends of the tie are called alike."""
    job = jobs[name]
    alike = jobs[tie.upstream].title == jobs[tie.downstream].title
    return f"{job.title} ({job.origin.path}:{job.origin.line})" if alike else job.title


def _joins(tie: Relation, home: Mapping[JobId, str]) -> bool:
    if tie.kind is not RelationKind.DOUBTFUL or tie.confidence < _DOUBTS_FROM:
        return False
    ends = home.get(tie.upstream), home.get(tie.downstream)
    return None not in ends and ends[0] != ends[1]


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
