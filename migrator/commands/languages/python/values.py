"""What an expression of Python may come to, beside what all languages have (`languages.abstract`)."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from migrator.commands.languages.abstract import Solid
from migrator.commands.values import Value


@dataclass(slots=True)
class Module(Solid):
    """A module: its names, its place in the tree and where it is deployed."""

    names: dict[str, object]
    path: str
    deployed: Value


@dataclass(slots=True)
class Function(Solid):
    """A function or lambda and the frame that it sees; `bound` is its `self`.

    `manner` says how a class gives it: as a `property`, `static` or with its `class`.
    """

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    outer: Frame
    bound: object | None = None
    manner: str = ""


@dataclass(slots=True)
class Class(Solid):
    """A class: its own names, its bases, the file that it stands in."""

    name: str
    names: dict[str, object]
    bases: tuple[object, ...]
    path: str = ""


@dataclass(slots=True)
class Thing:
    """An object of a class of the program."""

    kind: Class | None
    attributes: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Frame:
    """Names at a place of a module; `yielded` is what the generator here has given so far.

    `shared` are the names that it says are another place's (`global`, `nonlocal`), and that place's names.
    """

    names: dict[str, object]
    module: Module
    outer: Frame | None = None
    yielded: list[object] | None = None
    shared: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def called(self) -> Frame | None:
        """The frame of the function that runs here, None outside of all."""
        frame: Frame | None = self
        while frame is not None and frame.yielded is None:
            frame = frame.outer
        return frame

    def find(self, name: str) -> object | None:
        """Give what a name means, None where nothing here says it."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.names:
                return frame.names[name]
            frame = frame.outer
        return None


def find_method(kind: Class, name: str, depth: int = 0) -> Function | None:
    """Find a method in a class or its bases."""
    found = kind.names.get(name)
    if isinstance(found, Function):
        return found
    if depth > 8:
        return None
    return next(
        (f for base in kind.bases if isinstance(base, Class) and (f := find_method(base, name, depth + 1)) is not None),
        None,
    )
