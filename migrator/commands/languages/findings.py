"""What a program's text tells about its effects, before places are resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from migrator.commands.facts import LockKind
from migrator.commands.invocation import ServiceUse, Touch, Waiting
from migrator.commands.paths import DEEP
from migrator.commands.values import Value


@dataclass(frozen=True, slots=True)
class Used:
    """A cloud call in a program's text, with its place and the words there."""

    use: ServiceUse
    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Waited:
    """A wait in a program's text, with its place and the words there."""

    waiting: Waiting
    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Locked:
    """A lock that a program takes, with its place; `skips` when a second run gives up."""

    kind: LockKind
    name: Value
    skips: bool
    path: str
    line: int


@dataclass(slots=True)
class Findings:
    """The effects of one program's text. `starts` are commands that it runs, as shell text with the place.

    `events` are waits and cloud calls in the order in which they happen.
    """

    touches: list[Touch] = field(default_factory=list)
    uses: list[Used] = field(default_factory=list)
    waits: list[Waited] = field(default_factory=list)
    starts: list[tuple[str, str, int]] = field(default_factory=list)
    events: list[Used | Waited] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    dated: bool = False
    locks: list[Locked] = field(default_factory=list)

    def narrow(self, known: Touch, names: Sequence[str], *, walked: bool = False) -> list[Touch]:
        """Note that of a folder that was gone through only these names are used; give the touches of them.

        `walked` says that the folders below it were gone through too.
        """
        folder = known.value.text.rpartition("/")[0] + (f"/{DEEP}" if walked else "")
        values = [known.value.but(f"{folder}/{name}", known.value.written).uncertain() for name in names]
        narrowed = [replace(known, value=value) for value in values]
        if known in self.touches:
            at = self.touches.index(known)
            self.touches[at : at + 1] = [each for each in narrowed if each not in self.touches]
        return narrowed

    def use(self, used: Used) -> None:
        """Note a cloud call."""
        self.uses.append(used)
        self.events.append(used)

    def wait(self, waited: Waited) -> None:
        """Note a wait."""
        self.waits.append(waited)
        self.events.append(waited)

    def touch(self, touch: Touch) -> None:
        """Note a touch once."""
        if touch not in self.touches and len(self.touches) < 400:
            self.touches.append(touch)
