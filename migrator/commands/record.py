"""What is noted while a command is read: drafts of steps, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, StrEnum
from typing import NamedTuple, Protocol

from migrator.commands.facts import (
    Branch,
    BranchKind,
    Called,
    Followed,
    Join,
    Lock,
    StepKind,
    Trait,
    TraitFound,
    Wait,
    Wrapper,
)
from migrator.commands.invocation import Effect, Role
from migrator.commands.scope import Scope, Source
from migrator.model import Access, Evidence, Origin, ServiceCall
from migrator.shell.tree import Node, Script, Span

MAX_STEPS = 1000
MAX_NODES = 40_000
MAX_DEPTH = 48
MAX_CALLS = 8
_LONGEST_QUOTE = 400
_MOST_WRAPPERS = 500
_made = tuple.__new__


BESIDE = "beside what else was found of"
"""How a file was found whose folder has another name where it is deployed."""


class Ending(Enum):
    """How control leaves a piece of a script."""

    FALLS = 0
    LEAVES_LOOP = 1
    RETURNS = 2
    EXITS = 3


class Place(StrEnum):
    """What the outcome of a command is for."""

    PLAIN = "plain"
    CONDITION = "condition"  # its exit status decides something
    CAPTURE = "capture"  # its output becomes text
    STAGE = "stage"  # part of a pipeline


class Flow(NamedTuple):
    """Where in the order of things a node is read. A named tuple, since several are made for every command read."""

    join: Join = Join.FIRST
    branch: tuple[str, ...] = ()
    loop: bool = False
    background: bool = False
    place: Place = Place.PLAIN
    kind: StepKind | None = None
    there: str = ""
    depth: int = 0
    calls: int = 0

    def deeper(self) -> Flow:
        """Give the flow of what stands one level deeper."""
        join, branch, loop, background, place, kind, there, depth, calls = self
        return _made(Flow, (join, branch, loop, background, place, kind, there, depth + 1, calls))

    def called(self) -> Flow:
        """Give the flow of what a command runs."""
        return self.but(calls=self.calls + 1, depth=self.depth + 1)

    def but(
        self,
        *,
        join: Join | None = None,
        branch: tuple[str, ...] | None = None,
        loop: bool | None = None,
        background: bool | None = None,
        place: Place | None = None,
        kind: StepKind | None = None,
        there: str | None = None,
        depth: int | None = None,
        calls: int | None = None,
    ) -> Flow:
        """Give the same flow with some fields changed; spelt out, since a search for names takes longer."""
        # What the class does when it is called, which takes twice as long.
        changed = (
            self.join if join is None else join,
            self.branch if branch is None else branch,
            self.loop if loop is None else loop,
            self.background if background is None else background,
            self.place if place is None else place,
            self.kind if kind is None else kind,
            self.there if there is None else there,
            self.depth if depth is None else depth,
            self.calls if calls is None else calls,
        )
        return _made(Flow, changed)


_NO_EFFECT = Effect()


class Draft:
    """A step in the making, with what decides which unit it belongs to.

    `reads` and `writes` are normal forms of all files it touches, those of a single run too; `state` the shell state
    that it uses or makes. What `effect` says of touches, waits and a cloud call is left to whoever knows their places.
    No dataclass, nor is `Record`: their makers of lists take longer than the lists, and one of each is made for every
    command.
    """

    __slots__ = (
        "accesses", "branch", "call", "carries", "controls", "dated", "dumps", "feeds", "join", "kind", "loop",
        "maintains", "name", "origin", "parallel", "pings", "polls", "program", "reads", "role", "state", "text",
        "there", "trail", "traits", "unclear", "waits", "writes",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        text: str,
        kind: StepKind,
        origin: Origin,
        program: str,
        flow: Flow,
        role: Role = Role.WORK,
        effect: Effect = _NO_EFFECT,
    ) -> None:
        self.name = name
        self.text = text
        self.kind = kind
        self.origin = origin
        self.program = program
        self.join = flow.join
        self.branch = flow.branch
        self.loop = flow.loop
        self.role = role
        self.accesses: list[Access] = []
        self.call: ServiceCall | None = None
        self.unclear: list[str] = [*effect.unclear]
        self.reads: list[str] = []
        self.writes: list[str] = []
        self.state: set[str] = set()
        self.carries = effect.carries
        self.dumps = effect.dumps
        self.controls = effect.controls
        self.parallel = effect.parallel
        self.there = effect.place
        self.maintains = effect.maintains
        self.polls = ""
        self.dated = self.pings = self.feeds = False
        self.traits: list[tuple[Trait, str]] = [*effect.traits]
        self.waits: list[Wait] = []
        self.trail: tuple[int, ...] = ()

    def take(self, other: Draft) -> None:
        """Add what another step touches."""
        self.accesses.extend(other.accesses)
        self.reads.extend(other.reads)
        self.writes.extend(other.writes)


class Record:
    """Everything noted for one command.

    `spare` are commands that are no steps; the first is one where a command has nothing else. `suspects` are files
    whose presence ends the run, `marks` files that the run itself leaves as signs: both together are a lock. `opened`
    are the files of the tree that were read for it, `made` are the texts that it wrote to files itself.
    """

    __slots__ = (
        "accesses", "branches", "called", "drafts", "fan_in", "fan_out", "followed", "kept", "locks", "made", "makes",
        "marks", "nodes", "opened", "running", "services", "spare", "suspects", "timeout", "traits", "unclear",
        "waits", "wrappers",
    )  # fmt: skip

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.branches: list[Branch] = []
        self.accesses: list[Access] = []
        self.locks: list[Lock] = []
        self.waits: list[Wait] = []
        self.wrappers: list[Wrapper] = []
        self.called: list[Called] = []
        self.traits: list[TraitFound] = []
        self.kept: dict[str, list[TraitFound]] = {}  # lost failures, by the variable that remembers them
        self.unclear: list[str] = []
        self.running = self.fan_out = self.fan_in = 0
        self.timeout: int | None = None
        self.nodes = self.makes = 0
        self.spare: list[Draft] = []
        self.services: list[ServiceCall] = []
        self.suspects: list[tuple[str, Origin, str]] = []
        self.marks: set[str] = set()
        self.opened: dict[str, None] = {}
        self.made: dict[str, str] = {}
        self.followed: dict[Followed, None] = {}

    def trait(self, trait: Trait, origin: Origin, text: str, says: str) -> TraitFound:
        """Note a trait once for each place and reason, and give it."""
        found = TraitFound(trait, Evidence(origin, quoted(text), says))
        if not self.traits or found not in self.traits[-200:]:
            self.traits.append(found)
        return found

    def show(self, name: str) -> None:
        """Take back that failures are lost which a variable remembers: the exit code is that variable."""
        shown = self.kept.pop(name, ())
        self.traits = [found for found in self.traits if found not in shown]

    def branch(self, kind: BranchKind, origin: Origin, text: str) -> None:
        """Note a decision point."""
        if len(self.branches) < MAX_STEPS:
            self.branches.append(Branch(kind, origin, quoted(text)))

    def wrapper(self, name: str, arguments: str, origin: Origin) -> None:
        """Note a wrapper."""
        if len(self.wrappers) < _MOST_WRAPPERS:
            self.wrappers.append(Wrapper(name, arguments, origin))

    def call(self, *found: Called) -> None:
        """Note called scripts, once each."""
        for called in found:
            if called not in self.called[-100:]:
                self.called.append(called)

    def open(self, text: str) -> None:
        """Note what is unclear, once."""
        if len(self.unclear) < 50 and text not in self.unclear:
            self.unclear.append(text)

    def full(self) -> bool:
        """Say whether no more is read, and note it."""
        self.nodes += 1
        if self.nodes > MAX_NODES or len(self.drafts) >= MAX_STEPS:
            self.open(
                f"the rest of the command: more than {MAX_STEPS} steps or {MAX_NODES} shell commands are not read"
            )
            return True
        return False

    def access(self, accesses: Iterable[Access]) -> None:
        """Note accesses of no single step, once each."""
        for access in accesses:
            if access not in self.accesses[-50:]:
                self.accesses.append(access)


def quoted(text: str) -> str:
    """Cut a text that is quoted as evidence."""
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


class Walk(Protocol):
    """What the readers of single commands need of the walker."""

    record: Record
    host: str | None
    frequent: bool
    nested: int

    def node(self, node: Node, scope: Scope, flow: Flow) -> Ending:
        """Read one node."""
        ...

    def script(self, script: Script, scope: Scope, flow: Flow) -> Ending:
        """Read statements in order."""
        ...

    def text(self, text: str, span: Span, scope: Scope, flow: Flow) -> Ending:
        """Parse and read a text that stands as a string in the scope's source."""
        ...

    def follow(self, written: str, expanded: str | None, scope: Scope) -> tuple[str, str, Source] | None:
        """Find a called file in the tree: its path, how it was found, its redacted text."""
        ...

    def holds(self, names: tuple[str, ...], scope: Scope) -> bool:
        """Say whether a file of one of these names is among those read."""
        ...

    def names(self, folder: str, scope: Scope) -> tuple[str, ...]:
        """Give the names of the files in a deployed folder."""
        ...

    def parsed(self, source: Source) -> Script:
        """Give the tree of a followed file, from memory where it was read before."""
        ...
