"""Names that a loop picks out of a listing: `if not name.endswith(".csv"): continue`, `[n for n in … if …]`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from migrator.commands import wildcards
from migrator.commands.languages.picks import ALL, Picks, both, either, fitting, kept, texts

Evaluated = Callable[[ast.expr], object]
_MATCHES = frozenset({"match", "search", "fullmatch"})
_SAME_NAME = frozenset({"str", "basename", "lower", "upper", "casefold", "strip", "decode"})
_ONLY_NAMES = _SAME_NAME | _MATCHES | {"join", "splitext", "split", "Path", "abspath", "rsplit", "partition", "dirname"}
_LOOKS = """
    endswith startswith fnmatch fnmatchcase isfile isdir is_file is_dir exists islink is_symlink len isdigit getsize
    stat getmtime group int
    """
_ASKS = _ONLY_NAMES | frozenset(_LOOKS.split())
_TELLS = frozenset({"print", "debug", "info", "warning", "warn", "error", "write"})


def picked(target: ast.expr, body: Sequence[ast.stmt], evaluated: Evaluated, *, whole: bool) -> Picks:
    """Give the names for which a loop's body does anything; of `os.walk` those of the inner loop over its files.

    `whole` says that the loop goes over paths rather than names.
    """
    inner = body[0] if body else None
    if isinstance(target, ast.Tuple) and isinstance(inner, ast.For) and isinstance(inner.iter, ast.Name):
        files = target.elts[-1]
        of_files = len(body) == 1 and isinstance(files, ast.Name) and files.id == inner.iter.id
        return picked(inner.target, inner.body, evaluated, whole=False) if of_files else ALL
    return _Loop(target.id, evaluated, whole).picked(body) if isinstance(target, ast.Name) else ALL


def tested(target: ast.expr, tests: Sequence[ast.expr], evaluated: Evaluated, *, whole: bool) -> Picks:
    """Give the names that all tests let through."""
    if not isinstance(target, ast.Name):
        return ALL
    loop = _Loop(target.id, evaluated, whole)
    return both([loop.told(test, holds=True) for test in takewhile(_only_asks, tests)])


@dataclass(slots=True)
class _Loop:
    """A loop's name, what gives the values of expressions, and what stands for a match: `m = pattern.match(name)`."""

    name: str
    evaluated: Evaluated
    whole: bool
    matches: dict[str, ast.expr] = field(default_factory=dict)

    def picked(self, body: Sequence[ast.stmt]) -> Picks:
        """Go through the tests that a body begins with; whatever else it does ends them."""
        found = ALL
        for place, statement in enumerate(body[:20]):
            if isinstance(statement, ast.If) and not statement.orelse:
                leaves = _only_leaves(statement.body)
                told = ALL
                if leaves or place == len(body) - 1:
                    told = self.told(statement.test, holds=not leaves)
                    found = both([found, told])
                if not leaves or (told == ALL and not _only_asks(statement.test)):
                    break
            elif not isinstance(statement, ast.Assign) or not self.takes(statement):
                break
        return found

    def takes(self, statement: ast.Assign) -> bool:
        """Say whether an assignment only puts other names together: that is no use of the file."""
        target, value = statement.targets[0], statement.value
        if not _only_asks(value) or any(self._is_name(each) for each in ast.walk(target)):
            return False
        if isinstance(target, ast.Name) and isinstance(value, ast.Call) and _verb(value) in _MATCHES:
            self.matches[target.id] = value
        return True

    def _is_name(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id == self.name

    def told(self, test: ast.expr, *, holds: bool) -> Picks:
        """Give what a test that holds, or does not, tells of the name."""
        if isinstance(test, ast.NamedExpr):
            test = test.value
        if isinstance(test, ast.Name):
            test = self.matches.get(test.id, test)
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.told(test.operand, holds=not holds)
        if isinstance(test, ast.BoolOp):
            every = isinstance(test.op, ast.And) is holds
            # What follows a call that may use the file comes too late.
            asked = list(takewhile(_only_asks, test.values))
            told = [self.told(each, holds=holds) for each in asked]
            return both(told) if every else either(told) if len(asked) == len(test.values) else ALL
        if isinstance(test, ast.Compare):
            return self._compared(test, holds=holds)
        return self._asked(test) if holds and isinstance(test, ast.Call) else ALL

    def _asked(self, test: ast.Call) -> Picks:
        """Read `name.endswith(…)`, `re.match(…, name)`, `pattern.match(name)`, `fnmatch(name, …)`."""
        verb, given = _verb(test), test.args
        owner = test.func.value if isinstance(test.func, ast.Attribute) else None
        if verb in ("endswith", "startswith") and owner is not None and given:
            shape = "*{}" if verb == "endswith" else "{}*"
            return self._fitting(owner, [shape.format(text) for text in self._texts(given[0])])
        if verb in ("fnmatch", "fnmatchcase") and len(given) == 2:
            return self._fitting(given[0], self._texts(given[1]))
        if verb not in _MATCHES or owner is None or not given:
            return ALL
        of_module = isinstance(owner, ast.Name) and owner.id in ("re", "regex")
        if of_module and len(given) < 2:
            return ALL
        pattern, subject = (given[0], given[1]) if of_module else (owner, given[0])
        start, end = verb != "search", verb == "fullmatch"
        found = [wildcards.of_pattern(text, from_start=start, to_end=end) for text in self._texts(pattern)]
        return self._fitting(subject, found)

    def _compared(self, test: ast.Compare, *, holds: bool) -> Picks:
        """Read `splitext(name)[1] == ".csv"`, `path.suffix in (…)`, `name[-4:] == ".csv"`, `"x" in name`."""
        operator, left, right = test.ops[0], test.left, test.comparators[0]
        if len(test.ops) != 1 or not isinstance(operator, (ast.Eq, ast.In) if holds else (ast.NotEq, ast.NotIn)):
            return ALL
        if isinstance(operator, ast.In | ast.NotIn) and self._subject(right):
            return self._fitting(right, [f"*{text}*" for text in self._texts(left)])
        if self._subject(left):
            return self._fitting(left, self._texts(right))
        return kept(f"*{text}" for text in self._texts(right)) if self._is_end(left) else ALL

    def _fitting(self, subject: ast.expr, found: Sequence[str]) -> Picks:
        """Give wildcards of the name that a test is about; of a whole path those of its end alone."""
        about = self._subject(subject)
        return fitting(found, whole=about == "path") if about else ALL

    def _subject(self, node: ast.expr) -> str:
        """Say what of the loop's name an expression is: its last part (`name`), all of it (`path`), or nothing."""
        about = "path" if self.whole else "name"
        while not isinstance(node, ast.Name):
            if isinstance(node, ast.Attribute) and node.attr == "name":
                node, about = node.value, "name"
            elif isinstance(node, ast.Call) and _verb(node) in _SAME_NAME and len(node.args) < 2:
                about = "name" if _verb(node) == "basename" else about
                inner = node.args[0] if node.args else getattr(node.func, "value", None)
                if inner is None:
                    return ""
                node = inner
            else:
                return ""
        return about if node.id == self.name else ""

    def _is_end(self, node: ast.expr) -> bool:
        """Say whether an expression is the end of the loop's name: its suffix."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
            return _verb(node) in _SAME_NAME and self._is_end(node.func.value)
        if isinstance(node, ast.Attribute):
            return node.attr == "suffix" and bool(self._subject(node.value))
        if not isinstance(node, ast.Subscript):
            return False
        if isinstance(node.slice, ast.Slice):
            from_end = node.slice.upper is None and isinstance(node.slice.lower, ast.UnaryOp)
            return from_end and bool(self._subject(node.value))
        call = node.value
        is_split = isinstance(call, ast.Call) and _verb(call) == "splitext" and len(call.args) == 1
        last = ast.unparse(node.slice) in ("1", "-1")
        return last and is_split and isinstance(call, ast.Call) and bool(self._subject(call.args[0]))

    def _texts(self, node: ast.expr) -> Picks:
        return texts(self.evaluated(node))


def _only_leaves(body: Sequence[ast.stmt]) -> bool:
    """Say whether statements only go on to the next name, or tell of it before."""
    calls = [each.value for each in body[:-1] if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call)]
    tells = len(calls) == len(body) - 1 and all(_verb(call) in _TELLS for call in calls)
    return tells and isinstance(body[-1], ast.Continue)


def _only_asks(node: ast.expr) -> bool:
    """Say whether an expression only looks at names: no call in it may use the file."""
    return all(_verb(each) in _ASKS for each in ast.walk(node) if isinstance(each, ast.Call))


def _verb(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
