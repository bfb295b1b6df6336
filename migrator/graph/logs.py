"""Logs that are data: what one job prints into a file and another makes something of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from migrator.commands.facts import CommandFacts
from migrator.graph.meetings import LEAST_BELIEF, Flow
from migrator.graph.natures import watches
from migrator.graph.patterns import Meeting, belief
from migrator.graph.touches import Touch
from migrator.model import WRITES, Job, JobId, Mode, ResourceKind

# A log is data by exception.
_EXCEPTION = 0.75
# What more jobs print into is everybody's journal.
_MOST_WRITERS = 3
_ERRORS_TOO = ("2>", "&>", ">&", "|&")


def printed(touches: Iterable[Touch], jobs: Mapping[JobId, Job], facts: Mapping[JobId, CommandFacts]) -> Iterator[Flow]:
    """Give a flow for each file that a job's output alone goes to and that another reads by its full name.

    What goes there with the errors is for people, and so is what a job that mails or watches looks at.
    """
    written: defaultdict[str, list[Touch]] = defaultdict(list)
    taken: defaultdict[str, list[Touch]] = defaultdict(list)
    for touch in touches:
        name = touch.resource.name
        if touch.resource.kind is ResourceKind.FILE and "*" not in name and not name.endswith("/"):
            if touch.log and touch.mode in WRITES and not any(sign in touch.text for sign in _ERRORS_TOO):
                written[name].append(touch)
            elif touch.mode is Mode.READ and not touch.own and not touch.log:
                taken[name].append(touch)
    for name in sorted(written.keys() & taken.keys()):
        if len({touch.job for touch in written[name]}) <= _MOST_WRITERS:
            yield from _read(written[name], taken[name], jobs, facts)


def _read(
    written: list[Touch], taken: list[Touch], jobs: Mapping[JobId, Job], facts: Mapping[JobId, CommandFacts]
) -> Iterator[Flow]:
    for former in written:
        for latter in taken:
            near = former.hosts & latter.hosts or not (former.hosts or latter.hosts)
            if former.job == latter.job or not near or not _makes_data(jobs[latter.job], facts.get(latter.job)):
                continue
            sure = belief(former.resource, latter.resource, Meeting.SAME) * _EXCEPTION
            sure *= 0.55 + 0.45 * min(former.confidence, latter.confidence)
            if sure >= LEAST_BELIEF:
                yield Flow(former, latter, Meeting.SAME, round(sure, 3))


def _makes_data(job: Job, facts: CommandFacts | None) -> bool:
    made = [access for access in (facts.touched if facts else ()) if access.mode in WRITES and not access.log]
    return bool(made) and not watches(job, facts)
