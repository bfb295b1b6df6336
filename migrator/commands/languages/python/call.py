"""A call in a Python program, as its readers see it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from migrator.commands.languages.abstract import UNKNOWN
from migrator.commands.languages.python.values import Frame


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of a call by place and by name, its code, and the names that it sees."""

    given: list[object]
    named: dict[str, object]
    node: ast.Call
    frame: Frame

    def first(self, *names: str) -> object:
        """Give the first argument, by place or by one of its names."""
        return self.at(0, *names)

    def second(self, *names: str) -> object:
        """Give the second argument, by place or by one of its names."""
        return self.at(1, *names)

    def at(self, place: int, *names: str) -> object:
        """Give the argument at a place, else by one of its names."""
        if len(self.given) > place:
            return self.given[place]
        return next((self.named[name] for name in names if name in self.named), UNKNOWN)

    @property
    def written(self) -> str:
        """Give the called name as it is written, empty where it is more than a name."""
        return ast.unparse(self.node.func) if isinstance(self.node.func, ast.Attribute | ast.Name) else ""

    def but(self, given: list[object], named: dict[str, object] | None = None) -> Call:
        """Give the same call with other arguments."""
        return replace(self, given=given, named={} if named is None else named)


def implied(function: ast.expr | str, frame: Frame, *given: object, line: int = 1) -> Call:
    """Give a call that no line writes out: of a decorator, of `__enter__`, of what a command line starts."""
    if isinstance(function, str):
        function = ast.Name(function, ast.Load(), lineno=line, col_offset=0)
    return Call(list(given), {}, ast.copy_location(ast.Call(function, [], []), function), frame)
