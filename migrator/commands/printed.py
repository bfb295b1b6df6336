"""What a function of the shell prints, where it only names things: `ROOT=$(project_root)`.

Its ways are gone through side by side: a test may go either way. What one of them cannot tell (a setting that is read
out of a file) is taken for what the other ways print, as a value that may be another: that is the default.
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from migrator.commands.scope import Scope
from migrator.commands.values import UNKNOWN, Value, joined, literal
from migrator.shell.tree import (
    AndOr,
    Case,
    Command,
    Function,
    Group,
    If,
    Item,
    Node,
    Pipeline,
    Redirect,
    Script,
    Test,
    Word,
)

Expand = Callable[[Word, Scope, int], Value]
Output = Callable[[Script, Scope, Expand, int], Value]

_MOST_WAYS = 12
_MOST_NODES = 400
# Of all functions of a script: ten calls in each of ten functions would be 10^10.
_MOST_IN_ALL = 4000
_NAMED = re.compile(r"[A-Za-z_]\w*=")
_DECLARES = frozenset({"local", "declare", "typeset", "export", "readonly"})
_SILENT = frozenset({":", "true", "mkdir", "shift", "set", "unset", "umask", "trap", "shopt", "sleep", "touch", "rm"})
_TESTS = frozenset({"test", "[", "[[", "false"})
_PRINTS = frozenset({"echo", "printf"})
_OPTION = re.compile(r"-[neE]+")
_ONE = re.compile(r"%s(?:\\n)?\Z")


class _Unclear(Exception):  # noqa: N818  a way out, not a fault
    """What is printed cannot be told."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way through the function: what it has printed, whether it has ended, and whether its last command failed."""

    scope: Scope
    said: tuple[Value, ...] = ()
    ended: bool = False
    failed: bool = False


def printed(node: Node, scope: Scope, expand: Expand, depth: int, output: Output) -> Value | None:
    """Give what a call of a function prints, None where the command calls none or nothing can be told."""
    name = node.words[0].literal if isinstance(node, Command) and node.words else None
    if name is None or name not in scope.functions or not isinstance(node, Command):
        return None
    try:
        ways = _Reader(expand, depth, output).called(name, node, _Way(scope.fork()))
    except _Unclear:
        return None
    return _one_of([joined(list(way.said)) for way in ways if way.said])


def _one_of(values: list[Value]) -> Value | None:
    known = list(dict.fromkeys(value.text for value in values if value.text != UNKNOWN))
    if len(known) != 1:
        return None
    found = next(value for value in values if value.text == known[0])
    return found if len(values) == sum(value.text == known[0] for value in values) else found.uncertain()


