"""python-crontab as the second reader of a tab: which entries it takes for switched on.

It is no judge of crontabs: it drops some lines and takes prose for jobs. But it shares no code with the readers of
`sources`, and what it takes for an entry it takes so in both of two versions of a file.
"""

from __future__ import annotations

from collections import Counter

_MOST_LINES = 3000  # it is quadratic in settings lines between entries
_FAULTS = (ValueError, KeyError, IndexError, AttributeError, TypeError)


Seen = tuple[str, str | None, str]


def enabled_entries(data: bytes, *, user_column: bool) -> Counter[Seen] | None:
    """Count the entries that are switched on by schedule, user and command; None where it cannot read the file."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if text.count("\n") > _MOST_LINES:
        return None
    from crontab import CronTab  # slow to import, and only two commands need it

    try:
        tab = CronTab(tab=text, user=False if user_column else None)
        # Not as it writes them: it takes a comment above an entry for the entry's own.
        return Counter((str(job.slices), job.user, job.command) for job in tab if job.is_enabled())
    except _FAULTS:
        # What it raises for a line that it does not understand is not documented.
        return None
