"""What migrator itself has written: a plan's folder inside a tree is no part of what the tree schedules."""

import re

NAMES = frozenset({"report.md", "report.html", "plan.json", "jobs.csv", "graphs", "artifacts", "cutover"})
FILE_NAME = "plan.json"
BEGINNING_SIZE = 200
_BEGINNING = re.compile(rb'\s*\{\s*"version"\s*:\s*"[^"]{1,20}"\s*,\s*"(?:counts|ledger)"\s*:')
_UNFINISHED = re.compile(r"\..+\.migrator-\w+")


def begins_like_plan(data: bytes) -> bool:
    """Tell a `plan.json` by its beginning, which is always written alike: a plan of many jobs is long."""
    return _BEGINNING.match(data) is not None


def is_unfinished(folder: str) -> bool:
    """Tell by its name the folder of a run that was killed while it wrote."""
    return _UNFINISHED.fullmatch(folder) is not None