@dataclass(frozen=True, slots=True)
class _Reader:
    expand: Expand
    depth: int
    output: Output
    seen: list[Node] = field(default_factory=list)

    def called(self, name: str, node: Command, way: _Way) -> list[_Way]:
        """Go through a function's body with the words of its call."""
        body, scope = way.scope.functions[name], way.scope
        if name in scope.active or len(scope.active) >= _MOST_WAYS:
            raise _Unclear
        values = [self.expand(word, scope, self.depth) for word in node.words[1:]]
        inner = scope.fork()
        inner.arguments, inner.active = tuple(values), (*scope.active, name)
        inner.source = scope.function_sources.get(name, scope.source)
        inner.zero = _file_of(scope, inner)
        ends = self._node(body.body, _Way(inner, way.said))
        return [_Way(scope, end.said) for end in ends]

    def _script(self, script: Script, ways: list[_Way]) -> list[_Way]:
        for item in script.items:
            begun = [way if way.ended else replace(way, failed=False) for way in ways]
            ways = [end for way in begun for end in ([way] if way.ended else self._node(item.node, way))]
            if item.background or len(ways) > _MOST_WAYS:
                raise _Unclear
        return ways

    def _node(self, node: Node, way: _Way) -> list[_Way]:
        self.seen.append(node)
        way.scope.asked[0] += 1
        if len(self.seen) > _MOST_NODES or way.scope.asked[0] > _MOST_IN_ALL:
            raise _Unclear
        match node:
            case Command():
                return self._command(node, way)
            case AndOr():
                return self._list(node, way)
            case If(redirects=()):
                return self._choice(node, way)
            case Case(redirects=()):
                return self._case(node, way)
            case Group(subshell=False, redirects=()):
                return self._script(node.body, [way])
            case Test():
                return _either(way)
            case Pipeline():
                last = node.stages[-1]
                return _either(way) if isinstance(last, Command) and _is_quiet(last) else [self._says(node, way)]
            case Function():
                way.scope.functions[node.name] = node
                return [way]
            case _:
                raise _Unclear

    def _list(self, node: AndOr, way: _Way) -> list[_Way]:
        ways = self._node(node.first, way)
        for operator, part in node.rest:
            waiting = [(end, end.ended or end.failed is (operator == "&&")) for end in ways]
            ways = [found for end, passed in waiting for found in ([end] if passed else self._node(part, end))]
        return ways

    def _choice(self, node: If, way: _Way) -> list[_Way]:
        open_ways, found = [way], list[_Way]()
        for condition, body in node.arms:
            asked = [end for each in open_ways for end in self._script(condition, [_forked(each)])]
            found += self._script(body, [end for end in asked if not end.failed])
            open_ways = [end for end in asked if end.failed]
        found += self._script(node.otherwise, open_ways) if node.otherwise is not None else open_ways
        return [replace(end, failed=False) for end in found]

    def _case(self, node: Case, way: _Way) -> list[_Way]:
        asked = self.expand(node.word, way.scope, self.depth)
        found, closed = list[_Way](), False
        for words, body in node.arms:
            patterns = [self.expand(word, way.scope, self.depth) for word in words]
            if asked.exact and not any(fnmatch.fnmatchcase(asked.text, pattern.text) for pattern in patterns):
                continue
            found += self._script(body, [_forked(way)])
            told = [word.literal for word in words if word.literal is not None]
            closed = any(text == "*" or (asked.exact and fnmatch.fnmatchcase(asked.text, text)) for text in told)
            if closed:
                break
        return found if closed else [*found, way]

    def _command(self, node: Command, way: _Way) -> list[_Way]:
        for given in node.assignments if not node.words else ():
            if given.value is None or given.append or given.elements is not None:
                raise _Unclear
            way.scope.set(given.name, self.expand(given.value, way.scope, self.depth))
        if not node.words:
            return [way]
        name = node.words[0].literal
        if name in _DECLARES:
            return [self._declared(node, way)]
        if name in ("return", "exit"):
            return [replace(way, ended=True)]
        if name in _TESTS or (name is not None and _is_quiet(node)):
            return _either(way)
        if name in _SILENT:
            return [way]
        if name in ("cd", "pushd"):
            raise _Unclear
        if name is not None and name in way.scope.functions:
            return self.called(name, node, way)
        return [self._says(node, way)]

    def _declared(self, node: Command, way: _Way) -> _Way:
        for word in node.words[1:]:
            value = self.expand(word, way.scope, self.depth)
            if _NAMED.match(value.text):
                name, _, text = value.text.partition("=")
                way.scope.set(name, value.but(text, value.written.partition("=")[2]))
        return way

    def _says(self, node: Node, way: _Way) -> _Way:
        """Add what a command prints; a second line is no name any more."""
        if way.said:
            raise _Unclear
        if isinstance(node, Command) and node.words[0].literal in _PRINTS:
            return replace(way, said=(self._echoed(node, way.scope),))
        script = Script((Item(node),), node.span)
        return replace(way, said=(self.output(script, way.scope, self.expand, self.depth),))

    def _echoed(self, node: Command, scope: Scope) -> Value:
        values = [self.expand(word, scope, self.depth) for word in node.words]
        plain = [value for value in values[1:] if not _OPTION.fullmatch(value.text)]
        if values[0].text == "printf":
            if len(plain) == 2 and _ONE.match(plain[0].text):
                return plain[1]
            if len(plain) != 1 or "%" in plain[0].text or "\\" in plain[0].text:
                raise _Unclear
        if not plain:
            return literal("")
        return joined([piece for n, value in enumerate(plain) for piece in ((literal(" "), value) if n else (value,))])


def _forked(way: _Way) -> _Way:
    return replace(way, scope=way.scope.fork(), failed=False)


def _either(way: _Way) -> list[_Way]:
    return [_forked(way), replace(_forked(way), failed=True)]


def _is_quiet(node: Command) -> bool:
    """Say whether what a command prints goes elsewhere, so that only its end counts: `>/dev/null`, `>&2`, `grep -q`."""
    if any(_takes_output(redirect) for redirect in node.redirects):
        return True
    words = [word.literal or "" for word in node.words]
    return (
        words[:1] != []
        and words[0] in ("grep", "egrep")
        and any(re.fullmatch(r"-\w*q\w*|--quiet", word) for word in words[1:])
    )


def _takes_output(redirect: Redirect) -> bool:
    return redirect.operator[:1] in (">", "&") and redirect.descriptor in (None, 1)


def _file_of(outer: Scope, inner: Scope) -> Value:
    """Give the name of the file that a function stands in, which `BASH_SOURCE` says."""
    one, other = outer.source.path, inner.source.path
    if one == other or one is None or other is None:
        return outer.zero
    way = posixpath.relpath(posixpath.dirname(other) or ".", posixpath.dirname(one) or ".")
    place = posixpath.normpath(posixpath.join(posixpath.dirname(outer.zero.text), way, posixpath.basename(other)))
    return outer.zero.but(place) if outer.zero.exact else outer.zero
