"""Dependencies by what is written and read."""

from dataclasses import replace

import pytest

from migrator.commands.facts import Wait, WaitKind
from migrator.graph import DependencyKind, RelationKind
from migrator.model import Access, Declared, Mode, Origin
from tests.graph.world import World, resource, step


def confidence(writes: str, reads: str) -> float | None:
    """Give how sure a dependency or doubtful relation from a writer to a later reader is, None where there is none."""
    graph = (
        World()
        .add("w", "0 1 * * *", writes=[writes])
        .add("r", "0 3 * * *", reads=[reads])
        .graph(dependencies={"threshold": 0.01})
    )
    return graph.dependencies[0].confidence if graph.dependencies else None


def test_a_literal_file_is_all_but_certain_and_shows_both_ends():
    """Each end of a flow has its place, its text and what it does."""
    [found] = World().add("w", "0 1 * * *", writes=["/d/o.csv"]).add("r", reads=["/d/o.csv"]).graph().dependencies
    assert (found.upstream, found.downstream, found.kind, found.confidence) == ("w", "r", DependencyKind.FILE, 0.95)
    assert [(e.origin.line, e.text, e.says) for e in found.evidence] == [
        (1, "w /d/o.csv", "writes /d/o.csv"),
        (2, "r /d/o.csv", "reads /d/o.csv"),
    ]


@pytest.mark.parametrize(
    ("writes", "reads", "least", "most"),
    [
        ("/d/out/orders.csv", "/d/out/orders.csv", 0.95, 0.95),
        ("/d/out/orders-*.csv", "/d/out/orders-*.csv", 0.85, 0.85),
        ("/d/out/orders-*.csv", "/d/out/orders-2024.csv", 0.8, 0.8),
        ("/d/out/orders-*.csv", "/d/out/*.csv", 0.65, 0.75),
        ("/d/out/orders.csv", "/d/out/*.csv", 0.6, 0.75),
        ("/d/out/*/orders.csv", "/d/out/*/orders.csv", 0.6, 0.85),
        ("/d/out/", "/d/out/", 0.9, 0.9),
        ("/d/out/orders.csv", "/d/out/", 0.7, 0.7),
        ("/d/out/", "/d/out/orders.csv", 0.7, 0.7),
        ("/d/out/a/b/orders.csv", "/d/out/", 0.6, 0.6),
        ("/d/out/a/b/c/orders.csv", "/d/out/", 0.01, 0.59),
        ("/d/out/orders.csv", "/d/out", 0.6, 0.7),
        ("/d/out/orders-*.csv", "/d/out/*-daily.csv", 0.01, 0.59),
        ("s3://lake/raw/orders/", "s3://lake/raw/orders/", 0.9, 0.9),
        ("s3://lake/raw/orders/x.csv", "s3://lake/raw/orders/", 0.7, 0.7),
        ("hdfs:///user/m/vrps/daily-tsv/*.tsv", "hdfs:///user/m/vrps/daily-tsv/", 0.75, 0.75),
        ("/d/in/", "/d/in/*.tsv", 0.7, 0.7),
        ("/d/w/*.log", "/d/w/*.log", 0.65, 0.7),
        ("/d/w/rain.log", "/d/w/rain.log", 0.95, 0.95),
        ("/d/logs/rain.log", "/d/logs/rain.log", 0.6, 0.75),
        ("/d/w/a*.log", "/d/w/*.log", 0.01, 0.59),
        ("table:shop.orders", "table:shop.orders", 0.9, 0.9),
        ("table:orders", "table:orders", 0.7, 0.7),
        ("table:shop.orders", "table:shop.*", 0.01, 0.59),
        ("remote:nas:/in/x", "remote:nas:/in/x", 0.95, 0.95),
        ("https://h/api/x", "https://h/api/x", 0.01, 0.59),
        ("/tmp/orders.csv", "/tmp/orders.csv", 0.8, 0.9),
        ("/tmp/work.*", "/tmp/work.*", 0.01, 0.59),
        ("/var/log/app/x.txt", "/var/log/app/x.txt", 0.6, 0.75),
        ("*/cache/x.csv", "*/cache/x.csv", 0.6, 0.75),
        ("*/x.csv", "*/x.csv", 0.01, 0.59),
    ],
)
def test_names_weigh_by_how_much_they_say(writes, reads, least, most):
    """Exact says more than a pattern, a pattern more than a folder, a general place next to nothing."""
    found = confidence(writes, reads)
    assert found is not None
    assert least <= found <= most


