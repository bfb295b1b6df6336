"""Workflows of a cluster."""

from decimal import Decimal

import pytest
from hypothesis import given, settings

from migrator.clusters import group
from migrator.commands import analyse
from migrator.commands.facts import Join, StepKind, WaitKind
from migrator.model import Declared, JobId, Mode, Range, ScheduleKind, ServiceCall
from migrator.workflows import Workflow, build, executed_per_run
from tests.clusters.test_grouping import JOBS, built
from tests.commands.tools import Files
from tests.graph.world import World, step


def workflows(world: World, **more: object) -> list[Workflow]:
    """Build everything up to the workflows."""
    by_id = {job.id: job for job in world.jobs}
    found = group(world.jobs, world.facts, world.graph(**more))
    return [flow for cluster in found for flow in build(cluster, by_id, world.facts)]


def order(flow: Workflow) -> set[tuple[str, str, str]]:
    """Give the order as triples."""
    return {(edge.upstream, edge.task, edge.after.value) for edge in flow.order}


def read(world: World, name: str, command: str, **more: object) -> World:
    """Add a job whose facts are read from its command."""
    world.add(name, command=command, **more)
    [job] = [one for one in world.jobs if one.id == name]
    world.facts |= analyse([job], Files())
    return world


def inner(command: str) -> set[tuple[str, str, str]]:
    """Give the order of the tasks of a command whose programs are `/o/a`, `/o/b` and so on."""
    [flow] = workflows(read(World(), "j", command))
    return {(a.removeprefix("j.o-"), b.removeprefix("j.o-"), c) for a, b, c in order_of(flow)}


def order_of(flow: Workflow) -> set[tuple[str, str, str]]:
    """Give the order as triples, each task by the last part of its program."""
    return {(a.replace("j.", ""), b.replace("j.", ""), c) for a, b, c in order(flow)}


def test_a_lone_job_is_one_workflow_of_one_task():
    """The task bears the job's name and text, and what a manifest says of it."""
    said = Declared(duration=Range(Decimal(60), Decimal(90)), retries=2, timeout=600)
    [flow] = workflows(World().add("load", declared=said, also=["h2", "h3"], writes=["/d/x"], locks=["/run/x"]))
    [task] = flow.tasks
    assert (flow.id, flow.jobs, task.name, task.text) == ("load", ("load",), "load", "load")
    assert (task.duration, task.retries, task.timeout) == (said.duration, 2, 600)
    assert flow.replicas == 3
    assert [lock.name for lock in flow.locks] == ["/run/x"]
    assert [access.resource.name for access in flow.outputs] == ["/d/x"]
    assert flow.runs_per_month == Range(Decimal("30.436875"), Decimal("30.436875"))


def test_a_command_without_steps_is_still_a_task():
    """`: > flag` is no step, and must run all the same; a declared call is kept."""
    call = ServiceCall("glue", "start-job-run", "csv")
    [flow] = workflows(World().add("a", steps=(), units=(), command=": > /d/flag", declared=Declared(call=call)))
    assert [(task.text, task.steps, task.call) for task in flow.tasks] == [(": > /d/flag", (), call)]
    world = World().add("a", command="x")
    world.facts.clear()
    assert workflows(world)[0].tasks[0].text == "x"


def test_units_are_tasks_with_names_of_their_steps():
    """A wait, then a call: tasks in the order of `&&`, each with what it does."""
    command = "until aws s3 ls s3://b/k; do sleep 9; done && aws glue start-job-run --job-name csv && /o/a"
    [flow] = workflows(read(World(), "j", command))
    assert [task.name for task in flow.tasks] == ["j.wait-for-object", "j.aws-glue-start-job-run", "j.a"]
    assert flow.tasks[0].wait is not None
    assert flow.tasks[0].wait.kind is WaitKind.OBJECT
    assert flow.tasks[1].call is not None
    assert flow.tasks[1].call.name == "csv"
    assert [task.command for task in flow.tasks] == command.split(" && ")
    assert order(flow) == {
        ("j.wait-for-object", "j.aws-glue-start-job-run", "success"),
        ("j.aws-glue-start-job-run", "j.a", "success"),
    }


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Declared(retries=2), "gives attempts for the whole of it"),
        (Declared(timeout=600), "gives time for the whole of it"),
        (Declared(retries=1, timeout=600), "gives attempts and time for the whole of it"),
    ],
)
def test_what_a_manifest_says_of_the_whole_keeps_it_whole(said, why):
    """`a` that fails before `|| b` is not to be tried again: the job has not failed; two parts have no hour each."""
    [flow] = workflows(read(World(), "j", "/o/a --x || /o/b --y", declared=said))
    [task] = flow.tasks
    assert (task.command, task.retries, task.timeout) == ("/o/a --x || /o/b --y", said.retries, said.timeout)
    assert why in task.why


