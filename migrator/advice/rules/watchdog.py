"""A watchdog stays beside what it watches.

**Why.** It restarts a process of its host when that is down. From elsewhere it sees nothing of the host; the service
manager (`Restart=` in systemd) does its work better than any schedule.

**Says nothing** about jobs that only report what they see.
"""

from collections.abc import Iterator

from migrator.advice.host_ties import TieKind
from migrator.advice.rule import Rule, Subject, held
from migrator.model import Reason


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for staying where jobs restart what is down on their host."""
    yield from held(subject.tied(TieKind.WATCHDOG), "it restarts what is down on its own host", 8)


RULE = Rule("watchdog", judge, "decision guide, EventBridge; systemd.service(5), Restart=")