@pytest.mark.parametrize(
    ("writes", "reads"),
    [
        ("/d/out/orders.csv", "/d/out/customers.csv"),
        ("/d/out/orders.csv", "/d/out2/orders.csv"),
        ("/d/out/orders-*.csv", "/d/out/customers-*.csv"),
        ("/d/out/orders-*.csv", "/d/out/orders-*.txt"),
        ("/d/out/ab*ba.csv", "/d/out/aba.csv"),
        ("/d/out/a*m*z", "/d/out/a-z"),
        ("/tmp/a.csv", "/tmp/"),
        ("/home/bob/a.csv", "/home/bob/"),
        ("/d/x.csv", "/"),
        ("table:shop.orders", "table:crm.orders"),
        ("s3://a/x", "s3://b/x"),
        ("s3://a/x", "s3://a/"),
        ("s3://a/x", "/a/x"),
        ("/dev/sda", "/dev/sda"),
        ("/run/x.pid", "/run/x.pid"),
        ("/" + "a" * 20_000, "/" + "b" * 20_000),
        ("/a" * 20_000, "/a" * 19_999),
    ],
)
def test_silent_where_the_names_are_two_places(writes, reads):
    """Near names, general places, devices and process files tie nothing."""
    assert confidence(writes, reads) is None


def test_below_the_threshold_it_is_a_doubtful_relation():
    """A weak tie is shown, and joins nothing; the settings move the line."""
    world = World().add("w", "0 1 * * *", writes=["/d/o.csv"]).add("r", reads=["/d/"])
    world.add("x", "0 1 * * *", writes=["/e/in/orders-*.csv"]).add("y", reads=["/e/in/*-daily.csv"])
    graph = world.graph()
    assert not graph.dependencies
    assert [(r.upstream, r.kind, r.confidence) for r in graph.relations] == [("x", RelationKind.DOUBTFUL, 0.45)]
    assert world.edges(dependencies={"threshold": 0.4}) == {("x", "y"): "none"}
    assert (
        not World()
        .add("w", "0 1 * * *", writes=["/d/o"])
        .add("r", reads=["/d/o"])
        .edges(dependencies={"threshold": 0.96})
    )


def test_a_log_is_never_data():
    """The output of a run that another job reads is not what it works on."""
    assert not World().add("w", "0 1 * * *", logs=["/d/o.txt"]).add("r", reads=["/d/o.txt"]).edges()


def test_a_file_belongs_to_its_host():
    """Equal paths on two hosts are two files, unless a mount is declared."""
    world = World().add("w", "0 1 * * *", writes=["/nfs/o/x.csv"], host="a").add("r", reads=["/nfs/o/x.csv"], host="b")
    assert not world.edges()
    assert world.edges(mounts=["/nfs/"]) == {("w", "r"): "none"}
    assert not world.edges(mounts=["/nf"])


@pytest.mark.parametrize("place", ["s3://b/k/x.csv", "hdfs:///u/d/x.tsv", "table:shop.orders"])
def test_a_store_is_known_on_every_host(place):
    """Objects and tables join hosts."""
    world = World().add("w", "0 1 * * *", writes=[place], host="a").add("r", reads=[place], host="b")
    assert world.edges() == {("w", "r"): "none"}


