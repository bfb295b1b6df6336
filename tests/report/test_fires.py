"""The table that says whether what moves fires at the same minutes."""

from migrator.model import Target
from migrator.plan.jobs import DaysPart, FormPart
from migrator.report.markdown.fires import fire_blocks
from tests.report.plans import cluster, job, plan, schedule


def form(exact, *differences, guard=None, expressions=("cron(0 3 * * ? *)",)):
    """Make a form."""
    return FormPart(
        expressions=expressions,
        timezone="Europe/Riga" if exact is not None else None,
        exact=exact,
        differences=differences,
        guard=guard,
        notes=(),
        why_not=None if expressions else "it starts with its host",
    )


def planned(*forms, target=Target.EVENTBRIDGE, active=True):
    """Make a plan of lone jobs, one a form."""
    jobs = [
        job(
            f"j{n}",
            n + 1,
            active=active,
            schedule=schedule("daily", text=f"{n} 3 * * *", forms={Target.EVENTBRIDGE: one}),
        )
        for n, one in enumerate(forms)
    ]
    return plan(jobs, [cluster(one.title, [one.id], target) for one in jobs])


def test_a_test_of_the_day_is_told_beside_the_expression():
    """An expression of Mondays is no fault where the command itself asks for Mondays; a guard says it by itself."""
    asked = DaysPart(days=tuple(range(1, 32)), weekdays=(1,))

    def told(one):
        when = schedule("at 03:00 every day", day_test=asked, forms={Target.EVENTBRIDGE: one})
        return fire_blocks(plan([job("a", schedule=when)], [cluster("a", ["a"], Target.EVENTBRIDGE)]))[-1]

    assert "| yes: its own test of the day is in the expression |" in told(form(True))
    kept = form(True).model_copy(update={"test_kept": True})
    assert "| yes: its own test of the day stays in the command |" in told(kept)
    assert "own test" not in told(form(True, guard="go on only on Mondays"))
    assert "own test" not in fire_blocks(planned(form(True)))[-1]


def test_of_many_schedules_those_with_a_test_of_the_day_stand_apart():
    """What is told of a command that asks for the day is not told of others in the same row."""
    asked = DaysPart(days=tuple(range(1, 32)), weekdays=(1,))
    forms = {Target.EVENTBRIDGE: form(True)}
    jobs = [job(f"j{n}", n + 1, schedule=schedule("daily", text=f"{n} 3 * * *", forms=forms)) for n in range(61)]
    jobs.append(job("asks", 70, schedule=schedule("daily", text="9 4 * * *", forms=forms, day_test=asked)))
    rows = fire_blocks(plan(jobs, [cluster(one.title, [one.id], Target.EVENTBRIDGE) for one in jobs]))[-1].splitlines()
    assert len(rows) == 4
    assert ["own test" in row for row in rows[2:]] == ["`asks`" in row for row in rows[2:]] == [False, True]


def test_differences_come_first_and_are_told():
    """A schedule that would skip a day stands above those that are exact."""
    _, summary, table = fire_blocks(planned(form(True), form(False, "skipped on 2027-03-28")))
    assert "1 job at the same minutes; 1 job with differences, listed first" in summary
    rows = table.splitlines()[2:]
    assert "no: skipped on 2027-03-28" in rows[0]
    assert rows[1].endswith("| yes |")


def test_an_unknown_zone_is_not_called_exact():
    """Without a zone the answer keeps clock changes open."""
    _, summary, table = fire_blocks(planned(form(None, "not compared across clock changes")))
    assert "1 job the same but for clock changes, which need the zone" in summary
    assert "yes, clock changes aside" in table


def test_a_guard_is_shown():
    """A form that is too wide says what the run must ask."""
    *_, table = fire_blocks(planned(form(True, guard="goes on only on Mondays")))
    assert "yes: goes on only on Mondays" in table


def test_jobs_of_one_schedule_share_a_row():
    """Two jobs of the same text, target and form are one row."""
    same = form(True)
    jobs = [job(f"j{n}", n + 1, schedule=schedule("daily", forms={Target.EVENTBRIDGE: same})) for n in range(3)]
    *_, table = fire_blocks(plan(jobs, [cluster(one.title, [one.id]) for one in jobs]))
    assert len(table.splitlines()) == 3
    assert "and 1 more" in table


def test_silent_where_nothing_moves():
    """What stays, what is inactive and what no clock starts need no table."""
    assert fire_blocks(planned(form(True), target=Target.RETAIN)) == []
    assert fire_blocks(planned(form(True), active=False)) == []
    assert fire_blocks(planned(form(False, expressions=()))) == []


def test_a_long_table_is_cut():
    """Beyond sixty rows the rest is counted."""
    blocks = fire_blocks(planned(*(form(True, guard=f"goes on only on the {n}th") for n in range(62))))
    assert blocks[-1].startswith("2 more are in `plan.json`")


def test_of_many_schedules_those_that_differ_alike_share_a_row():
    """The times may be others, the days may not; few schedules have a row each."""

    def told(count):
        late = [form(False, f"skipped on 2027-03-28: 02:{n:02} does not exist") for n in range(count)]
        other = form(False, "skipped on 2027-10-31: 02:10 does not exist")
        return fire_blocks(planned(*late, other, form(True)))

    _, summary, table = told(60)
    assert summary.endswith(
        "Schedules that differ in nothing but their times share a row, which tells those of the first."
    )
    rows = table.splitlines()[2:]
    assert len(rows) == 3
    assert rows[0].startswith("| `0 3 * * *`, `1 3 * * *` and 58 more (Europe/Riga) | `j0`, `j1` and 58 more |")
    assert "02:00 does not exist" in rows[0]
    assert "2027-10-31" in rows[1]
    assert len(told(20)[2].splitlines()) == 24
