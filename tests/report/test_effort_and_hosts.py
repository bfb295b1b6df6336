"""The report's sections on effort, payback and hosts."""

import pytest

from migrator.advice.types import RunsOn, Verdict
from migrator.plan.moving import HostPart, KeepPart, LeftPart, PaybackPart, WavePart
from migrator.report import report
from migrator.report.markdown.effort import payback_in_words
from tests.report import plans as p
from tests.report.test_markdown import section


def payback(verdict, **changes):
    """Make a payback of three jobs."""
    fields = {"sizes": {"small": 2, "large": 1}, "hours": None, "cost": None, "saving": None, "months": None}
    return PaybackPart(**(fields | {"verdict": verdict, "why": ("cron costs nothing",)} | changes))


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (payback(Verdict.SAVES_NOTHING), "This saves nothing; how much more it costs a month is not known."),
        (payback(Verdict.SAVES_NOTHING, saving=p.money(0)), "This saves nothing, and costs nothing more a month."),
        (
            payback(Verdict.SAVES_NOTHING, saving=p.money(-20, -10)),
            "This saves nothing: it costs $10–$20 more a month.",
        ),
        (payback(Verdict.UNKNOWN), "Whether this saves anything is not known."),
        (payback(Verdict.OPEN, saving=p.money(-10, 20)), "is open: from $10 more to $20 less a month."),
        (payback(Verdict.PAYS_BACK), "This saves money; how much is not known."),
        (
            payback(Verdict.PAYS_BACK, saving=p.money(50)),
            "how soon that pays for the work is not known.",
        ),
        (payback(Verdict.PAYS_BACK, saving=p.money(50), months=p.money(4)), "has paid for itself after 4 months."),
        (payback(Verdict.PAYS_BACK, saving=p.money(50), months=p.money(1)), "after 1 month."),
        (payback(Verdict.PAYS_BACK, saving=p.money(50), months=p.money(1.25, 14)), "after 1.2–14 months."),
    ],
)
def test_paybacks_in_words(found, says):
    """Every verdict, with amounts and without."""
    assert says in payback_in_words(found)


def test_the_section_on_effort():
    """Sizes, hours, cost, verdict, and what they rest on; silent where nothing moves."""
    found = payback(Verdict.SAVES_NOTHING, hours=p.money(20), cost=p.money(1800))
    job = p.job("a", effort_why=("one unit",))
    text = section(report(p.plan([job], [p.cluster("a", ["a"])], payback=found)), "Effort and payback")
    assert "3 jobs to move: 2 small and 1 large. That is 20 hours, $1,800. **This saves nothing;" in text
    assert "- Cron costs nothing." in text
    assert "| small | 1 | one unit (1) |" in text
    unpriced = p.plan([p.job("a")], [p.cluster("a", ["a"])], payback=payback(Verdict.UNKNOWN, hours=p.money(1.5)))
    assert "That is 1.5 hours; what an hour costs is not stated." in report(unpriced)
    assert "Effort and payback" not in report(p.plan([p.job("a")], [p.cluster("a", ["a"])]))


def host(name, **changes):
    """Make a host of three entries of which one wave takes two."""
    fields = {"host": name, "entries": 3, "inactive": 0, "after": (LeftPart(wave=1, left=1),), "emptied": False}
    keep = KeepPart(runs_on=RunsOn.HOST, why="its command goes on running there, started by SSM", jobs=("a",))
    return HostPart(**(fields | {"keeps": (keep,), "moves": ("c-a",)} | changes))


def hosts(*found):
    """Write the section on hosts."""
    wave = WavePart(number=1, clusters=("c-a",), after=(), why="easy", jobs=("a",))
    plan = p.plan([p.job("a")], [p.cluster("a", ["a"])], waves=(wave,), hosts=found)
    return section(report(plan), "What each host is still needed for")


def test_the_section_on_hosts():
    """What is left after each wave, what keeps the host, the fewest moves; those that are alike share a row."""
    text = hosts(host("db1"), host("db2"))
    row = "| `db1`, `db2` | 3 | 1: 1 | 1 job: its command goes on running there, started by SSM | 1 cluster: `a` |"
    assert row in text


def test_hosts_that_can_go_come_first():
    """An emptied host, one with its own upkeep alone, one that nothing touches."""
    upkeep = KeepPart(runs_on=RunsOn.UPKEEP, why="it keeps the host itself in order", jobs=("a",))
    text = hosts(
        host("busy"),
        host("gone", moves=(), keeps=(), emptied=True),
        host("own", moves=(), keeps=(upkeep,), inactive=2),
        host(None, moves=(), keeps=(), after=(), entries=0),
    )
    assert "| `gone` | 3 | 1: 1 | nothing that was read | none: it can be switched off |" in text
    assert "2 entries that cron does not run | none: only its own upkeep is left |" in text
    assert "| `the host` | 0 | no wave touches it | nothing that was read | – |" in text
    assert text.index("`gone`") < text.index("`busy`")


def test_many_waves_and_many_hosts_are_shortened():
    """Eight waves and the last; of more than forty rows twelve, the number of the others, and what keeps all."""
    after = tuple(LeftPart(wave=number, left=20 - number) for number in range(1, 12))
    assert "7: 13, 8: 12, … 11: 9" in hosts(host("db1", after=after))
    text = hosts(host("free", keeps=()), *(host(f"h{number}", entries=number) for number in range(49)))
    assert "38 more rows are in `plan.json`, under `hosts`." in text
    assert "- its command goes on running there, started by SSM: 1 job on 49 hosts\n" in text
    assert "- nothing that was read: 1 host\n" in text
    assert "What keeps" not in hosts(*(host(f"h{number}", entries=number) for number in range(40))).partition("|")[0]
