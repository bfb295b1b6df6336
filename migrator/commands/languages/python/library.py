"""Functions and methods of Python libraries that name, read or write things: the standard library, pandas, Spark."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from migrator.commands.invocation import Space
from migrator.commands.languages.python.abstract import (
    UNKNOWN,
    Frame,
    Map,
    Seq,
    Text,
    Tool,
    anything,
    as_value,
    elements,
    options,
    text,
    text_options,
)
from migrator.commands.languages.python.evaluate import attribute, environment
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.paths import absolute, below, join, parent
from migrator.commands.values import Value, literal
from migrator.model import Mode

Given = list[object]
Named = dict[str, object]
Known = Callable[[Machine, Given, Named, ast.Call, Frame], object]


def first(given: Given, named: Named, *names: str) -> object:
    """Give the first argument, by place or by one of its names."""
    if given:
        return given[0]
    return next((named[name] for name in names if name in named), UNKNOWN)


def second(given: Given, named: Named, *names: str) -> object:
    """Give the second argument, by place or by one of its names."""
    if len(given) > 1:
        return given[1]
    return next((named[name] for name in names if name in named), UNKNOWN)


def opened(machine: Machine, target: object, mode: object, node: ast.Call, frame: Frame) -> object:
    """Read `open(target, mode)`."""
    letters = {option.value.text for option in text_options(mode)} or {"r"}
    for letter in sorted(letters):
        if "a" in letter:
            machine.touch(Mode.APPEND, target, node, frame)
        elif any(sign in letter for sign in "wx"):
            machine.touch(Mode.WRITE, target, node, frame)
        else:
            machine.touch(Mode.READ, target, node, frame)
            if "+" in letter:
                machine.touch(Mode.WRITE, target, node, frame)
    return Tool("file", {"name": target})


def open_file(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    """Read `open(path, mode)` and its kin."""
    return opened(machine, first(given, named, "file", "filename", "uri"), second(given, named, "mode"), node, frame)


def touching(mode: Mode, *names: str, place: int = 0, space: Space = Space.PATH, folder: bool = False) -> Known:
    """Make the reader of a call that touches one argument, by place or by name."""

    def known(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
        placed = given[place] if len(given) > place else UNKNOWN
        target = placed if text_options(placed) or isinstance(placed, Seq) else _by_name(named, names, placed)
        machine.touch(mode, _as_folder(target) if folder else target, node, frame, space=space)
        return UNKNOWN

    return known


def _by_name(named: Named, names: tuple[str, ...], otherwise: object) -> object:
    return next((named[name] for name in names if name in named), otherwise)


def _as_folder(target: object) -> object:
    found = [
        Text(option.value + literal("/")) if not option.value.text.endswith("/") else option
        for option in text_options(target)
    ]
    return found[0] if len(found) == 1 else target


def spark(mode: Mode) -> Known:
    """Make the reader of a Spark call that reads or writes its first argument."""

    def known(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
        target = first(given, named, "path", "paths", "name")
        space = Space.HDFS if machine.distributed else Space.PATH
        found = elements(target) if isinstance(target, Seq) else list(options(target))
        for element in found[:12]:
            for option in text_options(element):
                for piece in option.value.text.split(",")[:8]:
                    machine.touch(mode, Text(option.value.but(piece, piece)), node, frame, space=space)
        return UNKNOWN

    return known


def between(source: Mode, target: Mode) -> Known:
    """Make the reader of a call that takes one path to another."""

    def known(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
        one = first(given, named, "src")
        machine.touch(Mode.READ, one, node, frame)
        if source is Mode.DELETE:
            machine.touch(Mode.DELETE, one, node, frame)
        machine.touch(target, second(given, named, "dst"), node, frame)
        return second(given, named, "dst")

    return known


def listed(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    """Read a listing of a folder: what it gives is unknown names."""
    folder = first(given, named, "path", "top", "hdfs_path")
    dotted = _name_of(node)
    space = Space.HDFS if "hdfs" in dotted else Space.PATH
    machine.touch(Mode.READ, _as_folder(folder), node, frame, 0.7, space)
    whole = "hdfs" in dotted or "scandir" in dotted
    each = below(folder, anything("name")) if whole and isinstance(folder, Text) else anything("name")
    if dotted.endswith("walk"):
        base = folder if isinstance(folder, Text) else anything()
        return Seq([Seq([base, Seq([anything()], True), Seq([anything()], True)])], True)
    return Seq([each], True)


def _name_of(node: ast.Call) -> str:
    return ast.unparse(node.func) if isinstance(node.func, ast.Attribute | ast.Name) else ""


def globbed(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    """Read `glob.glob(pattern)`."""
    pattern = first(given, named, "pathname")
    machine.touch(Mode.READ, pattern, node, frame)
    found = text_options(pattern)
    return Seq([Text(Value(o.value.text, o.value.written, exact=False)) for o in found] or [UNKNOWN], True)


def looked(machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read a look at a file: a wait, where a loop sleeps between looks."""
    for option in text_options(given[0] if given else UNKNOWN):
        machine.polls.append(("file", option.value.text))
    return UNKNOWN


