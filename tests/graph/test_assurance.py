"""Whether an order is safe today."""

from dataclasses import replace
from decimal import Decimal

import pytest

from migrator.graph import Lag, Safety
from migrator.graph.assurance import longest_run, span
from migrator.model import Declared, Measured, Origin, Range
from migrator.settings import Settings
from tests.graph.world import World


def judged(first: str, second: str, **more: object) -> tuple[Safety, int | None, str]:
    """Judge a file that joins two jobs."""
    world = World().add("w", first, writes=["/d/x/o"], declared=more.pop("declared", None))  # type: ignore[arg-type]
    [found] = world.add("r", second, reads=["/d/x/o"]).graph(**more).dependencies
    return found.safety, found.slack, found.timing


def seen(longest: int) -> Measured:
    """Give what a log of eight runs tells."""
    return Measured(Range(Decimal(30), Decimal(longest)), 8, Decimal(longest))


def test_a_gap_without_durations_is_only_hoped_for():
    """Cron starts the second job at its minute, whatever the first does."""
    safety, slack, says = judged("0 2 * * *", "30 2 * * *")
    assert (safety, slack) == (Safety.HOPED, 30)
    assert says == "starts 30 minutes after the start of its upstream, whether that is done or not"


@pytest.mark.parametrize(
    ("duration", "safety", "word"),
    [
        ("10m", Safety.FITS, "which takes 10 minutes at most"),
        ("45s", Safety.FITS, "which takes 45 seconds at most"),
        ({"typical": "5m", "worst": "30m"}, Safety.FITS, "30 minutes at most"),
        ({"typical": "5m", "worst": "1h"}, Safety.RACE, "half a result"),
    ],
)
def test_a_known_duration_fits_or_not(duration, safety, word):
    """The longest run counts, as the settings give it."""
    found = judged("0 2 * * *", "30 2 * * *", jobs={"w": {"duration": duration}})
    assert (found[0], found[1]) == (safety, 30)
    assert word in found[2]


def test_the_manifest_gives_durations_too():
    """Where the settings say nothing."""
    said = Declared(duration=Range(60, 3600), origin=Origin("jobs.yaml", 3))  # type: ignore[arg-type]
    assert judged("0 2 * * *", "30 2 * * *", declared=said)[0] is Safety.RACE


def test_a_log_that_saw_longer_runs_counts_before_what_is_stated():
    """Twenty minutes are stated and thirty-five were seen: a race; a shorter log changes nothing."""
    [job] = World().add("w", "0 2 * * *", writes=["/d/x/o"]).jobs
    stated = Settings.model_validate({"jobs": {"w": {"duration": {"typical": "5m", "worst": "20m"}}}})
    assert longest_run(job, stated) == 1200
    assert longest_run(replace(job, measured=seen(2100)), stated) == 2100
    assert longest_run(replace(job, measured=seen(60)), stated) == 1200


def test_the_least_gap_counts():
    """Hours that differ: ten minutes on one run of the day, seventy on the others."""
    assert judged("0 2,5 * * *", "10 2 * * *")[1] == 10
    assert judged("0 2,5 * * *", "10 3,5 * * *")[1] == 10


def test_one_minute_is_a_race():
    """Nothing says which is first."""
    assert judged("0 2 * * *", "0 2 * * *")[:2] == (Safety.RACE, 0)


def test_a_job_that_runs_on_more_days_uses_old_data_at_weekends():
    """Two of seven starts have no new run before them."""
    safety, slack, says = judged("0 19 * * 1-5", "30 19 * * *")
    assert (safety, slack) == (Safety.HOPED, 30)
    assert "29 % of its starts have no new run before them" in says


def test_the_run_before_is_long_done():
    """Upstream starts later: what is used began 23 hours earlier."""
    safety, slack, says = judged("0 5 * * *", "0 4 * * *")
    assert (safety, slack) == (Safety.HOPED, 23 * 60)
    assert "23 hours before" in says


def test_a_start_on_success_is_held():
    """A job without a time of its own starts when what it depends on is done."""
    [found] = World().add("a", "0 2 * * *").add("b", "after", after=["a"]).graph().dependencies
    assert (found.safety, found.timing) == (Safety.HELD, "is started by what it depends on")


def test_an_event_holds_and_an_unknown_time_is_open():
    """What arrives starts a job; what a job without a clock leaves, comes when it comes."""
    world = World().add("w", "0 2 * * *", writes=["s3://b/k/x"]).add("r", "s3://b/k/x")
    [found] = world.graph().dependencies
    assert (found.safety, found.lag) == (Safety.HELD, Lag.NONE)
    other = World().add("a", "after", writes=["/d/x/o"]).add("b", "0 2 * * *", reads=["/d/x/o"])
    assert [found.safety for found in other.graph().dependencies] == [Safety.OPEN]
    boot = World().add("a", "@reboot", writes=["/d/x/o"]).add("b", "0 2 * * *", reads=["/d/x/o"])
    assert [found.safety for found in boot.graph().dependencies] == [Safety.OPEN]


def test_run_parts_holds_the_next_file():
    """One file of a periodic folder starts when the one before has ended (run-parts(8))."""
    world = World().add("a", writes=["/d/x/o"], source="periodic", path="etc/cron.daily/10-a")
    [found] = world.add("b", reads=["/d/x/o"], source="periodic", path="etc/cron.daily/20-b").graph().dependencies
    assert (found.safety, found.slack) == (Safety.HELD, None)


def test_anacrons_delays_are_the_slack():
    """Jobs of one period start delay by delay (anacrontab(5))."""
    assert judged("anacron 1 5", "anacron 1 25")[:2] == (Safety.HOPED, 20)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (1440, "24 hours"),
        (2880, "2 days"),
        (10080, "7 days"),
    ],
)
def test_minutes_in_words(minutes, words):
    """Spans are written for people."""
    assert span(minutes) == words


def test_settings_by_title_count():
    """A duration may be given by a job's title."""
    world = World().add("w", "0 2 * * *", writes=["/d/x/o"], title="Load").add("r", "30 2 * * *", reads=["/d/x/o"])
    graph = world.graph(jobs={"Load": {"duration": "10m"}})
    assert [found.safety for found in graph.dependencies] == [Safety.FITS]
    assert Settings().jobs == {}


def test_an_upstream_that_starts_again_in_the_same_minute_is_told_of():
    """Every quarter of an hour the next run of the five-minute job begins, too: what fits otherwise is a race."""
    safety, slack, says = judged("*/5 * * * *", "*/15 * * * *", jobs={"w": {"duration": "2m"}})
    assert (safety, slack) == (Safety.RACE, 5)
    assert says.endswith(
        "which takes 2 minutes at most; at each of its starts the next run of its upstream begins, too"
    )
    assert "at each of its starts" in judged("*/5 * * * *", "0 3 * * *")[2]
    assert "at some of its starts" in judged("0 2 * * *", "0 2-11 * * *")[2]
    assert "begins, too" not in judged("*/5 * * * *", "2-59/15 * * * *")[2]


def test_the_soonest_start_after_a_rarer_upstream_counts():
    """Of the starts each minute one is a minute after that of the five-minute job."""
    _, slack, says = judged("*/5 * * * *", "* * * * *")
    assert slack == 1
    assert "at least 1 minute before" in says
