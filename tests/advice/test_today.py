"""What keeps an order today, and what starts a job that a manifest alone has: said as it is, not as cron's."""

from dataclasses import replace

from migrator.advice import Case
from migrator.commands.facts import StepKind
from migrator.graph.types import Safety
from migrator.model import ScheduleKind, Target
from tests.advice.build import answer, asked, changed, clock, fan, line, lone, started_by, step

NO_PLACE = "`./load` is named from the folder in which it is started today, and no file says which that is"


def declared(of: Case) -> Case:
    """Say that a manifest alone has the jobs."""
    return replace(of, jobs=tuple(replace(job, source="manifest") for job in of.jobs))


def after_the_first(of: Case) -> Case:
    """Say that all but the first job start when those before them are done."""
    first, *rest = of.jobs
    upstream = started_by(ScheduleKind.UPSTREAM)
    return replace(of, jobs=(first, *(replace(job, schedule=upstream) for job in rest)))


def staying(of: Case) -> str:
    """Give why the jobs do not stay."""
    return next(other.why for other in answer(of, team={"engineers": 2}).rejected if other.target is Target.RETAIN)


def scheduled(of: Case) -> str:
    """Give why a schedule each does not do."""
    return next(other.why for other in answer(of).rejected if other.target is Target.EVENTBRIDGE)


def test_the_clock_keeps_the_order_of_crontab_lines():
    """Each starts at its minute."""
    assert staying(line(3)) == "cron keeps no order: each starts at its minute, whatever became of the one before"
    assert staying(fan(6)) == "6 units that cron keeps together by the clock alone"


def test_a_wait_keeps_the_order():
    """Where each later job waits for what the one before makes, the clock is not all that keeps the order."""

    def held(of: Case) -> Case:
        ties = tuple(replace(tie, safety=Safety.HELD) for tie in of.cluster.dependencies)
        return replace(of, cluster=replace(of.cluster, dependencies=ties))

    assert staying(held(line(3))).startswith("each starts at its minute and waits for the one before")
    assert staying(held(fan(6))).startswith("6 units that cron starts by the clock and that wait for one another")
    found = {item.name: item.why_not for item in asked(held(line(3))).alternatives}
    assert found["everything stays"].startswith("in 1 cluster jobs wait for each other's data")


def test_what_declared_jobs_start_after_is_not_the_clock():
    """Started after others by something that no file names: nothing is said of cron."""
    assert staying(after_the_first(line(3))).startswith("what starts each after the one before today no file says")
    assert staying(after_the_first(fan(6))).startswith("6 units that start after one another by what no file names")


def test_a_script_keeps_its_own_order():
    """One job of several units: the order is its script's, and a schedule would start it as one."""
    two = lone(steps=[step("a"), step("wait", StepKind.WAIT)], units=None)
    assert staying(two) == "the script keeps the order, and cron sees no failure in it: all of it must be run again"
    assert scheduled(two) == "it starts the script as one: nothing in it is retried or watched by itself"
    six = lone(steps=[step(f"s{n}") for n in range(6)], units=None)
    assert staying(six) == "6 units of one script: when one fails, all of it must be run again"


def test_everything_stays_names_what_keeps_each_order():
    """One cluster by the clock, one by what no file names, one script, and one that needs no order."""
    script = lone("s", steps=[step("a"), step("wait", StepKind.WAIT)], units=None, cluster="s")
    cases = [line(3), after_the_first(fan(6, name="z")), script, lone(cluster="x")]
    found = {item.name: item.why_not for item in asked(*cases, team={"engineers": 2}).alternatives}
    assert found["everything stays"] == (
        "1 cluster depends on an order that cron keeps by the clock alone; 1 cluster has jobs that are started after "
        "others by what no file names; 1 script of several units runs again as a whole when one unit fails"
    )


def test_a_declared_job_may_go_on_as_it_is():
    """Staying is a full option for it too, but not by cron."""
    assert "cron does this well" in str(answer(lone()).reasons)
    told = str(answer(declared(lone())).reasons)
    assert "what starts it today, which no file names, may go on doing so; moving needs a reason" in told
    assert "cron" not in told


def test_the_folder_of_a_declared_job_is_not_known():
    """Cron starts in the home folder; of what starts a declared job nothing is known."""
    of = changed(lone(), command="./load")
    assert "cron starts in the home folder" in str(answer(of).hazards)
    assert [hazard.text for hazard in answer(declared(of)).hazards if hazard.id == "home-folder"] == [NO_PLACE]


def test_a_declared_schedule_is_read_by_crons_rules():
    """What differs from cron's minutes is said with that condition, and not for a crontab's line."""
    of = lone(schedule=clock("30 2 * * *", "Europe/Paris"))
    condition = "; its schedule is declared only, and read here by cron's rules"
    assert [hazard.text.endswith(condition) for hazard in answer(declared(of)).hazards if hazard.id == "dst-skip"] == [
        True
    ]
    assert condition not in str(answer(of).hazards)
