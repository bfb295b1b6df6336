"""Money in words."""

import pytest

from migrator.model.wording import counted
from migrator.report.money import bill, calculation, dollars, price_standing, usd
from migrator.report.words import listed, times
from tests.report.plans import estimate, money


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "$0"),
        (0.004, "under $0.01"),
        (0.75, "$0.75"),
        (3.65, "$3.65"),
        (9.996, "$10"),
        (36.42, "$36"),
        (1046.4, "$1,046"),
    ],
)
def test_amounts_are_short(value, text):
    """Cents below ten dollars, grouped dollars above, and never zero for what is not."""
    assert dollars(value) == text


def test_ranges_and_unknowns():
    """Equal ends print once, and unknown says so."""
    assert usd(money(36.42, 106.68)) == "$36–$107"
    assert usd(money(1)) == "$1.00"
    assert usd(money(0, 0.004)) == "under $0.01"
    assert usd(money(0, 0.75)) == "$0–$0.75"
    assert usd(None) == "not known"


def test_a_bill_says_what_it_depends_on():
    """The causes of all unknown lines, each once."""
    assert bill(None) == "not estimated"
    assert bill(estimate(money(1), money(2))) == "$3.00"
    assert bill(estimate(None, None, "run times")) == "depends on run times"
    assert bill(estimate(None, None, "")) == "not known"


def test_a_calculation_is_shown_where_it_says_more_than_the_amount():
    """Quantity times price, in plain decimals."""
    line = estimate(money(1), money(1)).lines[0]

    def shown(quantity, price):
        return calculation(line.model_copy(update={"quantity": quantity, "price": price, "unit": "transition"}))

    assert shown(money(6360.43, 271967.69), 0.000025) == "6,360–271,968 × $0.000025 per transition"
    assert shown(money(4.35), 0.5) == "4 × $0.50 per transition"
    assert shown(money(31.94, 259504.51), 0.5) == "32–259,505 × $0.50 per transition"
    assert shown(money(0.25), 32.0) == "0.25 × $32 per transition"
    assert shown(money(0.001), 32.0) == "under 0.01 × $32 per transition"
    assert shown(money(2), 100.0) == "2 × $100 per transition"
    assert shown(None, 0.1) == "$0.10 per transition"
    assert shown(money(0), 0.1) == shown(money(3), 0.0) == shown(money(3), 1.0) == ""


def test_what_does_not_come_whole_keeps_a_place():
    """Hours and gigabytes are parted, invocations and transitions are not; the plan keeps its exact quantity."""
    line = estimate(money(1), money(1)).lines[0]
    hours = line.model_copy(update={"quantity": money(4.35, 120.4), "price": 0.5, "unit": "vCPU-hour"})
    assert calculation(hours) == "4.3–120 × $0.50 per vCPU-hour"
    assert hours.quantity == money(4.35, 120.4)


def test_a_price_says_how_surely_it_is_known():
    """As its source does, notes or not; what costs nothing has no price to doubt."""
    line = estimate(money(1), money(1)).lines[0]

    def standing(source, **changes):
        return price_standing(line.model_copy(update={"source": source} | changes))

    assert standing("aws.amazon.com, 2024-07-01, verified") == "price verified"
    assert standing("GP, 2026-03-13, secondary; one of seven says 1.25") == "price secondary"
    assert standing("AWS price list") == standing("", price=None, monthly=None) == "price unverified"
    assert standing("no charge", price=0.0, monthly=money(0)) == ""


def test_counts_and_lists():
    """Numbers are grouped and nouns agree."""
    assert (counted(1, "job"), counted(1200, "job"), counted(2, "copy", "copies")) == (
        "1 job",
        "1,200 jobs",
        "2 copies",
    )
    assert (listed([]), listed(["a"]), listed(["a", "b", "c"])) == ("", "a", "a, b and c")
    assert (times(None), times(30.44), times(4.35), times(1.0), times(43830.0)) == ("–", "30", "4.3", "1", "43,830")
