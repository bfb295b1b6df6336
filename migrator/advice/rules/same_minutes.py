"""A target that fires at cron's own minutes is ahead of one that does not.

**Why.** Around clock changes the schedulers differ: EventBridge leaves a skipped time out, Airflow starts it later, and
takes the second of a time that comes twice. Where one target keeps cron's minutes and another does not, that is said;
it weighs little, as few days a year differ and the minute can often be moved.

**Says nothing** where all targets agree with cron, where none does, and where the zone is not known.
"""

from collections.abc import Iterator, Mapping, Sequence

from migrator.advice.rule import MOVES, Rule, Subject, at_lines
from migrator.model import AIRFLOWS, Job, Reason, Target
from migrator.schedules.compare import Comparison

_BY_CLOCK = frozenset({"skipped", "moved", "again"})


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for targets at which every job keeps its minutes, and against those that cannot, where they differ."""
    compared = [
        (job, subject.case.proofs[job.id]) for job in subject.shape.moving if _decided(subject.case.proofs.get(job.id))
    ]
    differing = {
        target: [job for job, proof in compared if proof[target].exact is False]
        for target in MOVES
        if all(target in proof for _, proof in compared)
    }
    others = [target for target, jobs in differing.items() if jobs]
    if not others or len(others) == len(differing):
        return
    for target, jobs in differing.items():
        if jobs:
            who = "it" if len(jobs) == len(subject.shape.moving) else _jobs(jobs)
            found = [difference.kind for job in jobs for difference in subject.case.proofs[job.id][target].differences]
            when = "on days of clock changes" if _BY_CLOCK.issuperset(found) else "on some days"
            yield Reason(target, -1, f"{who} would start at other minutes than cron {when}", at_lines(jobs))
        else:
            text = f"it keeps cron's minutes on all days, which {_names(others)} would not"
            yield Reason(target, 1, text, at_lines(differing[others[0]]))


def _decided(proof: Mapping[Target, Comparison] | None) -> bool:
    """Say whether there are forms, and all that decides about them is known."""
    return bool(proof) and all(found.form.expressions and found.exact is not None for found in (proof or {}).values())


def _names(targets: Sequence[Target]) -> str:
    if set(targets) == AIRFLOWS:
        return "Airflow"
    return " and ".join(target.label for target in targets)


def _jobs(jobs: Sequence[Job]) -> str:
    return jobs[0].title if len(jobs) == 1 else f"{len(jobs)} jobs"


RULE = Rule(
    "same-minutes",
    judge,
    "cron(8), daylight saving; https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
)
