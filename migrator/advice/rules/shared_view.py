"""A team that wants to see and trigger its runs in one place wants Airflow.

**Why.** One UI with a view of the graph, triggers and history is what several engineers share; Step Functions shows
one execution at a time.

**Says nothing** when the settings state neither a shared UI nor a DAG view, and below five units.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines
from migrator.advice.shape import MANY_UNITS
from migrator.model import Reason, Target
from migrator.settings import Need

_WORDS = {Need.SHARED_UI: "a shared UI", Need.DAG_VIEW: "a view of the graph"}


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for Airflow where a shared UI or a DAG view is needed."""
    shape = subject.shape
    wanted = [words for need, words in _WORDS.items() if need in shape.needs]
    if not wanted or shape.units < MANY_UNITS:
        return
    text, proof = f"the team needs {' and '.join(wanted)}", at_lines(shape.moving)
    yield Reason(Target.AIRFLOW, 2, text, proof)
    yield Reason(Target.MWAA, 3, text, proof)
    yield Reason(Target.STEP_FUNCTIONS, -2, f"{text}, and Step Functions shows one execution at a time", proof)


RULE = Rule("shared-view", judge, "decision guide, Step Functions (not for) and Amazon MWAA")
