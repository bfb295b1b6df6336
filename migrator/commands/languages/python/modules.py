"""The program's own modules: where an import leads in the tree."""

from __future__ import annotations

import ast
import posixpath
import warnings
from collections.abc import Callable
from functools import lru_cache

from migrator.commands import resolve, samples
from migrator.commands.languages.abstract import Text, text
from migrator.commands.languages.own_files import followed, near
from migrator.commands.languages.paths import folder_of
from migrator.commands.languages.python.newer_text import as_older
from migrator.commands.languages.python.values import Frame, Module
from migrator.commands.record import Walk, quoted
from migrator.commands.scope import Scope
from migrator.commands.values import Value, literal
from migrator.redaction.python2 import as_python_3

_MOST = 60
_HIGHEST = 4
_LONGEST_SETTINGS = 200_000


@lru_cache(maxsize=128)
def parsed(source: str) -> ast.Module | None:
    """Parse a program of Python 3, of a newer version than this one too, or 2; None where it is neither."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except (ValueError, RecursionError, MemoryError):
            return None
        except SyntaxError:
            newer = as_older(source)
            return (_parsed_as(newer) if newer != source else None) or _parsed_as(as_python_3(source))


def _parsed_as(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class Modules:
    """Finds and loads modules; `run` goes through a module's statements once, when it is first imported."""

    def __init__(self, walk: Walk, scope: Scope, run: Callable[[Module, ast.Module], None]) -> None:
        self.paths: list[Value] = []
        self._walk = walk
        self._scope = scope
        self._run = run
        self._loaded: dict[str, Module | None] = {}
        self._texts: dict[str, str] = {}
        self._main: Module | None = None
        if "PYTHONPATH" in scope.exported and "PYTHONPATH" in scope.variables:
            parts = scope.variables["PYTHONPATH"].text.split(":")
            self.paths.extend(literal(part) for part in parts[:6] if part and not set("$*") & set(part))

    def main(self, path: str, source: str, deployed: Value) -> Module:
        """Give the module of the program itself, not yet run."""
        module = Module({"__name__": text("__main__"), "__file__": Text(deployed)}, path, deployed)
        self._main = module
        self._loaded[deployed.text] = module
        self._texts[path] = source
        return module

    def text(self, module: Module) -> str:
        """Give the source of a module."""
        return self._texts.get(module.path, "")

    def imported(self, dotted: str, frame: Frame) -> Module | None:
        """Give a module of the program's own, None for others. Leading dots count from the importing module."""
        base = frame.module.deployed
        folder = folder_of(base)
        level = len(dotted) - len(dotted.lstrip("."))
        for _ in range(level - 1):
            folder = folder_of(folder)
        name = dotted.lstrip(".").replace(".", "/")
        if not name or len(name) > 200 or self._main is None:
            return None
        roots = [folder] if level else [*self.paths, folder, folder_of(self._main.deployed), self._scope.folder]
        return self._below(roots, name) or (None if level else self._below(self._installed(), name))

    def named(self, dotted: str) -> Module | None:
        """Give a module by its whole name, as the program's own file would import it."""
        return None if self._main is None else self.imported(dotted, Frame({}, self._main))

    def _below(self, roots: list[Value], name: str) -> Module | None:
        for root in roots:
            for tail in (f"/{name}.py", f"/{name}/__init__.py"):
                module = self._load(root + literal(tail))
                if module is not None:
                    return module
        return None

    def _installed(self) -> list[Value]:
        """Give the folders above the program, up to the top of its tree, where its project's packages may lie.

        A project that is installed for development (`pip install -e .`, `uv run`) finds them from everywhere: beside
        its description, in `src/` or in `lib/` (setuptools, Package Discovery: src-layout and flat-layout).
        """
        if self._main is None:
            return []
        folder, found = folder_of(self._main.deployed), list[Value]()
        for _ in range(min(self._main.path.count("/"), _HIGHEST)):
            folder = folder_of(folder)
            found.extend([folder, folder + literal("/src"), folder + literal("/lib")])
        return found

    def command(self, name: str) -> Module | None:
        """Give the module of a Django command: the one file in the tree that ends in `management/commands/NAME.py`."""
        if self._main is None or not name.isidentifier():
            return None
        tail = f"management/commands/{name}.py"
        found = self._walk.follow(tail, None, self._scope)
        if found is None or not found[0].endswith(tail):
            return None
        above = posixpath.dirname(self._main.path)
        inner = found[0].removeprefix(above + "/") if above else found[0]
        return self._opened(folder_of(self._main.deployed) + literal(f"/{inner}"), found[0], found[2].text)

    def content(self, name: Value, folder: Value) -> str | None:
        """Give the text of a settings file of the tree."""
        if not name.exact or not name.text or len(name.text) > 1000 or "\n" in name.text:
            return None
        whole = name if name.text.startswith(("/", "~")) else folder + literal("/") + name
        found = followed(self._walk, name, resolve.deployed(whole.text, self._scope, exact=True), self._scope)
        if found is None:
            sample = samples.text_of(self._walk, whole, self._scope)
            return None if sample is None or len(sample.text) > _LONGEST_SETTINGS else sample.text
        return found[2].text if len(found[2].text) <= _LONGEST_SETTINGS else None

    def lines(self, node: ast.AST, module: Module) -> tuple[int, str]:
        """Give the line of a node and the text there, cut."""
        first = getattr(node, "lineno", 1)
        last = getattr(node, "end_lineno", first) or first
        found = self._texts.get(module.path, "").split("\n")[first - 1 : min(last, first + 11)]
        return first, quoted("\n".join(found).strip())

    def _load(self, deployed: Value) -> Module | None:
        key = deployed.text
        if key not in self._loaded:
            self._loaded[key] = None
            if len(self._texts) < _MOST:
                expanded = resolve.deployed(deployed.text, self._scope, exact=deployed.exact)
                found = followed(self._walk, deployed, expanded, self._scope)
                if found is not None and near(found[0], deployed.text, found[1]):
                    return self._opened(self._place(deployed, found[0]), found[0], found[2].text)
        return self._loaded[key]

    def _place(self, guess: Value, path: str) -> Value:
        """Give where a module of the tree lies: beside the program as in the tree, else where it was looked for.

        `python -m jobs.get` finds `settings` in the working folder, not below `jobs/`, where it is looked for first.
        """
        if self._main is None:
            return guess
        inside, outside = self._main.path.split("/"), self._main.deployed.text.split("/")
        while inside and outside and inside[-1] == outside[-1]:
            inside.pop()
            outside.pop()
        above = "".join(f"{part}/" for part in inside)
        if len(inside) == self._main.path.count("/") + 1 or not path.startswith(above):
            return guess
        place = "/".join([*outside, path.removeprefix(above)])
        return guess if posixpath.normpath(guess.text) == posixpath.normpath(place) else guess.but(place, place)

    def _opened(self, deployed: Value, path: str, source: str) -> Module | None:
        known = self._loaded.get(deployed.text)
        tree = parsed(source) if known is None else None
        if tree is None:
            return known
        name = posixpath.basename(deployed.text).removesuffix(".py")
        module = Module({"__name__": text(name), "__file__": Text(deployed)}, path, deployed)
        self._loaded[deployed.text] = module
        self._texts[path] = source
        self._run(module, tree)
        return module
