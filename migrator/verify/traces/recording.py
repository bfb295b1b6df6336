"""What was run, in which order, and how each command is to end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

BEGIN, END, QUOTED = "\x00", "\x01", "\x02"
"""Around what only a run can know, and before quoted characters that would make a pattern without quotes."""

_MARKS = re.compile(f"[{BEGIN}{END}{QUOTED}]")
_MOST_EVENTS = 4000
# A loop that tries a failing command again has an end: the command succeeds after so many failures.
_FAILURES = 20
_ROUNDS = 2
_FAILED = 1


class NotComparableError(ValueError):
    """Shell text whose order of commands is not known: why, as a clause."""


class Turn(StrEnum):
    """What a command that decides on another round of a loop has to give in the end."""

    WHILE = "while"
    UNTIL = "until"

    def other(self) -> Turn:
        """Give the one for the other side of a `!`."""
        return Turn.UNTIL if self is Turn.WHILE else Turn.WHILE


ANYWHERE = ("anywhere",)
"""The surroundings of a call that nothing of a host reaches."""


@dataclass(frozen=True, slots=True)
class Event:
    """A command that was started: its words, its redirections, and what it was started in.

    Variables whose value is known are put in. `surroundings` are the folder, exported variables and redirections
    around it, as the script gave them.
    """

    words: tuple[str, ...]
    redirects: tuple[str, ...] = ()
    surroundings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Give the words as they are told to a person, and as outcomes name the command."""
        return readable(" ".join(self.words))


def readable(text: str) -> str:
    """Give a text without the marks around what is not known."""
    return _MARKS.sub("", text)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The commands that fail, by text, and for what else is open (`case`, `for`) the choice; all others succeed.

    `whole`: each shell text is one command that nobody looks into.
    """

    failed: frozenset[str] = frozenset()
    chosen: tuple[tuple[str, int], ...] = ()
    whole: bool = False

    def told(self) -> str:
        """Say it as a clause."""
        said = [f"{text} fails" for text in sorted(self.failed)]
        said += [f"{text} takes way {number + 1}" for text, number in self.chosen]
        return " and ".join(said) or "all succeeds"


@dataclass(frozen=True, slots=True)
class Trace:
    """The commands in the order in which they were met. `before` has the indexes of those that each comes right after.

    `asked` are the texts whose outcome mattered, with the number of outcomes that there are.
    """

    events: tuple[Event, ...]
    before: tuple[frozenset[int], ...]
    status: int
    asked: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Recorder:
    """Takes down what is started, and says how it ends. `said` has the texts of that and of what is only asked."""

    outcomes: Outcomes
    events: list[Event] = field(default_factory=list)
    before: list[frozenset[int]] = field(default_factory=list)
    asked: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def add(self, event: Event, frontier: frozenset[int]) -> frozenset[int]:
        """Take down a command that starts when all of `frontier` have ended; give the frontier behind it."""
        if len(self.events) >= _MOST_EVENTS:
            msg = "it starts too many commands"
            raise NotComparableError(msg)
        self.events.append(event)
        self.before.append(frontier)
        self.said.append(event.text)
        return frozenset([len(self.events) - 1])

    def status(self, text: str, turn: Turn | None = None, *, steady: bool = False) -> int:
        """Say how the next run of a command ends; a loop goes round twice.

        `steady`: it works on nothing, so each part of a script may ask it again, and it ends alike each time.
        """
        count = self.counts[text] = self.counts.get(text, 0) + 1
        if turn is Turn.UNTIL:
            return _FAILED if count <= _ROUNDS else 0
        self.asked.setdefault(text, 2)
        if turn is Turn.WHILE and count > _ROUNDS:
            return _FAILED
        return _FAILED if text in self.outcomes.failed and (steady or count <= _FAILURES) else 0

    def choice(self, text: str, number: int) -> int:
        """Say which of several ways is taken."""
        self.asked.setdefault(text, number)
        return min(dict(self.outcomes.chosen).get(text, 0), number - 1)

    def trace(self, status: int) -> Trace:
        """Give what was taken down."""
        return Trace(tuple(self.events), tuple(self.before), status, tuple(self.asked.items()))
