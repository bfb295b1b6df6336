"""The doubtful dependencies in the report, and how safe an order is today."""

import io

from migrator.graph.types import Lag, Safety
from migrator.plan.jobs import DoubtPart
from migrator.report import report
from migrator.report.terminal import print_explanation
from tests.report import plans as p


def doubt(**changes):
    """Make a doubt about two jobs of the small plan."""
    fields = {
        "upstream": "extract",
        "downstream": "load",
        "lag": Lag.NONE,
        "confidence": 0.45,
        "evidence": (p.proof("dump > /srv/a-*", 3, "writes /srv/a-*"), p.proof(), p.proof("a third", 9)),
        "basis": ("files", "comments"),
        "taken": False,
        "changes": "if it is real, 2 jobs go to Step Functions instead of EventBridge Scheduler",
    }
    return DoubtPart(**(fields | changes))


def told(*doubts):
    """Give the section of a report."""
    plan = p.small_plan().model_copy(update={"doubts": doubts})
    _, _, rest = report(plan).partition(" doubtful dependenc")
    return rest.partition("\n## ")[0]


def test_a_doubt_is_decided_in_a_minute():
    """The question, what it changes, two lines that speak for it, and what to write."""
    text = told(doubt())
    assert "need `extract`? Confidence 0.45, not taken as real, by files, comments." in text
    assert "**If it is real, 2 jobs go to Step Functions" in text
    assert "`opt/etl/load.sh:3`" in text
    assert "`opt/etl/load.sh:4`" in text
    assert "a third" not in text
    assert 'add = [{upstream = "extract", downstream = "load", why = "…"}]' in text


def test_what_is_taken_is_denied():
    """An unsure dependency is settled by denying it; nothing is promised where nothing changes."""
    text = told(doubt(taken=True, changes=""))
    assert "taken as real" in text
    assert 'deny = [{upstream = "extract"' in text
    assert "If it" not in text


def test_very_many_are_shortened():
    """The first twenty stand in the report, the rest is in plan.json."""
    text = told(*(doubt() for _ in range(50)))
    assert text.count("Does `") == 20
    assert "30 more of this kind in `plan.json`" in text
    text = told(*(doubt(confidence=0.3 + number / 100) for number in range(30)))
    assert text.count("Does `") == 20
    assert "- and 10 more of other kinds in `plan.json`" in text


def test_the_few_of_a_kind_are_shown_beside_the_many():
    """Twenty places are shared out; a kind that fits is shown whole."""
    text = told(*(doubt() for _ in range(50)), *(doubt(taken=True) for _ in range(3)))
    assert text.count("not taken as real") == 17
    assert text.count("deny = ") == 3
    assert "33 more of this kind" in text
    assert text.count("more of") == 1


def test_silent_without_doubts():
    """No heading for nothing."""
    assert "doubtful dependenc" not in report(p.small_plan())


def test_the_order_of_a_dependency_is_judged():
    """Report and explain say what keeps the order today, and for how long."""
    plan = p.small_plan()
    says = "starts 30 minutes after the start of its upstream, whether that is done or not"
    first = plan.dependencies[0].model_copy(update={"safety": Safety.HOPED, "slack": 30, "timing": says})
    plan = plan.model_copy(update={"dependencies": (first, *plan.dependencies[1:])})
    assert f"only hoped for: {says}" in report(plan)
    stream = io.StringIO()
    print_explanation(plan, first.downstream, stream, 400)
    assert f"hoped: {says}" in stream.getvalue()
