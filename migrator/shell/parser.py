"""Parse shell text with tree-sitter's bash grammar, within limits of size and depth."""

from __future__ import annotations

import re
from functools import lru_cache

import tree_sitter_bash
from tree_sitter import Language, Parser
from tree_sitter import Node as Syntax

from migrator.shell.convert import MAX_DEPTH, Converter
from migrator.shell.masking import Mask, mask
from migrator.shell.source import Source
from migrator.shell.tree import Fault, FaultKind, Item, Opaque, Script
from migrator.shell.words import WordReader

MAX_LENGTH = 256 * 1024
"""Characters that are read; a longer text is one opaque statement."""

_CACHED_LENGTH = 4096
_PARSER = Parser(Language(tree_sitter_bash.language()))
# The grammar's error recovery takes quadratic time on these; no shell takes them outside quotes.
_OPERATOR_RUN = re.compile(r"(?:[<>|&;]\s?){4,}")
_MAX_OPERATOR_RUNS = 2000
_CLOSERS = frozenset([")", "))", "}", "fi", "done", "esac", '"', "'", "`", "]", "]]", "then", "do"])


def parse(text: str, line: int = 1) -> Script:
    """Parse shell text into our own tree. Never raises: what was not understood is an `Opaque` node and a `Fault`.

    Offsets are characters of `text`, lines count from `line`. `Script.faults` of the result holds the faults of all
    scripts in it. A `Fault` without an `Opaque` node says that an end is missing (`fi`, a here document's delimiter):
    what stands before it was read.
    """
    if len(text) <= _CACHED_LENGTH:
        return _parse_short(text, line)
    return _parse(text, 0, line, 0)


@lru_cache(maxsize=2048)
def _parse_short(text: str, line: int) -> Script:
    return _parse(text, 0, line, 0)


def _parse(text: str, base: int, line: int, depth: int) -> Script:
    kind = _refusal(text, depth)
    if kind is not None:
        span = Source(text, text, base, line).span(0, len(text))
        return Script((Item(Opaque(text, span)),), span, (Fault(kind, text, span),))
    masked = mask(text)
    source = Source(text, masked.bare, base, line)
    root = _PARSER.parse(masked.ascii.encode("ascii")).root_node
    # Substitutions are parsed from their own text: their faults are found while words are read.
    reader = WordReader(source, lambda inner, offset: _inner(converter, inner, offset))
    converter = Converter(source, masked, reader, depth, root.has_error)
    script = converter.script([root] if root.type == "ERROR" else root.children, 0, len(text))
    faults = (*converter.faults, *_missing(root, converter, masked))
    return Script(script.items, script.span, tuple(sorted(faults, key=lambda fault: (fault.span, fault.kind))))


def _inner(outer: Converter, text: str, offset: int) -> Script:
    source = outer.source
    script = _parse(text, source.base + offset, source.line_of(offset), outer.depth + 1)
    outer.faults.extend(script.faults)
    return script


def _refusal(text: str, depth: int) -> FaultKind | None:
    if len(text) > MAX_LENGTH:
        return FaultKind.TOO_LARGE
    if depth > MAX_DEPTH:
        return FaultKind.TOO_DEEP
    if len(text) > _MAX_OPERATOR_RUNS:
        run = sum(match.end() - match.start() for match in _OPERATOR_RUN.finditer(text))
        if run > _MAX_OPERATOR_RUNS:
            return FaultKind.SYNTAX
    return None


def _missing(root: Syntax, converter: Converter, masked: Mask) -> list[Fault]:
    """List the ends that are missing: of here documents, and of what the grammar closed itself."""
    source = converter.source
    length = len(source.text)
    faults = [
        Fault(FaultKind.UNTERMINATED, source.text[offset : offset + 80].partition("\n")[0], source.span(offset, length))
        for offset, document in masked.documents.items()
        if not document.ended
    ]
    waiting = [root] if root.has_error else []
    while waiting:
        node = waiting.pop()
        if node.is_missing and not any(low <= node.start_byte <= high for low, high in converter.repaired):
            kind = FaultKind.UNTERMINATED if node.type in _CLOSERS else FaultKind.SYNTAX
            faults.append(Fault(kind, node.type, source.span(node.start_byte, node.start_byte)))
        waiting.extend(child for child in node.children if child.has_error or child.is_missing)
    return faults
