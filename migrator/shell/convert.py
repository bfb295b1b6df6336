"""The grammar's syntax tree to our own: lists flattened without recursion, redirections given to what they follow.

tree-sitter says how statements nest; what stands in them is read from the tokens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tree_sitter import Node as Syntax

from migrator.shell.compounds import CompoundReader
from migrator.shell.lexing import LexError
from migrator.shell.lists import group
from migrator.shell.simple import simple_command
from migrator.shell.source import Source
from migrator.shell.tree import Fault, FaultKind, Item, Node, Opaque, Script
from migrator.shell.words import WordReader

MAX_DEPTH = 40
"""Nesting that is followed; what lies deeper is opaque. Real scripts stay below 15."""

_SIMPLE = frozenset(["command", "declaration_command", "unset_command", "variable_assignment", "variable_assignments"])
_LOOPS = ("while_statement", "for_statement", "c_style_for_statement")
_COMPOUND = frozenset(
    ["subshell", "compound_statement", "if_statement", "case_statement", "function_definition", "test_command", *_LOOPS]
)
_JOINED = frozenset(["list", "pipeline", "redirected_statement"])
_STATEMENTS = _SIMPLE | _COMPOUND | _JOINED
_OPERATORS = frozenset(["&&", "||", "|", "|&"])
_SEPARATORS = frozenset([";", "&", "\n"])
_OPENERS = ("(", "{", "if", "while", "until", "for", "select", "case")
_CLOSERS = (")", "}", "fi", "done", "esac")


@dataclass(slots=True)
class Converter:
    """Converts the tree of one source; `prefixes` are the `!` and `time` before the commands at their offsets."""

    reader: WordReader
    prefixes: Mapping[int, tuple[str, ...]]

    @property
    def source(self) -> Source:
        """The text that is read."""
        return self.reader.source

    @property
    def faults(self) -> list[Fault]:
        """What was not understood so far, in substitutions too."""
        return self.reader.faults

    def script(self, nodes: Sequence[Syntax], start: int, end: int) -> Script:
        """Give the statements among sibling nodes, which lie between two offsets."""
        mark = len(self.faults)
        items: list[Item] = []
        lost: list[Syntax] = []
        for node in nodes:
            kind = node.type
            if kind in _STATEMENTS:
                self._lose(lost, items)
                items.append(Item(self.statement(node)))
            elif kind == "ERROR":
                self._lose(lost, items)
                items.extend(self._error(node))
            elif kind not in _SEPARATORS:
                lost.append(node)
            elif kind == "&" and items:
                items[-1] = Item(items[-1].node, background=True)
        self._lose(lost, items)
        return Script(tuple(items), self.source.span(start, end), tuple(self.faults[mark:]))

    def _lose(self, lost: list[Syntax], items: list[Item]) -> None:
        """Turn nodes that make no statement into one opaque one."""
        if lost:
            items.append(Item(self.opaque(lost[0].start_byte, lost[-1].end_byte)))
            lost.clear()

    def opaque(self, start: int, end: int, kind: FaultKind | None = None) -> Opaque:
        """Give up on the text between two offsets, and record the fault."""
        text = self.source.text[start:end]
        span = self.source.span(start, end)
        self.faults.append(Fault(kind or self._why(start, end), text, span))
        return Opaque(text, span)

    def _why(self, start: int, end: int) -> FaultKind:
        found = [token.text for token in self.source.between(start, end)]
        opened, closed = (sum(map(found.count, words)) for words in (_OPENERS, _CLOSERS))
        return FaultKind.UNTERMINATED if opened > closed else FaultKind.SYNTAX

    def statement(self, node: Syntax, end: int | None = None) -> Node:
        """Give one statement; `end` is where the redirections behind it end, if not with the node."""
        mark = len(self.faults)
        stop = node.end_byte if end is None else end
        try:
            return group(self._row(node, stop), node.start_byte)
        except LexError as fault:
            del self.faults[mark:]
            return self.opaque(node.start_byte, stop, fault.kind)

    def _row(self, node: Syntax, end: int) -> list[Node | str]:
        """Flatten lists and pipelines, which lean left by thousands, into nodes and operators in source order."""
        row: list[Node | str] = []
        waiting: list[tuple[Syntax, int] | str] = [(node, end)]
        while waiting:
            entry = waiting.pop()
            if isinstance(entry, str):
                row.append(entry)
                continue
            here, stop = entry
            if here.type in ("list", "pipeline"):
                waiting.extend(reversed(_operands(here, stop)))
                continue
            body = here.child_by_field_name("body") if here.type == "redirected_statement" else here
            if body is None or body.type in _SIMPLE:
                found = self.source.between(here.start_byte, stop)
                row.extend(self.prefixes.get(here.start_byte, ()))
                row.append(simple_command(self.reader, found))
            elif body is not here:
                waiting.append((body, stop))
            elif here.type in _COMPOUND:
                row.extend(self.prefixes.get(here.start_byte, ()))
                row.append(self._compound(here, stop))
            else:
                raise LexError(FaultKind.SYNTAX, here.start_byte)
        return row

    def _compound(self, node: Syntax, end: int) -> Node:
        if self.reader.depth >= MAX_DEPTH:
            return self.opaque(node.start_byte, end, FaultKind.TOO_DEEP)
        self.reader.depth += 1
        try:
            return CompoundReader(self.reader, self.script, self.statement).read(node, end)
        finally:
            self.reader.depth -= 1

    def _error(self, node: Syntax) -> list[Item]:
        """Give what an error of the grammar leaves: of one line nothing, of many lines the statements between."""
        span = self.source.span(node.start_byte, node.end_byte)
        if span.line == span.last_line or not node.children or self.reader.depth >= MAX_DEPTH:
            return [Item(self.opaque(node.start_byte, node.end_byte))]
        self.reader.depth += 1
        try:
            return list(self.script(node.children, node.start_byte, node.end_byte).items)
        finally:
            self.reader.depth -= 1


def _operands(node: Syntax, end: int) -> list[tuple[Syntax, int] | str]:
    """Give the parts of a list or pipeline; what follows the whole follows its last part."""
    found: list[tuple[Syntax, int] | str] = []
    for child in node.children:
        if child.type in _OPERATORS:
            found.append(child.type)
        elif child.type in _STATEMENTS or child.type == "ERROR":
            found.append((child, child.end_byte))
    if found and not isinstance(found[-1], str):
        found[-1] = (found[-1][0], end)
    return found
