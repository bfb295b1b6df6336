"""Go through a tree in source order, without recursion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from migrator.shell.tree import (
    AndOr,
    Assignment,
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Node,
    Opaque,
    Pipeline,
    Redirect,
    Script,
    Test,
    While,
    Word,
)
from migrator.shell.words import scripts_of

Piece: TypeAlias = "Node | Script | Word | Assignment | Redirect"


def walk(root: Node | Script) -> Iterator[Node]:
    """Yield every statement node below `root` (itself included), those in substitutions too, parents first."""
    waiting: list[Piece] = [root]
    while waiting:
        here = waiting.pop()
        if not isinstance(here, Script | Word | Assignment | Redirect):
            yield here
        waiting.extend(reversed(_children(here)))


def commands(root: Node | Script) -> Iterator[Command]:
    """Yield every simple command below `root`, in source order."""
    return (node for node in walk(root) if isinstance(node, Command))


def words(root: Node | Script) -> Iterator[Word]:
    """Yield every word below `root`, of assignments, redirections, loops, cases and tests too, in source order."""
    waiting: list[Piece] = [root]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Word):
            yield here
        waiting.extend(reversed(_children(here)))


def _children(here: Piece) -> list[Piece]:
    match here:
        case Script(items=items):
            return [item.node for item in items]
        case Word(parts=parts):
            return [script for part in parts for script in scripts_of(part)]
        case Assignment(value=value, elements=elements):
            return [*(elements or ())] if value is None else [value]
        case Redirect(target=target, scripts=scripts):
            return [*scripts] if target is None else [target, *scripts]
        case Command(assignments=assignments, words=own, redirects=redirects):
            return [*assignments, *own, *redirects]
        case Pipeline(stages=stages):
            return list(stages)
        case AndOr(first=first, rest=rest):
            return [first, *(node for _, node in rest)]
        case Function(body=body):
            return [body]
        case Opaque():
            return []
        case _:
            children = _compound_children(here)
            children.extend(here.redirects)
            return children


def _compound_children(here: Group | If | For | While | Case | Test) -> list[Piece]:
    match here:
        case Group(body=body):
            return [body]
        case If(arms=arms, otherwise=otherwise):
            scripts = [script for arm in arms for script in arm]
            return [*scripts] if otherwise is None else [*scripts, otherwise]
        case For(words=listed, body=body):
            return [*(listed or ()), body]
        case While(condition=condition, body=body):
            return [condition, body]
        case Case(word=word, arms=arms):
            children: list[Piece] = [word]
            for patterns, body in arms:
                children.extend((*patterns, body))
            return children
        case Test(words=own):
            return list(own)
