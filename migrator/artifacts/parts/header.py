"""The comment that a file begins with: what it replaces, what a person must fill in, what to know before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from migrator.artifacts.parts.cloudformation import comment
from migrator.plan.jobs import JobPart


def header(title: str, jobs: Sequence[JobPart], fill_in: Iterable[tuple[str, str]], know: Iterable[str]) -> str:
    """Write the comment. `fill_in` has each parameter and what it is, `know` sentences."""
    return comment(_lines(title, jobs, fill_in, know))


def _lines(
    title: str, jobs: Sequence[JobPart], fill_in: Iterable[tuple[str, str]], know: Iterable[str]
) -> Iterator[str]:
    yield title
    if jobs:
        yield ""
        yield "Replaces:"
        for job in jobs:
            yield f"  {job.origin}  {job.schedule.text}  {job.title}"
            for replica in job.replicas:
                yield f"    and on {replica.host}: {replica}"
    asked = list(fill_in)
    yield ""
    yield "Fill in, as parameters:" if asked else "There is nothing to fill in."
    for name, what in asked:
        yield f"  {name}: {what}"
    told = list(know)
    if told:
        yield ""
        yield "To know:"
        yield from (f"  - {sentence}" for sentence in told)