def joined(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `os.path.join`."""
    return join(given)


def folder_of(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `os.path.dirname`."""
    return Text(parent(given[0].value)) if given and isinstance(given[0], Text) else anything()


def whole_path(machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `os.path.abspath` and `realpath`."""
    return Text(absolute(given[0].value, machine.folder)) if given and isinstance(given[0], Text) else anything()


def last_part(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `os.path.basename`."""
    if given and isinstance(given[0], Text):
        return Text(given[0].value.but(given[0].value.text.rstrip("/").rpartition("/")[2]))
    return anything()


def homed(machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `os.path.expanduser` and `Path.home`."""
    if given and isinstance(given[0], Text):
        value = given[0].value
        return Text(machine.home + value.but(value.text[1:])) if value.text.startswith("~") else given[0]
    return Text(machine.home) if not given else anything()


def split_extension(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `os.path.splitext`."""
    if given and isinstance(given[0], Text):
        head, dot, tail = given[0].value.text.rpartition(".")
        value = given[0].value
        return Seq([Text(value.but(head)), text(dot + tail)]) if dot and "/" not in tail else Seq([given[0], text("")])
    return Seq([anything(), anything()])


def path_made(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `Path(…)`."""
    if not given:
        return Text(literal("."), path=True)
    found = given[0] if isinstance(given[0], Text) else anything()
    for part in given[1:]:
        found = below(found, part)
    return Text(as_value(found), path=True)


def string_of(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `str(…)`."""
    return Text(as_value(given[0])) if given else text("")


def getenv(machine: Machine, given: Given, named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `os.getenv` and `os.environ.get`."""
    return environment(machine, first(given, named, "key"), given[1] if len(given) > 1 else named.get("default"))


def working_folder(machine: Machine, _given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `os.getcwd`."""
    return Text(machine.folder)


def change_folder(machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `os.chdir`."""
    if given and isinstance(given[0], Text):
        machine.folder = absolute(given[0].value, machine.folder)
    return None


def clock(machine: Machine, _given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read a question to the clock."""
    machine.findings.dated = True
    return Tool("clock")


def temporary_name(_machine: Machine, _given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read what `tempfile` gives: a name of this run alone."""
    return Text(Value("/tmp/tmp*", "tempfile", exact=False, private=True))  # noqa: S108  a name only


def temporary_pair(_machine: Machine, given: Given, named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `tempfile.mkstemp`."""
    return Seq([UNKNOWN, temporary_name(_machine, given, named, _node, _frame)])


def started(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    """Read a command that the program starts."""
    machine.start(first(given, named, "args", "cmd", "command"), node, frame)
    return UNKNOWN


def passed_on(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read a call that gives its argument back as it is, for all that matters here."""
    return given[0] if given else Seq([])


def counting(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `range`."""
    if len(given) == 1 and isinstance(given[0], int) and 0 <= given[0] <= 12:
        return Seq(list(range(given[0])))
    return Seq([UNKNOWN], True)


def zipped(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `zip`."""
    columns = [elements(one) for one in given[:6]]
    return Seq(
        [Seq(list(row)) for row in zip(*columns, strict=False)], any(isinstance(g, Seq) and g.open for g in given)
    )


def counted(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `enumerate`."""
    return Seq([Seq([UNKNOWN, element]) for element in elements(given[0] if given else UNKNOWN)], True)


def mapped(machine: Machine, given: Given, _named: Named, node: ast.Call, frame: Frame) -> object:
    """Read `map`: the function is called for each known element."""
    if len(given) < 2:
        return UNKNOWN
    columns = [elements(one, 12) for one in given[1:4]]
    found = [machine.call(given[0], list(row), {}, node, frame) for row in zip(*columns, strict=False)]
    return Seq(found, not isinstance(given[1], Seq) or given[1].open)


def filtered(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `filter`: what is left may be any of the elements."""
    return Seq(elements(given[1]), True) if len(given) > 1 else UNKNOWN


def one_of(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `max`, `min` and `next`."""
    found = elements(given[0]) if given else []
    return found[0] if len(found) == 1 else (anything() if found and isinstance(found[0], Text) else UNKNOWN)


def dictionary(_machine: Machine, given: Given, named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `dict(…)`."""
    found = Map(dict(given[0].items) if given and isinstance(given[0], Map) else {})
    found.items.update(named)
    return found


def length_of(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `len`."""
    if given and isinstance(given[0], Seq) and not given[0].open:
        return len(given[0].items)
    return UNKNOWN


def attribute_of(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `getattr`."""
    if len(given) > 1 and isinstance(given[1], Text) and given[1].value.exact:
        return attribute(_machine, given[0], given[1].value.text)
    return UNKNOWN


def connected(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    """Read a connection to a database: its name qualifies tables, a file of SQLite is touched."""
    if _name_of(node).startswith("sqlite3") or "sqlite" in _name_of(node):
        machine.touch(Mode.READ, first(given, named, "database"), node, frame, 0.6)
        return Tool("connection", {"file": first(given, named, "database")})
    name = next(
        (named[key] for key in ("database", "dbname", "db", "dsn", "conninfo") if key in named),
        given[0] if given else UNKNOWN,
    )
    for option in text_options(name):
        machine.database = _database(option.value) or machine.database
    return Tool("connection")


def _database(value: Value) -> str:
    match = (
        re.search(r"(?:dbname|database)=([\w.-]+)|://[^/]*/([\w.-]+)|(?:^|:)([\w-]+)$", value.text)
        if value.exact
        else None
    )
    return next((found for found in match.groups() if found), "") if match else ""


def stored(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    """Read `create_engine`."""
    target = first(given, named, "url", "name_or_url")
    for option in text_options(target):
        if option.value.text.startswith("sqlite"):
            machine.touch(Mode.READ, Text(option.value.but(option.value.text.partition(":///")[2])), node, frame, 0.6)
        machine.database = _database(option.value) or machine.database
    return Tool("connection")


def statement_run(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    """Read a call that runs a statement of SQL."""
    machine.sql(first(given, named, "sql", "query", "statement", "sqlQuery"), node, frame)
    return UNKNOWN


def requested(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    """Read a request over HTTP."""
    changes = _name_of(node).rpartition(".")[2] in ("post", "put", "patch", "delete")
    machine.touch(Mode.WRITE if changes else Mode.READ, first(given, named, "url"), node, frame, 0.8)
    return UNKNOWN


def retrieved(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    """Read a download to a file."""
    machine.touch(Mode.READ, first(given, named, "url"), node, frame)
    machine.touch(Mode.WRITE, second(given, named, "filename", "out"), node, frame)
    return UNKNOWN


def slept(machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    """Read `time.sleep`."""
    machine.slept = (
        int(given[0]) if given and isinstance(given[0], int | float) and not isinstance(given[0], bool) else 0
    )
    return None


def thread_target(machine: Machine, _given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    """Read a thread or process: its target is called."""
    given = named.get("args", Seq([]))
    if "target" in named:
        machine.call(named["target"], elements(given), {}, node, frame)
    return Tool("thread")
