"""Go through a Python program with `ast` and note what it touches. Nothing is imported or run."""

from __future__ import annotations

import ast
import posixpath

from migrator.commands.languages.abstract import (
    UNKNOWN,
    Choice,
    Ref,
    Seq,
    Text,
    Tool,
    any_of,
    as_value,
)
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
from migrator.commands.languages.python.call import Call, implied
from migrator.commands.languages.python.calling import bind_parameters, handed, yields
from migrator.commands.languages.python.evaluate import evaluate, share
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.modules import parsed
from migrator.commands.languages.python.run import block
from migrator.commands.languages.python.values import Class, Frame, Function, Module, Thing, find_method
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal

_DEEPEST_CALL = 14
# A function that calls itself takes a document of settings apart: sections, their keys, a value.
_DEEPEST_RECURSION = 3
_MOST_RESULTS = 40


class Interpreter(Machine):
    """Runs one program over what is known of its values."""

    def __init__(self, walk: Walk, scope: Scope, arguments: tuple[Value, ...], *, distributed: bool) -> None:
        super().__init__(walk, scope, arguments, distributed=distributed)
        self._stack: list[int] = []

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
            self.call(module.names[self.entry], implied(self.entry, Frame(module.names, module)))
        self._entries(module)
        return True

    def opened(self, module: Module, tree: ast.Module) -> None:
        """Run the statements of a module that is imported."""
        limit = self.allot()
        block(self, tree.body, Frame(module.names, module), [])
        self.give_back(limit)

    def _entries(self, module: Module) -> None:
        """Call what a command line library would call when nothing did."""
        for thing in list(module.names.values()):
            if isinstance(thing, Tool) and thing.kind == "entry" and "called" not in thing.data:
                self.call(thing, implied("main", Frame(module.names, module)))

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
            return any_of(results[:_MOST_RESULTS]) if results else None
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
        asked = orm.of_session(self, name, call)
        return verbs.told_by_verb(self, dotted, call) if asked is None else asked

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
