"""The mark of a line that a cut-over switched off: a comment that names the job, and that can be taken away again."""

from __future__ import annotations

import re

_MARK = re.compile(r"#migrator-off ([A-Za-z0-9._-]{1,200}): ")
_JOB = re.compile(r"[A-Za-z0-9._-]{1,200}")


def mark_of(job: str) -> str | None:
    """Give what is written before the line of a job (by id); None for an id that cannot stand there."""
    return f"#migrator-off {job}: " if _JOB.fullmatch(job) else None


def switched_off_job(line: str) -> str | None:
    """Give the id of the job whose line was switched off, None for any other line."""
    if not line.startswith("#migrator-off "):
        return None
    match = _MARK.match(line)
    return match[1] if match else None


def without_mark(line: str) -> str:
    """Give a line as it was before it was switched off; any other line as it is."""
    return _MARK.sub("", line, count=1) if switched_off_job(line) is not None else line
