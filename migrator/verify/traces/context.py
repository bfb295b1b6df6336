"""What a command is started in, and its text as a tree that can be gone through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrator.shell import parse
from migrator.shell.tree import Script
from migrator.verify.traces.shell_state import unknown

NOT_UNDERSTOOD = "was not understood"
"""How the reason ends where a shell would refuse a text, or the reader does not know it."""
_UNREAD = (";&", ";;&", "coproc")


@dataclass(frozen=True, slots=True)
class Context:
    """What a command is started in: whether its shell is bash, and the variables that its environment has.

    `label` names what the command is of, such as a job: the same text of another is another event. `scripts` has the
    texts of scripts by the word that calls them: what those run is told in place of the call. `anywhere`: what it
    starts is a cloud call that no folder, variable or redirection of a host reaches.
    """

    bash: bool = False
    environment: frozenset[str] = frozenset()
    arguments: tuple[str, ...] = ()
    label: str = ""
    scripts: Mapping[str, str] = field(default_factory=dict)
    anywhere: bool = False


def read(text: str) -> Script:
    """Read a command; raise NotComparableError where the shell's own way with it is not known."""
    script = parse(text)
    if script.faults:
        raise unknown(f"{script.faults[0].text[:40]!r} {NOT_UNDERSTOOD}")
    for mark in _UNREAD:
        if mark in text:
            raise unknown(f"it uses {mark}")
    return script
