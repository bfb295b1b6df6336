"""Crontabs of four dialects, system crontabs, anacrontabs: read to the inventory, and every line accounted for."""

from __future__ import annotations

import io
from functools import partial

from migrator import pipeline
from migrator.model import Dialect
from migrator.pipeline import Request
from tests.fuzz.targets.target import Target, seeds

_PARTS = ("jobs", "assignments", "comments", "blank", "disabled", "unread")
_COMMON = (
    "MAILTO=a@b.c\nSHELL=/bin/bash\n# 0 1 * * * /old\n\n0 1 * * 1-5 /opt/x --day=$(date +\\%F) >> /var/log/x.log 2>&1\n",
    "@daily  /opt/run.sh%line one%two\n*/7 3-9/2 1,15 jan-mar,12 fri /bin/y\nCRON_TZ=Europe/Paris\n",
    "\tA = 'b c'\n-*/5 * * * * quiet\n5~30 * * * * r\n60 * * * * bad\n0 0 31 2 * never\n1 2 3 4 5\n@every 5m x\n",
)
_SYSTEM = ("PATH=/bin\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n@reboot www-data:www /x\n",)
_ANACRON = (
    (
        "SHELL=/bin/sh\nSTART_HOURS_RANGE=3-22\nRANDOM_DELAY=45\n1 5 cron.daily nice run-parts /etc/cron.daily\n"
        "@monthly 45 m sh -c 'a \\\n b'\n"
    ),
)


def check(data: bytes, form: str, dialect: Dialect) -> None:
    """Take a file into the inventory: nothing is raised, nothing vanishes."""
    request = Request(("-",), as_format=form, dialect=dialect, stdin=io.BytesIO(data))
    taken = pipeline.survey(request).inventory
    for row in taken.ledger:
        counts = [getattr(row, part) for part in _PARTS]
        assert row.lines == sum(counts), f"{row.lines} lines, {counts}"
    lines = data.count(b"\n") + (not data.endswith(b"\n") and bool(data))
    # A NUL ends a line where the rest is read as one more; what is no text (binary, UTF-16) is refused as a whole.
    refused = any(one.origin.line == 0 for one in taken.unread)
    if b"\0" not in data and not refused:
        assert sum(row.lines for row in taken.ledger) == lines, f"{lines} lines became {taken.ledger}"
    assert len({job.id for job in taken.jobs}) == len(taken.jobs), "two jobs have one id"


TARGETS = (
    *(
        Target(f"crontab-{dialect}", partial(check, form="crontab", dialect=dialect), seeds(*_COMMON))
        for dialect in Dialect
    ),
    Target("system-crontab", partial(check, form="system-crontab", dialect=Dialect.DEBIAN), seeds(*_SYSTEM, *_COMMON)),
    Target("anacrontab", partial(check, form="anacrontab", dialect=Dialect.CRONIE), seeds(*_ANACRON)),
)
