"""A lone job may stay in cron; moving it needs a reason.

**Why.** The guide names cron on EC2 as the other answer to a simple schedule. Reasons to move are: the host is to be
retired, nobody sees failures, an audit asks for a record.

**Says nothing** when units depend on each other, which cron cannot express, or when an event starts the job.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines
from migrator.model import Reason, Target
from migrator.sources.items import Format


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for staying when the cluster is one unit on a clock."""
    if not subject.lone or subject.shape.event:
        return
    declared = all(job.source == Format.MANIFEST for job in subject.shape.moving)
    today = "what starts it today, which no file names, may go on doing so" if declared else "cron does this well"
    text = f"{today}; moving needs a reason: a host to retire, failures that nobody sees, an audit"
    yield Reason(Target.RETAIN, 2, text, at_lines(subject.shape.moving))


RULE = Rule("staying-is-fine", judge, "decision guide, EventBridge (cron on EC2)")
