"""A cluster that cron does not run today stays untouched until somebody says that it should run.

**Why.** Moving it would start a job that does nothing now: the file has a fault, its name is skipped, or its schedule
has no day. That is a change of what happens, not a move.

**Says nothing** when any job of the cluster is active.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for staying when every job of the cluster is inactive."""
    if subject.case.active:
        return
    found = [job.inactive for job in subject.case.jobs if job.inactive]
    whys = "; ".join(sorted({inactive.why for inactive in found}))
    left_out = all(inactive.ignored for inactive in found)
    text = whys if left_out else f"cron does not run it today ({whys}): ask before creating it"
    yield Reason(Target.RETAIN, 9, text, at_lines(subject.case.jobs, "not run"))


RULE = Rule("not-running", judge, "decision guide, EventBridge; staying needs no excuse")
