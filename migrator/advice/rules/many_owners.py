"""Work that many owners share wants one place for all of them.

**Why.** Several owners of one chain need to see where it stands and who is next; that is Airflow's shared view.

**Says nothing** below three owners or five units, and where no owner is named.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines
from migrator.advice.shape import MANY_OWNERS, MANY_UNITS
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for Airflow where three owners or more have jobs in the cluster."""
    shape = subject.shape
    if len(shape.owners) < MANY_OWNERS or shape.units < MANY_UNITS:
        return
    text, proof = f"{len(shape.owners)} owners share it ({', '.join(shape.owners)})", at_lines(shape.moving)
    yield Reason(Target.AIRFLOW, 2, text, proof)
    yield Reason(Target.MWAA, 2, text, proof)
    yield Reason(Target.STEP_FUNCTIONS, -1, text, proof)


RULE = Rule("many-owners", judge, "decision guide, Amazon MWAA and overlaps")
