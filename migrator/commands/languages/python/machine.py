"""The contract between the parts of the reader of Python programs."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Protocol, TypeAlias

from migrator.commands.invocation import Space
from migrator.commands.languages.abstract import UNKNOWN
from migrator.commands.languages.findings import Findings
from migrator.commands.languages.picks import Picks
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.values import Frame, Module
from migrator.commands.languages.sql_values import Rows
from migrator.commands.values import Value
from migrator.model import Mode


class Machine(Protocol):
    """What the evaluation of expressions needs."""

    findings: Findings
    arguments: tuple[Value, ...]
    environment: dict[str, Value]
    folder: Value
    home: Value
    distributed: bool
    database: str
    polls: list[tuple[str, str]]
    slept: int | None
    depth: int
    unsure: int
    inline: bool
    changing: int
    left: list[list[dict[str, object]]]
    missing: list[str]

    def call(self, function: object, call: Call) -> object:
        """Call anything."""
        ...

    def imported(self, dotted: str, frame: Frame) -> Module | None:
        """Give a module of the program's own, None for others."""
        ...

    def search(self, folder: Value) -> None:
        """Look for modules in a folder too."""
        ...

    def project(self, dotted: str) -> Module | None:
        """Give a module by its whole name, from wherever it is asked for."""
        ...

    def command(self, name: str) -> Module | None:
        """Give the module of a command of the program's framework (`manage.py NAME`), None where there is none."""
        ...

    def content(self, name: Value) -> str | None:
        """Give the text of a file among those read, None where it is not there or too long to be settings."""
        ...

    def touch(self, mode: Mode, target: object, call: Call, confidence: float = 0.9, space: Space = Space.PATH) -> None:
        """Note a read or write of what a thing may be."""
        ...

    def listed(
        self, target: object, element: object, call: Call, confidence: float = 0.9, *, space: Space = Space.PATH
    ) -> None:
        """Note that a folder is gone through; when each element is only deleted, that was no use of the data."""
        ...

    def pick(self, before: int, picks: Picks) -> None:
        """Note that of the folders gone through since there were so many touches only these names are used."""
        ...

    def table(
        self,
        mode: Mode,
        name: str,
        call: Call,
        database: str | None = None,
        *,
        rows: Rows = (),
        confidence: float = 0.8,
    ) -> None:
        """Note a read or write of a table; without a database it is in the one connected last."""
        ...

    def sql(self, statement: object, call: Call, database: str | None = None, given: object = UNKNOWN) -> None:
        """Note the tables of a statement, with what its places are given."""
        ...

    def start(self, command: object, call: Call) -> None:
        """Note a command that the program runs."""
        ...

    def source(self, node: ast.AST, frame: Frame) -> tuple[str, int, str]:
        """Give the place of a node and the text there."""
        ...

    def spend(self, operations: int = 1) -> bool:
        """Count operations; give False when there were too many."""
        ...

    def allot(self, eighths: int = 4) -> int:
        """Leave a part of the operations for what comes after; give what `give_back` takes."""
        ...

    def give_back(self, limit: int) -> None:
        """End an allotment."""
        ...


Known: TypeAlias = Callable[[Machine, Call], object]
"""What reads a call of a known name."""
