"""Run a job's command, and the flow over its pieces, with real shells over programs that only note their calls."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrator.workflows.apart import Apart
from migrator.workflows.flow import AndOr, Beside, Choice, Each, Flow, InOrder, Negated, Run, Sign

STUB = """#!/bin/sh
echo "${0##*/} $* in ${PWD#"$TOP"} V=${V-none} W=${W-none}" >> "$TRACE"
echo "said by ${0##*/}"
case " $FAIL " in *" ${0##*/} "*) exit 3;; esac
"""
NAMES = tuple(f"p{letter}" for letter in "abcdefgh")
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: its status, the calls, and the files that it left with their lines, in any order."""

    status: int
    calls: tuple[str, ...]
    files: tuple[tuple[str, tuple[str, ...]], ...]


class World:
    """A folder with the programs, in which each run gets a home folder of its own."""

    def __init__(self, top: Path, shell: str) -> None:
        self.top, self.shell = top, shell
        self.programs = top / "bin"
        self.programs.mkdir()
        for name in NAMES:
            (self.programs / name).write_text(STUB)
            (self.programs / name).chmod(0o755)
        self._trace, self._home, self._runs = top / "trace", top / "home", 0

    def script(self, text: str) -> None:
        """Put the script there that a command may call."""
        (self.programs / "x.sh").write_text(text)
        (self.programs / "x.sh").chmod(0o755)

    def whole(self, command: str, failing: Sequence[str], *, ordered: bool) -> Outcome:
        """Run a command as cron does."""
        self._fresh()
        return self._outcome(self._run(command, failing, {}), ordered=ordered)

    def parts(self, apart: Apart, failing: Sequence[str], *, ordered: bool) -> Outcome:
        """Run the pieces of a command in the order of their flow, each in a shell of its own."""
        self._fresh()
        return self._outcome(self._flow(apart.flow, apart.commands, failing, {}), ordered=ordered)

    def _fresh(self) -> None:
        shutil.rmtree(self._home, ignore_errors=True)
        for name in ("d1", "d1/d2", "d2"):
            (self._home / name).mkdir(parents=True)
        self._trace.write_text("")

    def _run(self, command: str, failing: Sequence[str], more: Mapping[str, str]) -> int:
        env = {"HOME": str(self._home), "PATH": f"{self.programs}:{os.defpath}", "SHELL": self.shell, "LOGNAME": "me"}
        env |= {"TRACE": str(self._trace), "FAIL": " ".join(failing), "TOP": str(self._home), **more}
        done = subprocess.run(
            [self.shell, "-c", command], cwd=self._home, env=env, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=_SECONDS, check=False,
        )  # fmt: skip
        return done.returncode

    def _flow(self, flow: Flow, commands: Sequence[str], failing: Sequence[str], more: Mapping[str, str]) -> int:
        def go(part: Flow) -> int:
            return self._flow(part, commands, failing, more)

        match flow:
            case Run(task):
                return self._run(commands[int(task)], failing, more)
            case InOrder(parts):
                return [go(part) for part in parts][-1]
            case AndOr(first, rest):
                status = go(first)
                for sign, part in rest:
                    if (status == 0) is (sign is Sign.AND):
                        status = go(part)
                return status
            case Choice(condition, then, otherwise):
                arm = then if go(condition) == 0 else otherwise
                return 0 if arm is None else go(arm)
            case Beside(parts, waits):
                status = [go(part) for part in parts][-1]
                return 0 if waits else status
            case Each(variable, items, body):
                found = [self._flow(body, commands, failing, {**more, variable: item}) for item in items]
                return found[-1]
            case Negated(part):
                return int(go(part) == 0)

    def _outcome(self, status: int, *, ordered: bool) -> Outcome:
        calls = self._trace.read_text().splitlines()
        files = []
        for path in sorted(self._home.rglob("*")):
            # Each shell has its own words for a program that is not there.
            said = path.read_text().splitlines() if path.is_file() else ["folder"]
            lines = tuple(sorted(line for line in said if "not found" not in line))
            files.append((str(path.relative_to(self._home)), lines))
        return Outcome(status, tuple(calls if ordered else sorted(calls)), tuple(files))
