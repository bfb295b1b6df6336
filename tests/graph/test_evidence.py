"""The other kinds of evidence, and what the whole makes of them."""

from dataclasses import replace
from pathlib import Path

import pytest

import migrator.graph.evidence as folder
from migrator.commands.facts import Lock, LockKind
from migrator.graph import DependencyKind, GraphError, RelationKind
from migrator.graph.evidence import EVIDENCE
from migrator.graph.resolution import Names
from migrator.model import Declared, JobId, Origin
from migrator.settings import DenyOrAdd
from migrator.settings.load import read
from tests.graph.world import World


def test_every_kind_of_evidence_is_listed():
    """A module of the folder that is not in the tuple would never speak."""
    modules = {path.stem for path in Path(folder.__file__).parent.glob("*.py")} - {"__init__"}
    assert {kind.id.replace("-", "_") for kind in EVIDENCE} == modules


def test_a_declared_dependency_is_certain():
    """`depends_on` holds at the manifest's place, and a common minute does not weaken it."""
    said = Declared(depends_on=(JobId("a"),), origin=Origin("jobs.yaml", 9))
    [found] = World().add("a").add("b", declared=said).graph().dependencies
    assert (found.kind, found.confidence, found.lag.value) == (DependencyKind.DECLARED, 1.0, "none")
    assert [e.origin for e in found.evidence] == [Origin("jobs.yaml", 9)]


def test_a_declaration_and_a_file_make_one_dependency():
    """Both proofs stand in one dependency; the declaration gives its kind."""
    [found] = (
        World().add("a", "0 1 * * *", writes=["/d/x/o"]).add("b", reads=["/d/x/o"], after=["a"]).graph().dependencies
    )
    assert found.kind is DependencyKind.DECLARED
    assert len(found.evidence) == 3


def test_a_declared_order_against_the_clock_is_previous_run():
    """Upstream at five, downstream at four: the clock says which run is used."""
    assert World().add("a", "0 5 * * *").add("b", "0 4 * * *", after=["a"]).edges() == {("a", "b"): "previous-run"}


@pytest.mark.parametrize("name", ["nobody", "b", "twin"])
def test_an_unknown_name_in_a_manifest_is_a_finding(name):
    """A `depends_on` that names no job, itself or several is said with its place, and loses nothing else."""
    world = World().add("x", title="twin").add("y", title="twin")
    said = Declared(depends_on=(JobId(name), JobId("a")), origin=Origin("jobs.yaml", 9))
    graph = world.add("a", "0 1 * * *").add("b", declared=said).graph()
    assert [(d.upstream, d.downstream) for d in graph.dependencies] == [("a", "b")]
    [finding] = graph.findings
    assert finding.origin == Origin("jobs.yaml", 9)
    assert name in finding.text


def test_the_settings_add_and_deny():
    """A person's word adds an order, by id or title, and takes one away."""
    world = World().add("a", "0 1 * * *", writes=["/d/x/o"]).add("b", reads=["/d/x/o"]).add("c", title="Report")
    assert set(world.edges(dependencies={"add": [{"upstream": "b", "downstream": "Report", "why": "by hand"}]})) == {
        ("a", "b"),
        ("b", "c"),
    }
    graph = world.graph(dependencies={"deny": [{"upstream": "a", "downstream": "b", "why": "an old file"}]})
    assert not graph.dependencies
    assert not graph.relations


@pytest.mark.parametrize("edge", [("a", "nobody"), ("nobody", "a"), ("a", "twin")])
@pytest.mark.parametrize("part", ["add", "deny"])
def test_an_unknown_name_in_the_settings_stops_the_run(edge, part):
    """A misspelt name must not silently leave an order out: exit 2, with the key."""
    world = World().add("a").add("x", title="twin").add("y", title="twin")
    with pytest.raises(GraphError, match=rf"dependencies\.{part}") as error:
        world.graph(dependencies={part: [{"upstream": edge[0], "downstream": edge[1], "why": "?"}]})
    assert error.value.exit_code == 2


def test_a_job_added_to_itself_is_nothing():
    """An order of a job after itself says nothing."""
    assert not World().add("a").edges(dependencies={"add": [{"upstream": "a", "downstream": "a", "why": "?"}]})


