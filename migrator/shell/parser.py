"""Parse shell text with tree-sitter's bash grammar, within limits of size and depth."""

from __future__ import annotations

import re
from functools import lru_cache

import tree_sitter_bash
from tree_sitter import Language, Parser
from tree_sitter import Node as Syntax

from migrator.shell.convert import MAX_DEPTH, Converter
from migrator.shell.heredocs import take_out
from migrator.shell.lexing import tokens
from migrator.shell.plain import plain_items
from migrator.shell.skeleton import skeleton
from migrator.shell.source import Source
from migrator.shell.tree import Fault, FaultKind, Item, Opaque, Script, Span
from migrator.shell.words import WordReader

MAX_LENGTH = 256 * 1024
"""Characters that are read; a longer text is one opaque statement."""

_CACHED_LENGTH = 4096
# How much is read of the substitutions in a text, each time that one is read: small texts may nest as they like.
_INNER_CHARACTERS = 64 * 1024
_INNER_READINGS = 6
_PARSER = Parser(Language(tree_sitter_bash.language()))
# The grammar's error recovery takes time that grows with the square of the errors, so too many are refused.
_MAX_CLASHES = 2000
# Where a text has an error, the grammar's recovery takes twice the time for each further command of a long pipeline,
# or of several in one list or in lists that stand in each other.
_MAX_PIPES = 20
# `$[ ( $RANDOM % 30 ) + 1 ]`, as old as bash: with an operator in it, unlike `$[0-9]` at the end of a pattern.
_OLD_ARITHMETIC = re.compile(r"\$\[(?=[^]\n]{0,200}(?:[$A-Z]|\s))(\s*[\w$(){} \t]+?[-+*/%][\w$(){} \t*/%+-]*)\]")
# Single quotes, a backslash and a comment keep it as text; double quotes do not, and single ones in them are letters.
_QUOTED = re.compile(r"\\(?s:.)|'[^']*'|(?<!\S)#[^\n]*|\"[^\"\\]*(?:\\(?s:.)[^\"\\]*)*\"|" + _OLD_ARITHMETIC.pattern)
_IN_DOUBLE_QUOTES = re.compile(r"\\(?s:.)|" + _OLD_ARITHMETIC.pattern)
_CLOSERS = frozenset([")", "))", "}", "fi", "done", "esac", '"', "'", "`", "]", "]]", "then", "do"])


def parse(text: str) -> Script:
    """Parse shell text into our own tree. Never raises: what was not understood is an `Opaque` node and a `Fault`.

    Offsets are characters of `text`. `Script.faults` of the result holds the faults of all
    scripts in it. A `Fault` without an `Opaque` node says that an end is missing (`fi`, a here document's delimiter):
    what stands before it was read.
    """
    if "$[" in text:
        text = _QUOTED.sub(_new_arithmetic, text)
    if len(text) <= _CACHED_LENGTH:
        return _parse_short(text)
    return _parse(text, 0, 1, 0)


def _new_arithmetic(match: re.Match[str]) -> str:
    """Write `$[ … ]` as `$((…))`, of the same length; without blanks to spare as a parameter, as unknown as it is."""
    inner = match[1]
    if inner is None:
        return _IN_DOUBLE_QUOTES.sub(_new_arithmetic, match[0]) if match[0][0] == '"' else match[0]
    spare = inner[:1].isspace() and inner[-1:].isspace()
    return f"$(({inner[1:-1]}))" if spare else f"${{{inner}}}"


@lru_cache(maxsize=2048)
def _parse_short(text: str) -> Script:
    return _parse(text, 0, 1, 0)


def _parse(text: str, base: int, line: int, depth: int, left: list[int] | None = None) -> Script:
    if len(text) > MAX_LENGTH:
        return _refused(text, base, line, FaultKind.TOO_LARGE)
    left = [max(_INNER_CHARACTERS, _INNER_READINGS * len(text))] if left is None else left
    if depth > MAX_DEPTH or left[0] < 0:
        return _refused(text, base, line, FaultKind.TOO_DEEP)
    bare, documents = take_out(text)
    source = Source(text, bare, base, line, documents)
    reader = WordReader(source, _parse, depth, left)
    if not documents:
        items = plain_items(reader)
        if items is not None:
            place = source.span(0, len(text))
            return _script(items, reader.faults, place) if reader.faults else Script(items, place)
        reader.faults.clear()
    return _nested(reader)


def _nested(reader: WordReader) -> Script:
    """Parse a text whose statements may nest: the grammar says how."""
    source = reader.source
    length = len(source.bare)
    source.tokens, fault = tokens(source.bare, 0, length)
    # Behind an open quote there is no statement, and none on its line: a shell reads lines whole.
    end = length if fault is None else source.bare.rfind("\n", 0, fault.offset) + 1
    seen = skeleton(source.bare[:end], source.between(0, end))
    if seen.clashes > _MAX_CLASHES:
        return _refused(source.text, source.base, source.line, FaultKind.SYNTAX)
    if seen.pipes > _MAX_PIPES or (seen.held > _MAX_PIPES and not seen.sound):
        return _refused(source.text, source.base, source.line, FaultKind.TOO_LARGE)
    converter = Converter(reader, seen.prefixes)
    root = _PARSER.parse(seen.text.encode("ascii")).root_node
    items = converter.script([root] if root.type == "ERROR" else root.children, 0, length).items
    if fault is not None:
        items = (*items, Item(converter.opaque(end, length, fault.kind)))
    return _script(items, [*reader.faults, *_missing(root, source)], source.span(0, length))


def _place(fault: Fault) -> tuple[int, int, FaultKind]:
    return (fault.span.start, fault.span.end, fault.kind)


def _script(items: tuple[Item, ...], faults: list[Fault], span: Span) -> Script:
    return Script(items, span, tuple(sorted(faults, key=_place)) if faults else ())


def _refused(text: str, base: int, line: int, kind: FaultKind) -> Script:
    span = Source(text, text, base, line).span(0, len(text))
    return Script((Item(Opaque(text, span)),), span, (Fault(kind, text, span),))


def _missing(root: Syntax, source: Source) -> list[Fault]:
    """List the ends that are missing: of here documents, and of what the grammar closed itself."""
    length = len(source.text)
    faults = [
        Fault(FaultKind.UNTERMINATED, source.text[offset : offset + 80].partition("\n")[0], source.span(offset, length))
        for offset, document in source.documents.items()
        if not document.ended
    ]
    waiting = [root] if root.has_error else []
    while waiting:
        node = waiting.pop()
        if node.is_missing:
            kind = FaultKind.UNTERMINATED if node.type in _CLOSERS else FaultKind.SYNTAX
            faults.append(Fault(kind, node.type, source.span(node.start_byte, node.start_byte)))
        waiting.extend(child for child in node.children if child.has_error or child.is_missing)
    return faults
