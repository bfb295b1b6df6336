"""Go through a Python program with `ast` and note what it touches. Nothing is imported or run."""

from __future__ import annotations

import ast
import posixpath
import warnings
from functools import lru_cache

from migrator.commands import resolve
from migrator.commands.invocation import Space, Touch
from migrator.commands.languages import sql
from migrator.commands.languages.findings import Findings
from migrator.commands.languages.python import cloud, library, methods, names, options_of_call
from migrator.commands.languages.python.abstract import (
    UNKNOWN,
    Choice,
    Class,
    Frame,
    Function,
    Map,
    Module,
    Ref,
    Seq,
    Text,
    Thing,
    Tool,
    anything,
    as_value,
    either,
    elements,
    text,
    text_options,
)
from migrator.commands.languages.python.calling import bind_parameters, find_method, near, quoted_word, says, yields
from migrator.commands.languages.python.evaluate import evaluate
from migrator.commands.languages.python.run import block
from migrator.commands.record import Walk, quoted
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal
from migrator.model import Mode

_MOST = 60_000
_DEEPEST_CALL = 14


@lru_cache(maxsize=128)
def parsed(source: str) -> ast.Module | None:
    """Parse a program; None where it is no Python 3."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


class Interpreter:
    """Runs one program over what is known of its values (see `machine.Machine`)."""

    def __init__(self, walk: Walk, scope: Scope, arguments: tuple[Value, ...], *, distributed: bool) -> None:
        self.findings = Findings()
        self.arguments = arguments
        self.environment = dict(scope.environment())
        self.folder = scope.folder
        self.home = scope.home
        self.distributed = distributed
        self.database = ""
        self.polls: list[tuple[str, str]] = []
        self.slept: int | None = None
        self.depth = 0
        self._walk = walk
        self._scope = scope
        self._spent = 0
        self._stack: list[int] = []
        self._modules: dict[str, Module] = {}
        self._texts: dict[str, str] = {}
        self._paths: list[Value] = []

    def spend(self) -> bool:
        """Count one operation; give False when there were too many."""
        self._spent += 1
        if self._spent == _MOST:
            self.findings.unclear.append("the rest of the program: it is longer than is read")
        return self._spent < _MOST

    def main(self, path: str, source: Source, deployed: Value) -> bool:
        """Run a program's own module; False where its text is no Python 3."""
        tree = parsed(source.text)
        if tree is None:
            return False
        self._texts[path] = source.text
        module = Module({"__name__": text("__main__"), "__file__": Text(deployed)}, path, deployed)
        self._modules["__main__"] = module
        if self._scope.exported and "PYTHONPATH" in self.environment:
            value = self.environment["PYTHONPATH"]
            self._paths.extend(value.but(part) for part in value.text.split(":")[:6] if part and "$" not in part)
        frame = Frame(module.names, module)
        block(self, tree.body, frame, [])
        self._entries(module)
        return True

    def _entries(self, module: Module) -> None:
        """Call what a command line library would call when nothing did."""
        for thing in list(module.names.values()):
            if isinstance(thing, Tool) and thing.kind == "entry" and "called" not in thing.data:
                node = ast.Call(ast.Name("main", ast.Load()), [], [], lineno=1, col_offset=0)
                self.call(thing, [], {}, node, Frame(module.names, module))

    def call(
        self, function: object, given: list[object], named: dict[str, object], node: ast.Call, frame: Frame
    ) -> object:
        """Call anything."""
        if isinstance(function, Choice):
            found: object = UNKNOWN
            for option in function.options[:4]:
                result = self.call(option, given, named, node, frame)
                found = result if found is UNKNOWN else either(found, result)
            return found
        if isinstance(function, Function):
            return self._function(function, given, named)
        if isinstance(function, Class):
            return self._construct(function, given, named)
        if isinstance(function, Ref):
            return self._reference(function, given, named, node, frame)
        if isinstance(function, Tool):
            return self._tool(function, given, named, node, frame)
        return UNKNOWN

    def _construct(self, kind: Class, given: list[object], named: dict[str, object]) -> object:
        thing = Thing(kind)
        initial = find_method(kind, "__init__")
        if initial is not None:
            self._function(Function(initial.node, initial.outer, thing), given, named)
        else:
            for place, name in enumerate(name for name in kind.names if not name.startswith("_")):
                if place < len(given):
                    thing.attributes[name] = given[place]
            thing.attributes.update(named)
        return thing

    def _function(self, function: Function, given: list[object], named: dict[str, object]) -> object:
        node = function.node
        if len(self._stack) >= _DEEPEST_CALL or self._stack.count(id(node)) >= 2 or not self.spend():
            return UNKNOWN
        inner = Frame({}, function.outer.module, function.outer)
        bind_parameters(
            self, node.args, ([function.bound] if function.bound is not None else []) + given, named, function, inner
        )
        self._stack.append(id(node))
        depth, self.depth = self.depth, 0
        try:
            if isinstance(node, ast.Lambda):
                return evaluate(self, node.body, inner)
            results: list[object] = []
            block(self, node.body, inner, results)
            found: object = results[0] if results else None
            for result in results[1:4]:
                found = either(found, result)
            return found if results else (Seq([UNKNOWN], True) if yields(node) else None)
        finally:
            self._stack.pop()
            self.depth = depth

    def _reference(
        self, function: Ref, given: list[object], named: dict[str, object], node: ast.Call, frame: Frame
    ) -> object:
        dotted = function.dotted
        known = names.FUNCTIONS.get(dotted) or names.FUNCTIONS.get(".".join(dotted.split(".")[-2:]))
        if known is not None:
            return known(self, given, named, node, frame)
        owner, _, name = dotted.rpartition(".")
        if owner:
            return self._method(Ref(owner), name, given, named, node, frame)
        for callback in (*given, *named.values()):
            if isinstance(callback, Function):
                self._function(callback, [], {})
        return UNKNOWN

    def _tool(self, tool: Tool, given: list[object], named: dict[str, object], node: ast.Call, frame: Frame) -> object:
        if tool.kind == "method":
            return self._method(tool.data["owner"], str(tool.data["name"]), given, named, node, frame)
        if tool.kind == "entry":
            tool.data["called"] = True
            declared = tool.data["options"]
            found = (
                [option for option in declared.items if isinstance(option, Tool) and option.kind == "option"]
                if isinstance(declared, Seq)
                else []
            )
            return self.call(tool.data["function"], [], options_of_call.values(found, self.arguments), node, frame)
        if tool.kind in ("option", "command") and given and isinstance(given[0], Function):
            return given[0]
        return UNKNOWN

    def _method(  # noqa: C901  one line per kind of owner
        self, owner: object, name: str, given: list[object], named: dict[str, object], node: ast.Call, frame: Frame
    ) -> object:
        if isinstance(owner, Text):
            return methods.text_method(self, owner, name, given, named, node, frame)
        if isinstance(owner, Tool):
            if owner.kind.startswith("boto3:"):
                return cloud.method(self, owner, name, given, named, node, frame)
            if owner.kind == "waiter":
                return cloud.waiter(self, owner, named, node, frame)
            if owner.kind == "parser":
                return self._parser(owner, name, given, named)
            if owner.kind == "clock":
                return (
                    anything("date", dated=True)
                    if name in ("strftime", "isoformat", "format", "to_date_string")
                    else Tool("clock")
                )
        if isinstance(owner, Map):
            return methods.map_method(owner, name, given)
        if isinstance(owner, Seq):
            return methods.sequence_method(owner, name, given)
        if name in ("client", "resource") and given and isinstance(given[0], Text):
            return cloud.client(self, given, named, node, frame)
        if (
            name in ("map", "imap", "imap_unordered", "starmap", "submit", "apply_async", "map_async", "apply")
            and given
        ):
            return self._pooled(name, given, node, frame)
        if name in names.READERS_OF_SPARK and says(node, "read", "readStream"):
            return library.spark(Mode.READ)(self, given, named, node, frame)
        if name in (*names.READERS_OF_SPARK, "save", "saveAsTable", "insertInto") and says(
            node, "write", "writeStream"
        ):
            return self._saved(name, given, named, node, frame)
        if name == "to_sql":
            for option in text_options(library.first(given, named, "name")):
                self.findings.touch(self._table(Mode.WRITE, option.value.text, node, frame))
            return UNKNOWN
        known = names.METHODS.get(name)
        if known is not None:
            return known(self, given, named, node, frame)
        for callback in given:
            if isinstance(callback, Function) and not isinstance(callback.node, ast.Lambda):
                self._function(callback, [UNKNOWN] * len(callback.node.args.args), {})
        return UNKNOWN

    def _saved(self, name: str, given: list[object], named: dict[str, object], node: ast.Call, frame: Frame) -> object:
        if name in ("saveAsTable", "insertInto", "table"):
            for option in text_options(library.first(given, named, "name", "tableName")):
                self.findings.touch(self._table(Mode.WRITE, option.value.text, node, frame))
            return UNKNOWN
        return library.spark(Mode.WRITE)(self, given, named, node, frame)

    def _pooled(self, name: str, given: list[object], node: ast.Call, frame: Frame) -> object:
        if name in ("submit", "apply_async", "apply"):
            rest = given[1:]
            if name != "submit":
                rest = elements(given[1]) if len(given) > 1 else []
            self.call(given[0], rest, {}, node, frame)
            return UNKNOWN
        found = [
            self.call(given[0], elements(element) if name == "starmap" else [element], {}, node, frame)
            for element in (elements(given[1], 12) if len(given) > 1 else [])
        ]
        return Seq(found, True)

    def _parser(self, owner: Tool, name: str, given: list[object], named: dict[str, object]) -> object:
        if name in ("add_argument", "add_option"):
            return options_of_call.declare(owner, given, named)
        if name == "parse_args":
            return options_of_call.parsed(owner, self.arguments)
        if name == "parse_known_args":
            return Seq([options_of_call.parsed(owner, self.arguments), Seq([], True)])
        if name in ("add_argument_group", "add_mutually_exclusive_group", "add_subparsers", "add_parser"):
            return owner
        return UNKNOWN

    def touch(
        self,
        mode: Mode,
        target: object,
        node: ast.AST,
        frame: Frame,
        confidence: float = 0.9,
        space: Space = Space.PATH,
    ) -> None:
        """Note a read or write of what a thing may be."""
        found = text_options(target)
        if isinstance(target, Seq):
            found = [option for element in target.items[:12] for option in text_options(element)]
        if len(found) > 1:
            confidence = min(confidence, 0.6)
        for option in found:
            value = option.value
            if (
                space is Space.PATH
                and self.folder is not self._scope.folder
                and "://" not in value.text
                and not value.text.startswith(("/", "~"))
            ):
                value = self.folder + literal("/") + value
            if "://" in value.text and value.text.startswith("sqlite"):
                continue
            line = getattr(node, "lineno", 0)
            self.findings.touch(Touch(mode, value, confidence, space, line, frame.module.path))

    def _table(self, mode: Mode, name: str, node: ast.AST, frame: Frame) -> Touch:
        whole = f"{self.database}.{name}" if self.database and "." not in name else name
        return Touch(mode, literal(whole), 0.8, Space.TABLE, getattr(node, "lineno", 0), frame.module.path)

    def sql(self, statement: object, node: ast.AST, frame: Frame) -> None:
        """Note the tables of a statement."""
        for option in text_options(statement):
            for found in sql.tables(option.value.text):
                self.findings.touch(self._table(found.mode, found.name, node, frame))

    def start(self, command: object, node: ast.AST, frame: Frame) -> None:
        """Note a command that the program runs."""
        line = getattr(node, "lineno", 0)
        if isinstance(command, Seq):
            words = [as_value(element) for element in command.items[:60]]
            shown = " ".join(quoted_word(word) for word in words)
            self.findings.starts.append((shown, frame.module.path, line))
            return
        for option in text_options(command):
            shown = option.value.text if option.value.exact else option.value.text.replace("*", "$UNKNOWN")
            self.findings.starts.append((shown[:4000], frame.module.path, line))

    def source(self, node: ast.AST, frame: Frame) -> tuple[str, int, str]:
        """Give the place of a node and the text there."""
        path = frame.module.path
        first_line = getattr(node, "lineno", 1)
        last = getattr(node, "end_lineno", first_line) or first_line
        lines = self._texts.get(path, "").split("\n")[first_line - 1 : min(last, first_line + 11)]
        return path, first_line, quoted("\n".join(lines).strip())

    def imported(self, dotted: str, frame: Frame) -> Module | None:
        """Give a module of the program's own, None for others."""
        base = frame.module.deployed
        folder = base.but(posixpath.dirname(base.text) or ".", posixpath.dirname(base.written) or ".")
        level = len(dotted) - len(dotted.lstrip("."))
        for _ in range(level - 1):
            folder = folder.but(posixpath.dirname(folder.text), posixpath.dirname(folder.written))
        name = dotted.lstrip(".").replace(".", "/")
        if not name or len(name) > 200:
            return None
        main = self._modules["__main__"].deployed
        roots = (
            [folder]
            if level
            else [
                folder,
                main.but(posixpath.dirname(main.text) or ".", posixpath.dirname(main.written) or "."),
                self.folder,
                *self._paths,
            ]
        )
        for root in roots:
            for tail in (f"/{name}.py", f"/{name}/__init__.py"):
                module = self._load(root + literal(tail))
                if module is not None:
                    return module
        return None

    def _load(self, deployed: Value) -> Module | None:

        key = deployed.text
        if key in self._modules:
            return self._modules[key]
        if len(self._modules) > 40:
            return None
        expanded = resolve.deployed(deployed.text, self._scope, exact=deployed.exact)
        found = self._walk.follow(deployed.written, expanded, self._scope)
        tail = posixpath.basename(deployed.text)
        if found is None or posixpath.basename(found[0]) != tail or not near(found[0], deployed.text):
            return None
        tree = parsed(found[2].text)
        if tree is None:
            return None
        module = Module({"__name__": text(tail.removesuffix(".py")), "__file__": Text(deployed)}, found[0], deployed)
        self._modules[key] = module
        self._texts[found[0]] = found[2].text
        block(self, tree.body, Frame(module.names, module), [])
        return module
