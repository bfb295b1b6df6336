"""Run the command line in this process, with streams of its own."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrator import cli

CHAIN = "0 2 * * * /opt/extract.sh > /srv/orders.csv\n0 3 * * * /opt/load.sh < /srv/orders.csv\n"
LONE = "30 4 * * * /opt/report.py\n"
OWN_CHECKS = "from migrator.verify import tools; tools.installed = lambda tool: False\n"
"""What a program begins with that is not to wait for tools from outside."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Give standard output as data."""
        return json.loads(self.out)


def run(*arguments: str | Path, stdin: bytes = b"") -> Ran:
    """Run `migrator ARGUMENTS`; streams are files, never terminals."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    before, sys.stdin = sys.stdin, given
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.run([str(argument) for argument in arguments])
            out.flush()
            err.flush()
    finally:
        sys.stdin = before
    return Ran(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())


def tab(folder: Path, text: str = CHAIN + LONE, name: str = "crontab") -> Path:
    """Write a crontab into a folder; give its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


def plan_of(folder: Path) -> Any:
    """Read the `plan.json` of a written folder."""
    return json.loads((folder / "plan.json").read_text(encoding="utf-8"))


def left_over(folder: Path) -> list[str]:
    """List what runs left beside their folder."""
    return sorted(path.name for path in folder.iterdir() if ".migrator-" in path.name)
