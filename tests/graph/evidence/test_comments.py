"""Comments that name the job before."""

import pytest

from migrator.graph import DependencyKind, Safety
from tests.graph.world import World

IMPORT = "/opt/etl/import_orders.sh"


def two(comment: str, first: str = "0 2 * * *", second: str = "5 2 * * *", **more: object) -> World:
    """Make an import and a report with a comment."""
    world = World().add("import", first, command=IMPORT)
    return world.add("report", second, command=more.pop("command", "/opt/report.py"), comments=[comment])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("comment", "confidence"),
    [
        ("# runs after import_orders.sh", 0.68),
        ("# Must run AFTER import-orders (2:00)", 0.68),
        ("# 5 min after the import", 0.6),
        ("# once the order import is done, mail the numbers", 0.6),
        ("# depends on imports", 0.6),
        ("# after the job above", 0.6),
        ("# after the previous one has finished", 0.6),
    ],
)
def test_a_comment_and_a_short_gap_make_a_soft_dependency(comment, confidence):
    """A person said it and the clock agrees: a dependency that is meant, with the comment's line as proof."""
    [found] = two(comment).graph().dependencies
    assert (found.upstream, found.downstream) == ("import", "report")
    assert (found.kind, found.confidence, found.basis) == (DependencyKind.MEANT, confidence, ("comments", "gaps"))
    assert (found.evidence[0].origin.line, found.evidence[0].text) == (2000, comment)
    assert (found.safety, found.slack) == (Safety.HOPED, 5)


def test_a_comment_at_the_end_of_the_command_counts():
    """`# after …` behind the command is for people, too; `${x#y}` and quoted text are none."""
    world = two("", command="/opt/report.py # after import_orders.sh")
    assert world.edges() == {("import", "report"): "none"}
    assert not two("", command="echo 'a # after import_orders.sh'").edges()
    assert not two("", command="echo ${x#after import_orders.sh}").edges()


def test_before_turns_the_order():
    """«runs before the report» stands above the job that comes first."""
    world = World().add("import", "0 2 * * *", command=IMPORT, comments=["# runs shortly before the report"])
    assert world.add("report", "5 2 * * *", command="/opt/report.py").edges() == {("import", "report"): "none"}


def test_words_broken_over_two_lines_are_read_together():
    """The order begins on the first line, and that line is the proof."""
    world = World().add("import", "0 2 * * *", command=IMPORT)
    world.add("report", "5 2 * * *", command="/opt/report.py", comments=["# Numbers. Runs after", "# import_orders"])
    [found] = world.graph().dependencies
    assert found.evidence[0].origin.line == 2000


@pytest.mark.parametrize(
    "comment",
    [
        "# after midnight",
        "# before 6am",
        "# run 5 minutes after the hour",
        "# keep 30 days, delete after that",
        "# after the deployment of the website",
        "# report of orders",
        "# after import-of-others",
        "# the day after every import",
        "# 5 minutes after the import, staggered to avoid load",
        "# import",
        "#",
        "",
    ],
)
def test_silent_where_no_job_is_named(comment):
    """Times and foreign words are no jobs, and a job's name without an order is none."""
    graph = two(comment).graph()
    assert not graph.dependencies
    assert not graph.relations


def test_a_comment_alone_is_doubtful():
    """Words for a job that runs ten hours earlier, or later in the day, are not enough."""
    assert two("# after the import", "0 2 * * *", "0 12 * * *").ties() == [("import", "report", "doubtful")]
    assert two("# after the import", "0 12 * * *", "0 2 * * *").ties() == [("import", "report", "doubtful")]


def test_words_that_fit_several_jobs_are_doubtful_and_of_many_nothing():
    """Two imports may be meant; of four nobody knows which."""
    world = World().add("i1", "0 2 * * *", command="/opt/import_a").add("i2", "1 2 * * *", command="/opt/import_b")
    world.add("r", "5 2 * * *", command="/opt/report.py", comments=["# after the import"])
    assert [(tie.kind.value, tie.confidence) for tie in world.graph().relations] == [("doubtful", 0.44)] * 2
    world.add("i3", command="/opt/import_c").add("i4", command="/opt/import_d")
    assert not world.ties()


def test_another_file_or_host_is_not_meant():
    """A comment speaks of its own file."""
    world = World().add("import", "0 2 * * *", command=IMPORT, path="other")
    assert not world.add("report", "5 2 * * *", command="/opt/report.py", comments=["# after the import"]).edges()


def test_the_first_entry_has_none_above():
    """«after the above» on the first line names nobody."""
    assert not World().add("a", comments=["# after the above"]).ties()


def test_a_comment_makes_a_doubtful_file_sure():
    """A pattern of little belief and a comment are two witnesses."""
    world = World().add("w", "0 2 * * *", writes=["/d/x/orders-*"], command=IMPORT)
    world.add("r", "0 12 * * *", reads=["/d/x/*-daily"], command="/opt/report.py", comments=["# after the import"])
    [found] = world.graph().dependencies
    assert (found.kind, found.basis) == (DependencyKind.FILE, ("files", "comments"))
    assert found.confidence == 0.72
