"""What `cutover` and `diff` show on the terminal."""

from pathlib import Path

import pytest

from migrator.model import Target
from migrator.plan.difference import compare
from migrator.plan.document import LeftOutPart
from migrator.plan.moving import SwitchedOffPart, SwitchPart, TabPart
from migrator.plan.tabs import Edited
from migrator.report import difference_data, print_cutover, print_difference
from tests.report import plans as p
from tests.report.hostile import OWN, hostile_plan
from tests.report.test_terminal import printed

TAB = TabPart(
    path="spool/etl",
    host="etl1",
    format="crontab",
    user="etl",
    digest="d",
    lines=(SwitchPart(line=3, job="a"), SwitchPart(line=7, job="b")),
)
PLAN = p.plan([p.job("a", 3), p.job("b", 7)], [p.cluster("a", ["a", "b"])])


BOTH = Edited(b"", (3, 7), (), ())


def shown(tab=TAB, edited=BOTH, width=80, plan=PLAN, **more):
    """Print what a cut-over wrote."""

    def show(stream, width):
        print_cutover(plan, tab, edited, Path("out/TAB"), stream, width, **more)

    return printed(show, width=width)


def test_tells_lines_proof_and_what_to_do():
    """Each line with its job; how to install a user's tab, and one of the system."""
    text = shown()
    assert text.startswith("out/TAB: spool/etl on etl1\n2 lines switched off; every other byte is as it was.\n")
    assert "  • line 3: a\n  • line 7: b\n" in text
    assert "crontab -u etl out/TAB" in text
    system = shown(TAB.model_copy(update={"format": "system-crontab", "user": None}))
    assert "in the place of spool/etl, with the same owner and mode." in " ".join(system.split())


def test_tells_what_stood_so_already_and_what_to_mind():
    """Undone lines are on again; what the proof could not cover is said."""
    text = shown(edited=Edited(b"", (3,), (7,), ("one reader only",)), undo=True)
    assert "1 line switched on again" in text
    assert "1 line stood so already." in text
    assert "Mind: one reader only." in text
    assert "line 7" not in text


def test_warns_of_a_job_that_no_file_starts():
    """Off it runs nowhere; left on, the page says how to switch it off; on again there is nothing to mind."""
    left = LeftOutPart(job="a", target=Target.EVENTBRIDGE, why="no expression says it")
    plan = PLAN.model_copy(update={"left_out": (left,)})
    assert "no file of this plan starts a:" in shown(plan=plan)
    assert "starts b" not in shown(plan=plan)
    assert "starts a" not in shown(plan=plan, undo=True)
    kept = " ".join(shown(plan=plan, edited=Edited(b"", (7,), (), ())).split())
    assert "Line 3 stays on: no file of this plan starts a. Once you made what does, give --all." in kept


def test_many_lines_are_counted():
    """Forty are named."""
    lines = tuple(SwitchPart(line=number, job=f"j{number}") for number in range(1, 51))
    text = shown(TAB.model_copy(update={"lines": lines}), Edited(b"", tuple(range(1, 51)), (), ()))
    assert "10 more" in text


def plans():
    """Give two plans that differ in everything."""
    old = p.plan(
        [p.job("done"), p.job("gone", 2), p.job("same", 3)],
        [p.cluster(name, [name]) for name in ("done", "gone", "same")],
    )
    off = (SwitchedOffPart(path="etc/crontab", line=1, job="done"),)
    jobs = [p.job("same", 3, owner="x" * 90), *(p.job(f"n{number:02}", number + 9) for number in range(45))]
    new = p.plan(jobs, [p.cluster(job.id, [job.id]) for job in jobs], switched_off=off)
    return old, new


@pytest.mark.parametrize("width", [80, 120])
def test_differences_keep_within_the_screen(width):
    """At both usual widths, with a value that is longer than a line."""
    text = printed(print_difference, compare(*plans()), width=width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert max(len(line) for line in shown(width=width).splitlines()) <= width
    assert "Done: switched off by a cut-over: 1 job" in text
    assert "5 more; --json has all." in text
    assert "Gone from the files: 1 job\n  • gone  (etc/crontab:2)" in text


def test_nothing_changed_is_said():
    """With the totals all the same."""
    text = printed(print_difference, compare(PLAN, PLAN))
    assert text.startswith("Nothing changed.\n")
    assert "Totals" in text


def test_data_names_both_sides():
    """Money that is not known is null."""
    old, new = plans()
    unpriced = new.model_copy(update={"portfolio": new.portfolio.model_copy(update={"monthly": None})})
    data = difference_data(compare(old, unpriced))
    assert data["monthly"]["now"] is None
    assert data["changed"][0]["changes"] == [{"what": "owner", "then": "data", "now": "x" * 90}]


@pytest.mark.parametrize("text", OWN)
def test_no_text_acts_on_the_terminal(text):
    """No control character gets through, whatever jobs and files are called."""
    plan = hostile_plan(text)
    tab = plan.waves[0].tabs[0].model_copy(update={"format": "crontab"})
    found = compare(plan, p.small_plan())
    for one in (
        printed(print_difference, found),
        printed(print_difference, compare(p.small_plan(), plan)),
        shown(tab, Edited(b"", (3,), (), (text,)), plan=plan),
    ):
        assert all(character == "\n" or character.isprintable() for character in one)
