"""Names that a loop of Perl, PHP, Ruby or JavaScript picks out of a listing: `next unless …`, `filter(…)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from migrator.commands import wildcards
from migrator.commands.languages.abstract import any_of
from migrator.commands.languages.picks import ALL, MOST, Picks, both, either, kept, texts
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.values import Closure, Frame
from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.words import named

_ENDS = named("endsWith end_with? str_ends_with")
_BEGINS = named("startsWith start_with? str_starts_with")
_HOLDS = named("includes include? str_contains")
_MATCHES = named("test match match? preg_match fnmatch")
_SUFFIX = named("extname pathinfo")
_CUTS = named("substr slice substring")
_SAME_NAME = named("basename toLowerCase downcase lc strtolower to_s chomp")
_LOOKS = named("""
    is_file is_dir isFile isDirectory file? directory? exist? existsSync file_exists statSync lstatSync size length
    strlen join in_array nil? empty? path.join File.join defined isset
""")
_ASKS = _ENDS | _BEGINS | _HOLDS | _MATCHES | _SUFFIX | _CUTS | _SAME_NAME | _LOOKS
_TELLS = named("puts print echo warn console.log log info debug error p printf")
_EQUAL = named("=== == eq")
_DIFFERENT = named("!== != ne")


def picked(machine: Machine, target: object, body: Sequence[object], frame: Frame) -> Picks:
    """Give the names for which a loop's body does anything."""
    test = _test(machine, target, frame)
    found = ALL
    for place, statement in enumerate(body[:20] if test else ()):
        if test is None or not isinstance(statement, nodes.If) or len(statement.arms) != 1 or statement.otherwise:
            break
        condition, inner = statement.arms[0]
        leaves, told = _only_leaves(inner), ALL
        if leaves or place == len(body) - 1:
            told = test.told(condition, holds=not leaves)
            found = both([found, told])
        if not leaves or (told == ALL and not _only_asks(condition)):
            break
    return found


def pick_turn(machine: Machine, node: nodes.While, frame: Frame) -> None:
    """Read `while (my $name = readdir(…))`: the turn is for the names that it does anything with."""
    if not isinstance(node.test, nodes.Assign):
        return
    target = node.test.target.target if isinstance(node.test.target, nodes.Declared) else node.test.target
    picks = picked(machine, target, node.body, frame)
    if picks != ALL:
        machine.bind(target, any_of(machine.pick([machine.value(target, frame)], picks)), frame)


def taken(machine: Machine, function: object, *, holds: bool = True) -> Picks:
    """Give the names that the function of a filter lets through; that of Perl's `grep` sees them as `$_`."""
    if not isinstance(function, Closure) or len(function.node.body) != 1:
        return ALL
    last = function.node.body[0]
    name = function.node.parameters[0].name if function.node.parameters else "$_"
    test = _test(machine, nodes.Name(name), function.frame)
    value = last.value if isinstance(last, nodes.Return) else last
    return test.told(value, holds=holds) if test is not None and value is not None else ALL


def done_for(machine: Machine, function: object) -> Picks:
    """Give the names for which a function that is called for each name does anything."""
    if not isinstance(function, Closure) or not function.node.parameters:
        return ALL
    return picked(machine, nodes.Name(function.node.parameters[0].name), function.node.body, function.frame)


def _test(machine: Machine, target: object, frame: Frame) -> _Test | None:
    bare = target.target if isinstance(target, nodes.Declared) else target
    return _Test(bare.text, machine, frame) if isinstance(bare, nodes.Name) else None


