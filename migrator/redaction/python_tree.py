"""Find the secrets of a Python program where its names say so: `password = ("x")`, `["mysql", "-px"]`, a default.

The searches by line see one spelling of an assignment; the tree sees all of them. Numbers are left alone.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache

from migrator.redaction.finds import Finds
from migrator.redaction.marks import Cut, Kind
from migrator.redaction.names import is_harmless, kind_of_name

Search = Callable[[str], Finds]
_TOLD = 2  # `getenv("PASSWORD", "x")`: the name, and what stands for it where nothing is set


def search_tree(text: str, search: Search) -> list[Cut]:
    """Give the cuts that the tree tells, each over whole strings; none where the text is no Python 3.

    `search` finds the secrets of a command's words, joined by blanks.
    """
    tree = parsed(text)
    if tree is None:
        return []
    lines = text.encode("utf-8", "surrogatepass").split(b"\n")
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def place(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1][:column].decode("utf-8", "surrogatepass"))

    return [
        Cut(place(node.lineno, node.col_offset), place(node.end_lineno or 0, node.end_col_offset or 0), kind)
        for node, kind in _secrets(tree, search)
    ]


# A program is asked about twice: for its secrets, and for where they may stand.
@lru_cache(maxsize=1)
def parsed(text: str) -> ast.Module | None:
    """Give the tree of a program, None where the text is no Python 3."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _secrets(tree: ast.AST, search: Search) -> Iterator[tuple[ast.expr, Kind]]:
    for node in ast.walk(tree):
        for name, value in _named(node):
            kind = kind_of_name(name)
            if kind is not None:
                yield from ((each, kind) for each in _texts(value) if not is_harmless(_plain(each)))
        if isinstance(node, ast.List | ast.Tuple):
            yield from _of_words(node.elts, search)


def _named(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Pair a name with the value that it gets."""
    match node:
        case ast.Assign():
            for target in node.targets:
                yield _name(target), node.value
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    yield from ((_name(each), value) for each, value in zip(target.elts, node.value.elts, strict=False))
        case ast.AnnAssign(value=ast.expr() as value) | ast.NamedExpr(value=value):
            yield _name(node.target), value
        case ast.keyword(arg=str() as name):
            yield name, node.value
        case ast.Dict():
            yield from ((_plain(key), value) for key, value in zip(node.keys, node.values, strict=True) if key)
        case ast.arguments():
            plain = [*node.posonlyargs, *node.args]
            yield from ((arg.arg, value) for arg, value in zip(reversed(plain), reversed(node.defaults), strict=False))
            yield from ((arg.arg, value) for arg, value in zip(node.kwonlyargs, node.kw_defaults, strict=True) if value)
        case ast.Call():
            first = _plain(node.args[0]) if node.args else ""
            if len(node.args) == _TOLD:
                yield first, node.args[1]
            names = [_plain(each) for each in node.args]
            secret = next((name for name in names if name.startswith("-") and kind_of_name(name)), None)
            yield from ((secret, each.value) for each in node.keywords if secret and each.arg in ("default", "const"))
        case _:
            return


def _name(target: ast.expr) -> str:
    match target:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=ast.Constant(value=str() as name)):
            return name
        case _:
            return ""


def _texts(value: ast.expr) -> list[ast.expr]:
    """Give the strings of a value: one, or those of a sum, a choice or a call's `or`."""
    match value:
        case ast.Constant(value=str() | bytes()):
            return [value]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [*_texts(left), *_texts(right)]
        case ast.BoolOp(values=values):
            return [each for one in values for each in _texts(one)]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_texts(body), *_texts(orelse)]
        case _:
            return []


def _plain(node: ast.expr) -> str:
    value = node.value if isinstance(node, ast.Constant) else ""
    return value.decode("latin-1") if isinstance(value, bytes) else value if isinstance(value, str) else ""


def _of_words(items: list[ast.expr], search: Search) -> Iterator[tuple[ast.expr, Kind]]:
    """Read a list of words as a command, as `subprocess.run` does."""
    words = [_plain(item) for item in items]
    if not any(word.startswith("-") for word in words) or any(
        set(word) & set(" \t\n'\"\\$`;|&<>()#") for word in words
    ):
        return
    shown = [word or "_" for word in words]
    ends: list[int] = []
    for word in shown:
        ends.append((ends[-1] + 1 if ends else 0) + len(word))
    for cut in search(" ".join(shown)).cuts:
        for item, word, end in zip(items, words, ends, strict=True):
            if word and cut.start < end and end - len(word) < cut.end:
                yield item, cut.kind
