"""Pipelines and and-or lists, grouped by POSIX precedence from a flat row of nodes and operators."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.shell.lexing import LexError
from migrator.shell.tree import AndOr, FaultKind, Node, Pipeline, Span

Row = Sequence["Node | str"]
"""Nodes with the operators between them: `&&`, `||`, `|`, `|&`, and `!` or `time` before a node."""


def group(row: Row, start: int) -> Node:
    """Give the one node that a row makes; raise `LexError` at `start` where an operator lacks its operand."""
    operators: list[str] = []
    pipelines: list[list[Node | str]] = [[]]
    for each in row:
        if isinstance(each, str) and each in ("&&", "||"):
            operators.append(each)
            pipelines.append([])
        else:
            pipelines[-1].append(each)
    nodes = [_pipeline(each, start) for each in pipelines]
    if len(nodes) == 1:
        return nodes[0]
    return AndOr(nodes[0], tuple(zip(operators, nodes[1:], strict=True)), over(nodes[0], nodes[-1]))


def _pipeline(row: Row, start: int) -> Node:
    if len(row) == 1 and not isinstance(row[0], str):
        return row[0]
    negated = timed = False
    index = 0
    while index < len(row) and row[index] in ("!", "time", "coproc"):
        negated ^= row[index] == "!"
        timed |= row[index] == "time"
        index += 1
    stages = [each for each in row[index::2] if not isinstance(each, str)]
    pipes = [each for each in row[index + 1 :: 2] if each in ("|", "|&")]
    if not stages or len(stages) + len(pipes) != len(row) - index or len(pipes) != len(stages) - 1:
        raise LexError(FaultKind.SYNTAX, start)
    if len(stages) == 1 and not negated and not timed:
        return stages[0]
    return Pipeline(tuple(stages), over(stages[0], stages[-1]), negated, timed)


def over(first: Node, last: Node) -> Span:
    """Give the place of all from one node to another."""
    begin, end = first.span, last.span
    return Span(begin.start, end.end, begin.line, end.last_line)
