"""The tree of a program, one for Perl, PHP, Ruby, JavaScript and R: what matters of them is alike.

What a language has and this tree has not (declarations of types, formats of output) comes out as `Opaque`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opaque:
    """An expression of which nothing is known."""

    line: int = 0


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, truth value or nothing."""

    value: float | int | bool | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class String:
    """A string: its fixed parts and the expressions between them."""

    parts: tuple[object, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression."""

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """A command in backticks."""

    parts: tuple[object, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, constant or function by name; Perl and PHP keep the sign before it."""

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Declared:
    """A variable that is declared here: it belongs to the block, not to what is around it."""

    target: object
    line: int = 0


@dataclass(frozen=True, slots=True)
class Index:
    """An element of a list or dictionary."""

    target: object
    key: object
    line: int = 0


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property or constant of something: `a.b`, `$a->b`, `A::B`."""

    target: object
    name: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument; `name` where it is given by name."""

    value: object
    name: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function, or of a method where `function` is an `Attribute`. `block` is a block given with it."""

    function: object
    arguments: tuple[Argument, ...]
    line: int = 0
    block: Function | None = None


@dataclass(frozen=True, slots=True)
class New:
    """An object made of a class: `new A(…)`."""

    kind: object
    arguments: tuple[Argument, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its default."""

    name: str
    default: object | None = None
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function, named or not. `closure` says that it sees the names around it."""

    name: str
    parameters: tuple[Parameter, ...]
    body: tuple[object, ...]
    line: int = 0
    closure: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, array or tuple; `loose` in parentheses, where a language flattens it."""

    items: tuple[object, ...]
    line: int = 0
    loose: bool = False


def alone(node: object) -> object:
    """Give what stands by itself in parentheses: `("a" . $b)` is no list where one value is wanted."""
    return node.items[0] if isinstance(node, Listing) and node.loose and len(node.items) == 1 else node


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dictionary. A pair without a key takes another dictionary's in."""

    pairs: tuple[tuple[object | None, object], ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands with operators of one rank between them, however many."""

    operands: tuple[object, ...]
    operators: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Unary:
    """An operator before its operand."""

    operator: str
    operand: object
    line: int = 0


@dataclass(frozen=True, slots=True)
class Choose:
    """`test ? one : other`."""

    test: object
    one: object
    other: object
    line: int = 0


@dataclass(frozen=True, slots=True)
class Assign:
    """`target = value`, with the operator as written."""

    target: object
    operator: str
    value: object
    line: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """Statements in order."""

    body: tuple[object, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class If:
    """Ways of which one is taken: each test with its statements, and the last way."""

    arms: tuple[tuple[object, tuple[object, ...]], ...]
    otherwise: tuple[object, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Each:
    """A loop over the elements of something; `key` where keys are taken too."""

    target: object | None
    over: object
    body: tuple[object, ...]
    line: int = 0
    key: object | None = None


@dataclass(frozen=True, slots=True)
class While:
    """A loop with a condition; `before` runs once, `step` after each turn."""

    test: object
    body: tuple[object, ...]
    line: int = 0
    until: bool = False
    before: tuple[object, ...] = ()
    step: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Try:
    """Statements that may fail, their handlers, and what is done in any case."""

    body: tuple[object, ...]
    handlers: tuple[tuple[object, ...], ...] = ()
    finally_: tuple[object, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Return:
    """The end of a function."""

    value: object | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Leave:
    """The end of a turn or of a loop."""

    line: int = 0


@dataclass(frozen=True, slots=True)
class Class:
    """A class or module with its body."""

    name: str
    bases: tuple[object, ...]
    body: tuple[object, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Package:
    """What follows belongs to a package; `body` where it stands in braces."""

    name: str
    body: tuple[object, ...] | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Import:
    """`import a, {b as c} from 'd'`: names here and there; `*` the whole."""

    path: object
    names: tuple[tuple[str, str], ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Export:
    """Names that a module gives away: the name, and what it is."""

    value: object
    name: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    """A whole text."""

    body: tuple[object, ...]
