"""The contract between the parts of the reader of Python programs."""

from __future__ import annotations

import ast
from typing import Protocol

from migrator.commands.invocation import Space
from migrator.commands.languages.findings import Findings
from migrator.commands.languages.python.abstract import Frame, Module, Text
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

    def call(
        self, function: object, given: list[object], named: dict[str, object], node: ast.Call, frame: Frame
    ) -> object:
        """Call anything."""
        ...

    def imported(self, dotted: str, frame: Frame) -> Module | None:
        """Give a module of the program's own, None for others."""
        ...

    def touch(
        self,
        mode: Mode,
        target: object,
        node: ast.AST,
        frame: Frame,
        confidence: float = 0.9,
        space: Space = Space.PATH,
    ) -> None:
        """Note a read or write of what a thing may be."""
        ...

    def sql(self, statement: object, node: ast.AST, frame: Frame) -> None:
        """Note the tables of a statement."""
        ...

    def start(self, command: object, node: ast.AST, frame: Frame) -> None:
        """Note a command that the program runs."""
        ...

    def source(self, node: ast.AST, frame: Frame) -> tuple[str, int, str]:
        """Give the place of a node and the text there."""
        ...

    def spend(self) -> bool:
        """Count one operation; give False when there were too many."""
        ...


def here(machine: Machine) -> Text:
    """Give the working folder."""
    return Text(machine.folder)
