"""How the report tells how far a plan holds, and what would change it."""

from migrator.model import Target
from migrator.plan.clusters import ChangePart, FlipPart
from migrator.plan.document import QuestionPart
from migrator.plan.stability import PortfolioFlipPart, ShiftPart, StabilityPart
from migrator.report.markdown.reasons import reason_blocks
from migrator.report.markdown.stability import stability_blocks, worlds_in_words
from tests.report import plans

NOTHING_OPEN = StabilityPart(worlds=100, jobs=4, firm=4, part=1, ties=0, left=0, settings=(), questions=(), settled=0)
SOME = {"firm": 3, "part": 0.999, "ties": 2, "left": 1, "settings": ("team.engineers", "team.hourly_cost")}


def told(stability=NOTHING_OPEN, flips=(), questions=(), plan=None):
    """Write the section for a plan of one cluster."""
    plan = plan or plans.small_plan()
    portfolio = plan.portfolio.model_copy(update={"stability": stability, "flips": tuple(flips)})
    return "\n".join(stability_blocks(plan.model_copy(update={"portfolio": portfolio, "questions": tuple(questions)})))


def test_silent_where_nobody_tried():
    """An older plan has no such section."""
    assert told(stability=None) == ""


def test_nothing_open():
    """Then nothing can move; that runs and durations never do is always said."""
    text = told()
    assert "Nothing is open that could move a job" in text
    assert "No number of runs and no duration changes a target" in text


def test_what_is_open_and_how_many_jobs_are_firm():
    """Ties and settings by name, ties that were left out, and never all jobs where some are not firm."""
    text = told(NOTHING_OPEN.model_copy(update=SOME))
    assert "2 doubtful dependencies, real as often as its confidence says" in text
    assert "what nobody stated (the engineers and the cost of an hour); 1 more" in text
    assert "**3 of 4 jobs** go where this plan has them; on average 99% of all do." in text
    text = told(NOTHING_OPEN.model_copy(update=SOME | {"firm": 1}))
    assert "**1 of 4 jobs** goes where this plan has it; on" in text


def test_every_job_firm():
    """One sentence, without shares."""
    text = told(NOTHING_OPEN.model_copy(update={"ties": 1}))
    assert "Whatever the answers, **every job** goes where this plan has it." in text


def test_questions_that_settle_most():
    """By their text, with the jobs of each, and of all together; hosts are a matter of their own."""
    asked = [
        QuestionPart(id="engineers", about=(), text="How many engineers?", settles="x", jobs=3, moves=True),
        QuestionPart(id="hosts", about=(), text="Which hosts?", settles="x", jobs=2, moves=True),
    ]
    text = told(NOTHING_OPEN.model_copy(update={**SOME, "questions": ("engineers",), "settled": 3}), (), asked)
    assert "The answer to this question settles the target of 3 jobs:" in text
    assert "- How many engineers? (3 jobs)" in text
    assert "2 jobs of one unit may as well stay" in text
    both = NOTHING_OPEN.model_copy(update={**SOME, "questions": ("engineers", "hosts"), "settled": 4})
    assert "These 2 questions settle the target of 4 jobs:" in told(both, (), asked)


def test_flips_of_the_portfolio():
    """Where jobs would go, what would be settled, and the setting to change."""
    shifts = (
        ShiftPart(before=Target.AIRFLOW, after=Target.MWAA, jobs=3),
        ShiftPart(before=Target.MWAA, after=Target.MWAA, jobs=1),
    )
    change = ChangePart(key="team.engineers", value="3")
    text = told(flips=[PortfolioFlipPart(when="with 3 engineers", change=change, jobs=4, shifts=shifts)])
    assert (
        "- with 3 engineers: 3 jobs to MWAA instead of Airflow on EC2 and MWAA is settled for 1 job. "
        "Set `team.engineers = 3`."
    ) in text


def test_worlds_of_a_cluster():
    """The plan's own target first, whatever is more frequent; nothing where nobody tried."""
    cluster = plans.small_plan().clusters[0]

    def words(worlds):
        answer = cluster.recommendation.model_copy(update={"target": Target.STEP_FUNCTIONS, "worlds": worlds})
        return worlds_in_words(cluster.model_copy(update={"recommendation": answer}))

    assert words({}) == ""
    assert words({Target.STEP_FUNCTIONS: 100}) == "Step Functions in all 100 ways to answer what is open."
    assert words({Target.MWAA: 60, Target.STEP_FUNCTIONS: 40}) == (
        "Step Functions in 40 of 100 ways to answer what is open and MWAA in 60. Most ways lead elsewhere: this is the "
        "guide's answer while nobody has answered, so settle that first."
    )
    assert words({Target.MWAA: 50, Target.STEP_FUNCTIONS: 50}).endswith("and MWAA in 50.")


def test_flips_of_a_cluster():
    """A part of its jobs, an answer that would be open, and what was tried in vain."""
    cluster = next(found for found in plans.small_plan().clusters if len(found.jobs) > 1)
    change = ChangePart(key="team.needs", value='["backfill"]')
    flip = FlipPart(when="if so", to=Target.AIRFLOW, change=change, undecided=True, jobs=cluster.jobs[:1])
    answer = cluster.recommendation.model_copy(update={"flips": (flip,), "unmoved": ("a", "b")})
    text = "\n".join(reason_blocks(cluster.model_copy(update={"recommendation": answer})))
    expected = f"if so: Airflow on EC2 (which would still be open) for 1 of {len(cluster.jobs)} jobs."
    assert expected in text
    assert "Tried one by one, and changes nothing: a, b." in text


def test_bills_are_not_spoken_of_where_nothing_moves():
    """A plan in which every job stays has no bill that runs could change."""
    assert "No number of runs" in told()
    made = plans.small_plan()
    staying = tuple(
        found.model_copy(update={"recommendation": found.recommendation.model_copy(update={"target": Target.RETAIN})})
        for found in made.clusters
    )
    assert "No number of runs" not in told(plan=made.model_copy(update={"clusters": staying}))
