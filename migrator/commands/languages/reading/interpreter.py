"""Go through a program and what it loads, and note what it touches. Nothing is imported or run."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from functools import lru_cache

from migrator.commands import expansion
from migrator.commands.interpreters import Interpreted
from migrator.commands.invocation import Space, Touch
from migrator.commands.languages.abstract import UNKNOWN, Map, Text
from migrator.commands.languages.findings import Findings
from migrator.commands.languages.reading import assign, calls, console, evaluate, modules, settings_file, tasks
from migrator.commands.languages.reading.language import Language
from migrator.commands.languages.reading.languages import LANGUAGES
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.run import block, hoist
from migrator.commands.languages.reading.values import Closure, Frame, Object, Unit
from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.ways import Way
from migrator.commands.languages.words import named
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal
from migrator.model import Mode

_UNSURE = 0.5
_LOADS = named("use require require_once require_relative include include_once define library print load source")
_DEFINITIONS = (nodes.Function, nodes.Class, nodes.Package, nodes.Import, nodes.Export, nodes.Assign, nodes.Literal)


@lru_cache(maxsize=256)
def parsed(language: str, text: str) -> nodes.Program:
    """Parse a program."""
    return LANGUAGES[language].parse(text)


class Interpreter(Machine):
    """Runs one program over what is known of its values."""

    def __init__(self, walk: Walk, scope: Scope, language: Language, main: Unit, arguments: tuple[Value, ...]) -> None:
        super().__init__(walk, scope, language, main, arguments)
        self._stack: list[int] = []
        self._loaded: dict[str, Unit] = {}
        self._left_out: list[str] = []

    def value(self, node: object, frame: Frame) -> object:
        """Evaluate an expression."""
        return evaluate.evaluate(self, node, frame)

    def bind(self, target: object, value: object, frame: Frame) -> None:
        """Give a name, element or property a value."""
        assign.bind(self, target, value, frame)

    def invoke(
        self, function: object, items: list[object], named: dict[str, object], line: int, frame: Frame
    ) -> object:
        """Call a thing that is known."""
        return calls.invoke(self, self._stack, function, items, named, line, frame)

    def inline(self, block_given: Closure) -> object:
        """Run a block where it stands; it gives its last expression."""
        body = block_given.node.body
        results: list[object] = []
        if not body or self.depth > 100:
            return None
        if block(self, body[:-1], block_given.frame, results) is not Way.ON:
            return results[0] if results else UNKNOWN
        last = body[-1]
        if isinstance(last, nodes.If | nodes.Each | nodes.While | nodes.Block | nodes.Return | nodes.Leave):
            block(self, (last,), block_given.frame, results)
            return results[0] if results else UNKNOWN
        return self.value(last, block_given.frame)

    def load(self, written: object, frame: Frame, *, module: bool = False) -> object | None:
        """Read a library among the files; give what it gives away, None where it is not there."""
        found = modules.find(self, written, frame, module=module)
        if found is None:
            return modules.missing(self, written, module=module)
        return self.take(*found, frame if self.language.name in ("php", "r") else None)

    def take(self, path: str, source: Source, deployed: Value, frame: Frame | None) -> object | None:
        """Read a file once, in a scope of its own or in that of the statement; give what it gives away."""
        if path not in self._loaded:
            if len(self._loaded) >= modules.MOST:
                self._leave_out(path)
                return None
            unit = Unit(path, deployed)
            self._loaded[path] = unit
            if path.endswith(".json"):
                unit.exports = settings_file.parsed(path, source.text)
                return unit.exports
            self.unit(unit, source.text, frame)
        return self._loaded[path].exports

    def _leave_out(self, path: str) -> None:
        """Say once of all files beyond the limit that nobody knows what they do."""
        if path in self._left_out:
            return
        unclear, before = self.findings.unclear, modules.left_out(self._left_out)
        self._left_out.append(path)
        told = modules.left_out(self._left_out)
        if before in unclear:
            unclear[unclear.index(before)] = told
        else:
            unclear.append(told)

    def unit(self, unit: Unit, text: str, around: Frame | None = None) -> Frame:
        """Run a file's own statements, in a scope of its own or in that of the statement that takes it in."""
        unit.text = text
        names = around.names if around is not None else {}
        frame = Frame(names, unit, around.outer if around is not None else None, "main" if self.language.flat else "")
        self.top = self.top or frame
        if self.language.name == "node":
            frame.names["module"] = Map({"exports": unit.exports})
            frame.names["exports"] = unit.exports
        program = parsed(self.language.name, text)
        hoist(self, program.body, frame)
        folder = self.folder
        results: list[object] = []
        block(self, program.body, frame, results)
        last = program.body[-1] if program.body and self.language.flat else None
        if self.language.name in ("php", "perl") and results:
            # `$settings = require 'settings.php'`: what the file returns.
            unit.exports = results[0]
        elif isinstance(last, nodes.Mapping | nodes.Unary | nodes.Name):
            # `do 'settings.pl'`: what the file ends with.
            unit.exports = self.value(last, frame)
        if unit is not self.main:
            self.folder = folder
        module = frame.names.get("module")
        if self.language.name == "node" and isinstance(module, Map):
            unit.exports = module.items.get("exports", unit.exports)
        return frame

    def entries(self, body: tuple[object, ...], frame: Frame) -> None:
        """Run the program's own functions that nothing was seen to call, where something unseen may call them."""
        own = [
            (kind.name, member)
            for kind in list(self.kinds.values())
            for member in list(kind.members.values())
            if isinstance(member, Closure) and member.frame.unit is self.main
        ]
        if not (self.dispatches or only_defines(body)):
            return
        self.sure = _UNSURE
        for kind, member in own[:200]:
            if id(member.node) not in self.entered:
                bound = Object(kind) if kind and kind != "main" else None
                self.invoke(Closure(member.node, member.frame, bound), [], {}, member.node.line, frame)