def test_replicas_share_a_file_on_any_common_host():
    """A job on three hosts writes for a job on one of them, not for one elsewhere."""
    world = World().add("w", "0 1 * * *", writes=["/d/o.csv"], host="a", also=["b", "c"])
    world.add("near", reads=["/d/o.csv"], host="c").add("far", reads=["/d/o.csv"], host="d")
    world.add("both", reads=["/d/o.csv"], host="d", also=["b"])
    assert set(world.edges()) == {("w", "near"), ("w", "both")}


def test_a_file_sent_to_a_known_host_is_a_file_there():
    """`rsync x web:/srv/in/` feeds the job on web that reads /srv/in/."""
    world = World().add("send", "0 1 * * *", writes=["remote:bob@web:/srv/in/x.csv"], host="etl")
    world.add("load", reads=["/srv/in/x.csv"], host="web").add("other", reads=["/srv/in/x.csv"], host="etl")
    assert set(world.edges()) == {("send", "load")}


def test_what_a_job_wrote_itself_needs_nobody_else():
    """A step that reads what an earlier step of the job wrote does not wait for another job's file of that name."""
    world = World().add("w", "0 1 * * *", writes=["/w/t.csv"])
    make, use = World().add("m", writes=["/w/t.csv"]), World().add("u", reads=["/w/t.csv"])
    steps = (make.facts["m"].steps[0], use.facts["u"].steps[0])
    assert not World(world.jobs, dict(world.facts)).add("r", steps=steps).edges()
    # The other way round the first step does need it.
    assert World(world.jobs[:1], dict(world.facts)).add("r", steps=steps[::-1]).edges() == {("w", "r"): "none"}


def test_a_dated_name_that_a_program_writes_and_reads_is_its_own():
    """A download that one program writes and unpacks; a file of a fixed name may be another's."""
    world = World().add("w", "0 1 * * *", writes=["/d/x/all.json"])
    assert not world.add("get", reads=["/d/x/*"], writes=["/d/x/*"]).edges()
    fixed = World().add("w", "0 1 * * *", writes=["/d/x/a.csv"]).add("r", reads=["/d/x/a.csv"], writes=["/d/x/a.csv"])
    assert fixed.edges() == {("w", "r"): "none"}


def test_a_folder_that_the_reader_fills_proves_less():
    """A job that looks through the folder that it fills itself may want its own files only."""
    world = World().add("w", "0 1 * * *", writes=["/d/x/all.json"])
    assert World(world.jobs[:], dict(world.facts)).add("r", reads=["/d/x/"]).edges()
    assert not world.add("get", reads=["/d/x/"], writes=["/d/x/part-*.gz"]).edges()


def test_a_pattern_that_finds_what_the_reader_writes_proves_less():
    """Kin that look for their own last file by a pattern want nothing of each other's; another reader may."""
    world = World().add("w", "0 1 * * *", writes=["/d/x/F_*00_A.nc"])
    assert (
        not World(world.jobs[:], dict(world.facts))
        .add("b", reads=["/d/x/F_*_*.nc"], writes=["/d/x/F_*00_B.nc"])
        .edges()
    )
    assert World(world.jobs[:], dict(world.facts)).add("b", reads=["/d/x/F_*_*.nc"], writes=["/d/x/sum.txt"]).edges()
    assert world.add("b", reads=["/d/x/F_*_*.nc"], writes=["/d/y/F_*00_B.nc"]).edges()


def test_packing_in_place_and_putting_away_fills_no_folder():
    """Six parsers that pack and move the files of the folder that they go through each need who unpacks into it."""
    world = World().add("unpack", "5 * * * *", writes=["/d/in/"])
    parsers = [f"p{number}" for number in range(6)]
    for number, name in enumerate(parsers):
        world.add(
            name,
            f"{10 + number} * * * *",
            reads=["/d/in/", "/d/in/*"],
            writes=["/d/in/*.gz", "/d/in/old/*.gz"],
            path=name,
        )
    assert sorted(world.edges()) == [("unpack", name) for name in parsers]


