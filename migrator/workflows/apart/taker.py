"""What the readers of single constructs need of the one who takes a command apart."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from migrator.shell.tree import Item, Node
from migrator.workflows.apart.pieces import State
from migrator.workflows.apart.source import Source
from migrator.workflows.flow import AndOr, Choice, Each, Flow, InOrder, Run, Sign


class Refusal(Exception):  # noqa: N818 - it is an answer, no error
    """Why a construct stays one piece."""


class Taking(Protocol):
    """Makes pieces and the flow over them."""

    def script(self, items: Sequence[Item], source: Source, state: State, *, go: bool = False) -> Flow:
        """Take a list apart; raise Refusal where that cannot be done."""
        ...

    def one(self, node: Node, source: Source, state: State, *, go: bool) -> Flow:
        """Take a node apart where it holds several units and can be, else give its piece."""
        ...

    def piece(
        self, nodes: tuple[Node, ...], source: Source, state: State, *, go: bool = False, text: str = "", why: str = ""
    ) -> Flow:
        """Make a piece of some statements, with a text of its own where one is given."""
        ...

    def branch(self, label: str) -> AbstractContextManager[None]:
        """Make pieces that lie in a branch; no label, no branch."""
        ...

    def decision(self) -> int:
        """Give the next decision its number."""
        ...


def in_order(first: Flow, then: Flow) -> Flow:
    """Run one after the other, whatever the first gives."""
    parts = then.parts if isinstance(then, InOrder) else (then,)
    return InOrder((first, *parts))


def both(first: Flow, then: Flow) -> Flow:
    """Run the second where the first succeeds."""
    if isinstance(then, AndOr) and all(sign is Sign.AND for sign, _ in then.rest):
        return AndOr(first, ((Sign.AND, then.first), *then.rest))
    return AndOr(first, ((Sign.AND, then),))


def fails_alike(flow: Flow) -> bool:
    """Say whether a flow ends with the status with which all of its tasks end, where that is a failure."""
    match flow:
        case Run() | AndOr() | InOrder():
            parts = _parts(flow)
            return all(fails_alike(part) for part in parts)
        case Choice(_, _, otherwise):
            return otherwise is not None and fails_alike(otherwise)
        case Each(_, _, body):
            return fails_alike(body)
        case _:
            return False


def _parts(flow: Run | AndOr | InOrder) -> tuple[Flow, ...]:
    match flow:
        case AndOr(first, rest):
            return (first, *(part for _, part in rest))
        case InOrder(parts):
            return parts[-1:]
        case Run():
            return ()