def read(walk: Walk, told: Interpreted, path: str, source: Source, scope: Scope) -> Findings:
    """Give the effects of a program, called as `told` says."""
    machine = Interpreter(walk, scope, LANGUAGES[told.language], Unit(path, deployed(told, scope)), told.arguments)
    machine.paths.extend(told.paths)
    machine.scripted = told.script is not None
    for name in ("PERL5LIB", "RUBYLIB", "NODE_PATH"):
        listed = machine.environment.get(name)
        if listed is not None:
            machine.paths.extend(listed.but(part) for part in listed.text.split(":")[:8] if part and "$" not in part)
    frame = Frame({}, machine.main, None, "main" if machine.language.flat else "")
    for module in told.modules:
        machine.load(_module(module), frame, module=True)
    frame = machine.unit(machine.main, source.text)
    for name in told.entry.split() if told.language == "ruby" else ():
        tasks.run(machine, name)
    if told.language == "php" and told.arguments:
        console.run(machine, [word for word in told.arguments if word.text[:1] != "-"], frame)
    machine.entries(parsed(machine.language.name, source.text).body, frame)
    machine.findings.touches[:] = weighed(machine.findings.touches)
    return machine.findings


def only_defines(body: tuple[object, ...]) -> bool:
    """Say whether a program does nothing by itself: a class or functions that a framework calls."""
    return all(
        isinstance(node, _DEFINITIONS)
        or (isinstance(node, nodes.Call) and isinstance(node.function, nodes.Name) and node.function.text in _LOADS)
        for node in body
    )


def weighed(touches: list[Touch]) -> list[Touch]:
    """Believe less of the reading of a file that the program writes too: it may look at what it made the last time."""
    written = {touch.value.text for touch in touches if touch.mode is Mode.WRITE and touch.space is Space.PATH}
    return [
        replace(touch, confidence=min(touch.confidence, _UNSURE))
        if touch.mode is Mode.READ and touch.space is Space.PATH and touch.value.text in written
        else touch
        for touch in touches
    ]


def _module(value: Value) -> object:
    return Text(value.but(value.text.partition("=")[0].strip()))


def deployed(told: Interpreted, scope: Scope) -> Value:
    """Give where a program lies; one on the command line lies in the working folder."""
    if told.script is None:
        return literal(posixpath.join(scope.folder.text, "-"))
    value = told.script
    return value if value.text.startswith(("/", "~", "*")) else expansion.entered(value, scope)
