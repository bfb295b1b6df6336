"""The grammar's syntax tree to our own: lists flattened without recursion, redirections given to what they follow.

tree-sitter says where statements begin and end; their tokens are read again by `lexing`, which knows quotes better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from tree_sitter import Node as Syntax

from migrator.shell.compounds import CompoundReader
from migrator.shell.flat import flat_items
from migrator.shell.lexing import LexError, tokens
from migrator.shell.lists import group
from migrator.shell.masking import Mask
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
_JOINED = frozenset(["list", "pipeline", "negated_command", "redirected_statement"])
_STATEMENTS = _SIMPLE | _COMPOUND | _JOINED
_OPERATORS = frozenset(["&&", "||", "|", "|&", "!"])
_SEPARATORS = frozenset([";", "&", "\n", "comment"])

Piece: TypeAlias = "Syntax | tuple[Item, ...]"


@dataclass(slots=True)
class Converter:
    """Converts the tree of one source. `broken` when the grammar found an error in it."""

    source: Source
    mask: Mask
    reader: WordReader
    depth: int
    broken: bool
    faults: list[Fault] = field(default_factory=list)
    repaired: list[tuple[int, int]] = field(default_factory=list)

    def script(self, nodes: Sequence[Syntax], start: int, end: int) -> Script:
        """Give the statements among sibling nodes, which lie between two offsets."""
        mark = len(self.faults)
        items: list[Item] = []
        lost: list[Syntax] = []
        pieces: Sequence[Piece] = self._repaired(nodes, start, end) if self.broken else nodes
        for piece in pieces:
            if isinstance(piece, tuple):
                items.extend(piece)
                continue
            kind = piece.type
            if kind in _STATEMENTS:
                self._lose(lost, items)
                items.append(Item(self.statement(piece)))
            elif kind == "ERROR":
                self._lose(lost, items)
                items.extend(self._error(piece))
            elif kind not in _SEPARATORS:
                lost.append(piece)
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
        try:
            found = [token.text for token in tokens(self.source.bare, start, end)]
        except LexError as fault:
            return fault.kind
        opened = sum(found.count(word) for word in ("(", "{", "if", "do", "case"))
        closed = sum(found.count(word) for word in (")", "}", "fi", "done", "esac"))
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
            if here.type in ("list", "pipeline", "negated_command"):
                waiting.extend(reversed(_operands(here, stop)))
            elif here.type == "redirected_statement":
                body = here.child_by_field_name("body")
                if body is None or _is_simple(body):
                    row.append(self._simple(here.start_byte, stop))
                else:
                    waiting.append((body, stop))
            elif _is_simple(here):
                row.append(self._simple(here.start_byte, stop))
            elif here.type in _COMPOUND:
                row.extend(self.mask.prefixes.get(here.start_byte, ()))
                row.append(self._compound(here, stop))
            else:
                raise LexError(FaultKind.SYNTAX, here.start_byte)
        return row

    def _simple(self, start: int, end: int) -> Node:
        return simple_command(self.reader, self.mask.documents, tokens(self.source.bare, start, end))

    def _compound(self, node: Syntax, end: int) -> Node:
        if self.depth >= MAX_DEPTH:
            return self.opaque(node.start_byte, end, FaultKind.TOO_DEEP)
        self.depth += 1
        try:
            return CompoundReader(self.source, self.reader, self.mask.documents, self.script, self.statement).read(
                node, end
            )
        finally:
            self.depth -= 1

    def _error(self, node: Syntax) -> list[Item]:
        """Give what an error of the grammar leaves: of one line nothing, of many lines the statements between."""
        span = self.source.span(node.start_byte, node.end_byte)
        if span.line == span.last_line or not node.children or self.depth >= MAX_DEPTH:
            return [Item(self.opaque(node.start_byte, node.end_byte))]
        self.depth += 1
        try:
            script = self.script(node.children, node.start_byte, node.end_byte)
        finally:
            self.depth -= 1
        return list(script.items)

    def _repaired(self, nodes: Sequence[Syntax], start: int, end: int) -> list[Piece]:
        """Replace the siblings on a line with an error by its statements, where these need no grammar and are whole."""
        pieces: list[Piece] = []
        index = 0
        while index < len(nodes):
            if nodes[index].type != "ERROR":
                pieces.append(nodes[index])
                index += 1
                continue
            first, last, low, high = self._lines_around(nodes, index, start, end)
            mark = len(self.faults)
            items = flat_items(self.reader, self.mask.documents, low, high)
            if items is None and self._is_open(low, high):
                items = (Item(self.opaque(low, high, FaultKind.UNTERMINATED)),)
            kept = len(pieces) - (index - first)
            if items is None or kept < 0:
                del self.faults[mark:]
                pieces.append(nodes[index])
                index += 1
                continue
            del pieces[kept:]
            pieces.append(items)
            self.repaired.append((low, high))
            index = last + 1
        return pieces

    def _is_open(self, start: int, end: int) -> bool:
        """Tell whether a quote or substitution between two offsets never closes: no shell runs any of that text."""
        try:
            tokens(self.source.bare, start, end)
        except LexError as fault:
            return fault.kind is FaultKind.UNTERMINATED
        return False

    def _lines_around(self, nodes: Sequence[Syntax], index: int, start: int, end: int) -> tuple[int, int, int, int]:
        """Give the first and last sibling on the error's lines, and the offsets of these lines within the block."""
        text = self.source.bare
        first = last = index
        low, high = nodes[index].start_byte, nodes[index].end_byte
        while True:
            low = max(start, text.rfind("\n", 0, low) + 1)
            line_end = text.find("\n", high)
            high = end if line_end < 0 else min(end, line_end)
            grown = False
            while first > 0 and nodes[first - 1].end_byte > low:
                first -= 1
                low, grown = min(low, nodes[first].start_byte), True
            while last + 1 < len(nodes) and nodes[last + 1].start_byte < high:
                last += 1
                high, grown = max(high, nodes[last].end_byte), True
            if not grown:
                return first, last, low, high


def _is_simple(node: Syntax) -> bool:
    """Tell a simple command; `[ … ]` is one, whatever the grammar calls it."""
    return node.type in _SIMPLE or (node.type == "test_command" and node.children[0].type == "[")


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
