"""The contract between the reader of shell text and the table of programs.

A program module says what a call of its programs does: `Invocation` in, `Effect` out. It sees expanded words and
nothing else; the reader makes the step, resolves the paths and places the evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from migrator.commands.facts import StepKind, Trait, Wait, WaitKind
from migrator.commands.values import Value, literal
from migrator.model import Mode, Origin, Range, ServiceCall
from migrator.model.frozen import frozen

SWITCHES_HOST = "switches the host itself"
"""What `maintains` says where a command ends or restarts the machine: no work beside it makes the job another."""


class Role(StrEnum):
    """How a program counts as a step."""

    WORK = "work"
    FILTER = "filter"  # passes text on: a step where it stands alone
    PROBE = "probe"  # asks something: a step where it stands alone and nothing depends on its answer
    HOUSEKEEPING = "housekeeping"  # never a step


class Space(StrEnum):
    """How a touched name is to be understood."""

    PATH = "path"  # a local path or an address with a scheme
    PLACE = "place"  # the same, or `host:path`
    HDFS = "hdfs"
    TABLE = "table"


@frozen
class Touch:
    """One read or write of a name, not yet resolved."""

    mode: Mode
    value: Value
    confidence: float = 1.0
    space: Space = Space.PATH
    line: int = 0  # of the program's own text, 0 for the call
    path: str = ""  # of that text in the tree
    columns: tuple[str, ...] = ()  # of a table, where no other can be touched
    rows: tuple[tuple[str, str], ...] = ()  # texts that stand in a column of each row that is touched
    stale: bool = False  # written only where it is not there


@frozen
class Waiting:
    """What a program waits for by itself."""

    kind: WaitKind
    target: str
    timeout: int | None = None
    seconds: int | None = None

    def at(self, origin: Origin, text: str) -> Wait:
        """Give the wait at its place."""
        seconds = None if self.seconds is None else Range.exactly(self.seconds)
        return Wait(self.kind, self.target, seconds, self.timeout, origin, text)


@frozen
class ServiceUse:
    """A cloud call in AWS CLI words."""

    service: str
    action: str
    name: str | None
    arguments: tuple[tuple[str, str], ...] = ()

    def at(self, origin: Origin, text: str) -> ServiceCall:
        """Give the call at its place."""
        return ServiceCall(self.service, self.action, self.name, self.arguments, origin, text)


@frozen
class Effect:
    """What a call does.

    `label` names the step where the program's own name says too little. `carries` marks a copy between places, `dumps`
    a tool that turns a live source into files or writes data on its output, `controls` a switch of a service around
    other work. `maintains` says how it acts on the host itself.
    `database` qualifies the tables of statements that it is fed.
    """

    role: Role = Role.WORK
    kind: StepKind = StepKind.PROGRAM
    label: str = ""
    touches: tuple[Touch, ...] = ()
    use: ServiceUse | None = None
    waits: tuple[Waiting, ...] = ()
    traits: tuple[tuple[Trait, str], ...] = ()
    maintains: str = ""
    carries: bool = False
    dumps: bool = False
    controls: bool = False
    parallel: bool = False
    place: str = ""
    unclear: tuple[str, ...] = ()
    database: str = ""


@frozen
class Invocation:
    """A call: the program as written and its base name, its arguments, its input, what it would see set.

    `stdin` is a here document or string as far as it is known, `fed` the same with `*` for what is not.
    """

    name: str
    program: Value
    arguments: tuple[Value, ...]
    stdin: str | None = None
    environment: Mapping[str, Value] = field(default_factory=dict)
    fed: Value | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Give the arguments' texts."""
        return tuple(argument.text for argument in self.arguments)


Reader: TypeAlias = Callable[[Invocation], Effect]


# Members are found once: in Python 3.11 that takes as long as a call.
_WORK = Role.WORK


def work(kind: StepKind, label: str, touches: tuple[Touch, ...], unclear: tuple[str, ...] = ()) -> Effect:
    """Give the effect of a program that works, of which no more is known; by place, for it is what most calls are."""
    return Effect(_WORK, kind, label, touches, None, (), (), "", False, False, False, False, "", unclear)


@dataclass(frozen=True, slots=True)
class Family:
    """Programs that are read alike, by base name."""

    name: str
    readers: Mapping[str, Reader]


