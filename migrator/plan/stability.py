"""What would change the plan as a whole, and how far it holds, as `plan.json` has them."""

from pydantic import Field

from migrator.advice.types import PortfolioFlip, Stability
from migrator.model import Target
from migrator.plan.clusters import ChangePart
from migrator.plan.parts import Count, Part, Text


class ShiftPart(Part):
    """Jobs that would go from one target to another; the same one twice where an open answer would be settled."""

    before: Target
    after: Target
    jobs: Count


class PortfolioFlipPart(Part):
    """A change of one setting, and all that it would change."""

    when: Text
    change: ChangePart
    jobs: Count
    shifts: tuple[ShiftPart, ...]


class StabilityPart(Part):
    """How far the answers hold over all that is doubtful or unstated."""

    worlds: Count = Field(description="full sets of answers to what is open, in each of which all jobs were placed")
    jobs: Count = Field(description="jobs that cron runs")
    firm: Count = Field(description="jobs that go where the plan has them in all worlds")
    part: float = Field(ge=0, le=1, description="the part of the jobs that do so, on average over the worlds")
    ties: Count = Field(description="doubtful ties, real in as many worlds as their confidence says")
    left: Count = Field(description="doubtful ties that were left as they are")
    settings: tuple[Text, ...] = Field(description="unstated settings, each with all of its values")
    questions: tuple[Text, ...] = Field(description="ids of the questions that settle most jobs, three at most")
    settled: Count = Field(description="jobs whose target these questions settle together")


def flip_parts(flips: tuple[PortfolioFlip, ...]) -> tuple[PortfolioFlipPart, ...]:
    """Turn the portfolio's flips into their parts."""
    return tuple(
        PortfolioFlipPart(
            when=flip.when,
            change=ChangePart(key=flip.key, value=flip.value),
            jobs=flip.jobs,
            shifts=tuple(ShiftPart(before=one.before, after=one.after, jobs=one.jobs) for one in flip.shifts),
        )
        for flip in flips
    )


def stability_part(found: Stability | None) -> StabilityPart | None:
    """Turn the stability into its part, where somebody tried."""
    if found is None:
        return None
    return StabilityPart(
        worlds=found.worlds,
        jobs=found.jobs,
        firm=found.firm,
        part=round(found.part, 4),
        ties=found.ties,
        left=found.left,
        settings=found.settings,
        questions=found.questions,
        settled=found.settled,
    )
