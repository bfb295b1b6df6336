"""Names that a loop picks out of a listing: `if not name.endswith(".csv"): continue`, `[n for n in … if …]`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from migrator.commands import wildcards
from migrator.commands.languages.picks import ALL, MOST, Picks, both, either
from migrator.commands.languages.python.abstract import Seq, Text, Tool, options

Evaluated = Callable[[ast.expr], object]
_MATCHES = frozenset({"match", "search", "fullmatch"})
_SAME_NAME = frozenset({"str", "basename", "lower", "upper", "casefold", "strip", "decode"})
_ONLY_NAMES = _SAME_NAME | _MATCHES | {"join", "splitext", "split", "Path", "abspath", "rsplit", "partition", "dirname"}


def picked(target: ast.expr, body: Sequence[ast.stmt], evaluated: Evaluated) -> Picks:
    """Give the names for which a loop's body does anything; of `os.walk` those of the inner loop over its files."""
    found = ALL
    inner = body[0] if body else None
    if isinstance(target, ast.Tuple) and isinstance(inner, ast.For) and isinstance(inner.iter, ast.Name):
        files = target.elts[-1]
        of_files = len(body) == 1 and isinstance(files, ast.Name) and files.id == inner.iter.id
        return picked(inner.target, inner.body, evaluated) if of_files else ALL
    loop = _Loop(target.id, evaluated) if isinstance(target, ast.Name) else None
    for place, statement in enumerate(body[:20] if loop else ()):
        assert loop is not None
        if isinstance(statement, ast.If) and not statement.orelse:
            leaves = isinstance(statement.body[-1], ast.Continue)
            if leaves or place == len(body) - 1:
                found = both([found, loop.told(statement.test, holds=not leaves)])
            if not leaves:
                break
        elif not isinstance(statement, ast.Assign) or not loop.takes(statement):
            break
    return found


def tested(target: ast.expr, tests: Sequence[ast.expr], evaluated: Evaluated) -> Picks:
    """Give the names that all tests let through."""
    if not isinstance(target, ast.Name):
        return ALL
    loop = _Loop(target.id, evaluated)
    return both([loop.told(test, holds=True) for test in tests])


@dataclass(slots=True)
class _Loop:
    """A loop's name, what gives the values of expressions, and what stands for a match: `m = pattern.match(name)`."""

    name: str
    evaluated: Evaluated
    matches: dict[str, ast.expr] = field(default_factory=dict)

    def takes(self, statement: ast.Assign) -> bool:
        """Say whether an assignment only puts names together: that is no use of the file."""
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and _verb(node) not in _ONLY_NAMES:
                return False
        target, value = statement.targets[0], statement.value
        if isinstance(target, ast.Name) and isinstance(value, ast.Call) and _verb(value) in _MATCHES:
            self.matches[target.id] = value
        return True

    def told(self, test: ast.expr, *, holds: bool) -> Picks:
        """Give what a test that holds, or does not, tells of the name."""
        if isinstance(test, ast.NamedExpr):
            test = test.value
        if isinstance(test, ast.Name):
            test = self.matches.get(test.id, test)
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.told(test.operand, holds=not holds)
        if isinstance(test, ast.BoolOp):
            told = [self.told(each, holds=holds) for each in test.values]
            return both(told) if isinstance(test.op, ast.And) is holds else either(told)
        if isinstance(test, ast.Compare):
            return self._compared(test, holds=holds)
        return self._asked(test) if holds and isinstance(test, ast.Call) else ALL

    def _asked(self, test: ast.Call) -> Picks:
        """Read `name.endswith(…)`, `re.match(…, name)`, `pattern.match(name)`, `fnmatch(name, …)`."""
        verb, given = _verb(test), test.args
        owner = test.func.value if isinstance(test.func, ast.Attribute) else None
        if verb in ("endswith", "startswith") and owner is not None and self._is(owner) and given:
            return tuple(f"*{text}" if verb == "endswith" else f"{text}*" for text in self._texts(given[0])) or ALL
        if verb in ("fnmatch", "fnmatchcase") and len(given) == 2 and self._is(given[0]):
            return self._texts(given[1]) or ALL
        if verb not in _MATCHES or owner is None or not given or not self._is(given[-1]):
            return ALL
        texts = self._texts(given[0] if len(given) > 1 else owner)
        start, end = verb != "search", verb == "fullmatch"
        return either([(wildcards.of_pattern(text, from_start=start, to_end=end),) for text in texts])

    def _compared(self, test: ast.Compare, *, holds: bool) -> Picks:
        """Read `splitext(name)[1] == ".csv"`, `path.suffix in (…)`, `name[-4:] == ".csv"`, `"x" in name`."""
        operator, left, right = test.ops[0], test.left, test.comparators[0]
        if len(test.ops) != 1 or not isinstance(operator, (ast.Eq, ast.In) if holds else (ast.NotEq, ast.NotIn)):
            return ALL
        if isinstance(operator, ast.In | ast.NotIn) and self._is(right):
            return tuple(f"*{text}*" for text in self._texts(left)) or ALL
        if self._is(left):
            return self._texts(right) or ALL
        return tuple(f"*{text}" for text in self._texts(right)) or ALL if self._is_end(left) else ALL

    def _is(self, node: ast.expr) -> bool:
        """Say whether an expression is the loop's name: itself, its last part, in small letters."""
        while not isinstance(node, ast.Name):
            if isinstance(node, ast.Attribute) and node.attr == "name":
                node = node.value
            elif isinstance(node, ast.Call) and _verb(node) in _SAME_NAME and len(node.args) < 2:
                inner = node.args[0] if node.args else getattr(node.func, "value", None)
                if inner is None:
                    return False
                node = inner
            else:
                return False
        return node.id == self.name

    def _is_end(self, node: ast.expr) -> bool:
        """Say whether an expression is the end of the loop's name: its suffix."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
            return _verb(node) in _SAME_NAME and self._is_end(node.func.value)
        if isinstance(node, ast.Attribute):
            return node.attr == "suffix" and self._is(node.value)
        if not isinstance(node, ast.Subscript):
            return False
        if isinstance(node.slice, ast.Slice):
            return node.slice.upper is None and isinstance(node.slice.lower, ast.UnaryOp) and self._is(node.value)
        call = node.value
        return (
            isinstance(call, ast.Call) and _verb(call) == "splitext" and len(call.args) == 1 and self._is(call.args[0])
        )

    def _texts(self, node: ast.expr) -> Picks:
        """Give the texts, or the patterns, that an expression is one of; nothing where that is not known."""
        found: list[str] = []
        for option in options(self.evaluated(node)):
            items = option.items if isinstance(option, Seq) and not option.open else [option]
            for item in items:
                known = item.data.get("pattern") if isinstance(item, Tool) and item.kind == "pattern" else item
                if not isinstance(known, Text) or not known.value.exact or not known.value.text:
                    return ()
                found.append(known.value.text)
        return tuple(dict.fromkeys(found)) if len(found) <= MOST else ()


def _verb(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
