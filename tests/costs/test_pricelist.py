"""The price list is complete, dated and refused when it is broken."""

from decimal import Decimal

import pytest

from migrator.costs import PriceListError, packaged_prices, read_prices

GOOD = """
[meta]
region = "us-east-1"
hours_per_month = 730
collected = "2026-11-22"
[sources]
X = "a page"
[a]
b = { usd = "0.5", month = "365.00", source = "X", date = "2026-01-01", confidence = "verified", note = "seen" }
n = { n = 3, source = "X", confidence = "secondary" }
"""


def test_packaged_prices_are_dated():
    """The list names its region and day, and every price its source and confidence."""
    prices = packaged_prices()
    assert (prices.region, prices.collected, prices.hours_per_month) == ("us-east-1", "2026-11-22", Decimal(730))
    assert all(entry.source and entry.confidence in {"verified", "secondary"} for entry in prices.entries.values())


@pytest.mark.parametrize(
    "key", [entry.key for entry in packaged_prices().entries.values() if entry.month and entry.usd]
)
def test_month_figures_follow_from_the_hour(key: str):
    """A month is 730 hours, rounded to the cent."""
    prices = packaged_prices()
    assert abs(prices.usd(key) * prices.hours_per_month - prices.month(key)) <= Decimal("0.005")


def test_reads_entries():
    """A price keeps all that its entry says."""
    prices = read_prices(GOOD)
    assert prices.usd("a.b") == Decimal("0.5")
    assert prices.month("a.b") == Decimal("365.00")
    assert prices.count("a.n") == 3
    assert prices.price("a.b").cited == "a page, 2026-01-01, verified; seen"
    assert prices.price("a.n").cited == "a page, undated, secondary"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[meta", "not TOML"),
        ("[sources]\nX = 'p'", "meta.region is missing"),
        (GOOD + "bad = 3", "a.bad is neither a table nor a price"),
        (GOOD + "bad = { usd = 1, source = 'Y', confidence = 'verified' }", "no source is called Y"),
        (GOOD + "bad = { usd = 1, source = 'X', confidence = 'sure' }", "confidence is neither"),
        (GOOD + "bad = { usd = 'much', source = 'X', confidence = 'verified' }", "a.bad.usd is not a number"),
        (GOOD + "bad = { usd = -1, source = 'X', confidence = 'verified' }", "a.bad.usd is not a number"),
        (GOOD + "bad = { source = 'X', confidence = 'verified' }", "has no usd, month or n"),
        (GOOD + "bad = { usd = 1, cost = 2, source = 'X', confidence = 'verified' }", "unknown keys: cost"),
    ],
)
def test_refuses_a_broken_list(text: str, fault: str):
    """The message names the key and the fault."""
    with pytest.raises(PriceListError, match=fault):
        read_prices(text)


def test_all_faults_come_at_once():
    """Two broken entries are both named."""
    with pytest.raises(PriceListError) as caught:
        read_prices(GOOD + "x = 1\ny = 2\n")
    assert "a.x" in caught.value.fault
    assert "a.y" in caught.value.fault


def test_missing_price_is_an_error():
    """Nothing unknown is taken for zero."""
    prices = read_prices(GOOD)
    with pytest.raises(PriceListError, match="no such price"):
        prices.usd("a.c")
    with pytest.raises(PriceListError, match="has no n"):
        prices.count("a.b")
