"""Recorders in the place of the shapes' programs: each writes down its words, and fails where it is told."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

NAMES = ("extract", "transform", "load", "publish", "notify", "cleanup")
_STUB = """#!/bin/sh
set -- "${0##*/}" "$@"
printf '%s\\n' "$*" >> "$LOG"
case "|$FLAKY|" in *"|$*|"*) [ "$(grep -cxF -e "$*" "$LOG")" -gt 2 ]; exit $? ;; esac
case "|$FAIL|" in *"|$*|"*) exit 1 ;; esac
exit 0
"""


def make_stubs(folder: Path) -> Path:
    """Write the recorders into a folder."""
    folder.mkdir(parents=True)
    for name in NAMES:
        (folder / name).write_text(_STUB)
        (folder / name).chmod(0o755)
    return folder


def environment(stubs: Path, log: Path, failing: Iterable[str], flaky: str = "") -> dict[str, str]:
    """Give the environment of a command; `flaky` fails twice and then works."""
    log.write_text("")
    path = f"{stubs}:{os.environ['PATH']}"
    return {"PATH": path, "LOG": str(log), "FAIL": "|".join(sorted(failing)), "FLAKY": flaky, "HOME": str(stubs)}


def run_command(shell: str, command: str, variables: dict[str, str]) -> int:
    """Run a command as cron's shell does; give its status."""
    done = subprocess.run(
        [shell, "-c", command], env=variables, stdin=subprocess.DEVNULL, capture_output=True, timeout=30
    )
    return done.returncode
