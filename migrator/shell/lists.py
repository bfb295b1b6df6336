"""Pipelines and and-or lists, grouped by POSIX precedence from a flat row of nodes and operators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from migrator.shell.lexing import LexError
from migrator.shell.tree import AndOr, Command, FaultKind, Node, Pipeline, Span

Row = Sequence["Node | str"]
"""Nodes with the operators between them: `&&`, `||`, `|`, `|&`, and `!` or `time` before a node."""


def group(row: Row, start: int) -> Node:
    """Give the one node that a row makes; raise `LexError` at `start` where an operator lacks its operand."""
    operators: list[str] = []
    pipelines: list[list[Node | str]] = [[]]
    for each in row:
        if each in ("&&", "||"):
            assert isinstance(each, str)
            operators.append(each)
            pipelines.append([])
        else:
            pipelines[-1].append(each)
    first, *rest = [_pipeline(each, start) for each in pipelines]
    if not rest:
        return first
    return AndOr(first, tuple(zip(operators, rest, strict=True)), _over(first, rest[-1]))


def _pipeline(row: Row, start: int) -> Node:
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
    stages[0], said_time, said_not = _without_keywords(stages[0])
    negated ^= said_not
    timed |= said_time
    if len(stages) == 1 and not negated and not timed:
        return stages[0]
    return Pipeline(tuple(stages), _over(stages[0], stages[-1]), negated, timed)


def _without_keywords(node: Node) -> tuple[Node, bool, bool]:
    """Take `time`, `time -p` and `!` off a command: the grammar leaves them as its first words.

    `time -f …` is the program of that name, not the keyword.
    """
    if not isinstance(node, Command) or node.assignments:
        return node, False, False
    words = list(node.words)
    timed = negated = False
    while len(words) > 1 and words[0].raw in ("time", "!"):
        if words[0].raw == "!":
            negated = not negated
        elif words[1].raw == "-p" and len(words) > 2:
            timed = True
            del words[1]
        elif words[1].raw.startswith("-"):
            break
        else:
            timed = True
        del words[0]
    if not timed and not negated:
        return node, False, False
    first = words[0].span
    return replace(node, words=tuple(words), span=_to(first, node.span)), timed, negated


def _over(first: Node, last: Node) -> Span:
    return _to(first.span, last.span)


def _to(first: Span, last: Span) -> Span:
    return Span(first.start, max(last.end, first.end), first.line, max(last.last_line, first.last_line))