def test_own_state_is_no_edge():
    """A script that keeps a cache for itself depends on nobody, nor does another job that has its own."""
    world = World().add("a", reads=["/c/a.json"], writes=["/c/a.json"])
    graph = world.add("b", reads=["/c/b.json"], writes=["/c/b.json"]).graph()
    assert not graph.dependencies
    assert not graph.relations


def test_state_that_two_share_at_any_hour_is_doubtful():
    """Two jobs that both read and write a file all day long: one relation, the nearer start first, no order."""
    world = World().add("b", "0 * * * *", reads=["/c/s.json"], writes=["/c/s.json"])
    graph = world.add("a", "40 * * * *", reads=["/c/s.json"], writes=["/c/s.json"]).graph()
    assert not graph.dependencies
    assert [(r.upstream, r.downstream, r.kind.value) for r in graph.relations] == [("a", "b", "doubtful")]


def test_adding_to_a_state_is_no_order():
    """Who appends to a journal and reads it may do so at any time."""
    world = World().add("a", "0 1 * * *", reads=["/c/s.json"], appends=["/c/s.json"])
    assert not world.add("b", "0 2 * * *", reads=["/c/s.json"], appends=["/c/s.json"]).edges()


def test_adding_to_one_file_is_no_order():
    """Several jobs that append to a file do not need each other; who reads it needs them."""
    world = World().add("a", "0 1 * * *", appends=["/d/all.csv"]).add("b", "0 1 * * *", appends=["/d/all.csv"])
    assert not world.edges()
    world.add("sum", "0 2 * * *", reads=["/d/all.csv"])
    assert set(world.edges()) == {("a", "sum"), ("b", "sum")}


def test_a_fan_in_of_ten_loaders_is_meant():
    """Ten jobs fill one table and one reports from it."""
    world = World()
    for number in range(10):
        world.add(f"load{number}", "0 1 * * *", writes=["table:shop.orders"])
    assert len(world.add("report", reads=["table:shop.orders"]).edges()) == 10


def test_a_hub_is_shown_and_never_glue():
    """A journal that thirty jobs write and one reads joins none of them; nor does a table that all write and read."""
    world = World().add("report", "0 6 * * *", reads=["table:ops.journal"])
    for number in range(30):
        world.add(f"j{number:02}", "0 1 * * *", writes=["table:ops.journal"])
    graph = world.graph()
    assert not graph.dependencies
    [hub] = graph.hubs
    assert hub.name == "ops.journal"
    assert len(hub.jobs) == 31
    assert {r.kind for r in graph.relations} == {RelationKind.HUB}
    assert len(graph.relations) <= 24


def test_a_crowded_folder_is_a_hub_and_exact_files_in_it_are_not():
    """Forty jobs write into one folder; who reads the folder is tied to none, who reads one file to its writer."""
    world = World().add("all", "0 6 * * *", reads=["/srv/out/"]).add("one", "0 6 * * *", reads=["/srv/out/j07.csv"])
    for number in range(40):
        world.add(f"j{number:02}", "0 1 * * *", writes=[f"/srv/out/j{number:02}.csv"])
    graph = world.graph()
    assert [(d.upstream, d.downstream) for d in graph.dependencies] == [("j07", "one")]
    assert [hub.name for hub in graph.hubs] == ["/srv/out/"]


def test_a_place_with_thousands_of_names_stops_the_search():
    """Two thousand jobs write into a folder that others list: hubs, found without looking at all names."""
    world = World().add("r", reads=["/srv/out/*"]).add("all", reads=["/srv/out/"])
    for n in range(2000):
        world.add(f"w{n}", "0 1 * * *", writes=[f"/srv/out/f{n}.csv"])
    graph = world.graph()
    assert not graph.dependencies
    assert [hub.name for hub in graph.hubs] == ["/srv/out/", "/srv/out/*"]