def test_a_manifest_that_says_no_limits_leaves_the_parts():
    """A duration, or retries that are none, keep nothing together."""
    said = Declared(duration=Range(Decimal(60), Decimal(90)), retries=0)
    [flow] = workflows(read(World(), "j", "/o/a --x || /o/b --y", declared=said))
    assert [task.command for task in flow.tasks] == ["/o/a --x", "/o/b --y"]


def test_a_wait_that_was_not_found_is_a_plain_task():
    """A unit of the kind wait without a wait at its place."""
    [flow] = workflows(World().add("j", steps=(step("w", kind=StepKind.WAIT),)))
    assert flow.tasks[0].wait is None


def test_a_unit_of_several_steps_keeps_their_joins():
    """The text of a unit reads as the script did."""
    steps = (step("a"), step("b", join=Join.AND), step("c", join=Join.OR), step("d", join=Join.THEN))
    [flow] = workflows(World().add("j", steps=steps))
    assert flow.tasks[0].text == "run a && run b || run c\nrun d"
    assert not flow.order


def test_equal_names_get_a_number():
    """Two units that begin alike are two tasks."""
    [flow] = workflows(read(World(), "j", "/o/x/a; /o/y/a"))
    assert [task.name for task in flow.tasks] == ["j.a", "j.a-2"]


def test_joins_give_success_end_and_failure():
    """`a && b; c || d`."""
    assert inner("/o/a && /o/b; /o/c || /o/d") == {
        ("a", "b", "success"),
        ("b", "c", "done"),
        ("c", "d", "failure"),
    }


def test_after_a_handler_both_ways_lead_on():
    """`a || b; c` runs c in any case, `a || b && c` when one of both went well."""
    ways = {("a", "b", "failure"), ("a", "c", "done")}
    assert inner("/o/a || /o/b; /o/c") == ways | {("b", "c", "done")}
    assert inner("/o/a || /o/b && /o/c") == ways | {("b", "c", "success")}


def test_all_of_a_handler_waits_for_the_failure():
    """`a || { b; c; }`: c is no part of the good way; `a || b || c` needs the failure of b."""
    assert inner("/o/a || { /o/b; /o/c; }; /o/d") == {
        ("a", "b", "failure"),
        ("a", "c", "failure"),
        ("b", "c", "done"),
        ("a", "d", "done"),
        ("c", "d", "done"),
    }
    assert inner("/o/a || /o/b || /o/c") == {("a", "b", "failure"), ("b", "c", "failure")}


def test_arms_of_a_decision_do_not_follow_each_other():
    """`a; if x; then b; else c; fi; d`: x is asked once, by a task of its own."""
    asked = "f-g"
    assert inner("/o/a; if [ -f /g ]; then /o/b; else /o/c; fi; /o/d") == {
        ("a", asked, "done"),
        (asked, "b", "success"),
        (asked, "c", "failure"),
        ("b", "d", "done"),
        ("c", "d", "done"),
    }


def test_nested_branches_come_back_to_the_main_line():
    """An `if` in one arm of another, left where it ends."""
    found = inner("if [ -f /g ]; then if [ -f /h ]; then /o/b; else /o/c; fi; /o/d; fi; /o/e")
    assert {edge for edge in found if edge[1] in ("d", "e")} == {
        ("b", "d", "done"),
        ("c", "d", "done"),
        ("d", "e", "done"),
    }


