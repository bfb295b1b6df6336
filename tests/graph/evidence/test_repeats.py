"""Jobs that do again what another ends with."""

from tests.graph.world import World, step

END = step("publish", 7)


def pair(first: str = "0 2 * * *", second: str = "0 3 * * *", **more: object) -> World:
    """Make a job of two steps and one that does the second of them only; both lie in a script."""
    world = World().add("all", first, steps=(step("build", 6), END), path="tab")
    return world.add("end", second, steps=(END,), path="tab", **more)  # type: ignore[arg-type]


def test_the_end_of_another_job_is_doubtful():
    """An hour later the same line of the same script is run on its own: worth a look, no more."""
    [tie] = pair().graph().relations
    assert (tie.upstream, tie.downstream, tie.kind.value, tie.confidence) == ("all", "end", "doubtful", 0.48)
    assert tie.basis == ("repeats", "gaps")
    assert not pair().edges()


def test_the_last_one_before_is_meant():
    """Of two jobs with that end the nearer one counts."""
    world = World().add("far", "0 1 * * *", steps=(step("x", 5), END), path="tab")
    world.add("near", "30 2 * * *", steps=(step("y", 6), END), path="tab").add(
        "end", "0 3 * * *", steps=(END,), path="tab"
    )
    assert world.ties() == [("near", "end", "doubtful")]


def test_silent_for_one_command_at_two_times():
    """The same steps are the same job."""
    world = World().add("a", "0 2 * * *", steps=(END,), path="tab").add("b", "0 3 * * *", steps=(END,), path="tab")
    assert not world.ties()


def test_silent_in_other_orders_and_places():
    """The longer job later, on another host, with the step in its middle, or on the entry's own line."""
    assert not pair("0 4 * * *", "0 3 * * *").ties()
    assert not pair(host="other").ties()
    middle = World().add("all", "0 2 * * *", steps=(END, step("z", 8)), path="tab")
    assert not middle.add("end", "0 3 * * *", steps=(END,), path="tab").ties()
    own = (
        World()
        .add("all", "0 2 * * *", steps=(step("b", 1), step("p", 1)))
        .add("end", "0 3 * * *", steps=(step("p", 1),))
    )
    assert not own.ties()


def test_silent_for_a_part_that_many_have():
    """A common last step, such as a mail, ties nobody."""
    world = World()
    for number in range(5):
        world.add(f"j{number}", f"{number} 2 * * *", steps=(step(f"s{number}", 20 + number), END), path="tab")
    assert not world.add("end", "0 3 * * *", steps=(END,), path="tab").ties()
