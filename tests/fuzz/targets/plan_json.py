"""`plan.json` as somebody may have changed it: read and written back the same, or refused with a PlanError."""

from __future__ import annotations

from migrator.model import Target as Place
from migrator.plan import PlanError, dump, load
from tests.fuzz.targets.target import Target, text_of
from tests.fuzz.targets.written import written


def check(data: bytes) -> None:
    """Load a plan, and dump and load it again."""
    try:
        plan = load(text_of(data))
    except PlanError:
        return
    assert load(dump(plan)) == plan


TARGETS = (Target("plan-json", check, (dump(written(Place.EVENTBRIDGE)[0]).encode(),), longest=65_536),)