def test_parallel_tasks_start_together_and_are_joined_by_wait():
    """`a; b & c & wait; d`; without the wait all of it stays one task, since it may outlive its shell."""
    assert inner("/o/a; /o/b & /o/c & wait; /o/d") == {
        ("a", "b", "done"),
        ("a", "c", "done"),
        ("b", "d", "done"),
        ("c", "d", "done"),
    }
    [flow] = workflows(read(World(), "j", "/o/b & /o/c"))
    assert [task.name for task in flow.tasks] == ["j"]
    assert flow.flows[0].why == "what it starts with `&` may run on when its shell has ended"


def test_jobs_of_one_schedule_are_one_workflow_in_order():
    """Declared or by data: success of the one before the other; what is implied is left out."""
    world = World().add("a").add("b", after=["a"]).add("c", "@daily", after=["a", "b"])
    flows = workflows(World().add("a").add("b", after=["a"]).add("c", after=["a", "b"]))
    assert [flow.id for flow in flows] == ["c"]
    assert order(flows[0]) == {("a", "b", "success"), ("b", "c", "success")}
    assert [flow.schedule.text for flow in workflows(world)] == ["0 2 * * *", "@daily"]


def test_how_a_schedule_is_written_does_not_matter():
    """`@daily` and `0 0 * * *` are one schedule; another zone is another."""
    flows = workflows(World().add("a", "@daily").add("b", "0 0 * * *", after=["a"]))
    assert [flow.jobs for flow in flows] == [("a", "b")]
    assert len(workflows(World().add("a", "@daily").add("b", "@daily", after=["a"], zone="Europe/Riga"))) == 2


def test_other_schedules_are_tied_by_data():
    """A weekly list and a five-minute job: two workflows, and what flows between them."""
    world = World().add("list", "15 3 * * 0", writes=["/d/x/l.csv"]).add("use", "*/5 * * * *", reads=["/d/x/l.csv"])
    first, second = workflows(world)
    assert (first.id, second.id) == ("list", "use")
    [inflow] = second.inflows
    assert (inflow.upstream_workflow, inflow.upstream, inflow.task) == ("list", "list", "use")
    assert inflow.previous_run
    assert inflow.what == "writes /d/x/l.csv"
    assert not first.inflows
    assert not second.order
    assert second.title == "use: */5 * * * *"


def test_one_minute_and_previous_run_make_no_order():
    """Two jobs of one minute tied by a file stay beside each other."""
    [flow] = workflows(World().add("w", writes=["/d/x/o"]).add("r", reads=["/d/x/o"]))
    assert flow.jobs == ("r", "w")
    assert not flow.order


def test_jobs_without_a_time_join_what_they_depend_on():
    """A manifest's chain hangs on one schedule; one that nothing starts has a workflow of its own."""
    world = World().add("a", "0 2 * * *").add("b", "after", after=["a"]).add("c", "after", after=["b"])
    [flow] = workflows(world)
    assert flow.jobs == ("a", "b", "c")
    assert flow.schedule.text == "0 2 * * *"
    [alone] = workflows(World().add("x", "after"))
    assert alone.schedule.kind is ScheduleKind.UPSTREAM
    assert alone.runs_per_month is None


def test_inactive_jobs_are_left_out_and_missed():
    """Their cluster has no workflow for them; who needs their data says so; what they would start has no time."""
    world = World().add("a", "0 1 * * *", writes=["/d/x/o"], inactive=True).add("b", reads=["/d/x/o"])
    [flow] = workflows(world)
    assert flow.jobs == ("b",)
    assert flow.notes == ("b needs a, which is inactive (writes /d/x/o)",)
    assert workflows(World().add("a", inactive=True)) == []
    [waiting] = workflows(World().add("a", inactive=True).add("b", "after", after=["a"]))
    assert waiting.schedule.kind is ScheduleKind.UPSTREAM


def test_a_cycle_leaves_its_order_out_and_says_so():
    """The rest of the order stands."""
    [flow] = workflows(World().add("a", after=["b"]).add("b", after=["a"]).add("c", after=["b"]))
    assert order(flow) == {("b", "c", "success")}
    assert flow.notes == (
        "a and b lie on a cycle: their order is left out",
        "b and a lie on a cycle: their order is left out",
    )


