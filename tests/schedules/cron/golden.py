"""The answers of the real programs, from tests/data."""

from __future__ import annotations

import csv
import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "data"

RANDOM_DRAW = "1~95 * * * * c"
"""cronie draws a minute from 1 to 95 when it loads this line; in the recorded run the draw was beyond 59."""


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    """Read a JSON lines file."""
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        return tuple(json.loads(line) for line in lines)


@cache
def matrix() -> tuple[dict[str, str], ...]:
    """Read the matrix of telling expressions; its escapes become characters."""
    with (DATA / "dialect_matrix.tsv").open(encoding="utf-8", newline="") as lines:
        table = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        heads = next(table)
        found = []
        for cells in table:
            row = dict(zip(heads[:9], cells[:9], strict=True))
            row.update({f"fires:{name}": cells[9 + i] for i, name in enumerate(("debian", "cronie", "busybox", "k8s"))})
            row["expr"] = row["expr"].replace("\\t", "\t").replace("\\xa0", "\xa0")
            found.append(row)
        return tuple(found)


def line_text(row: dict[str, Any]) -> str:
    """Decode a golden line as migrator decodes files."""
    line: str = row["line"]
    return line.encode("latin-1").decode("utf-8", "surrogateescape")
