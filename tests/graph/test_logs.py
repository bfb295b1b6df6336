"""Logs that are data, and those that are not."""

import pytest

from migrator.commands.facts import StepKind
from tests.graph.world import World, step

LOG = "/data/w/rain.log"


def world(text: str = "gauge >> /data/w/rain.log", **more: object) -> World:
    """Make a job whose output goes to a log and one that makes a page of it."""
    made = World().add("gauge", "0 1 * * *", logs=[LOG], text=text)
    given: dict[str, object] = {"reads": [LOG], "writes": ["/srv/www/page.html"], **more}
    return made.add("page", "0 2 * * *", **given)  # type: ignore[arg-type]


def test_what_another_job_makes_something_of_is_data():
    """Only output goes there, and a page is made of it."""
    [found] = world().graph().dependencies
    assert (found.upstream, found.downstream, found.kind.value, found.confidence) == ("gauge", "page", "file", 0.71)


@pytest.mark.parametrize("text", ["gauge >> /data/w/rain.log 2>&1", "gauge &> /data/w/rain.log", "g |& tee -a x"])
def test_silent_where_errors_go_there_too(text):
    """That is the log of a run."""
    assert not world(text).edges()


def test_silent_for_who_makes_nothing_or_watches():
    """A search for errors, a mail, a check."""
    assert not world(writes=[]).edges()
    assert not world(title="check_rain").edges()
    mail = World().add("gauge", "0 1 * * *", logs=[LOG], text="g >> /data/w/rain.log")
    reads = World().add("x", reads=[LOG], writes=["/srv/x"]).facts["x"].steps[0]  # type: ignore[index]
    assert not mail.add("tell", "0 2 * * *", steps=(reads, step("mail", kind=StepKind.MAIL))).edges()


def test_silent_for_a_journal_of_many_and_on_other_hosts():
    """Four jobs that print into one file; a file of the same name elsewhere."""
    many = world()
    for number in range(3):
        many.add(f"g{number}", "0 1 * * *", logs=[LOG], text="g >> /data/w/rain.log")
    assert not many.edges()
    assert not world(host="other").edges()


def test_silent_for_patterns_and_for_its_own_log():
    """`*.log` is everything; what a job prints itself is its own."""
    assert not world(reads=["/data/w/*.log"]).edges()
    assert not World().add("a", reads=[LOG], logs=[LOG], writes=["/x/y"], text="a >> /data/w/rain.log").edges()