def test_a_job_of_several_tasks_is_followed_at_its_end():
    """Downstream starts after the last task, not after the handler of a failure."""
    [flow] = workflows(read(World(), "up", "/o/x && /o/y || /o/alarm").add("down", after=["up"]))
    assert ("up.y", "down", "success") in order(flow)
    assert ("up.alarm", "down", "success") not in order(flow)
    odd = read(World(), "up", "/o/x || /o/alarm").add("down", after=["up"])
    assert ("up.x", "down", "success") in order(workflows(odd)[0])


def test_success_is_not_implied_by_an_end():
    """`a; b && c` with c declared after a: the walk over b does not say that a succeeded."""
    world = read(World(), "j", "/o/a; /o/b").add("k", after=["j"])
    assert order(workflows(world)[0]) == {("j.a", "j.b", "done"), ("j.b", "k", "success")}


def test_what_a_run_executes_is_a_range():
    """Three on the main line, one of them a question, one handler, and one of two arms."""
    command = "/o/a && /o/b || /o/h; if [ -f /g ]; then /o/x; /o/y; else /o/z; fi"
    [flow] = workflows(read(World(), "j", command))
    assert executed_per_run(flow) == Range(Decimal(3), Decimal(6))
    [flow] = workflows(read(World(), "j", "/o/a || /o/h"))
    assert executed_per_run(flow) == Range(Decimal(1), Decimal(2))


def test_outputs_are_said_once_and_no_logs():
    """Two jobs that append to a table; the log of one is not an output."""
    world = World().add("a", appends=["table:s.t"], logs=["/v/a.log"]).add("b", appends=["table:s.t"], after=["a"])
    [flow] = workflows(world)
    assert [(access.resource.name, access.mode) for access in flow.outputs] == [("s.t", Mode.APPEND)]


@settings(max_examples=60, deadline=None)
@given(JOBS)
def test_every_active_job_is_in_one_workflow(jobs):
    """Workflows cover the active jobs once; names are unique; the order is acyclic and among its own tasks."""
    world = built(jobs, range(len(jobs)))
    flows = workflows(world)
    covered = sorted(one for flow in flows for one in flow.jobs)
    assert covered == sorted(one.id for one in world.jobs if one.active)
    assert len({flow.id for flow in flows}) == len(flows)
    for flow in flows:
        names = [task.name for task in flow.tasks]
        assert len(set(names)) == len(names)
        assert {task.job for task in flow.tasks} == set(flow.jobs)
        assert {name for edge in flow.order for name in (edge.upstream, edge.task)} <= set(names)
        assert {inflow.upstream_workflow for inflow in flow.inflows} <= {other.id for other in flows} - {flow.id}


def test_a_long_declared_chain_is_no_trouble():
    """5,000 jobs, each after the one before."""
    world = World()
    for number in range(5_000):
        world.add(f"j{number:04}", after=[JobId(f"j{number - 1:04}")] if number else [])
    [flow] = workflows(world)
    assert len(flow.order) == 4_999


@pytest.mark.parametrize(
    ("command", "limit"),
    [
        ("timeout 300 /o/a", 360),
        ("timeout -k 10 5m /o/a > /tmp/log 2>&1", 370),
        ("nice -n 5 flock -n /run/a timeout 300 /o/a", 360),
        ("timeout 300 sh -c '/o/a; rm -f /tmp/b'", 360),
        ("flock -w 60 /run/a timeout 300 /o/a", None),
        ("sleep 600; timeout 300 /o/a", None),
        ("timeout 300 /o/a || echo failed >> /tmp/log", None),
        ("timeout 300 /o/a | /o/b", None),
        ('timeout 300 /o/a "$(/o/b)"', None),
    ],
)
def test_a_limit_is_that_of_the_whole_command(command, limit):
    """What stands beside the command that `timeout` ends, or before it, takes its own time."""
    [flow] = workflows(read(World(), "j", command))
    assert {task.timeout for task in flow.tasks} == {limit}


def test_a_limit_of_one_part_is_not_that_of_the_others():
    """The handler may take an hour, though what it handles is ended after five minutes."""
    [flow] = workflows(read(World(), "j", "timeout 300 /o/a || timeout 1h /o/b"))
    assert [task.timeout for task in flow.tasks] == [None, None]
