"""Lines of one form, without a script, are one work."""

from migrator.clusters import group
from migrator.commands.facts import Step, StepKind
from migrator.model import Origin
from tests.graph.world import World


def line(world: World, name: str, *texts: str, command: str = "") -> World:
    """Add a job of steps with these texts."""
    steps = tuple(Step(text, text, StepKind.PROGRAM, Origin("crontab", 1), text.split()[0]) for text in texts)
    return world.add(name, f"0 {len(world.jobs)} * * *", steps=steps, command=command or "; ".join(texts))


def sizes(world: World) -> list[int]:
    """Count the jobs of each cluster."""
    return sorted(len(cluster.jobs) for cluster in group(world.jobs, world.facts, world.graph()))


def test_lines_of_two_commands_that_name_other_things():
    """A dump and its packing, of three databases."""
    world = World()
    for name in ("shop", "blog", "wiki"):
        line(world, name, f"mysqldump -u root {name}", f"gzip -9f {name}.sql")
    [cluster] = group(world.jobs, world.facts, world.graph())
    assert len(cluster.jobs) == 3
    assert cluster.kin


def test_silent_for_other_options_words_and_programs():
    """Another option, one word more, another program: another work."""
    world = line(World(), "a", "mysqldump -u root a", "gzip -9f a.sql")
    line(world, "b", "mysqldump -u root b", "gzip -f b.sql")
    line(world, "c", "mysqldump -u root c", "gzip -9f c.sql d.sql")
    line(world, "d", "mysqldump -u root d", "bzip2 -9f d.sql")
    assert sizes(world) == [1, 1, 1, 1]


def test_silent_for_programs_of_one_name_in_other_places():
    """`/opt/a/run` and `/opt/b/run` are two programs, whatever they are called."""
    world = line(World(), "a", "/opt/a/run x", "/opt/a/run y")
    assert sizes(line(world, "b", "/opt/b/run x", "/opt/b/run y")) == [1, 1]


def test_the_value_of_an_option_is_a_name():
    """`--host=a` and `--host=b` are one option."""
    world = line(World(), "a", "dump --host=a x", "gzip x")
    assert sizes(line(world, "b", "dump --host=b y", "gzip y")) == [2]


def test_one_command_is_compared_as_it_stands():
    """Two copies by one program are two works, the same copy at two times is one."""
    world = line(World(), "a", "rsync -a /x /y")
    assert sizes(line(world, "b", "rsync -a /z /w")) == [1, 1]
    assert sizes(line(world, "c", "rsync -a /x /y")) == [1, 2]


def test_one_command_that_differs_in_numbers_is_one_work():
    """Four servers of one program; another subcommand is another work."""
    world = line(World(), "a", "serve run 001 > /var/log/serve_001.log")
    line(world, "b", "serve run 002 > /var/log/serve_002.log")
    assert sizes(line(world, "c", "serve clear > /var/log/serve.log")) == [1, 2]


def test_programs_that_differ_in_a_number_are_two_works():
    """The first and the second step of something are no copies of each other."""
    assert sizes(line(line(World(), "a", "/opt/step1 --run"), "b", "/opt/step2 --run")) == [1, 1]
    assert sizes(line(line(World(), "a", "python3 s1.py 5"), "b", "python3 s2.py 5")) == [1, 1]


def script(world: World, name: str, *programs: str, path: str = "load.sh") -> World:
    """Add a job that runs a shell script, with the programs that it comes to."""
    steps = tuple(Step(one, f"{one} x", StepKind.PROGRAM, Origin(path, 1), one) for one in programs)
    return world.add(
        name, f"0 {len(world.jobs)} * * *", steps=steps, command=f"/opt/{path} {name}", calls=[(path, path)]
    )


def test_a_script_that_does_more_for_one_word_is_the_same_work():
    """Six hours of a forecast, one of them with a summary."""
    world = script(script(World(), "00", "get", "make"), "06", "get", "make", "sum")
    assert sizes(script(world, "12", "get", "make")) == [3]


