"""What a file says that it replaces, beside the jobs that it is for: by that its reader switches lines of cron off."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from migrator.plan.jobs import JobPart

_BLOCK = re.compile(r"^# Replaces:\n((?:#   .*\n)+)", re.MULTILINE)
_PLACE = re.compile(r"#   (?! )(.*?)  ")
_MOST_ON_PAGE = 40
_ON_PAGE = re.compile(r"[\w./:-]{1,100}", re.ASCII)
_SHOWN = re.compile(r"[\x21-\x7e]{1,300}")  # other signs are written in other ways


def page_faults(page: str, jobs: Collection[JobPart]) -> Iterator[str]:
    """Say which job's line the page that Airflow shows of a DAG does not name; of many jobs it names the first."""
    missing = [place for place in sorted(str(job.origin) for job in jobs) if f"`{place}`" not in page]
    if len(jobs) <= _MOST_ON_PAGE:
        yield from (f"its page does not name {place}" for place in missing if _ON_PAGE.fullmatch(place))


def replaced_faults(text: str, jobs: Collection[JobPart]) -> Iterator[str]:
    """Say which job's line the comment at the begin of a file does not name, and which it names for no job."""
    block = _BLOCK.search(text)
    named = set(_PLACE.findall(block[1])) if block else set()
    wanted = {str(job.origin) for job in jobs}
    for place in sorted(wanted - named):
        if _SHOWN.fullmatch(place):
            yield f"it does not say that it replaces {place}"
    if all(_SHOWN.fullmatch(place) for place in wanted):
        yield from (f"it says that it replaces {place}, and has no job of it" for place in sorted(named - wanted))
