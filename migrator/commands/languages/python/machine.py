"""The state of one Python program's reading, and what every part of the reader does to it."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeAlias

from migrator.commands.facts import WaitKind
from migrator.commands.invocation import Space, Touch, Waiting
from migrator.commands.languages import sql
from migrator.commands.languages.abstract import UNKNOWN, Seq, as_value, text_options
from migrator.commands.languages.findings import Findings, Waited
from migrator.commands.languages.picks import ALL, Picks
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.modules import Modules
from migrator.commands.languages.python.values import Frame, Module
from migrator.commands.languages.sql_values import Rows
from migrator.commands.languages.started import quoted_word, shell_texts
from migrator.commands.languages.statements import only_counts, with_given, without_definitions
from migrator.commands.record import Walk
from migrator.commands.scope import Scope
from migrator.commands.values import Value, literal
from migrator.model import Mode

_MOST = 120_000
_LEAST_SHARE = 1_500
_ALIKE = 8
_SURE = 0.8
_FAINT = 0.1


class Machine(ABC):
    """What is known while a program is read. Subclassed by the interpreter, which adds what runs the tree."""

    def __init__(self, walk: Walk, scope: Scope, arguments: tuple[Value, ...], *, distributed: bool) -> None:
        self.findings = Findings()
        self.arguments = arguments
        self.environment = dict(scope.environment())
        self.folder = scope.folder
        self.home = scope.home
        self.distributed = distributed
        self.database = ""
        self.polls: list[tuple[str, str]] = []
        self.slept: int | None = None
        self.depth = 0
        self.unsure = 0
        self.inline = False
        self.changing = 0
        self.left: list[list[dict[str, object]]] = []
        self.missing: list[str] = []
        self.entry = ""
        self.modules = Modules(walk, scope, self.opened)
        self._scope = scope
        self._spent = 0
        self._limit = _MOST
        self._seen: dict[tuple[Mode, Value, Space, tuple[str, ...], Rows, bool], int] = {}
        self._listings: dict[str, list[Touch]] = {}
        self._walked: set[str] = set()

    @abstractmethod
    def opened(self, module: Module, tree: ast.Module) -> None:
        """Run the statements of a module that is imported."""

    @abstractmethod
    def call(self, function: object, call: Call) -> object:
        """Call anything."""

    def spend(self, operations: int = 1) -> bool:
        """Count operations; give False when there were too many."""
        before = self._spent
        self._spent += operations
        if self._spent < self._limit:
            return True
        if before < self._limit and not self.findings.unclear:
            self.findings.unclear.append("the rest of the program: it is longer than is read")
        return False

    def allot(self, eighths: int = 4) -> int:
        """Leave a part of the operations for what comes after; give what `give_back` takes."""
        before = self._limit
        left = before - self._spent
        if left > _LEAST_SHARE:
            self._limit = self._spent + max(_LEAST_SHARE, left * eighths // 8)
        return before

    def give_back(self, limit: int) -> None:
        """End an allotment."""
        self._limit = limit

    def imported(self, dotted: str, frame: Frame) -> Module | None:
        """Give a module of the program's own, None for others."""
        return self.modules.imported(dotted, frame)

    def search(self, folder: Value) -> None:
        """Look for modules in a folder too."""
        if folder.exact and folder not in self.modules.paths and len(self.modules.paths) < 12:
            self.modules.paths.append(folder)

    def project(self, dotted: str) -> Module | None:
        """Give a module by its whole name, from wherever it is asked for."""
        return self.modules.named(dotted)

    def command(self, name: str) -> Module | None:
        """Give the module of a command of the program's framework."""
        return self.modules.command(name)

    def content(self, name: Value) -> str | None:
        """Give the text of a settings file among those read."""
        return self.modules.content(name, self.folder)

    def touch(self, mode: Mode, target: object, call: Call, confidence: float = 0.9, space: Space = Space.PATH) -> None:
        """Note a read or write of what a thing may be."""
        found = text_options(target)
        if isinstance(target, Seq):
            found = [option for element in target.items[:12] for option in text_options(element)]
        if len(found) > 1:
            confidence = min(confidence, 0.6)
        for option in found:
            value = option.value
            absent = mode is Mode.WRITE and value.text in self.missing
            if value.text.startswith("sqlite") and "://" in value.text:
                continue
            moved = space is Space.PATH and self.folder is not self._scope.folder
            if moved and "://" not in value.text and not value.text.startswith(("/", "~")):
                value = self.folder + literal("/") + value
            self._touched(mode, value, confidence, space, call, stale=absent)

    def listed(
        self,
        target: object,
        element: object,
        call: Call,
        confidence: float = 0.9,
        *,
        space: Space = Space.PATH,
        walked: bool = False,
    ) -> None:
        """Note that a folder is gone through; when each element is only deleted, that was no use of the data.

        `walked` says that the folders below it are gone through too.
        """
        before = len(self.findings.touches)
        self.touch(Mode.READ, target, call, confidence, space)
        self._walked.update(touch.value.text for touch in self.findings.touches[before:] if walked)
        for option in text_options(element):
            self._listings.setdefault(option.value.text, []).extend(self.findings.touches[before:])

    def pick(self, before: int, picks: Picks) -> None:
        """Note that of the folders gone through since there were so many touches only these names are used."""
        for known in self.findings.touches[before:] if picks != ALL else ():
            _, slash, last = known.value.text.rpartition("/")
            if known.mode is not Mode.READ or not slash or last not in ("", "*"):
                continue
            narrowed = self.findings.narrow(known, picks, walked=known.value.text in self._walked)
            for listed in [name for name, kept in self._listings.items() if known in kept]:
                del self._listings[listed]
            for each in narrowed:
                self._listings.setdefault(each.value.text, []).append(each)

    def _touched(
        self,
        mode: Mode,
        value: Value,
        confidence: float,
        space: Space,
        call: Call,
        columns: tuple[str, ...] = (),
        rows: Rows = (),
        *,
        stale: bool = False,
    ) -> None:
        """Note a touch; of many that are alike the first ones say enough."""
        if mode is Mode.DELETE and value.text in self._listings:
            gone = self._listings.pop(value.text)
            self.findings.touches[:] = [known for known in self.findings.touches if known not in gone]
        key = mode, value, space, columns, rows, stale
        self._seen[key] = self._seen.get(key, 0) + 1
        if self._seen[key] <= _ALIKE:
            line = getattr(call.node, "lineno", 0)
            path = call.frame.module.path
            self.findings.touch(Touch(mode, value, confidence, space, line, path, columns, rows, stale))

    def table(
        self,
        mode: Mode,
        name: str,
        call: Call,
        database: str | None = None,
        *,
        rows: Rows = (),
        confidence: float = _SURE,
        columns: tuple[str, ...] = (),
    ) -> None:
        """Note a read or write of a table; without a database it is in the one connected last."""
        base = self.database if database is None else database
        whole = f"{base}.{name}" if base and "." not in name else name
        self._touched(mode, literal(whole), confidence, Space.TABLE, call, columns, rows)

    def sql(self, statement: object, call: Call, database: str | None = None, given: object = UNKNOWN) -> None:
        """Note the tables of a statement, with what its places are given."""
        for option in text_options(statement):
            sure = _FAINT if only_counts(option.value.text) else _SURE
            for found in sql.tables(without_definitions(with_given(option.value.text, given))):
                columns, rows = found.columns, found.rows
                self.table(found.mode, found.name, call, database, confidence=sure, columns=columns, rows=rows)

    def start(self, command: object, call: Call) -> None:
        """Note a command that the program runs, in the folder that the call names."""
        line = getattr(call.node, "lineno", 0)
        path = call.frame.module.path
        place = call.named.get("cwd")
        before = f"cd {quoted_word(as_value(place))} && " if text_options(place) else ""
        for text in shell_texts(command):
            self._started((before + text, path, line))

    def _started(self, entry: tuple[str, str, int]) -> None:
        """Note a started command once: the same one, for each row of something, leaves no room for others."""
        if entry not in self.findings.starts[-_ALIKE * _ALIKE :]:
            self.findings.starts.append(entry)

    def wait(
        self, kind: WaitKind, target: str, seconds: int | None, turns: int | None, node: ast.AST, frame: Frame
    ) -> None:
        """Note a wait, with the place and text of its code."""
        timeout = seconds * turns if seconds and turns else None
        waiting = Waiting(kind, target, timeout, seconds or None)
        self.findings.wait(Waited(waiting, *self.source(node, frame)))

    def source(self, node: ast.AST, frame: Frame) -> tuple[str, int, str]:
        """Give the place of a node and the text there."""
        line, words = self.modules.lines(node, frame.module)
        return frame.module.path, line, words


Known: TypeAlias = Callable[[Machine, Call], object]
"""What reads a call of a known name."""
