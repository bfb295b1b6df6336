"""A comment that names the job before: «after the import», «runs 15 minutes after load.sh».

**Speaks** when a comment above an entry, or at the end of its command, says after, before, once or when … is done, or
depends on, and what it names is one job of the same file: the name of a script as it stands, or words that only that
job's command and title have. «The job above» is the entry before.

**Confidence.** 0.6 for the name of a script or program, 0.5 for words and for «above», 0.3 where the words fit two or
three jobs. With a short time gap in the right order that becomes 0.68, 0.6 and 0.44: a person said it, and the clock
agrees.

**Says nothing** of times («after midnight», «before 6am»), of what happens outside («after each game»), of minutes
apart that only spread the load, of words that name no job or more than three, and of comments elsewhere in the file.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.types import DependencyKind
from migrator.graph.wording import Said, Words, orders_in
from migrator.model import Evidence, Job, JobId

_NAMED, _WORDED, _UNSURE = 0.6, 0.5, 0.3
_MOST_JOBS = 3
_TRAILING = re.compile(r"(?:^|\s)#(?![!\d])\s*([^'\"`]+)$")


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each job that a comment names."""
    files: defaultdict[tuple[str, str | None], list[Job]] = defaultdict(list)
    for job in scene.jobs.values():
        files[job.origin.path, job.host].append(job)
    for _, jobs in sorted(files.items(), key=lambda item: (item[0][0], str(item[0][1]))):
        said = {job.id: list(_said(job)) for job in jobs}
        if any(said.values()):
            yield from _of_file(sorted(jobs, key=lambda job: (job.origin.line, job.id)), said)


def _said(job: Job) -> Iterator[tuple[Said, Evidence]]:
    """Give the orders in the comment above a job, each with the line where it begins, and in its own line."""
    lines = [piece.text.strip().lstrip("#").strip() for piece in job.comments]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for said in orders_in(" ".join(lines)):
        number = max(index for index, start in enumerate(starts[:-1]) if start <= said.start)
        yield said, Evidence(job.comments[number].origin, job.comments[number].text, said.says)
    if "#" in job.command and (trailing := _TRAILING.search(job.command)):
        for said in orders_in(trailing[1]):
            yield said, Evidence(job.origin, job.text, said.says)


@dataclass(frozen=True, slots=True)
class _Place:
    """A comment's job and the one before it, the words of all."""

    job: Job
    before: Job | None
    words: Words


def _of_file(jobs: list[Job], said: Mapping[JobId, list[tuple[Said, Evidence]]]) -> Iterator[Candidate]:
    words = Words(jobs)
    before = {latter.id: former for former, latter in pairwise(jobs)}
    by_id = {job.id: job for job in jobs}
    for job in jobs:
        place = _Place(job, before.get(job.id), words)
        for order, evidence in said[job.id]:
            sure, named = _meant(order, place)
            for other in named:
                first, second = (job.id, other) if order.before else (other, job.id)
                piece = Evidence(by_id[other].origin, by_id[other].text, "is what the comment seems to name")
                yield Candidate(
                    first, second, DependencyKind.MEANT, sure, (evidence, piece), place="comment", basis="comments"
                )


def _meant(order: Said, place: _Place) -> tuple[float, Iterable[JobId]]:
    """Give the jobs that the words of an order name, and how sure that is."""
    if order.above:
        return _WORDED, [place.before.id] if place.before else []
    called = place.words.called(order.what)
    found = place.words.described(order.what) if called is None else called
    found = [name for name in found if name != place.job.id]
    if called is not None and len(found) == 1:
        return _NAMED, found
    if len(found) > _MOST_JOBS:
        return 0.0, []
    return (_WORDED if len(found) == 1 else _UNSURE), found


EVIDENCE = EvidenceKind("comments", find)
