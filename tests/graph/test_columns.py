"""Tables of which one job sets columns or makes rows that the other may not look at."""

from dataclasses import replace

from tests.graph.world import World


def with_columns(made: World, name: str, *columns: tuple[str, ...]) -> None:
    """Say which columns a job touches, one group for each of its accesses."""
    [one] = made.facts[name].steps
    accesses = tuple(replace(access, columns=group) for access, group in zip(one.accesses, columns, strict=True))
    made.facts[name] = replace(made.facts[name], steps=(replace(one, accesses=accesses),))


def world(sets: tuple[str, ...], looks: tuple[str, ...]) -> World:
    """Make a job that sets columns and one that looks at some."""
    made = World().add("marks", "0 1 * * *", writes=["table:d.t"]).add("lists", "0 3 * * *", reads=["table:d.t"])
    with_columns(made, "marks", sets)
    with_columns(made, "lists", looks)
    return made


def test_columns_of_which_the_reader_names_none():
    """No column in common is no flow; a common one is, and so is whatever is not known."""
    assert not world(("seen",), ("name", "select")).edges()
    assert not world(("seen",), ("name", "select")).ties()
    assert world(("seen",), ("name", "seen", "select")).edges()
    assert world((), ("name",)).edges()
    assert world(("seen",), ()).edges()


def test_who_marks_the_rows_that_it_works_on():
    """It needs the rows of the other, which needs none of its marks: that is no state which both share."""
    made = World().add("loads", "0 1 * * *", reads=["table:d.t"], writes=["table:d.t"])
    made.add("works", "0 3 * * *", reads=["table:d.t"], writes=["table:d.t"])
    [shared] = made.graph().dependencies
    with_columns(made, "loads", ("id",), ())
    with_columns(made, "works", ("id", "done"), ("done",))
    [found] = made.graph().dependencies
    assert (found.upstream, found.downstream) == ("loads", "works")
    assert found.confidence > shared.confidence


def test_who_adds_rows_comes_before_who_changes_them():
    """Both read the table and write it: INSERT on one side and UPDATE alone on the other give the order."""
    made = World().add("adds", "*/20 * * * *", reads=["table:d.t"], writes=["table:d.t"])
    made.add("changes", "*/30 * * * *", reads=["table:d.t"], writes=["table:d.t"])
    assert not made.graph().dependencies
    with_columns(made, "adds", ("state", "id"), ())
    with_columns(made, "changes", ("state",), ("state",))
    [found] = made.graph().dependencies
    assert (found.upstream, found.downstream) == ("adds", "changes")


def test_two_that_both_change_rows_have_no_order():
    """Two jobs that only change rows, or that both add some, share a state: nobody makes what the other needs."""
    for columns in (("state",), ()):
        made = World().add("one", "*/20 * * * *", reads=["table:d.t"], writes=["table:d.t"])
        made.add("other", "*/30 * * * *", reads=["table:d.t"], writes=["table:d.t"])
        with_columns(made, "one", ("state",), columns)
        with_columns(made, "other", ("state",), columns)
        assert not made.graph().dependencies


def with_rows(made: World, name: str, *rows: tuple[tuple[str, str], ...]) -> None:
    """Say which texts stand in the rows that a job touches, one group for each of its accesses."""
    [one] = made.facts[name].steps
    accesses = tuple(replace(access, rows=group) for access, group in zip(one.accesses, rows, strict=True))
    made.facts[name] = replace(made.facts[name], steps=(replace(one, accesses=accesses),))


BUS, TRAIN = (("kind", "bus"),), (("kind", "train"),)


def test_rows_of_which_the_reader_asks_for_none():
    """Another text in the same column is another row; another column, or none, tells nothing."""
    for written, asked, joined in [
        (BUS, TRAIN, False),
        (BUS, BUS, True),
        ((*BUS, *TRAIN), TRAIN, True),
        (BUS, (), True),
        ((), TRAIN, True),
        (BUS, (("state", "train"),), True),
    ]:
        made = World().add("adds", "0 1 * * *", writes=["table:d.t"]).add("asks", "0 3 * * *", reads=["table:d.t"])
        with_rows(made, "adds", written)
        with_rows(made, "asks", asked)
        assert bool(made.edges()) is joined


def test_a_job_of_several_statements_touches_the_rows_of_all():
    """One statement without a condition is enough for every row; two give the rows of both."""
    for groups, joined in [((BUS, ()), True), ((BUS, TRAIN), True), ((BUS, BUS), False)]:
        made = World().add("adds", "0 1 * * *", writes=["table:d.t", "table:d.t"])
        made.add("asks", "0 3 * * *", reads=["table:d.t"])
        with_rows(made, "adds", *groups)
        with_rows(made, "asks", TRAIN)
        assert bool(made.edges()) is joined


def test_who_changes_other_rows_does_not_need_them():
    """INSERT of one kind before UPDATE of another gives no order."""
    for changed, joined in [(BUS, True), (TRAIN, False)]:
        made = World().add("adds", "*/20 * * * *", reads=["table:d.t"], writes=["table:d.t"])
        made.add("changes", "*/30 * * * *", reads=["table:d.t"], writes=["table:d.t"])
        with_columns(made, "adds", ("state", "id"), ())
        with_columns(made, "changes", ("state",), ("state",))
        with_rows(made, "adds", (), BUS)
        with_rows(made, "changes", (), changed)
        assert bool(made.graph().dependencies) is joined
