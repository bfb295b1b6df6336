"""Built-in functions of Python over what is known of their arguments, the environment and the clock."""

from __future__ import annotations

import ast
import shlex
from contextlib import suppress

from migrator.commands.languages.abstract import (
    UNKNOWN,
    Map,
    Ref,
    Seq,
    Text,
    Tool,
    any_of,
    anything,
    as_value,
    elements,
    options,
    text,
)
from migrator.commands.languages.python.attributes import attribute
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.dates import in_format
from migrator.commands.languages.python.environment import environment
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.operators import plain
from migrator.commands.languages.python.values import Class, Function, Thing

_DEEPEST = 12


def string_of(_machine: Machine, call: Call) -> object:
    """Read `str(…)`."""
    return any_of([Text(as_value(option)) for option in options(call.given[0])]) if call.given else text("")


def getenv(machine: Machine, call: Call) -> object:
    """Read `os.getenv` and `os.environ.get`."""
    return environment(machine, call.first("key"), call.given[1] if len(call.given) > 1 else call.named.get("default"))


def set_where_missing(machine: Machine, call: Call) -> object:
    """Read `os.environ.setdefault(name, value)`: from here on the variable is set."""
    name, value = as_value(call.first("key")), call.second("value")
    if name.exact and isinstance(value, Text):
        machine.environment.setdefault(name.text, value.value)
    return getenv(machine, call)


def partial(_machine: Machine, call: Call) -> object:
    """Read `functools.partial(function, …)`."""
    return Tool("partial", {**call.named, "call": call.first(), "given": Seq(call.given[1:])})


def completed(machine: Machine, tool: Tool, call: Call) -> object:
    """Call what `functools.partial` gave."""
    named = {name: value for name, value in tool.data.items() if name not in ("call", "given")}
    first = tool.data["given"]
    given = [*(first.items if isinstance(first, Seq) else []), *call.given]
    return machine.call(tool.data["call"], call.but(given, {**named, **call.named}))


def dressed(_machine: Machine, _call: Call) -> object:
    """Read `functools.wraps(function)` and caches: what they are given is not called by them."""
    return UNKNOWN


def named_tuple(_machine: Machine, call: Call) -> object:
    """Read `namedtuple('Name', 'one two')`: a class with these fields."""
    fields = call.second("field_names")
    if isinstance(fields, Text):
        names = fields.value.text.replace(",", " ").split()
    else:
        names = [as_value(each).text for each in elements(fields)]
    return Class(as_value(call.first("typename")).text, dict.fromkeys(names, UNKNOWN), ())


def attributes_of(machine: Machine, call: Call) -> object:
    """Read `vars(thing)`."""
    found = call.first()
    return attribute(machine, found, "__dict__") if isinstance(found, Thing) else UNKNOWN


def words_of(_machine: Machine, call: Call) -> object:
    """Read `shlex.split(text)`: what is not wholly known stays a command line."""
    found = call.first()
    if isinstance(found, Text) and found.value.exact:
        with suppress(ValueError):
            return Seq([text(word) for word in shlex.split(found.value.text)[:60]])
    return found


def clock(machine: Machine, call: Call) -> object:
    """Read a question to the clock."""
    written = call.written
    if written.endswith(("localtime", "gmtime")) and call.given and as_value(call.given[0]).dated is False:
        # The day of something else: of a file, of a row.
        return UNKNOWN
    if written.endswith("date.today"):
        machine.findings.dated = True
    return Tool("clock")


def date_written(machine: Machine, call: Call) -> object:
    """Read `time.strftime(format)`."""
    return in_format(machine, call.first("format"))


def passed_on(_machine: Machine, call: Call) -> object:
    """Read a call that gives its argument back as it is, for all that matters here."""
    return call.given[0] if call.given else Seq([])


def counting(_machine: Machine, call: Call) -> object:
    """Read `range`."""
    if len(call.given) == 1 and isinstance(call.given[0], int) and 0 <= call.given[0] <= 12:
        return Seq(list(range(call.given[0])))
    return Seq([UNKNOWN], True)


def zipped(_machine: Machine, call: Call) -> object:
    """Read `zip`."""
    columns = [elements(one) for one in call.given[:6]]
    return Seq(
        [Seq(list(row)) for row in zip(*columns, strict=False)], any(isinstance(g, Seq) and g.open for g in call.given)
    )


def counted(_machine: Machine, call: Call) -> object:
    """Read `enumerate`."""
    return Seq([Seq([UNKNOWN, element]) for element in elements(call.first())], True)


def mapped(machine: Machine, call: Call) -> object:
    """Read `map`: the function is called for each known element."""
    if len(call.given) < 2:
        return UNKNOWN
    columns = [elements(one, 12) for one in call.given[1:4]]
    found = [machine.call(call.given[0], call.but(list(row))) for row in zip(*columns, strict=False)]
    return Seq(found, not isinstance(call.given[1], Seq) or call.given[1].open)


def filtered(_machine: Machine, call: Call) -> object:
    """Read `filter`: what is left may be any of the elements."""
    return Seq(elements(call.given[1]), True) if len(call.given) > 1 else UNKNOWN