def test_a_script_that_starts_another_jobs_script():
    """The call stands inside a script; the other job's line runs it as its own."""
    world = World().add("night", "0 1 * * *", calls=[("bin/night.sh", "line"), ("bin/load.sh", "bin/night.sh")])
    [found] = world.add("load", "after", calls=[("bin/load.sh", "line")]).graph().dependencies
    assert (found.upstream, found.downstream, found.kind) == ("night", "load", DependencyKind.STARTS)
    assert found.evidence[0].origin.path == "bin/night.sh"
    assert found.timing == "is started by it"


def test_a_script_inside_another_that_has_its_own_hour_too():
    """The same work is done twice; nothing says that the one run needs the other, whichever is first."""
    for hour in ("0 0 * * *", "0 6 * * *"):
        world = World().add("night", "0 1 * * *", calls=[("bin/night.sh", "line"), ("bin/load.sh", "bin/night.sh")])
        graph = world.add("load", hour, calls=[("bin/load.sh", "line")]).graph()
        assert not graph.dependencies
        [tie] = graph.relations
        assert (tie.upstream, tie.downstream, tie.kind.value, tie.confidence) == ("night", "load", "doubtful", 0.4)
        assert tie.basis == ("starts",)


def test_silent_when_two_lines_run_one_script():
    """The same script with other arguments is shared code."""
    world = World().add("a", calls=[("bin/x.sh", "line")]).add("b", "0 6 * * *", calls=[("bin/x.sh", "line")])
    assert not world.edges()
    inner = World().add("a", calls=[("bin/x.sh", "line"), ("bin/lib.sh", "bin/x.sh")])
    assert not inner.add("b", "0 6 * * *", calls=[("bin/y.sh", "line"), ("bin/lib.sh", "bin/y.sh")]).edges()


def test_silent_on_another_host_and_for_a_common_wrapper():
    """A script of another host is another script; one that many lines run is a wrapper."""
    call = [("bin/night.sh", "line"), ("bin/load.sh", "bin/night.sh")]
    world = World().add("a", "0 1 * * *", host="h", calls=call).add("b", host="i", calls=[("bin/load.sh", "line")])
    assert not world.edges()
    many = World().add("a", "0 1 * * *", calls=call)
    for number in range(5):
        many.add(f"b{number}", calls=[("bin/load.sh", "line")])
    assert not many.edges()


def test_a_shared_lock_is_exclusion():
    """One lock on one host is a relation, whatever the schedules; another host's lock is another."""
    world = World().add("a", locks=["/run/x"]).add("b", locks=["/run/x"]).add("c", locks=["/run/x"], host="other")
    graph = world.add("d", locks=["/run/*"]).add("e", locks=["*"]).add("f", locks=["*"]).graph()
    assert not graph.dependencies
    assert [(r.upstream, r.downstream, r.kind.value) for r in graph.relations] == [("a", "b", "lock")]
    assert [e.says for e in graph.relations[0].evidence] == ["locks /run/x", "locks /run/x"]


def test_a_lock_of_many_is_a_chain_of_relations():
    """Forty jobs on one lock make 39 relations, not 780; replicas say it once."""
    world = World()
    for number in range(40):
        world.add(f"j{number:02}", locks=["/run/x"], host="h0", also=["h1", "h2"])
    assert len(world.ties()) == 39


def test_clean_up_is_no_dependency():
    """A job that only deletes what another writes looks after it."""
    world = World().add("w", writes=["/srv/save/data-*.taz"]).add("c", deletes=["/srv/save/"])
    assert world.ties() == [("w", "c", "cleanup")]
    assert not world.edges()


def test_a_consumer_that_deletes_is_a_consumer():
    """Who reads and then removes needs the writer; nothing is said of clean-up."""
    world = (
        World().add("w", "0 1 * * *", writes=["/d/in/x.csv"]).add("c", reads=["/d/in/x.csv"], deletes=["/d/in/x.csv"])
    )
    assert world.edges() == {("w", "c"): "none"}
    assert not world.ties()


def test_rotation_is_of_logs_too():
    """A job that truncates the log that others append to."""
    world = World().add("a", logs=["/v/cron.log"]).add("b", logs=["/v/cron.log"])
    world.add("r", rotates=["/v/cron.log"], logs=["/v/cron.log"])
    assert world.ties() == [("a", "r", "rotation"), ("b", "r", "rotation")]


