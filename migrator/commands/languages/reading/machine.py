"""The state of one program's reading, and what every part of the reader does to it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from migrator.commands.facts import LockKind
from migrator.commands.invocation import Space, Touch
from migrator.commands.languages import sql
from migrator.commands.languages.abstract import Choice, Seq, Text, as_value, text_options
from migrator.commands.languages.findings import Findings, Locked
from migrator.commands.languages.picks import ALL, Picks, are_paths, fitting, with_known
from migrator.commands.languages.reading.values import Closure, Frame, Kind, Tasks, Unit
from migrator.commands.languages.started import quoted_word, shell_texts
from migrator.commands.languages.statements import without_definitions
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal
from migrator.model import Mode

if TYPE_CHECKING:
    from migrator.commands.languages.reading.language import Language
    from migrator.commands.record import Walk

MOST = 60_000
SURE = 0.8
_CHOICE = 0.6
_MOST_UNCLEAR = 20
_LOCKISH = re.compile(r"(?:lock|lck|pid|running|mutex|semaphore)[^/]*\Z", re.IGNORECASE)


class Machine(ABC):
    """What is known while a program is read. Subclassed by the interpreter, which adds what runs the tree."""

    def __init__(self, walk: Walk, scope: Scope, language: Language, main: Unit, arguments: tuple[Value, ...]) -> None:
        self.findings = Findings()
        self.walk = walk
        self.scope = scope
        self.language = language
        self.arguments: list[object] = [Text(value) for value in arguments]
        self.words = arguments
        self.environment = dict(scope.environment())
        self.folder = scope.folder
        self.home = scope.home
        self.globals: dict[str, object] = {}
        self.aliases: dict[str, str] = {}
        self.kinds: dict[str, Kind] = {}
        self.paths: list[Value] = []
        self.databases: dict[str, None] = {}
        self.polls: list[str] = []
        self.declaring = 0
        self.tasks = Tasks()
        self.slept: int | None = None
        self.depth = 0
        self.walking = 0
        self.sure = SURE
        self.entered: set[int] = set()
        self.leaving: list[tuple[Frame, list[dict[str, object]]]] = []
        self.loaders: list[object] = []
        self.sought: set[str] = set()
        self.dispatches = False
        self.scripted = True
        self.main = main
        self.top: Frame | None = None
        self.listings: dict[int, tuple[object, list[Touch]]] = {}
        self.opened: dict[str, list[Touch]] = {}
        self._spent = 0

    def dispatched(self, frame: Frame) -> None:
        """Note a call in the program's own text of which only a run can tell what it calls."""
        self.dispatches = self.dispatches or frame.unit is self.main

    def spend(self) -> bool:
        """Count one operation; give False when there were too many."""
        self._spent += 1
        if self._spent == MOST:
            self.findings.unclear.append("the rest of the program: it is longer than is read")
        return self._spent < MOST

    def unclear(self, why: str) -> None:
        """Note what nobody knows, once."""
        if why not in self.findings.unclear and len(self.findings.unclear) < _MOST_UNCLEAR:
            self.findings.unclear.append(why)

    # What runs the tree.

    @abstractmethod
    def value(self, node: object, frame: Frame) -> object:
        """Evaluate an expression."""

    @abstractmethod
    def bind(self, target: object, value: object, frame: Frame) -> None:
        """Give a name, element or property a value."""

    @abstractmethod
    def invoke(
        self, function: object, items: list[object], named: dict[str, object], line: int, frame: Frame
    ) -> object:
        """Call a thing that is known."""

    @abstractmethod
    def inline(self, block: Closure) -> object:
        """Run a block where it stands."""

    @abstractmethod
    def load(self, written: object, frame: Frame, *, module: bool = False) -> object | None:
        """Read a library among the files; give what it gives away, None where it is not there."""

    @abstractmethod
    def take(self, path: str, source: Source, deployed: Value, frame: Frame | None) -> object | None:
        """Read a file once; give what it gives away."""

    def kind(self, name: str) -> Kind:
        """Give a class or package by name, made where it is new."""
        return self.kinds.setdefault(name, Kind(name))

    # Effects.

    def touch(self, mode: Mode, target: object, line: int, frame: Frame, confidence: float = 1.0) -> None:
        """Note a read or write of what a thing may be."""
        found = text_options(target)
        if isinstance(target, Seq):
            found = [option for element in target.items[:12] for option in text_options(element)]
        sure = min(self.sure, confidence, _CHOICE if len(found) > 1 else 1.0)
        for option in found:
            value = self.placed(option.value)
            if _namely(value.text):
                self.findings.touch(Touch(mode, value, sure, Space.PATH, line, frame.unit.path))

    def list_folder(self, element: object, before: int) -> None:
        """Keep which touches a listing made, whose names `element` stands for."""
        self.listings[id(element)] = element, self.findings.touches[before:]

    def pick(self, elements: Sequence[object], picks: Picks) -> list[object]:
        """Give the names of listings of which only some are used; of their folders only those are read."""
        for element in elements if picks != ALL else ():
            for known in self.listings.get(id(element), (None, []))[1]:
                self.findings.narrow(known, picks)
        return [one for each in elements for one in with_known([each], _of_thing(each, picks))]

    def placed(self, value: Value) -> Value:
        """Give a path below the program's working folder, where it has changed that."""
        if self.folder is self.scope.folder or "://" in value.text or value.text.startswith(("/", "~")):
            return value
        return self.folder + literal("" if self.folder.text.endswith("/") else "/") + value

    def sql(self, statement: object, database: str, line: int, frame: Frame) -> None:
        """Note the tables of a statement."""
        for option in text_options(statement):
            text = option.value.text
            if len(text) < 12 or not sql.looks_like(text):
                continue
            for found in sql.tables(without_definitions(text)):
                whole = literal(self.qualified(found.name, database))
                place = line, frame.unit.path, found.columns, found.rows
                self.findings.touch(Touch(found.mode, whole, min(self.sure, 0.7), Space.TABLE, *place))

    def qualified(self, table: str, database: str = "") -> str:
        """Give a table's whole name: in the database that is named, else in the only one that is connected."""
        base = database or (next(iter(self.databases)) if len(self.databases) == 1 else "")
        return f"{base}.{table}" if base and "." not in table else table

    def start(self, command: object, line: int, frame: Frame) -> None:
        """Note a command that the program runs: a text for the shell, or a list of words."""
        if len(self.findings.starts) >= 200:
            return
        if isinstance(command, Seq) and not (command.items and as_value(command.items[0]).text != "*"):
            return
        for text in shell_texts(command):
            entry = (self.entering(text), frame.unit.path, line)
            if text.strip() and entry not in self.findings.starts[-20:]:
                self.findings.starts.append(entry)

    def look(self, target: object) -> None:
        """Note a look at a file: a wait, where a loop sleeps between looks."""
        self.polls.extend(self.placed(option.value).text for option in text_options(target))

    def entering(self, text: str) -> str:
        """Put the working folder before a command, where the program has changed it."""
        if self.folder is self.scope.folder:
            return text
        return f"cd {quoted_word(self.folder)} && {text}"

    def lock(self, name: object, *, skips: bool, line: int, frame: Frame, sure: bool) -> None:
        """Note a lock on a file, where its name says that it is one or a second run gives up at it."""
        for option in text_options(name)[:1]:
            if sure or skips or _LOCKISH.search(option.value.text):
                found = Locked(LockKind.FLOCK, self.placed(option.value), skips, frame.unit.path, line)
                if found not in self.findings.locks:
                    self.findings.locks.append(found)

    def functions(self, name: str) -> list[Closure]:
        """Give all functions of the program's own that have a name."""
        found = [member for kind in self.kinds.values() if isinstance(member := kind.members.get(name), Closure)]
        return found[:3]


def _of_thing(thing: object, picks: Picks) -> Picks:
    """Give what tests of a name tell of a thing: of a whole path that is how it ends."""
    return fitting(picks, whole=are_paths([thing]))


def _namely(text: str) -> bool:
    """Say whether a text can name a file: not a number, an option, a pipe or a text of several lines."""
    return (
        bool(text) and "\n" not in text and len(text) <= 500 and not text.startswith(("&", "|", "-", "php:", "data:"))
    )


def described(thing: object) -> str:
    """Give a known text, nothing where it is not known."""
    return thing.value.text if isinstance(thing, Text) and thing.value.exact else ""


def alternatives(thing: object) -> tuple[object, ...]:
    """Give what a thing may be."""
    return thing.options if isinstance(thing, Choice) else (thing,)
