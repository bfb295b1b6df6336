"""Whose run it was: jobs by host, user and command as cron logs them.

Several lines may have one command; then a run belongs to the line whose schedule has a start at that minute. A line of
a log may be cut; then the command must begin with what is left, and be the only one of its host and user that does, or
that does and has a start at that minute.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from migrator.history.events import Name
from migrator.history.logged import key_of_command, last_word, redacted, without_last_word
from migrator.history.messages import Channel
from migrator.model import Job, Origin, ScheduleKind
from migrator.redaction.marks import MARK
from migrator.sources.items import CRONTABS

# The formats of `sources.items.Format` whose jobs cron itself logs.
_ANACRONTAB, _PERIODIC = "anacrontab", "periodic"
LEAST_KEPT = 12
"""Characters of a cut command that say whose it is, where only one begins so; with fewer, its minute must agree."""
_MOST_ALIKE = 200

Key = tuple[Channel, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A job on one host, at the line that it has there."""

    job: Job
    origin: Origin


@dataclass(slots=True)
class Redactions:
    """The redacted texts of what was logged: `text` is what is shown and compared, `kinds` the secrets in it."""

    _made: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def of(self, text: str, cut: bool) -> tuple[str, tuple[str, ...]]:
        """Give a text without its secrets, and their kinds; a cut one also loses the word that it was cut in."""
        kept = without_last_word(text) if cut else text
        if kept not in self._made:
            self._made[kept] = redacted(kept)
        return self._made[kept]


def key_of(job: Job) -> Key:
    """Give what a job is known by in a log."""
    if job.source == _ANACRONTAB:
        # anacrontab(5): period, delay, identifier, command.
        return (Channel.ANACRON, "".join(job.text.split(None, 3)[2:3]))
    if job.source == _PERIODIC:
        return (Channel.RUN_PARTS, key_of_command(job.text))
    return (Channel.CRON, key_of_command(job.command))


def why_silent(job: Job, channels: Iterable[Channel]) -> str:
    """Say why a host's logs cannot tell of a job's runs; empty where they can. `channels` are those that they have."""
    if job.source == _PERIODIC and Channel.RUN_PARTS not in channels:
        return "the log tells when its folder ran, not its files"
    if job.source == _ANACRONTAB and Channel.ANACRON not in channels:
        return "nothing of anacron is in the log"
    if job.source in CRONTABS and job.text.lstrip().startswith("-"):
        return "the `-` before the entry keeps cronie from logging it"
    if job.source not in {*CRONTABS, _ANACRONTAB, _PERIODIC}:
        return "cron does not run it, as far as the files tell"
    return ""


@dataclass(slots=True)
class HostJobs:
    """The jobs of one host, by what they are known by in its log."""

    _by_key: dict[Key, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _sorted: list[Key] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Take in a job."""
        self._by_key[key_of(entry.job)].append(entry)
        self._sorted.clear()

    def __iter__(self) -> Iterator[Entry]:
        return (entry for group in self._by_key.values() for entry in group)

    def of(self, name: Name, text: str) -> list[list[Entry]]:
        """Give the jobs that a name may stand for, those of one command together; `text` is its redacted text.

        Only a cut name may stand for several commands.
        """
        if name.cut:
            return self._beginning(name, text)
        found = [entry for entry in self._by_key.get((name.channel, text), ()) if _is_user(entry.job, name)]
        return [found] if found else []

    def _beginning(self, name: Name, text: str) -> list[list[Entry]]:
        """Give the jobs of this user's commands that begin so; where very many commands do, none."""
        if not self._sorted:
            self._sorted = sorted(self._by_key)
        found: list[list[Entry]] = []
        last = last_word(name.text)
        first = bisect_left(self._sorted, (name.channel, text))
        for index, key in enumerate(islice(self._sorted, first, None)):
            if key[0] is not name.channel or not key[1].startswith(text):
                break
            if index >= _MOST_ALIKE:
                return []
            if not _goes_on(key[1][len(text) :], last):
                continue
            if fitting := [entry for entry in self._by_key[key] if _is_user(entry.job, name)]:
                found.append(fitting)
        return found


def by_host(jobs: Iterable[Job]) -> Mapping[str | None, HostJobs]:
    """Index all jobs by the hosts that they stand on."""
    found: dict[str | None, HostJobs] = defaultdict(HostJobs)
    for job in jobs:
        if job.schedule.kind in {ScheduleKind.EVENT, ScheduleKind.UPSTREAM}:
            continue
        found[job.host].add(Entry(job, job.origin))
        for replica in job.replicas:
            found[replica.host].add(Entry(job, replica.origin))
    return found


def _goes_on(rest: str, last: str) -> bool:
    """Say whether the rest of a command may begin with the word that a line was cut in: a secret in it may."""
    word = rest.lstrip().partition(" ")[0]
    return word.startswith(last) or MARK.search(word) is not None


def _is_user(job: Job, name: Name) -> bool:
    return name.channel is not Channel.CRON or job.user in {None, name.user}