def test_a_place_of_thousands_of_names_by_one_job_is_still_its_own():
    """One job writes all the files: what was seen of them is enough, and the cut is shown."""
    world = World().add("w", "0 1 * * *", writes=[f"/srv/out/f{n}.csv" for n in range(2000)])
    graph = world.add("r", reads=["/srv/out/*.csv"]).graph()
    assert [(d.upstream, d.downstream) for d in graph.dependencies] == [("w", "r")]
    assert graph.hubs


def test_a_wait_needs_who_puts_the_file_there():
    """A loop until a marker exists is the reading of the marker; a wait for a time or a service is not."""
    origin = Origin("crontab", 2)
    world = World().add("w", "0 1 * * *", writes=["/d/done.flag", "s3://b/k/x"])
    waits = [
        Wait(WaitKind.FILE, "/d/done.flag", None, None, origin, "until [ -f /d/done.flag ]"),
        Wait(WaitKind.TIME, "300", None, None, origin, "sleep 300"),
        Wait(WaitKind.FILE, "done", None, None, origin, "until [ -f done ]"),
        Wait(WaitKind.OBJECT, "somewhere", None, None, origin, "aws s3 ls somewhere"),
    ]
    [found] = world.add("r", waits=waits).graph().dependencies
    assert found.evidence[1].says == "waits for /d/done.flag"
    other = [Wait(WaitKind.OBJECT, "s3://b/k/x", None, None, origin, "aws s3 ls")]
    assert World(world.jobs[:1], dict(world.facts)).add("o", waits=other).edges() == {("w", "o"): "none"}


def test_what_a_manifest_says_is_touched():
    """`reads` and `writes` of a manifest are evidence at the manifest's own place."""
    said = Declared(reads=(resource("s3://lake/raw/x/"),), origin=Origin("jobs.yaml", 7))
    [found] = World().add("w", "0 1 * * *", writes=["s3://lake/raw/x/"]).add("r", declared=said).graph().dependencies
    assert found.evidence[1].origin == Origin("jobs.yaml", 7)
    writes = Declared(writes=(resource("s3://lake/raw/x/"),))
    assert World().add("w", "0 1 * * *", declared=writes).add("r", reads=["s3://lake/raw/x/"]).edges()


def test_a_job_started_by_an_object_needs_who_writes_it():
    """An event on a prefix is the reading of the prefix."""
    world = World().add("w", "0 1 * * *", writes=["s3://lake/raw/x.csv"]).add("r", "s3://lake/raw/")
    assert world.edges() == {("w", "r"): "none"}


def test_fetched_code_is_not_data():
    """`git pull` writes the folder that others run from: doubtful at most."""
    world = World().add("pull", "0 1 * * *", writes=["/srv/app/etl/"], text="cd /srv/app/etl && git pull")
    graph = world.add("run", reads=["/srv/app/etl/conf.ini"]).graph()
    assert not graph.dependencies
    assert [r.kind.value for r in graph.relations] == ["doubtful"]


def test_a_lock_file_is_not_data():
    """The file of a lock ties nobody by its content."""
    world = World().add("w", "0 1 * * *", writes=["/d/state"], locks=["/d/state"])
    assert not world.add("r", reads=["/d/state"]).edges()


def test_steps_may_be_without_accesses():
    """A job that touches nothing, and one whose facts are missing, stand alone."""
    world = World().add("a", steps=(step("true"),)).add("b")
    del world.facts["b"]
    assert not world.edges()


def test_how_well_both_ends_were_understood_counts():
    """A word of an unknown program that names another's file is likely it; a folder around it proves less."""
    for place, read, least, most in (("/d/x/o.csv", "/d/x/o.csv", 0.6, 0.75), ("/d/x/o.csv", "/d/x/", 0.5, 0.599)):
        world = World().add("w", "0 1 * * *", writes=[place]).add("r", reads=[read])
        [one] = world.facts["r"].steps
        faint = replace(one, accesses=tuple(replace(access, confidence=0.4) for access in one.accesses))
        world.facts["r"] = replace(world.facts["r"], steps=(faint,))
        graph = world.graph()
        [found] = graph.dependencies or graph.relations
        assert least <= found.confidence <= most


