"""Lists of simple commands, straight from their tokens: what nearly every line of a crontab is.

Nothing nests here, so the grammar is not asked. Whatever else stands in a text (a reserved word, a parenthesis, a line
break, an operator without its operand) is left to the grammar; both readings of a plain list are equal.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrator.shell.lexing import LexError, Token, TokenKind
from migrator.shell.lists import joined
from migrator.shell.simple import simple_command
from migrator.shell.skeleton import RESERVED
from migrator.shell.tree import Item, Node, Pipeline, Span
from migrator.shell.words import WordReader

_ENDS = frozenset([";", "&"])
_PIPES = frozenset(["|", "|&"])
_JOINTS = frozenset(["&&", "||"])
_OPERATORS = _ENDS | _PIPES | _JOINTS
_WORD, _OPERATOR = TokenKind.WORD, TokenKind.OPERATOR


def plain_items(reader: WordReader, found: Sequence[Token]) -> tuple[Item, ...] | None:
    """Give the statements of a text that is one line of simple commands, None for any other."""
    if not _is_plain(found):
        return None
    items: list[Item] = []
    nodes: list[Node] = []
    joints: list[str] = []
    stages: list[Node] = []
    begin = 0
    try:
        for index, token in enumerate(found):
            if token.kind is not _OPERATOR:
                continue
            stages.append(simple_command(reader, found[begin:index]))
            begin = index + 1
            if token.text in _PIPES:
                continue
            nodes.append(_pipeline(stages))
            stages = []
            if token.text in _JOINTS:
                joints.append(token.text)
                continue
            items.append(Item(joined(nodes, joints), token.text == "&"))
            nodes, joints = [], []
        if begin < len(found):
            stages.append(simple_command(reader, found[begin:]))
            nodes.append(_pipeline(stages))
            items.append(Item(joined(nodes, joints)))
    except LexError:
        return None
    return tuple(items)


def _is_plain(found: Sequence[Token]) -> bool:
    """Say whether there are only simple commands, every operator between two of them; a last `;` or `&` may stand."""
    begins = True
    for kind, _, _, text in found:
        if kind is _WORD:
            if begins and text in RESERVED:
                return False
            begins = False
        elif kind is _OPERATOR:
            if begins or text not in _OPERATORS:
                return False
            begins = True
        elif kind is TokenKind.NEWLINE:
            return False
        else:
            begins = False
    return not begins or (bool(found) and found[-1].text in _ENDS)


def _pipeline(stages: list[Node]) -> Node:
    if len(stages) == 1:
        return stages[0]
    first, last = stages[0].span, stages[-1].span
    return Pipeline(tuple(stages), Span(first.start, last.end, first.line, last.last_line))
