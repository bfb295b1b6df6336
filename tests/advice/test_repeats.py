"""A script run several times counts once for the guide, as a loop does; stages count each."""

from __future__ import annotations

from dataclasses import replace

from migrator.advice import Case
from migrator.commands.facts import Step, StepKind, Wait, WaitKind
from migrator.model import Access, Mode, Origin, Resource, ResourceKind, Target
from tests.advice.build import answer, lone, step
from tests.advice.manifests import planned

PLACE = Origin("opt/one.sh", 2)


def touch(name: str, mode: Mode, *, log: bool = False) -> Access:
    """Touch a file."""
    return Access(Resource(ResourceKind.FILE, name, "etl1"), mode, PLACE, name, log=log)


def run(*touched: Access, line: int = 2, **more: object) -> Step:
    """Make a step of the script that is run again and again."""
    return step("tool", origin=Origin("opt/one.sh", line), accesses=touched, **more)


def job(*steps: Step) -> Case:
    """Make a job of one unit a step."""
    return lone(steps=list(steps), units=None)


def noted(of: Case) -> str:
    """Give the note on repeats, empty where there is none."""
    return next((text for text in answer(of).notes if "over other arguments" in text), "")


def test_five_runs_of_one_command_are_one_unit():
    """As a loop over five arguments would be: one unit on a schedule, and the other count is told."""
    of = job(*(run(touch(f"/data/{n}.csv", Mode.WRITE)) for n in range(5)))
    assert answer(of).target is Target.EVENTBRIDGE
    assert noted(of) == (
        "commands of opt/one.sh are run 5 times, over other arguments, and no run is seen to need another: as in a "
        "loop the units count once; counted each, 5 units would go to Step Functions"
    )


def test_a_loop_and_the_same_calls_written_out_get_one_answer(tmp_path):
    """Four regions by four lines or by `for`: two units each."""
    work = (
        'aws glue start-job-run --job-name rain --arguments "{\\"--region\\": \\"$1\\"}"\n'
        'aws sns publish --topic-arn arn:aws:sns:eu-west-1:111122223333:rain --message "$1"\n'
    )
    lines = "".join(f"/opt/one.sh {region}\n" for region in ("north", "south", "east", "west"))
    loop = 'for r in north south east west; do\n  /opt/one.sh "$r"\ndone\n'
    found = {}
    for name, script in (("lines", lines), ("loop", loop)):
        (tmp_path / name).mkdir()
        settings = '[paths]\n"/opt" = "opt"\n[team]\nengineers = 2\n'
        scripts = {"all": f"#!/bin/bash\n{script}", "one": f"#!/bin/bash\n{work}"}
        plan = planned(tmp_path / name, crontab="0 2 * * * /opt/all.sh\n", settings=settings, scripts=scripts)
        found[name] = plan.clusters[0].recommendation
    assert found["lines"].target is found["loop"].target
    assert [reason.text for reason in found["lines"].reasons] == [reason.text for reason in found["loop"].reasons]
    assert "over other arguments" in str(found["lines"].notes)
    assert "over other arguments" not in str(found["loop"].notes)


def test_stages_of_one_script_count_each():
    """The second run reads what the first wrote: an order, and so three units."""
    of = job(
        run(touch("/d/a", Mode.WRITE)),
        run(touch("/d/a", Mode.READ), touch("/d/b", Mode.WRITE)),
        run(touch("/d/b", Mode.READ)),
    )
    assert answer(of).target is Target.STEP_FUNCTIONS
    assert noted(of) == ""


def test_other_programs_and_services_are_other_work():
    """`run.sh extract` and `run.sh load` start different programs or jobs from one line."""
    programs = job(run(program="/opt/extract.py"), run(program="/opt/load.py"), run(program="/opt/report.py"))
    assert noted(programs) == ""
    calls = [step(name, service="glue", text="aws glue start-job-run --job-name $1") for name in ("extract", "load")]
    assert noted(job(*calls)) == ""
    assert noted(job(calls[0], replace(calls[0], name="extract-2")))


def test_other_lines_of_the_script_are_other_work():
    """Three commands of one script, each run once, are three units."""
    assert noted(job(run(line=2), run(line=3), run(line=4))) == ""


def test_a_shared_log_and_what_a_run_makes_for_itself_are_no_stages():
    """All runs append to one log, and each reads the file that it has just written."""
    own = [touch("/tmp/x", Mode.WRITE), touch("/tmp/x", Mode.READ), touch("/var/log/x", Mode.APPEND, log=True)]
    assert noted(job(run(*own), run(*own)))


def test_a_unit_with_something_of_its_own_counts():
    """Two steps a run, and a unit that joins the end of one run with a step of its own."""
    first, second, other = run(line=2), run(line=3), step("other", origin=Origin("opt/all.sh", 9))
    of = lone(steps=[first, second, first, second, other], units=None)
    assert "the units count once" in noted(of)
    assert answer(of).target is Target.STEP_FUNCTIONS
    assert "3 units in order" in str(answer(of).reasons)


def test_a_wait_of_every_run_is_one_wait():
    """Calls of services with a wait before each stay a line of service calls."""
    waits = tuple(Wait(WaitKind.OBJECT, f"s3://in/{n}", None, 600, PLACE, "until …") for n in range(3))
    pair = [run(kind=StepKind.WAIT), step("load", service="glue", origin=Origin("opt/one.sh", 3))]
    of = lone(steps=pair * 3, units=None, found={"waits": waits})
    assert "2 units" in str(answer(of).reasons)
    assert answer(of).target is Target.STEP_FUNCTIONS
