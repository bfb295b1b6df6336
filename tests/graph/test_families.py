"""Jobs of one script count once where a crowd is counted."""

from migrator.graph.families import families
from migrator.model import JobId
from tests.graph.world import World, step


def parsers(world: World, count: int, script: str = "parse.php") -> World:
    """Add jobs of one script that read and write one table."""
    for number in range(count):
        place = ["table:town.meeting"]
        name, calls = f"{script}{number}", [(script, "line")]
        world.add(name, f"{number % 60} * * * *", reads=place, writes=place, calls=calls, program=script)
    return world


def test_a_family_is_a_script_and_its_programs():
    """Two goals of one makefile run other programs; a line without a script is alone."""
    world = World().add("a", calls=[("x.sh", "line")], steps=(step("p"),))
    world.add("b", calls=[("x.sh", "line"), ("y.sh", "x.sh")], steps=(step("p", 9),))
    world.add("c", calls=[("x.sh", "line")], steps=(step("q"),)).add("d").add("e")
    found = families(world.jobs, world.facts)
    assert found[JobId("a")] == found[JobId("b")]
    assert len(set(found.values())) == 4
    assert families(world.jobs[:1], {}) == {JobId("a"): ("a",)}


def test_five_lines_of_one_parser_are_no_crowd():
    """Who reads the table needs them all; with each other they share a state, told from one to the next."""
    world = parsers(World(), 5).add("tweet", "30 * * * *", reads=["table:town.meeting"])
    graph = world.graph()
    assert {(d.upstream, d.downstream) for d in graph.dependencies} == {(f"parse.php{n}", "tweet") for n in range(5)}
    assert not graph.hubs
    assert [r.kind.value for r in graph.relations] == ["doubtful"] * 4


def test_as_many_scripts_are_a_crowd():
    """Six scripts that write and read one table: nobody can say who needs whom."""
    world = World()
    for number in range(6):
        parsers(world, 1, f"s{number}.php")
    graph = world.graph()
    assert not graph.dependencies
    [hub] = graph.hubs
    assert len(hub.jobs) == 6
    assert 0 < len(graph.relations) <= 3
    assert len({frozenset((r.upstream, r.downstream)) for r in graph.relations}) == len(graph.relations)


def test_thousands_of_one_script_stay_a_hub():
    """However few scripts, so many jobs are not tied one by one."""
    graph = parsers(World(), 3000).graph()
    assert not graph.dependencies
    assert len(graph.hubs[0].jobs) == 3000
    assert len(graph.relations) <= 3
