"""Flows between jobs that are given other words, where each has a partner that is given its own.

`load.py eu`, `load.py us`, `report.py eu` and `report.py us` meet in one table. The words say who works for whom: what
is loaded for `us` is hardly for the report of `eu`. Without a partner on either side the words say nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from migrator.graph.families import Family
from migrator.graph.meetings import Flow
from migrator.model import Job, JobId, Resource, ResourceKind

# Still shown as doubtful: the reader may look at all that is there.
_APART = 0.5
_FEWEST = 4
_REDIRECTED = re.compile(r"[&\d]*>>?&?\s*\S+|<\s*\S+")
_WORD = re.compile(r"[^\s=;|&'\"()`$]+")
# A day's report may well be made of what every hour brought.
_PERIOD = re.compile(
    r"-*(?:(?:hour|half|dai|day|night|week|month|quarter|year|annual)[a-z]*|morning|noon|evening|midnight|eod|full|all"
    r"|incr[a-z]*|delta|cron|prod(?:uction)?|live|run|yes|true|on|v+|verbose|quiet|q)",
    re.IGNORECASE,
)

_Ends = tuple[Resource, Resource]


def told_apart(flows: Sequence[Flow], jobs: Mapping[JobId, Job], kin: Mapping[JobId, Family]) -> tuple[Flow, ...]:
    """Give the flows, those less sure whose ends are each given the words of another partner at the same place."""
    groups: defaultdict[_Ends, list[int]] = defaultdict(list)
    for number, flow in enumerate(flows):
        if _of_many(flow.latter.resource):
            groups[flow.former.resource, flow.latter.resource].append(number)
    crowds = [numbers for numbers in groups.values() if len(numbers) >= _FEWEST]
    if not crowds:
        return tuple(flows)
    words = _Words(jobs, kin)
    apart = {number for numbers in crowds for number in _apart(numbers, flows, words)}
    return tuple(
        replace(flow, belief=round(flow.belief * _APART, 3)) if number in apart else flow
        for number, flow in enumerate(flows)
    )


def _of_many(resource: Resource) -> bool:
    """Say whether a place has room for the work of several: a table, a folder, what a pattern finds."""
    return resource.kind is ResourceKind.TABLE or "*" in resource.name or resource.name.endswith("/")


@dataclass(slots=True)
class _Words:
    """The words that tell a job from the others of its script."""

    jobs: Mapping[JobId, Job]
    kin: Mapping[JobId, Family]

    def of(self, members: Iterable[JobId]) -> dict[JobId, frozenset[str]]:
        """Give, for jobs of one script, what not all of them are given."""
        said = {name: _said(self.jobs[name].command) for name in members}
        common = frozenset.intersection(*said.values())
        return {name: words - common for name, words in said.items()}

    def family(self, job: JobId) -> Family:
        """Give what a job runs."""
        return self.kin.get(job, (job,))


def _said(command: str) -> frozenset[str]:
    words = _WORD.findall(_REDIRECTED.sub(" ", command))
    return frozenset(word for word in words if not _PERIOD.fullmatch(word))


def _apart(numbers: Sequence[int], flows: Sequence[Flow], words: _Words) -> list[int]:
    """Give those flows of one place whose ends share no word, while either shares one with another's."""
    writers, readers = (defaultdict(set) for _ in range(2))
    for number in numbers:
        former, latter = flows[number].former.job, flows[number].latter.job
        writers[words.family(former)].add(former)
        readers[words.family(latter)].add(latter)
    own: dict[JobId, frozenset[str]] = {}
    for members in (*writers.values(), *readers.values()):
        if len(members) > 1:
            own |= words.of(sorted(members))
    served: set[tuple[JobId, Family]] = set()
    paired: set[int] = set()
    for number in numbers:
        former, latter = flows[number].former.job, flows[number].latter.job
        if own.get(former, frozenset()) & own.get(latter, frozenset()):
            paired.add(number)
            served |= {(former, words.family(latter)), (latter, words.family(former))}
    return [
        number
        for number in numbers
        if number not in paired
        and (flows[number].former.job, words.family(flows[number].latter.job)) in served
        and (flows[number].latter.job, words.family(flows[number].former.job)) in served
    ]