@dataclass(frozen=True, slots=True)
class _Test:
    """A name that is tested."""

    name: str
    machine: Machine
    frame: Frame

    def told(self, node: object, *, holds: bool) -> Picks:
        """Give what a test that holds, or does not, tells of the name."""
        node = nodes.alone(node)
        if isinstance(node, nodes.Unary) and node.operator in ("!", "not"):
            return self.told(node.operand, holds=not holds)
        if isinstance(node, nodes.Pattern):
            return _of_pattern(node.text) if holds and self.name == "$_" else ALL
        if isinstance(node, nodes.Call):
            return self._asked(node) if holds else ALL
        if not isinstance(node, nodes.Chain) or len(set(node.operators)) != 1:
            return ALL
        operator = node.operators[0]
        if operator in ("&&", "and", "||", "or"):
            every = (operator in ("&&", "and")) is holds
            # What follows a call that may use the file comes too late.
            asked = list(takewhile(_only_asks, node.operands[: MOST + 1]))
            told = [self.told(each, holds=holds) for each in asked]
            return both(told) if every else either(told) if len(asked) == len(node.operands) else ALL
        return self._compared(node.operands[0], operator, node.operands[-1], holds=holds)

    def _compared(self, left: object, operator: str, right: object, *, holds: bool) -> Picks:
        """Read `name =~ /…/`, `extname(name) === ".csv"`, `substr($name, -4) == ".csv"`."""
        if operator == ("=~" if holds else "!~"):
            subject, pattern = (right, left) if isinstance(left, nodes.Pattern) else (left, right)
            return _of_pattern(pattern.text) if isinstance(pattern, nodes.Pattern) and self._is(subject) else ALL
        if operator not in (_EQUAL if holds else _DIFFERENT):
            return ALL
        return kept(f"*{text}" for text in self._texts(right)) if self._is_end(left) else ALL

    def _asked(self, call: nodes.Call) -> Picks:
        """Read `name.endsWith(…)`, `/…/.test(name)`, `preg_match("/…/", $name)`, `str_ends_with($name, …)`."""
        function, given = call.function, [argument.value for argument in call.arguments]
        verb = _verb(call)
        owner = function.target if isinstance(function, nodes.Attribute) else None
        if verb in _MATCHES:
            return self._matched(verb, owner, given)
        subject, sought = (owner, given) if self._is(owner) else (given[0], given[1:]) if given else (None, [])
        shape = "*{}" if verb in _ENDS else "{}*" if verb in _BEGINS else "*{}*" if verb in _HOLDS else ""
        texts = [self._texts(each) for each in sought]
        if not self._is(subject) or not shape or not all(texts):
            return ALL
        return kept(shape.format(text) for each in texts for text in each)

    def _matched(self, verb: str, owner: object, given: list[object]) -> Picks:
        """Read `/…/.test(name)`, `name.match(/…/)`, `preg_match("/…/", $name, $found)`, `fnmatch("*.csv", $name)`."""
        if not given:
            return ALL
        pattern: object
        subject: object
        if isinstance(owner, nodes.Pattern):
            pattern, subject = owner, given[0]
        elif owner is not None and self._is(owner):
            pattern, subject = given[0], owner
        else:
            pattern, subject = given[0], given[1] if len(given) > 1 else None
        if not self._is(subject):
            return ALL
        if isinstance(pattern, nodes.Pattern):
            return _of_pattern(pattern.text)
        texts = self._texts(pattern)
        return kept(texts) if verb == "fnmatch" else either([_of_pattern(_undelimited(text)) for text in texts])

    def _is(self, node: object) -> bool:
        """Say whether an expression is the name: itself, its last part, in small letters."""
        for _ in range(5):
            if isinstance(node, nodes.Attribute) and node.name == "name":
                node = node.target
            elif isinstance(node, nodes.Call) and _verb(node) in _SAME_NAME and len(node.arguments) < 2:
                owner = node.function.target if isinstance(node.function, nodes.Attribute) else None
                node = node.arguments[0].value if node.arguments else owner
        return isinstance(node, nodes.Name) and node.text == self.name

    def _is_end(self, node: object) -> bool:
        """Say whether an expression is the end of the name: its suffix, its last letters."""
        if not isinstance(node, nodes.Call):
            return False
        verb, given = _verb(node), [argument.value for argument in node.arguments]
        if verb in _SAME_NAME and isinstance(node.function, nodes.Attribute):
            return self._is_end(node.function.target)
        if verb in _SUFFIX:
            wants = len(given) == 1 or (isinstance(given[-1], nodes.Name) and given[-1].text == "PATHINFO_EXTENSION")
            return bool(given) and wants and self._is(given[0])
        # `substr($name, -4)` and `name.slice(-4)`: what stands at the end, all of it.
        owner, *numbers = (
            [node.function.target, *given] if isinstance(node.function, nodes.Attribute) else given or [None]
        )
        from_end = len(numbers) == 1 and isinstance(numbers[0], nodes.Unary) and numbers[0].operator == "-"
        return verb in _CUTS and from_end and self._is(owner)

    def _texts(self, node: object) -> Picks:
        return texts(self.machine.value(node, self.frame))


def _only_leaves(body: Sequence[object]) -> bool:
    """Say whether statements only go on to the next name, or tell of it before."""
    tells = all(isinstance(each, nodes.Call) and _verb(each) in _TELLS for each in body[:-1])
    return bool(body) and tells and isinstance(body[-1], nodes.Leave)


def _only_asks(node: object) -> bool:
    """Say whether an expression only looks at names: no call in it may use the file."""
    match node:
        case nodes.Call():
            inner = (node.function, *(argument.value for argument in node.arguments))
            return _verb(node) in _ASKS and all(map(_only_asks, inner))
        case nodes.Attribute():
            return _only_asks(node.target)
        case nodes.Unary():
            return _only_asks(node.operand)
        case nodes.Chain():
            return all(map(_only_asks, node.operands))
        case nodes.Listing():
            return all(map(_only_asks, node.items))
        case nodes.Index():
            return _only_asks(node.target)
        case _:
            return isinstance(node, nodes.Name | nodes.String | nodes.Literal | nodes.Pattern)


def _of_pattern(pattern: str) -> Picks:
    return (wildcards.of_pattern(pattern),)


def _undelimited(text: str) -> str:
    """Give a pattern of PHP without what stands around it: `/…/i`, `#…#`."""
    end = text.rfind({"(": ")", "{": "}", "[": "]"}.get(text[0], text[0]))
    return text[1:end] if end > 0 and not text[0].isalnum() else text


def _verb(call: nodes.Call) -> str:
    function = call.function
    return function.name if isinstance(function, nodes.Attribute) else getattr(function, "text", "")