def compiled(_machine: Machine, call: Call) -> object:
    """Read `re.compile`."""
    return Tool("pattern", {"pattern": call.first("pattern")})


def one_of(_machine: Machine, call: Call) -> object:
    """Read `max`, `min` and `next`."""
    found = elements(call.given[0]) if call.given else []
    return found[0] if len(found) == 1 else (anything() if found and isinstance(found[0], Text) else UNKNOWN)


def dictionary(_machine: Machine, call: Call) -> object:
    """Read `dict(…)`: of a dictionary, of pairs, of names."""
    given = call.first()
    found = Map(dict(given.items), given.rest) if isinstance(given, Map) else Map()
    for pair in given.items[:200] if isinstance(given, Seq) else ():
        if isinstance(pair, Seq) and len(pair.items) == 2:
            found.put(plain(pair.items[0]), pair.items[1])
    found.items.update(call.named)
    return found


def length_of(_machine: Machine, call: Call) -> object:
    """Read `len`; an empty list may be filled where the reader does not see it."""
    given = call.first()
    return len(given.items) if isinstance(given, Seq) and given.items and not given.open else UNKNOWN


_TYPES = {
    "str": Text, "bytes": Text, "dict": Map, "list": Seq, "tuple": Seq, "set": Seq, "int": int, "float": float,
    "bool": bool, "Mapping": Map, "abc.Mapping": Map, "basestring": Text,
}  # fmt: skip


def of_type(_machine: Machine, call: Call) -> object:
    """Read `isinstance`: only what is wholly known has a type for sure."""
    thing = call.given[0] if len(call.given) > 1 else UNKNOWN
    if isinstance(thing, Text) and not (thing.value.exact and not thing.path):
        return UNKNOWN
    if not isinstance(thing, Text | Map | Seq | int | float):
        return UNKNOWN
    asked = call.given[1].items if isinstance(call.given[1], Seq) else [call.given[1]]
    kinds = [_TYPES.get(kind.dotted.removeprefix("collections.")) if isinstance(kind, Ref) else None for kind in asked]
    if any(kind is not None and isinstance(thing, kind) for kind in kinds):
        return True
    return UNKNOWN if None in kinds or isinstance(thing, Seq) else False


def evaluated(_machine: Machine, call: Call) -> object:
    """Read `ast.literal_eval(text)` where the text is a string or a number."""
    given = call.first()
    if not isinstance(given, Text) or not given.value.exact or len(given.value.text) > 2000:
        return UNKNOWN
    try:
        found = ast.literal_eval(given.value.text)
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return UNKNOWN
    if isinstance(found, str):
        return text(found)
    return found if isinstance(found, bool | int | float) or found is None else UNKNOWN


def with_attributes(_machine: Machine, call: Call) -> object:
    """Read `namedtupled.map(mapping)`, `munchify(mapping)`, `SimpleNamespace(**mapping)`: keys are attributes."""
    given = call.given[0] if call.given else Map(dict(call.named.items()))
    return _attributed(given, 0) if isinstance(given, Map) else UNKNOWN


def _attributed(thing: object, depth: int) -> object:
    if not isinstance(thing, Map) or depth > _DEEPEST:
        return thing
    return Thing(None, {str(key): _attributed(value, depth + 1) for key, value in thing.items.items()})


def parent(_machine: Machine, call: Call) -> object:
    """Read `super()` and `super(Class, self)`: what comes behind the class of the method that stands here."""
    frame = call.frame.called
    owner = next(iter(frame.names.values()), UNKNOWN) if frame is not None else UNKNOWN
    kind = owner if isinstance(owner, Class) else owner.kind if isinstance(owner, Thing) else None
    # A record that was asked for, or its manager.
    kinds = (owner.data.get("kind"), owner.data.get("manager")) if isinstance(owner, Tool) else (kind,)
    held = (_holding(each, call.node, 0) for each in kinds if isinstance(each, Class))
    here = call.given[0] if call.given else next((each for each in held if each is not None), None)
    return Tool("super", {"of": owner, "behind": here}) if isinstance(here, Class) else UNKNOWN


def _holding(kind: object, node: ast.AST, depth: int) -> Class | None:
    """Give the class of a line of descent in whose text a call stands."""
    if not isinstance(kind, Class) or depth > _DEEPEST:
        return None
    line = getattr(node, "lineno", 0)
    for member in kind.names.values():
        if isinstance(member, Function) and _stands(member.node, node, line):
            return kind
    return next((found for base in kind.bases if (found := _holding(base, node, depth + 1))), None)


def _stands(function: ast.AST, node: ast.AST, line: int) -> bool:
    first, last = getattr(function, "lineno", 0), getattr(function, "end_lineno", 0) or 0
    return first <= line <= last and any(inner is node for inner in ast.walk(function))


def attribute_of(machine: Machine, call: Call) -> object:
    """Read `getattr`."""
    if len(call.given) > 1 and isinstance(call.given[1], Text) and call.given[1].value.exact:
        return attribute(machine, call.given[0], call.given[1].value.text)
    return UNKNOWN
