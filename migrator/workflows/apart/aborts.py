"""Whether a statement may end its whole shell, and with which status: `exit`, `exec`, `set -e` (POSIX 2.8, 2.14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from migrator.shell.tree import (
    AndOr,
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Item,
    Node,
    Opaque,
    Pipeline,
    Script,
    Test,
    While,
)
from migrator.workflows.apart.source import Source

_SURE = frozenset({":", "true", "echo", "printf", "export", "readonly", "set", "umask", "unset", "declare", "typeset"})
_DEEPEST = 20


class Abort(IntEnum):
    """How a shell may be ended by a statement."""

    NEVER = 0
    FAILING = 1  # only with a status that is not 0
    ANYHOW = 2


@dataclass(frozen=True, slots=True)
class Options:
    """What `set` has switched on; `ignored` where the status decides something, so that `set -e` does nothing."""

    errexit: bool = False
    nounset: bool = False
    ignored: bool = False

    @property
    def strict(self) -> bool:
        """Say whether a failure ends the shell."""
        return self.errexit and not self.ignored


def aborts(node: Node | Script, source: Source, options: Options, depth: int = 0) -> Abort:
    """Say how a statement may end its shell."""
    if depth > _DEEPEST:
        return Abort.ANYHOW
    failing = Abort.FAILING if options.strict else Abort.NEVER
    match node:
        case Script():
            return _most(aborts(one.node, source, options, depth) for one in node.items if not one.background)
        case Command():
            return _command(node, source, options, depth)
        case AndOr():
            return _list(node, source, options, depth)
        case Pipeline(stages=(stage,), timed=False):
            return aborts(stage, source, _quiet(options) if node.negated else options, depth)
        case Pipeline():
            return Abort.NEVER if node.negated else failing
        case Group(subshell=True) | Test():
            return failing
        case Function():
            return Abort.NEVER
        case Opaque():
            return Abort.ANYHOW
        case _:
            return _most(
                aborts(body, source, options if works else _quiet(options), depth) for body, works in _bodies(node)
            )


def _quiet(options: Options) -> Options:
    return Options(options.errexit, options.nounset, ignored=True)


def _bodies(node: Group | If | While | For | Case) -> list[tuple[Script, bool]]:
    """Give the lists in a compound; False for those whose status decides."""
    match node:
        case If():
            found = [pair for asked, body in node.arms for pair in ((asked, False), (body, True))]
            return found + ([(node.otherwise, True)] if node.otherwise is not None else [])
        case While():
            return [(node.condition, False), (node.body, True)]
        case Group() | For():
            return [(node.body, True)]
        case Case():
            return [(body, True) for _, body in node.arms]


def _list(node: AndOr, source: Source, options: Options, depth: int) -> Abort:
    *former, last = (node.first, *(one for _, one in node.rest))
    found = [aborts(one, source, _quiet(options), depth) for one in former]
    bare = node.rest[-1][0] == "||" and _leaves_with_last(last)
    return _most([*found, Abort.FAILING if bare else aborts(last, source, options, depth)])


def _most(found: Iterable[Abort]) -> Abort:
    return max(found, default=Abort.NEVER)


def _command(node: Command, source: Source, options: Options, depth: int) -> Abort:
    if not node.words:
        return Abort.FAILING if options.strict and node.substitutes else Abort.NEVER
    name = node.words[0].literal
    if name == "return" and depth:
        return Abort.FAILING if options.strict else Abort.NEVER
    if name in ("exit", "return"):
        status = node.words[1].literal if len(node.words) == 2 else None
        failing = status is not None and status.isdigit() and len(status) < 6 and int(status) % 256
        return Abort.FAILING if failing else Abort.ANYHOW
    if name == "exec" and len(node.words) > 1:
        return Abort.ANYHOW
    if name in ("eval", "kill") and ("$$" in source.slice(node) or name == "eval"):
        return Abort.ANYHOW
    if name in source.functions:
        return aborts(source.functions[name].body, source, options, depth + 1) if name else Abort.NEVER
    if name in (".", "source") and source.sourced(node) is None:
        return Abort.ANYHOW
    if name in _SURE and not node.redirects and not node.substitutes:
        return Abort.NEVER
    return Abort.FAILING if options.strict else Abort.NEVER


def _leaves_with_last(node: Node) -> bool:
    """Say whether a node is `exit` with the status of what failed before it."""
    if not isinstance(node, Command) or not node.words or node.words[0].literal not in ("exit", "return"):
        return False
    return len(node.words) == 1 or [word.raw for word in node.words[1:]] in (["$?"], ['"$?"'])


def without_last_exit(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Leave out `exit` at the end of a shell's text where it says what that end says anyway."""
    while len(items) > 1 and not items[-1].background and not items[-2].background and _adds_nothing(items[-1].node):
        items = items[:-1]
    return items


def _adds_nothing(node: Node) -> bool:
    if not isinstance(node, Command) or node.redirects or node.assignments:
        return False
    return _leaves_with_last(node) and node.words[0].literal == "exit"


def diverges(node: Node | Script, source: Source) -> bool:
    """Say whether a statement always ends its shell."""
    match node:
        case Script():
            return any(not item.background and diverges(item.node, source) for item in node.items)
        case Command():
            name = node.words[0].literal if node.words else None
            return name == "exit" or (name == "exec" and len(node.words) > 1)
        case Group():
            return not node.subshell and not node.redirects and diverges(node.body, source)
        case If():
            arms = [body for _, body in node.arms]
            return node.otherwise is not None and all(diverges(body, source) for body in [*arms, node.otherwise])
        case _:
            return False


def may_end_failed(items: tuple[Item, ...], source: Source, options: Options) -> bool:
    """Say whether a list may come to its end with a status that is not 0 without ending its shell."""
    return bool(items) and not items[-1].background and _failed(items[-1].node, source, options)


def _failed(node: Node, source: Source, options: Options) -> bool:
    match node:
        case Command():
            if not node.words:
                return node.substitutes and not options.strict
            sure = node.words[0].literal in _SURE and not node.redirects and not node.substitutes
            return not sure and not options.strict
        case AndOr():
            sign, last = node.rest[-1]
            return sign == "&&" or _failed(last, source, options)
        case Pipeline():
            return node.negated or not options.strict
        case Group(subshell=False):
            return may_end_failed(node.body.items, source, options)
        case If():
            bodies = [body for _, body in node.arms] + ([node.otherwise] if node.otherwise is not None else [])
            return any(may_end_failed(body.items, source, options) for body in bodies)
        case While() | For():
            return may_end_failed(node.body.items, source, options)
        case Case():
            return any(may_end_failed(body.items, source, options) for _, body in node.arms)
        case Function():
            return False
        case _:
            return not options.strict