def crowd(scripts: int, one: str = "script", folder: str = "/srv/pub/") -> World:
    """Make that many scripts which put a file each into one folder, and one that walks it."""
    world = World()
    for number in range(scripts):
        path = f"{one}{number}" if one == "script" else one
        world.add(f"w{number}", "0 1 * * *", writes=[f"{folder}f{number}.txt"], calls=[(path, "line")], program=path)
    return world.add("lists", "0 3 * * *", reads=[folder])


def test_who_lists_a_common_folder_depends_on_none_of_those_who_fill_it():
    """Six scripts are a fan-in, seven a common folder; seven jobs of one script are one filler."""
    assert len(crowd(6).edges()) == 6
    assert not crowd(7).edges()
    assert len(crowd(7, "same").edges()) == 7


def test_a_whole_folder_below_the_one_that_is_read():
    """Said plainer than a file there; a reader that writes its own list beside it still means it."""
    assert confidence("/pub/a/deb/", "/pub/a/") == 0.8
    assert confidence("/pub/a/deb.txt", "/pub/a/") == 0.7
    world = World().add("sync", "0 1 * * *", writes=["/srv/pub/deb/"])
    world.add("index", "0 3 * * *", reads=["/srv/pub/"], writes=["/srv/pub/list.gz"])
    assert list(world.edges()) == [("sync", "index")]
    world = World().add("sync", "0 1 * * *", writes=["/srv/pub/deb.txt"])
    assert not world.add("index", "0 3 * * *", reads=["/srv/pub/"], writes=["/srv/pub/list.gz"]).edges()


@pytest.mark.parametrize(
    ("writes", "reads", "least", "most"),
    [
        ("/d/in/*/", "/d/in/*/", 0.75, 0.75),
        ("/d/in/*/x.csv", "/d/in/*/", 0.65, 0.68),
        ("/d/in/*/*", "/d/in/*/", 0.7, 0.72),
        ("/d/in/*/*", "/d/in/", 0.65, 0.65),
        ("/d/in/*", "/d/in/*", 0.7, 0.7),
        ("/d/out/*.csv", "/d/out/*.csv", 0.74, 0.74),
        ("/d/out/10-times-*.pdf", "/d/out/*-*.pdf", 0.7, 0.7),
        ("/d/out/1-*.pdf", "/d/out/*-*.pdf", 0.65, 0.65),
        ("/d/out/*_*.pdf", "/d/out/*.pdf", 0.7, 0.7),
        ("/d/out/a/b/c/day.pdf", "/d/out/**/*.pdf", 0.7, 0.7),
        ("/d/out/day.pdf", "/d/out/**/*.pdf", 0.7, 0.7),
        ("/d/out/*/*/*.pdf", "/d/out/**/*.pdf", 0.74, 0.74),
        ("/d/out/*/*/*.pdf", "/d/out/**/*", 0.7, 0.75),
        ("/d/out/a/b/", "/d/out/**/*.pdf", 0.6, 0.7),
    ],
)
def test_folders_of_a_day_and_patterns_that_take_in_others(writes, reads, least, most):
    """A folder that varies on both sides is the same day's below a known one."""
    found = confidence(writes, reads)
    assert found is not None
    assert least <= found <= most


def test_what_make_may_find_up_to_date_is_not_its_own():
    """Who only may make a file anew can work on what another made before."""
    make = [
        step("clean", 1, accesses=(Access(resource("/d/c.csv"), Mode.WRITE, Origin("m", 1), "c", stale=True),)),
        step("page", 2, accesses=(Access(resource("/d/c.csv"), Mode.READ, Origin("m", 2), "p"),)),
    ]
    for stale in (True, False):
        steps = (replace(make[0], accesses=(replace(make[0].accesses[0], stale=stale),)), make[1])
        world = World().add("w", "0 5 * * *", writes=["/d/c.csv"]).add("r", "0 6 * * *", steps=steps)
        assert list(world.edges()) == ([("w", "r")] if stale else [])


