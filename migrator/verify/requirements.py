"""What the DAGs of an environment have installed: the providers of Airflow, settled by its own constraints, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE = re.compile(r"apache-airflow-providers-(amazon(?:\[aiobotocore\])?|standard)>=[0-9][0-9.]*,<[0-9]+")
_CONSTRAINT = re.compile(
    r'--constraint "https://raw\.githubusercontent\.com/apache/airflow/constraints-3[0-9.]*/constraints-3\.[0-9]+\.txt"'
)


def requirement_faults(text: str) -> Iterator[str]:
    """Say what would be installed that no DAG needs, or from elsewhere, and what is missing."""
    found: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match:
            found.add(match[1].partition("[")[0])
        elif line and not line.startswith("#") and not _CONSTRAINT.fullmatch(line):
            yield f"line {number}: no DAG needs {line[:80]}"
    for name in sorted({"amazon", "standard"} - found):
        yield f"the provider {name} is missing"