@frozen
class Arguments:
    """Arguments sorted out: `options` by name with their values in order, `flags` without, `rest` in order."""

    options: Mapping[str, tuple[Value, ...]]
    flags: frozenset[str]
    rest: tuple[Value, ...]

    def last(self, *names: str) -> Value | None:
        """Give the last value of the first of these options that is there."""
        for name in names:
            if self.options.get(name):
                return self.options[name][-1]
        return None

    def every(self, *names: str) -> tuple[Value, ...]:
        """Give all values of these options."""
        return tuple(value for name in names for value in self.options.get(name, ()))

    def has(self, *names: str) -> bool:
        """Say whether one of these options or flags is there."""
        return any(name in self.flags or name in self.options for name in names)


def sort_out(arguments: tuple[Value, ...], valued: frozenset[str], *, single_dash_long: bool = False) -> Arguments:
    """Sort arguments by getopt_long(3)'s rules; `valued` are the options that take a value, dashes included.

    `--name=value` and a single letter with its value glued on (`-ofile`) are understood; letters may be bundled.
    """
    options: dict[str, list[Value]] = {}
    flags: set[str] = set()
    rest: list[Value] = []
    queue = iter(arguments)
    for argument in queue:
        text = argument.text
        if text == "--":
            rest.extend(queue)
        elif text.startswith("--") or (single_dash_long and len(text) > 1 and text[0] == "-"):
            name, equals, value = text.partition("=")
            if equals:
                options.setdefault(name, []).append(_tail(argument, name + "=", value))
            elif name in valued:
                options.setdefault(name, []).append(next(queue, literal("")))
            else:
                flags.add(name)
        elif len(text) > 1 and text[0] == "-":
            _bundle(argument, valued, options, flags, queue)
        else:
            rest.append(argument)
    return Arguments({name: tuple(values) for name, values in options.items()}, frozenset(flags), tuple(rest))


_WITHHELD = "REDACTED-"


def _bundle(
    argument: Value, valued: frozenset[str], options: dict[str, list[Value]], flags: set[str], queue: Iterator[Value]
) -> None:
    text = argument.text
    if text in valued:
        options.setdefault(text, []).append(next(queue, literal("")))
        return
    hidden = text.find(_WITHHELD)
    for place, letter in enumerate(text[1:64], start=1):
        if place == hidden:
            # `-pREDACTED-password`: a secret stood there, whose letters are no options.
            return
        name = f"-{letter}"
        if name not in valued:
            flags.add(name)
            continue
        if place + 1 < len(text):
            options.setdefault(name, []).append(_tail(argument, text[: place + 1], text[place + 1 :]))
        else:
            options.setdefault(name, []).append(next(queue, literal("")))
        return


def _tail(argument: Value, head: str, value: str) -> Value:
    written = argument.written.removeprefix(head)
    return argument.but(value, written)


def reads(*values: Value, confidence: float = 1.0, space: Space = Space.PATH) -> tuple[Touch, ...]:
    """Give touches that read."""
    return tuple(Touch(Mode.READ, value, confidence, space) for value in values if value.text != "-")


def writes(*values: Value, confidence: float = 1.0, space: Space = Space.PATH) -> tuple[Touch, ...]:
    """Give touches that write."""
    return tuple(Touch(Mode.WRITE, value, confidence, space) for value in values if value.text != "-")


def deletes(*values: Value, confidence: float = 1.0, space: Space = Space.PATH) -> tuple[Touch, ...]:
    """Give touches that delete."""
    return tuple(Touch(Mode.DELETE, value, confidence, space) for value in values)


def number(text: str) -> int | None:
    """Read a number of seconds with an optional unit as sleep(1) and timeout(1) take it, rounded up."""
    units = {"s": 1, "m": 60, "h": 3600, "d": 86400}
    unit = units.get(text[-1:])
    digits = text[:-1] if unit else text
    whole, dot, fraction = digits.partition(".")
    if not whole.isascii() or not (whole.isdigit() or (dot and fraction.isdigit())) or len(digits) > 9:
        return None
    if dot and not (fraction.isdigit() and fraction.isascii()):
        return None
    seconds = int(whole or 0) * (unit or 1)
    return seconds if not dot else seconds + max(1, int(int(fraction) / 10 ** len(fraction) * (unit or 1)))
