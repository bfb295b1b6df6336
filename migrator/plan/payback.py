"""The payback as the plan has it."""

from migrator.advice.types import Payback
from migrator.plan.moving import PaybackPart
from migrator.plan.parts import RangePart


def payback_part(found: Payback | None) -> PaybackPart | None:
    """Take over what the move costs and saves; None where nothing moves."""
    if found is None:
        return None
    return PaybackPart(
        sizes=dict(found.sizes),
        hours=RangePart.of(found.hours),
        cost=RangePart.of(found.cost),
        saving=RangePart.of(found.saving),
        months=RangePart.of(found.months),
        verdict=found.verdict,
        why=found.why,
    )