def test_a_checkout_that_is_worked_through_is_data():
    """A site's pages are brought up to date and built; a program's settings are not its data."""
    pull = "git pull -q"
    world = World().add("pull", "0 1 * * *", writes=["/srv/wiki/pages/"], text=pull)
    assert list(world.add("build", "0 3 * * *", reads=["/srv/wiki/pages/"]).edges()) == [("pull", "build")]
    world = World().add("pull", "0 1 * * *", writes=["/srv/app/"], text=pull)
    assert not world.add("work", "0 3 * * *", reads=["/srv/app/settings.ini"]).edges()


def test_a_link_is_hardly_one_of_the_folders_beside_it():
    """`latest` may be a folder; a reader of a day's folder beside it does not mean it."""
    assert confidence("/d/data/latest", "/d/data/*/keys.csv") < 0.6
    assert confidence("/d/data/latest", "/d/data/latest/keys.csv") >= 0.6


@pytest.mark.parametrize(("name", "kind"), [("heartbeat.py", "monitoring"), ("watchdog.sh", "monitoring")])
def test_a_guard_that_makes_nothing_only_looks(name, kind):
    """Whatever it reads; one that makes data of it, or that is called otherwise, needs it."""
    world = World().add("w", "0 1 * * *", writes=["table:db.x"])
    assert world.add("r", "0 3 * * *", reads=["table:db.x"], title=name).ties() == [("w", "r", kind)]
    world = World().add("w", "0 1 * * *", writes=["table:db.x"])
    assert list(world.add("r", "0 3 * * *", reads=["table:db.x"], writes=["/a"], title=name).edges()) == [("w", "r")]
    world = World().add("w", "0 1 * * *", writes=["table:db.x"])
    assert list(world.add("r", "0 3 * * *", reads=["table:db.x"], title="report.py").edges()) == [("w", "r")]


def test_a_folder_named_without_its_slash_that_the_reader_fills():
    """Two that build in one checkout need nothing of each other; who only packs it needs what lies there."""
    for fills, certain in ((["/src/main/"], False), (["/src/main/ChangeLog"], False), (["/src/out.tgz"], True)):
        world = World().add("build", "0 1 * * *", writes=["/src/main/lib/x.bin"])
        world.add("pack", "0 3 * * *", reads=["/src/main"], writes=fills)
        assert bool(world.edges()) is certain, fills


def test_who_makes_a_file_comes_before_who_makes_it_where_it_is_missing():
    """One direction, whoever is first; of two that only make it where it is missing neither needs the other."""
    place = "/srv/cache/prices.csv"
    for first, second in (("0 1 * * *", "0 3 * * *"), ("0 3 * * *", "0 1 * * *")):
        world = World().add("a", first, reads=[place], writes=[place])
        world.add("b", second, reads=[place], fills=[place])
        assert list(world.edges()) == [("a", "b")]
    world = (
        World().add("a", "0 1 * * *", reads=[place], fills=[place]).add("b", "0 1 * * *", reads=[place], fills=[place])
    )
    assert not world.edges()


def _tested(line: int) -> World:
    """Give a job that fills a file at line 5 of its script, and asks for it at another line outside of any step."""
    world = World().add("w", "0 1 * * *", writes=["/d/r/"])
    world.add("r", "0 3 * * *", writes=["/d/r/sum.txt"])
    made = world.facts["r"]
    written = replace(made.steps[0].accesses[0], origin=Origin("r.sh", 5))
    asked = Access(resource("/d/r/sum.txt"), Mode.READ, Origin("r.sh", line), "[ -s /d/r/sum.txt ]")
    steps = (replace(made.steps[0], accesses=(written,)),)
    return World(world.jobs, {**world.facts, "r": replace(made, steps=steps, accesses=(asked,))})


def test_a_test_behind_the_writing_asks_for_the_jobs_own_file():
    """What belongs to no step has its place in the text only."""
    assert not _tested(6).edges()
    assert _tested(4).edges() == {("w", "r"): "none"}