def test_silent_where_a_word_chooses_the_work():
    """Other steps, another script, or a single step that stands in all: other works."""
    world = script(script(World(), "clear", "find", "rm"), "send", "find", "mail")
    assert sizes(script(world, "more", "get", "make", "find", "rm", path="other.sh")) == [1, 1, 1]
    assert sizes(script(script(World(), "a", "get"), "b", "get", "make")) == [1, 1]


def test_silent_for_what_a_common_starter_runs():
    """`start.sh a.sh` and `start.sh b.sh` come to the same programs by two scripts."""
    world = World()
    steps = tuple(Step(one, one, StepKind.PROGRAM, Origin("x.sh", 1), one) for one in ("screen", "psql"))
    for name in ("a", "b", "a"):
        number = len(world.jobs)
        calls = [("start.sh", "start.sh"), (f"{name}.sh", f"{name}.sh")]
        world.add(f"{name}{number}", f"0 {number} * * *", steps=steps, command=f"start.sh {name}.sh", calls=calls)
    assert sizes(world) == [1, 2]


def scripted(world: World, name: str, *works: str, command: str = "", text: str = "") -> World:
    """Add a job of one script that runs these programs; of `ant build` the task is the step's name."""
    steps = tuple(
        Step(work, text or work, StepKind.SCRIPT if text else StepKind.PROGRAM, Origin("run.sh", n), work.split()[0])
        for n, work in enumerate(works)
    )
    return world.add(
        name, f"0 {len(world.jobs)} * * *", steps=steps, calls=[("run.sh", "line")], command=command or f"run.sh {name}"
    )


def test_what_is_part_of_two_others_is_kin_to_neither():
    """A save alone and one with more behind it are one work; a part that two others end with may be either's."""
    world = scripted(World(), "save", "tar", "rsync")
    assert sizes(scripted(world, "more", "tar", "rsync", "find")) == [2]
    assert sizes(scripted(world, "else", "tar", "rsync", "mail")) == [1, 1, 1]
    assert sizes(scripted(world, "all", "tar", "rsync", "find", "mail")) == [1, 3]


def test_the_tasks_of_a_runner_are_compared():
    """`ant a` and `ant b` are two works, though one program runs them."""
    world = scripted(World(), "one", "ant a", "ant b", "ant c")
    assert sizes(scripted(world, "two", "ant x", "ant y")) == [1, 1]
    assert sizes(scripted(world, "three", "ant a", "ant b")) == [1, 2]


def test_tasks_that_reach_a_runner_through_a_script_are_compared():
    """`run.sh clean` and `run.sh send` hand on what `manage.py` does; a share's number is no other task."""
    world = World()
    for name, task in (("a", "clean"), ("b", "send"), ("c", "send")):
        text = 'python manage.py "$1" "$2"'
        step = Step(f"manage.py {task}", text, StepKind.SCRIPT, Origin("run.sh", 2), "python")
        world.add(name, "* * * * *", steps=(step,), command=f"run.sh {task} {name}", calls=[("run.sh", "line")])
    assert sizes(world) == [1, 2]


def test_names_of_code_behind_a_script_are_other_work():
    """What a script hands on may choose the code that runs; a place or a language does not."""
    for words, expected in ((("CleanJob", "SendJob"), [1, 1]), (("db:clean", "db:send"), [1, 1]), (("en", "no"), [2])):
        world = World()
        for word in words:
            scripted(world, word, "php", text='php job.php "$1"')
        assert sizes(world) == expected, words


def test_who_does_the_end_of_another_again_is_kin_to_that_one():
    """Two loads that each end with the same part, and that part alone after each."""
    world = World()
    for n, name in enumerate(("jp", "again-jp", "us", "again-us")):
        works = ("all", "last") if name.startswith("again") else (f"get {name}", "all", "last")
        steps = tuple(Step(w, w, StepKind.PROGRAM, Origin("run.sh", hash_of(w)), w.split()[0]) for w in works)
        world.add(name, f"{15 * n} {2 if n < 2 else 9} * * *", steps=steps, calls=[("run.sh", "line")])
    found = {frozenset(cluster.jobs) for cluster in group(world.jobs, world.facts, world.graph())}
    assert found == {frozenset({"jp", "again-jp"}), frozenset({"us", "again-us"})}


def hash_of(work: str) -> int:
    """Give each text a line of its own."""
    return 1 + sum(map(ord, work))