def test_a_backup_of_a_folder_is_no_dependency():
    """A backup copies what is there; its own output sent elsewhere is a chain."""
    world = World().add("w", "0 1 * * *", writes=["/srv/shop/orders.csv", "table:shop.orders"])
    world.add("b", "0 3 * * *", reads=["/srv/shop/"], writes=["/srv/backup/shop-*.tgz"], text="backup.sh /srv/shop")
    world.add("d", "0 3 * * *", reads=["table:shop.*"], text="mysqldump shop")
    world.add("o", "0 5 * * *", reads=["/srv/backup/"], text="rsync /srv/backup/ nas:")
    assert world.edges() == {("b", "o"): "none"}
    assert world.ties() == [("w", "b", "backup"), ("w", "d", "backup")]


def test_monitoring_is_no_dependency():
    """A job that looks at a file's age and tells people makes nothing of it; a guard before work does."""
    world = World().add("w", "0 1 * * *", writes=["/srv/shop/orders.csv"])
    world.add(
        "check", reads=["/srv/shop/orders.csv"], text="find /srv/shop/orders.csv -mmin +60", title="check-freshness"
    )
    world.add("load", reads=["/srv/shop/orders.csv"], writes=["/srv/y/z"], text="test -f /srv/shop/orders.csv")
    assert world.edges() == {("w", "load"): "none"}
    assert world.ties() == [("w", "check", "monitoring")]


def test_the_order_of_a_periodic_folder_is_doubtful():
    """run-parts starts files by name: a relation of low confidence, of each to the next."""
    world = World()
    for name in ("a", "b", "c"):
        world.add(name, source="periodic", path=f"etc/cron.daily/{name}")
    world.add("x", source="periodic", path="etc/cron.daily/b2", inactive=True)
    relations = world.graph().relations
    assert [(r.upstream, r.downstream, r.kind) for r in relations] == [
        ("a", "b", RelationKind.DOUBTFUL),
        ("b", "c", RelationKind.DOUBTFUL),
    ]
    assert relations[0].confidence <= 0.3


def test_a_cycle_is_reported():
    """Two declared orders against each other are a cycle, from the smallest id; the rest stands."""
    graph = World().add("b", after=["a"]).add("a", after=["b"]).add("c", after=["a"]).graph()
    assert graph.cycles == (("a", "b"),)
    assert len(graph.dependencies) == 3


def test_proof_is_kept_short():
    """Fifty common files make one dependency with a handful of proofs."""
    files = [f"/srv/x/f{n}.csv" for n in range(50)]
    [found] = World().add("w", "0 1 * * *", writes=files).add("r", reads=files).graph().dependencies
    assert 2 <= len(found.evidence) <= 8


def test_a_test_for_data_is_not_a_lock():
    """`[ -f orders.csv ] || exit` looks for its input; taking that for a lock would hide the flow."""
    world = World().add("w", "0 1 * * *", writes=["/d/x/orders.csv"]).add("r", reads=["/d/x/orders.csv"])
    lock = Lock(
        LockKind.PID_FILE, "/d/x/orders.csv", skips=True, origin=Origin("x.sh", 3), text="[ -f /d/x/orders.csv ]"
    )
    for name in ("w", "r"):
        world.facts[name] = replace(world.facts[name], locks=(lock,))
    assert world.edges() == {("w", "r"): "none"}
    assert not world.ties()


def test_a_job_that_removes_its_own_file_cleans_up_after_nobody():
    """Two jobs that make and move away a temporary file of one name."""
    world = World().add("a", writes=["/srv/x/t"], deletes=["/srv/x/t"])
    assert not world.add("b", writes=["/srv/x/t"], deletes=["/srv/x/t"]).ties()


def test_a_setting_that_names_no_job_stops_with_its_line(tmp_path):
    """The line of the settings file that says so; without a file, the list alone."""
    file = tmp_path / "migrator.toml"
    file.write_text('[[dependencies.add]]\nupstream = "gone"\ndownstream = "b"\nwhy = "x"\n')
    [said] = read(file).dependencies.add
    with pytest.raises(GraphError, match=r"migrator\.toml:2, dependencies\.add: 'gone' names no job"):
        Names(()).one("gone", "add", said)
    plain = DenyOrAdd(upstream="gone", downstream="b", why="x")
    with pytest.raises(GraphError, match=r"^migrator\.toml, dependencies\.deny"):
        Names(()).one("gone", "deny", plain)
