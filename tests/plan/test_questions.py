"""What no file can tell."""

from migrator.advice.types import RunsOn
from migrator.commands.facts import Trait
from migrator.model import ScheduleKind, Target
from migrator.plan.jobs import FormPart, TraitPart
from migrator.plan.questions import questions_of
from tests.report.plans import job, proof, replicas, schedule


def asked(*jobs):
    """Give the questions by id."""
    return {question.id: question for question in questions_of(jobs, ())}


def form(timezone: str | None) -> FormPart:
    """Make a target's form of a schedule, in a zone."""
    return FormPart(
        expressions=("cron(0 2 * * ? *)",),
        timezone=timezone,
        exact=True,
        differences=(),
        guard=None,
        notes=(),
        why_not=None,
    )


def test_silent_when_nothing_is_open():
    """A job with owner, zone and known scripts raises no question."""
    assert asked(job("a")) == {}


def test_asks_for_the_zone_of_hosts_that_have_none():
    """One question names all hosts; jobs that no clock starts do not count."""
    adrift = schedule("every hour", timezone=None)
    upstream = schedule("after others", timezone=None, kind=ScheduleKind.UPSTREAM)
    found = asked(job("a", schedule=adrift), job("b", host=None, schedule=adrift), job("c", schedule=upstream))
    assert found["zones"].about == ("etl1", "the host")
    assert "2 jobs" in found["zones"].settles


def test_asks_for_no_zone_that_nothing_hangs_on():
    """A job that stays keeps its minutes; one that a target starts by UTC in every hour has them in any zone."""
    adrift = schedule("at 02:00", timezone=None)
    assert "zones" not in asked(job("a", schedule=adrift, runs_on=RunsOn.UPKEEP))
    by_utc = schedule("every minute", timezone=None, forms={Target.EVENTBRIDGE: form("UTC")})
    by_zone = schedule("at 02:00", timezone=None, forms={Target.EVENTBRIDGE: form(None)})
    assert "zones" not in asked(job("a", schedule=by_utc))
    assert asked(job("a", schedule=by_utc), job("b", schedule=by_zone))["zones"].jobs == 1


def test_asks_what_replicas_are_for_once_for_each_set_of_hosts():
    """Two jobs on the same hosts are one question."""
    copies = replicas("web1", "web2")
    found = asked(job("a", replicas=copies), job("b", replicas=copies), job("c", replicas=replicas("db1")))
    assert found["replicas-a"].about == ("a", "b")
    assert found["replicas-c"].about == ("c",)
    assert "3 hosts" in found["replicas-a"].text


def test_does_not_ask_about_what_the_settings_ignore():
    """Cron runs it, and the user has said what becomes of it."""
    off = {"active": False, "inactive_kind": "ignored", "inactive_why": "the settings say to ignore a*"}
    assert not [name for name in asked(job("a", **off)) if name.startswith("inactive")]


def test_asks_whether_inactive_jobs_should_run():
    """One question for each kind, with the reason; nothing else is asked about them."""
    off = {"active": False, "inactive_kind": "no-newline", "inactive_why": "no newline", "owner": None}
    found = asked(job("a", **off), job("b", **(off | {"inactive_kind": None})))
    assert list(found) == ["inactive-inactive", "inactive-no-newline"]
    assert "no newline" in found["inactive-no-newline"].text
    other = job("c", **(off | {"inactive_why": None}))
    assert "(for example: no newline)" in asked(job("a", **off), other)["inactive-no-newline"].text


def test_asks_for_scripts_and_owners():
    """Scripts that were not read, and jobs of nobody."""
    found = asked(job("a", owner=None, traits=(TraitPart(trait=Trait.FOLLOWS_UNREAD, evidence=proof()),)))
    assert list(found) == ["scripts", "owners"]
    assert "1 job" in found["owners"].text


def test_many_hosts_are_not_all_listed():
    """Five are named, the rest counted."""
    many = replicas(*(f"web{number:04}" for number in range(1000)))
    assert "and 996 more" in asked(job("a", replicas=many))["replicas-a"].text


def test_asks_once_for_the_many_sets_of_hosts_of_a_fleet():
    """Five sets have a question each, six share one."""
    jobs = [job(f"j{n}", replicas=replicas(*(f"web{n}{copy}" for copy in range(2 + n % 2)))) for n in range(6)]
    found = asked(*jobs)
    assert list(found) == ["replicas"]
    assert "6 jobs stand on 3 to 4 hosts alike, in 6 groups of hosts." in found["replicas"].text
    assert "up to 4 times" in found["replicas"].settles
    assert sorted(found["replicas"].about) == [one.id for one in jobs]
    assert len(asked(*jobs[:5])) == 5
    even = [one for one in jobs if not one.id.endswith(("1", "3", "5"))]
    more = [job(f"k{n}", replicas=replicas(f"db{n}0", f"db{n}1")) for n in range(3)]
    assert "stand on 3 hosts alike" in asked(*even, *more)["replicas"].text