def test_a_file_in_a_folder_that_the_job_wrote_before_may_be_its_own():
    """Two programs with one folder for their reports: who uploads takes what it made."""
    world = World().add("w", "0 1 * * *", writes=["/d/r"])
    make, use = World().add("m", writes=["/d/r"]), World().add("u", reads=["/d/r/*-now.json"])
    steps = (make.facts["m"].steps[0], use.facts["u"].steps[0])
    assert not World(world.jobs[:], dict(world.facts)).add("r", steps=steps).edges()
    assert World(world.jobs[:], dict(world.facts)).add("r", steps=steps[::-1]).edges() == {("w", "r"): "none"}
    # A file that the other names is no less his.
    named = World().add("w", "0 1 * * *", writes=["/d/r/all-now.json"])
    assert named.add("r", steps=steps).edges() == {("w", "r"): "none"}


def _reports(*commands: str) -> World:
    world = World()
    for number, command in enumerate(commands):
        world.add(f"w{number}", "0 1 * * *", text=command, writes=["/d/r"])
    return world.add("up", "0 3 * * *", text="cp /d/r/*-daily.json /www", reads=["/d/r/*-daily.json"])


def test_a_word_of_the_command_that_names_a_folder_is_told_by_the_files_name():
    """Of several commands that fill a folder the one that speaks of the file is meant."""
    plain = _reports("/opt/load -out /d/r").graph().dependencies[0].confidence
    told = _reports("/opt/load -tag daily -out /d/r").graph().dependencies[0].confidence
    assert plain < told < 0.85
    assert _reports("/opt/load -tag daily -out /d/r", "/opt/load -tag now -out /d/r").edges() == {("w0", "up"): "none"}
    both = {("w0", "up"): "none", ("w1", "up"): "none"}
    assert _reports("/opt/load -tag daily -out /d/r", "/opt/load2 daily -out /d/r").edges() == both
    assert _reports("/opt/load -out /d/r", "/opt/load2 -out /d/r").edges() == both


@pytest.mark.parametrize(
    "command", ["/opt/daily -out /d/r", "load($daily, '/d/r')", "load --daily=/d/r", "load -daily /d/r"]
)
def test_a_word_that_is_part_of_another_tells_nothing(command: str):
    """A path, a variable, a call and an option are no word by themselves."""
    plain = _reports("/opt/load -out /d/r").graph().dependencies[0].confidence
    assert _reports(command).graph().dependencies[0].confidence == plain


def test_a_command_that_reads_a_folder_names_the_file_there():
    """A file two levels below counts for a command that has its name as a word."""
    world = World().add("w", "0 1 * * *", writes=["/d/s/2*/idle.csv"])
    assert (
        not World(world.jobs[:], dict(world.facts))
        .add("r", text="/opt/report x -dir /d/s", reads=["/d/s"])
        .edges(dependencies={"threshold": 0.65})
    )
    told = world.add("r", text="/opt/report idle -dir /d/s", reads=["/d/s"])
    assert told.edges(dependencies={"threshold": 0.65}) == {("w", "r"): "none"}


def test_a_tree_of_folders_that_the_reader_fills_proves_less():
    """A job that walks the folders that it fills itself may look for its own files; all of `/data/` is too wide."""
    world = World().add("w", "0 1 * * *", writes=["/d/x/1/all.json"])
    assert World(world.jobs[:], dict(world.facts)).add("r", reads=["/d/x/**/*.json"]).edges()
    assert (
        not World(world.jobs[:], dict(world.facts)).add("r", reads=["/d/x/**/*.json"], writes=["/d/x/2/b.json"]).edges()
    )
    assert World(world.jobs[:], dict(world.facts)).add("r", reads=["/d/x/**/*.json"], writes=["/d/x/2/b.txt"]).edges()
    wide = World().add("w", "0 1 * * *", writes=["/data/1/all.json"])
    assert not wide.add("r", reads=["/data/**/*"]).edges()
