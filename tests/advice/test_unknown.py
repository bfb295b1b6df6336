"""What is unknown stays a range or unknown in every bill, and is never counted as nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from migrator.advice import Case
from migrator.advice.types import Recommendation
from migrator.model import Range, ScheduleKind, Target
from tests.advice.build import answer, fan, line, lone, started_by

CASES = st.one_of(
    st.builds(
        lambda n, service: line(n, service=service), st.integers(1, 8), st.sampled_from([None, "glue", "lambda"])
    ),
    st.builds(fan, st.integers(2, 12)),
)
COMPUTE = st.sampled_from(["ssm", "ecs", "batch", "lambda"])
# Up to 22 hours for all of a run: the jobs run daily, and the history of a run has room for 23 hours of looks.
SECONDS = st.sampled_from([1, 59, 60, 61, 600, 7_200, 79_200])
CENT = Decimal("0.01")


def bills(found: Recommendation) -> dict[Target, Range | None]:
    """Give the bill on each target."""
    return {estimate.target: estimate.monthly for estimate in found.estimates}


@examples(max_examples=40, deadline=None)
@given(CASES, COMPUTE, SECONDS)
def test_an_unknown_duration_holds_every_known_one(of: Case, compute: str, seconds: int):
    """Whatever the durations turn out to be, each bill lies within the one that was given without them."""
    unknown = bills(answer(of, aws={"compute": compute}))
    each = max(1, seconds // len(of.jobs))
    said = {job: {"duration": f"{each}s"} for job in of.cluster.jobs}
    for target, bill in bills(answer(of, aws={"compute": compute}, jobs=said)).items():
        before = unknown[target]
        assert before is None or (
            bill is not None and before.low <= bill.low + CENT and bill.high <= before.high + CENT
        )


@examples(max_examples=25, deadline=None)
@given(CASES, COMPUTE)
def test_unknown_rates_are_unknown_bills(of: Case, compute: str):
    """How often it runs is not known, so nothing that is paid by the run has a price; what is fixed keeps its own."""
    silent = replace(of, workflows=tuple(replace(flow, runs_per_month=None) for flow in of.workflows))
    for estimate in answer(silent, aws={"compute": compute}).estimates:
        for item in estimate.lines:
            assert (item.quantity is None) == bool(item.depends_on)
        if estimate.target in {Target.EVENTBRIDGE, Target.STEP_FUNCTIONS}:
            assert estimate.monthly is None


@examples(max_examples=25, deadline=None)
@given(CASES, COMPUTE)
def test_no_bill_is_nothing_for_want_of_knowledge(of: Case, compute: str):
    """A bill of zero stays zero when all is stated: nothing unknown was left out of it."""
    unknown = bills(answer(of, aws={"compute": compute}))
    said = {job: {"duration": "20h"} for job in of.cluster.jobs}
    for target, bill in bills(answer(of, aws={"compute": compute}, jobs=said)).items():
        if unknown[target] == Range(Decimal(0), Decimal(0)):
            assert bill == Range(Decimal(0), Decimal(0)), target


def test_durations_of_commands_are_ranges_of_looks():
    """A command that Step Functions looks at every 30 seconds has a bill from one look to a day of them."""
    bill = bills(answer(line(2)))[Target.STEP_FUNCTIONS]
    assert bill is not None
    assert bill.low == 0
    assert bill.high > 5


def test_events_of_unknown_number():
    """An event's bill is unknown on the target that it goes to, and asked about."""
    found = answer(lone(schedule=started_by(ScheduleKind.EVENT), runs=None))
    [bill] = [estimate for estimate in found.estimates if estimate.target is found.target]
    assert bill.monthly is None
