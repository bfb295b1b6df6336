"""Twenty jobs with intricate dependencies justify a managed Airflow.

**Why.** From there the baseline is less than the engineering of a home-made scheduler. Counted are jobs over all
clusters whose own band is Airflow and which share an environment; replicas and unrelated jobs are not.

**Says nothing** about clusters whose own band is smaller.
"""

from collections.abc import Iterator

from migrator.advice.environments import MANAGED_JOBS
from migrator.advice.rule import Rule, Subject, at_lines
from migrator.model import Reason, Target
from migrator.model.wording import counted


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for or against MWAA by the number of jobs that would share it."""
    if subject.managed is None:
        return
    jobs, proof = subject.managed.demand.jobs, at_lines(subject.shape.moving)
    if jobs >= MANAGED_JOBS:
        yield Reason(Target.MWAA, 5, f"{jobs} jobs with intricate dependencies would share the environment", proof)
    else:
        text = f"{counted(jobs, 'job')} would share the environment; the guide justifies it from {MANAGED_JOBS} on"
        yield Reason(Target.MWAA, -2, text, proof)


RULE = Rule("portfolio-size", judge, "decision guide, Amazon MWAA (20+ ETL jobs) and overlaps")
