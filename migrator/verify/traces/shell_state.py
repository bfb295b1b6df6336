"""What a shell keeps from one command to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from migrator.shell.tree import Node
from migrator.verify.traces.recording import NotComparableError, Turn

ALWAYS_EXPORTED = frozenset({"HOME", "LANG", "LOGNAME", "MAILTO", "PATH", "SHELL", "TERM", "TZ", "USER"})
"""Variables that cron, or nearly every environment, hands to a command: a new value reaches what that starts."""


class ExitShell(Exception):  # noqa: N818 - it is no error, the shell ends here
    """The shell ends. `trapped`: what `trap … EXIT` names runs first."""

    def __init__(self, status: int, *, trapped: bool = True) -> None:
        super().__init__(status)
        self.status, self.trapped = status, trapped


class ReturnFromFunction(Exception):  # noqa: N818 - it is no error
    """A function ends."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class LeaveLoop(Exception):  # noqa: N818 - it is no error
    """`break` or `continue` of so many loops."""

    def __init__(self, levels: int, *, goes_on: bool) -> None:
        super().__init__(levels)
        self.levels, self.goes_on = levels, goes_on


_EMPTIES = re.compile(r"(\d*&?)>\|?(?![>&]|/dev/null\Z)")


@dataclass(slots=True)
class Opened:
    """A redirection around commands: the file is emptied when it is opened, and all after the first write on."""

    text: str
    used: bool = False

    def next(self) -> str:
        """Give it as it holds for the next command."""
        found = _EMPTIES.sub(r"\1>>", self.text, count=1) if self.used and _EMPTIES.match(self.text) else self.text
        self.used = True
        return found


@dataclass(slots=True)
class Shell:
    """The state of one shell process.

    `frontier` are the events that end before the next one starts. `jobs` are those in the background: their frontier
    and status. A variable whose value is None is unset. `substituting`: what is printed goes into a word.
    `kept` are the folders that `popd` goes back to.
    """

    bash: bool
    exported: set[str]
    frontier: frozenset[int] = frozenset()
    variables: dict[str, str | None] = field(default_factory=dict)
    positional: list[str] | None = field(default_factory=list)
    functions: dict[str, Node] = field(default_factory=dict)
    folder: tuple[str, ...] = ()
    kept: tuple[tuple[str, ...], ...] = ()
    around: tuple[str, ...] = ()
    redirected: tuple[Opened, ...] = ()
    errexit: bool = False
    pipefail: bool = False
    exit_trap: str | None = None
    error_trap: str | None = None
    jobs: list[tuple[frozenset[int], int]] = field(default_factory=list)
    status: int = 0
    substituted: int | None = None
    loops: int = 0
    depth: int = 0
    turn: Turn | None = None
    substituting: bool = False

    def fork(self) -> Shell:
        """Give the state of a subshell: all the same, but for traps and jobs."""
        return replace(
            self,
            exported=set(self.exported),
            variables=dict(self.variables),
            positional=None if self.positional is None else list(self.positional),
            functions=dict(self.functions),
            exit_trap=None,
            error_trap=None,
            jobs=[],
            substituted=None,
            loops=0,
        )

    def started(self, *, bash: bool, arguments: list[str]) -> Shell:
        """Give the state of a new shell that this one starts: what is exported, the folder, the open files."""
        return replace(
            self.fork(),
            bash=bash,
            variables={name: text for name, text in self.variables.items() if name in self.exported},
            positional=arguments,
            functions={},
            kept=(),
            errexit=False,
            pipefail=False,
            depth=self.depth + 1,
            turn=None,
        )

    def opened(self) -> tuple[str, ...]:
        """Give the redirections around the command that starts now."""
        return tuple(one.next() for one in self.redirected)

    def begin_command(self) -> None:
        """Forget how the substitutions of the command before ended."""
        self.substituted = None

    def arguments(self) -> list[str]:
        """Give the arguments that a loop without words goes round for; raise NotComparableError."""
        if self.positional is None:
            raise unknown("it goes round for arguments that only a run knows")
        return list(self.positional)

    def enter_function(self, arguments: list[str]) -> tuple[list[str] | None, int, str | None]:
        """Put a function's arguments in the place of the caller's, and take the ERR trap away: bash(1), FUNCTIONS."""
        caller = (self.positional, self.loops, self.error_trap)
        self.positional, self.loops, self.error_trap = arguments, 0, None
        self.depth += 1
        return caller

    def leave_function(self, caller: tuple[list[str] | None, int, str | None]) -> None:
        """Go back to the caller; an ERR trap that the function has set stays."""
        self.positional, self.loops, trap = caller
        self.error_trap = self.error_trap or trap
        self.depth -= 1

    def surroundings(self) -> tuple[str, ...]:
        """Give what a command that is started now takes over."""
        exported = [f"{name}={self.variables[name]}" for name in sorted(self.exported) if name in self.variables]
        return (*self.folder, *exported, *self.around)

    def wait_for(self, numbers: Iterable[int]) -> int:
        """Let the next command come after jobs; give the status of the last of them."""
        status = 0
        for number in numbers:
            ended, status = self.jobs[number]
            self.frontier |= ended
            self.jobs[number] = (frozenset(), status)
        return status

    def change_folder(self, folder: str) -> None:
        """Go to a folder, from the one that the shell is in."""
        absolute = folder.startswith(("/", "~")) or (folder.startswith("\x00$") and "HOME" in folder)
        self.folder = (f"cd {folder}",) if absolute else (*self.folder, f"cd {folder}")


def unknown(why: str) -> NotComparableError:
    """Give the error for what is not read here."""
    return NotComparableError(why)
