"""Lists of simple commands straight from their tokens: no grammar is needed where no keyword and no parenthesis stands.

This repairs what tree-sitter calls an error and a shell does not, such as `{{ run }} x` or `. {file} && y`.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from migrator.shell.lexing import LexError, Token, TokenKind, tokens
from migrator.shell.lists import group
from migrator.shell.masking import HereDocument
from migrator.shell.simple import simple_command
from migrator.shell.tree import Item, Node
from migrator.shell.words import WordReader

_JOINING = frozenset(["&&", "||", "|", "|&"])
_ENDING = frozenset([";", "&", "\n"])
_RESERVED_WORDS = """! case coproc do done elif else esac fi for function if in select then time until while { } [["""
_RESERVED = frozenset(_RESERVED_WORDS.split())


def flat_items(
    reader: WordReader, documents: Mapping[int, HereDocument], start: int, end: int
) -> tuple[Item, ...] | None:
    """Give the statements between two offsets, or None where they need more than this grammar (or are wrong)."""
    try:
        found = tokens(reader.source.bare, start, end)
    except LexError:
        return None
    statements = _statements(found)
    if statements is None:
        return None
    try:
        return tuple(
            Item(group([_piece(reader, documents, piece) for piece in row], row[0][0].start), ending == "&")
            for row, ending in statements
        )
    except LexError:
        return None


def _piece(reader: WordReader, documents: Mapping[int, HereDocument], piece: list[Token]) -> Node | str:
    if piece[0].kind is TokenKind.OPERATOR:
        return piece[0].text
    return simple_command(reader, documents, piece)


def _statements(found: list[Token]) -> list[tuple[list[list[Token]], str]] | None:
    """Split tokens into statements of commands and joining operators, each with what ended it; None if that fails."""
    statements: list[tuple[list[list[Token]], str]] = []
    row: list[list[Token]] = []
    for separates, run in groupby(found, key=lambda token: token.kind in (TokenKind.OPERATOR, TokenKind.NEWLINE)):
        if not separates:
            piece = list(run)
            if piece[0].text in _RESERVED or not _complete(piece):
                return None
            row.append(piece)
            continue
        for token in run:
            if token.text in _JOINING and row and row[-1][0].kind is not TokenKind.OPERATOR:
                row.append([token])
            elif token.text == "\n" and (not row or row[-1][0].kind is TokenKind.OPERATOR):
                continue
            elif token.text in _ENDING and row and row[-1][0].kind is not TokenKind.OPERATOR:
                statements.append((row, token.text))
                row = []
            else:
                return None
    if row:
        if row[-1][0].kind is TokenKind.OPERATOR:
            return None
        statements.append((row, ""))
    return statements


def _complete(piece: list[Token]) -> bool:
    """Tell whether every redirection in a command has its target."""
    kinds = [token.kind for token in piece]
    return all(
        kind is not TokenKind.REDIRECT or following is TokenKind.WORD
        for kind, following in zip(kinds, [*kinds[1:], None], strict=True)
    )
