"""What a person must answer for the advice to be sharper; each question says what it settles.

Asked is only what changes something. Zones, replicas, owners and scripts that were not read are asked by `plan`,
which sees every job.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from migrator.advice.bills import Bills
from migrator.advice.case import Case, duration_of
from migrator.advice.choice import Choice
from migrator.advice.doubt_questions import doubt_questions
from migrator.advice.flips import Flips
from migrator.advice.standing import Standing
from migrator.advice.turning import Turned
from migrator.advice.types import Flip, Question
from migrator.advice.variants import ENGINEERS, EXISTING, HOURLY, HOURS, NEEDS, REMAINING, TIGHT
from migrator.costs import Workload, rounded_range
from migrator.history import lasting
from migrator.model import Job, Target
from migrator.model.wording import counted, some
from migrator.settings import Settings

_WORTH_ASKING = Decimal(1)
_BILLS_SHOWN = 3
SETTING_ASKED = {
    "engineers": ENGINEERS,
    "budget": TIGHT,
    "upkeep": HOURS,
    "existing": EXISTING,
    "needs": NEEDS,
    "hourly-cost": HOURLY,
    "upkeep-left": REMAINING,
}
"""The setting that the answer to a question sets, by the question's id."""


def questions_of(
    standing: Standing, flips: Flips, turned: Sequence[Turned], works: Mapping[str, Workload], bills: Bills
) -> tuple[Question, ...]:
    """Ask what would move or settle a target first, then the rest; of both what settles most jobs comes first."""
    cases, choices = tuple(standing.cases.values()), standing.choices
    asked = (
        *_team(standing, flips),
        *_cycles(cases),
        *doubt_questions(standing, turned),
        *_hosts(cases, choices),
        *_durations(standing, works, bills),
        *_rates(standing, works),
    )
    return tuple(sorted(asked, key=lambda question: (not question.moves, -question.jobs)))


def _team(standing: Standing, flips: Flips) -> Iterator[Question]:
    team = standing.settings.team
    asked = (
        ("engineers", team.engineers is None, "How many engineers would work with these jobs?"),
        ("budget", team.cost_sensitive is None, "Is money short for this?"),
        (
            "upkeep",
            team.upkeep_hours.self_hosted is None,
            "How many hours a month does upkeep of a self-hosted Airflow take, and how many would remain under MWAA?",
        ),
        ("existing", team.existing is None, "Does the team run an Airflow or MWAA already?"),
        (
            "needs",
            team.needs is None,
            "Does the team need backfills, a shared UI, a view of the graph, or Python logic between tasks?",
        ),
        ("hourly-cost", team.hourly_cost is None, "What does an hour of an engineer cost?"),
        (
            "upkeep-left",
            team.upkeep_hours.managed is None,
            "How many of the measured hours of upkeep would remain under MWAA?",
        ),
    )
    for id_, open_, text in asked:
        key = SETTING_ASKED[id_]
        moved = {name: [flip for flip in found if flip.key == key] for name, found in flips.of_clusters.items()}
        about = tuple(sorted(name for name, found in moved.items() if found))
        if open_ and about:
            settles = _outcomes(moved[about[0]], len(about), key)
            yield Question(id_, about, text, settles, len(flips.settled[key]), moves=True)


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


def _durations(standing: Standing, works: Mapping[str, Workload], bills: Bills) -> Iterator[Question]:
    titles = {name: case.cluster.title for name, case in standing.cases.items()}
    wide: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for name, choice in sorted(standing.choices.items()):
        elsewhere = choice.target in (Target.EVENTBRIDGE, Target.STEP_FUNCTIONS)
        if elsewhere and any(use.compute != "ssm" and use.hours is None for use in works[name].compute):
            unknown[name] = titles[name]
            continue
        if choice.target is not Target.STEP_FUNCTIONS or "how long" not in works[name].depends_on:
            continue
        bill = next(e.monthly for e in bills.estimates(name) if e.target is Target.STEP_FUNCTIONS)
        if bill is not None and bill.high - bill.low >= _WORTH_ASKING:
            wide[name] = f"{titles[name]} {rounded_range(bill)}"
    about = (*wide, *unknown)
    if about:
        polled = "their bill on Step Functions, which asks every 30 seconds whether one is done"
        computed = "the bill of what the commands run on, which is unknown until then"
        parts = [f"{words} ({_first(found)})" for words, found in ((polled, wide), (computed, unknown)) if found]
        text = "How long do the commands and waits of these clusters take, typically and at worst?"
        jobs = sum(len(standing.cases[name].active) for name in about)
        text += _known_so_far([job for name in about for job in standing.shapes[name].moving], standing.settings)
        settles = f"{' and '.join(parts)}. Set `duration` under `[jobs.NAME]`"
        yield Question("durations", about, text, settles, jobs)


def _first(found: Mapping[str, str]) -> str:
    return some(list(found.values()), _BILLS_SHOWN)


def _known_so_far(jobs: Sequence[Job], settings: Settings) -> str:
    """Say what is known of durations that are asked for: too few runs in a log are no measure, but not nothing."""
    told = []
    for job in jobs:
        if job.glimpsed is None or duration_of(job, settings) is not None:
            continue
        ends = list(dict.fromkeys(lasting(int(end)) for end in (job.glimpsed.duration.low, job.glimpsed.duration.high)))
        runs = "1 run" if job.glimpsed.runs == 1 else f"{job.glimpsed.runs:,} runs"
        told.append(f"{job.title} {runs} of {' to '.join(ends)}")
    if not told:
        return ""
    more = f" and of {len(told) - _BILLS_SHOWN} more jobs" if len(told) > _BILLS_SHOWN else ""
    return f" The log has too few runs to tell the worst: {', '.join(told[:_BILLS_SHOWN])}{more}."


def _rates(standing: Standing, works: Mapping[str, Workload]) -> Iterator[Question]:
    silent = [name for name, choice in sorted(standing.choices.items()) if choice.target is not Target.RETAIN]
    silent = [name for name in silent if works[name].runs is None and works[name].tasks]
    if silent:
        text = "How often a month does what starts these clusters happen?"
        jobs = sum(len(standing.cases[name].active) for name in silent)
        yield Question("rates", tuple(silent), text, "their bill, which is unknown until then", jobs)


def _cycles(cases: Sequence[Case]) -> Iterator[Question]:
    for case in cases:
        if case.cluster.cyclic:
            text = f"The jobs of {case.cluster.title} need each other in a circle. Which dependency is not real?"
            settles = "an order, without which no target can run them. Deny it under `[dependencies]` in migrator.toml"
            jobs = tuple(case.cluster.jobs)
            yield Question(f"cycle-{case.cluster.id}", jobs, text, settles, len(case.active), moves=True)


def _hosts(cases: Sequence[Case], choices: Mapping[str, Choice]) -> Iterator[Question]:
    lone = [case for case in cases if _may_stay(choices[case.cluster.id])]
    active = [job for case in lone for job in case.active if job.has_host]
    hosts = sorted({host for job in active for host in (job.host or "the host", *(one.host for one in job.replicas))})
    if active:
        text = (
            f"Is {hosts[0]} to be retired?" if len(hosts) == 1 else f"Which of {len(hosts):,} hosts are to be retired?"
        )
        count = counted(len(active), "job")
        settles = f"whether {count} of one unit should move at all: on a host that stays a move saves $0"
        yield Question("hosts", tuple(hosts), text, settles, len(active), moves=True)


def _may_stay(choice: Choice) -> bool:
    return choice.target is Target.EVENTBRIDGE and choice.runner_up is Target.RETAIN and not choice.pinned
