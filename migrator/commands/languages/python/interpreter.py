"""Go through a Python program with `ast` and note what it touches. Nothing is imported or run."""

from __future__ import annotations

import ast
import posixpath

from migrator.commands.invocation import Space, Touch
from migrator.commands.languages import sql
from migrator.commands.languages.abstract import (
    UNKNOWN,
    Choice,
    Ref,
    Seq,
    Text,
    Tool,
    any_of,
    as_value,
    either,
    text_options,
)
from migrator.commands.languages.findings import Findings
from migrator.commands.languages.picks import ALL, Picks
from migrator.commands.languages.python import (
    builtin_functions,
    command_line,
    databases,
    names,
    objects,
    orm,
    settings,
    verbs,
)
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.calling import bind_parameters, handed, yields
from migrator.commands.languages.python.evaluate import evaluate, share
from migrator.commands.languages.python.modules import Modules, parsed
from migrator.commands.languages.python.run import block
from migrator.commands.languages.python.values import Class, Frame, Function, Module, Thing, find_method
from migrator.commands.languages.sql_values import Rows
from migrator.commands.languages.started import quoted_word, shell_texts
from migrator.commands.languages.statements import only_counts, with_given, without_definitions
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal
from migrator.model import Mode

_MOST = 120_000
_LEAST_SHARE = 1_500
_DEEPEST_CALL = 14
# A function that calls itself takes a document of settings apart: sections, their keys, a value.
_DEEPEST_RECURSION = 3
_MOST_RESULTS = 40
_ALIKE = 8
_SURE = 0.8
_FAINT = 0.1


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
        self.unsure = 0
        self.inline = False
        self.changing = 0
        self.left: list[list[dict[str, object]]] = []
        self.missing: list[str] = []
        self.entry = ""
        self.modules = Modules(walk, scope, self._opened)
        self._scope = scope
        self._spent = 0
        self._limit = _MOST
        self._seen: dict[tuple[Mode, Value, Space, tuple[str, ...], Rows, bool], int] = {}
        self._stack: list[int] = []
        self._listings: dict[str, list[Touch]] = {}

    def spend(self, operations: int = 1) -> bool:
        """Count operations; give False when there were too many."""
        before = self._spent
        self._spent += operations
        if self._spent < self._limit:
            return True
        if before < self._limit and not self.findings.unclear:
            self.findings.unclear.append("the rest of the program: it is longer than is read")
        return False

    def allot(self, eighths: int = 4) -> int:
        """Leave a part of the operations for what comes after; give what `give_back` takes."""
        before = self._limit
        left = before - self._spent
        if left > _LEAST_SHARE:
            self._limit = self._spent + max(_LEAST_SHARE, left * eighths // 8)
        return before

    def give_back(self, limit: int) -> None:
        """End an allotment."""
        self._limit = limit

    def main(self, path: str, source: Source, deployed: Value) -> bool:
        """Run a program's own module; False where its text is no Python 3."""
        tree = parsed(source.text)
        if tree is None:
            return False
        module = self.modules.main(path, source.text, deployed)
        if self.entry:
            module.names["__name__"] = Text(literal(posixpath.basename(path).removesuffix(".py")))
        block(self, tree.body, Frame(module.names, module), [])
        if self.entry in module.names and not isinstance(module.names[self.entry], Tool):
            node = ast.Call(ast.Name(self.entry, ast.Load()), [], [], lineno=1, col_offset=0)
            self.call(module.names[self.entry], Call([], {}, node, Frame(module.names, module)))
        self._entries(module)
        return True

    def _opened(self, module: Module, tree: ast.Module) -> None:
        limit = self.allot()
        block(self, tree.body, Frame(module.names, module), [])
        self.give_back(limit)

    def _entries(self, module: Module) -> None:
        """Call what a command line library would call when nothing did."""
        for thing in list(module.names.values()):
            if isinstance(thing, Tool) and thing.kind == "entry" and "called" not in thing.data:
                node = ast.Call(ast.Name("main", ast.Load()), [], [], lineno=1, col_offset=0)
                self.call(thing, Call([], {}, node, Frame(module.names, module)))

    def call(self, function: object, call: Call) -> object:
        """Call anything."""
        if isinstance(function, Choice):
            return any_of([self.call(option, call) for option in function.options[:4]])
        if isinstance(function, Function):
            return self._function(function, call.given, call.named)
        if isinstance(function, Class):
            return self._construct(function, call)
        if isinstance(function, Ref):
            return self._reference(function, call)
        if isinstance(function, Tool):
            return self._tool(function, call)
        return UNKNOWN

    def _construct(self, kind: Class, call: Call) -> object:
        thing = Thing(kind)
        initial = find_method(kind, "__init__")
        if initial is not None:
            self._function(Function(initial.node, initial.outer, thing), call.given, call.named)
            return thing
        for place, name in enumerate(name for name in kind.names if not name.startswith("_")):
            if place < len(call.given):
                thing.attributes[name] = call.given[place]
        thing.attributes.update(call.named)
        later = find_method(kind, "__post_init__")
        if later is not None:
            self._function(Function(later.node, later.outer, thing), [], {})
        return thing

    def _function(self, function: Function, given: list[object], named: dict[str, object]) -> object:
        node = function.node
        if len(self._stack) >= _DEEPEST_CALL or self._stack.count(id(node)) >= _DEEPEST_RECURSION or not self.spend():
            return UNKNOWN
        inner = Frame({}, function.outer.module, function.outer, [])
        bound = [function.bound] if function.bound is not None else []
        bind_parameters(self, node.args, bound + given, named, function, inner)
        self._stack.append(id(node))
        limit = self.allot(7)
        depth, self.depth = self.depth, 0
        missing = len(self.missing)
        try:
            if isinstance(node, ast.Lambda):
                return evaluate(self, node.body, inner)
            results: list[object] = []
            block(self, node.body, inner, results)
            for name in inner.shared.keys() & inner.names.keys():
                share(self, name, inner.names[name], inner)
            if yields(node):
                return Seq(inner.yielded or [UNKNOWN], True)
            found: object = results[0] if results else None
            for result in results[1:_MOST_RESULTS]:
                found = either(found, result)
            return found
        finally:
            del self.missing[missing:]
            self._stack.pop()
            self.depth = depth
            self.give_back(limit)

    def _reference(self, function: Ref, call: Call) -> object:
        dotted = function.dotted
        known = names.FUNCTIONS.get(dotted) or names.FUNCTIONS.get(".".join(dotted.split(".")[-2:]))
        if known is not None:
            return known(self, call)
        owner, _, name = dotted.rpartition(".")
        if owner:
            return objects.method(self, Ref(owner), name, call)
        for callback in handed(call):
            self._function(callback, [], {})
        asked = orm.asked(self, dotted, call)
        return verbs.told_by_verb(self, dotted, call) if asked is UNKNOWN else asked

    def _tool(self, tool: Tool, call: Call) -> object:
        if tool.kind == "method":
            return objects.method(self, tool.data["owner"], str(tool.data["name"]), call)
        if tool.kind == "entry":
            return command_line.entered(self, tool, call)
        if tool.kind == "group" and tool.data.get("commands") and not call.given:
            return command_line.entered(self, tool, call)
        if tool.kind == "collection" and call.given:
            return databases.below(tool, as_value(call.given[0]).text)
        if tool.kind == "partial":
            return builtin_functions.completed(self, tool, call)
        if tool.kind == "env" and call.given:
            return settings.of_environment(self, tool, "str", call)
        if tool.kind in ("option", "command", "group") and call.given and isinstance(call.given[0], Function):
            return call.given[0]
        return tool if tool.kind in ("connection", "query") else UNKNOWN

    def imported(self, dotted: str, frame: Frame) -> Module | None:
        """Give a module of the program's own, None for others."""
        return self.modules.imported(dotted, frame)

    def search(self, folder: Value) -> None:
        """Look for modules in a folder too."""
        if folder.exact and folder not in self.modules.paths and len(self.modules.paths) < 12:
            self.modules.paths.append(folder)

    def project(self, dotted: str) -> Module | None:
        """Give a module by its whole name, from wherever it is asked for."""
        return self.modules.named(dotted)

    def command(self, name: str) -> Module | None:
        """Give the module of a command of the program's framework."""
        return self.modules.command(name)

    def content(self, name: Value) -> str | None:
        """Give the text of a settings file among those read."""
        return self.modules.content(name, self.folder)

    def touch(self, mode: Mode, target: object, call: Call, confidence: float = 0.9, space: Space = Space.PATH) -> None:
        """Note a read or write of what a thing may be."""
        found = text_options(target)
        if isinstance(target, Seq):
            found = [option for element in target.items[:12] for option in text_options(element)]
        if len(found) > 1:
            confidence = min(confidence, 0.6)
        for option in found:
            value = option.value
            absent = mode is Mode.WRITE and value.text in self.missing
            if value.text.startswith("sqlite") and "://" in value.text:
                continue
            moved = space is Space.PATH and self.folder is not self._scope.folder
            if moved and "://" not in value.text and not value.text.startswith(("/", "~")):
                value = self.folder + literal("/") + value
            self._touched(mode, value, confidence, space, call, stale=absent)

    def listed(
        self, target: object, element: object, call: Call, confidence: float = 0.9, *, space: Space = Space.PATH
    ) -> None:
        """Note that a folder is gone through; when each element is only deleted, that was no use of the data."""
        before = len(self.findings.touches)
        self.touch(Mode.READ, target, call, confidence, space)
        for option in text_options(element):
            self._listings.setdefault(option.value.text, []).extend(self.findings.touches[before:])

    def pick(self, before: int, picks: Picks) -> None:
        """Note that of the folders gone through since there were so many touches only these names are used."""
        for known in self.findings.touches[before:] if picks != ALL else ():
            _, slash, last = known.value.text.rpartition("/")
            if known.mode is not Mode.READ or not slash or last not in ("", "*"):
                continue
            narrowed = self.findings.narrow(known, picks)
            for listed in [name for name, kept in self._listings.items() if known in kept]:
                del self._listings[listed]
            for each in narrowed:
                self._listings.setdefault(each.value.text, []).append(each)

    def _touched(
        self,
        mode: Mode,
        value: Value,
        confidence: float,
        space: Space,
        call: Call,
        columns: tuple[str, ...] = (),
        rows: Rows = (),
        *,
        stale: bool = False,
    ) -> None:
        """Note a touch; of many that are alike the first ones say enough."""
        if mode is Mode.DELETE and value.text in self._listings:
            gone = self._listings.pop(value.text)
            self.findings.touches[:] = [known for known in self.findings.touches if known not in gone]
        key = mode, value, space, columns, rows, stale
        self._seen[key] = self._seen.get(key, 0) + 1
        if self._seen[key] <= _ALIKE:
            line = getattr(call.node, "lineno", 0)
            path = call.frame.module.path
            self.findings.touch(Touch(mode, value, confidence, space, line, path, columns, rows, stale))

    def table(
        self,
        mode: Mode,
        name: str,
        call: Call,
        database: str | None = None,
        *,
        rows: Rows = (),
        confidence: float = _SURE,
        columns: tuple[str, ...] = (),
    ) -> None:
        """Note a read or write of a table; without a database it is in the one connected last."""
        base = self.database if database is None else database
        whole = f"{base}.{name}" if base and "." not in name else name
        self._touched(mode, literal(whole), confidence, Space.TABLE, call, columns, rows)

    def sql(self, statement: object, call: Call, database: str | None = None, given: object = UNKNOWN) -> None:
        """Note the tables of a statement, with what its places are given."""
        for option in text_options(statement):
            sure = _FAINT if only_counts(option.value.text) else _SURE
            for found in sql.tables(without_definitions(with_given(option.value.text, given))):
                columns, rows = found.columns, found.rows
                self.table(found.mode, found.name, call, database, confidence=sure, columns=columns, rows=rows)

    def start(self, command: object, call: Call) -> None:
        """Note a command that the program runs, in the folder that the call names."""
        line = getattr(call.node, "lineno", 0)
        path = call.frame.module.path
        place = call.named.get("cwd")
        before = f"cd {quoted_word(as_value(place))} && " if text_options(place) else ""
        for text in shell_texts(command):
            self._started((before + text, path, line))

    def _started(self, entry: tuple[str, str, int]) -> None:
        """Note a started command once: the same one, for each row of something, leaves no room for others."""
        if entry not in self.findings.starts[-_ALIKE * _ALIKE :]:
            self.findings.starts.append(entry)

    def source(self, node: ast.AST, frame: Frame) -> tuple[str, int, str]:
        """Give the place of a node and the text there."""
        line, words = self.modules.lines(node, frame.module)
        return frame.module.path, line, words
