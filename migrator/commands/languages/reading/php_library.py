"""Functions of PHP (php.net/manual) that name, open, load and start things beside those of the idioms."""

from __future__ import annotations

from migrator.commands.languages.abstract import UNKNOWN, Map, Seq, Text, Tool, anything
from migrator.commands.languages.reading import autoload, library, objects
from migrator.commands.languages.reading.dates import clock
from migrator.commands.languages.reading.language import Known, rows
from migrator.commands.languages.reading.library import empty_text, first_of, nothing
from migrator.commands.languages.reading.machine import Machine, described
from migrator.commands.languages.reading.picking import taken
from migrator.commands.languages.reading.settings_file import read_decoded, read_settings
from migrator.commands.languages.reading.values import Closure, Given, Object, truth
from migrator.commands.languages.syntax import nodes
from migrator.model import Mode


def _include(machine: Machine, given: Given) -> object:
    """Read `include`, `require` and their kin: the file's own statements run here, in this scope."""
    found = machine.load(given.get(0), given.frame)
    return UNKNOWN if found is None else found


def _define(machine: Machine, given: Given) -> object:
    """Read `define('NAME', value)`."""
    name = described(given.get(0))
    if name:
        machine.globals[name] = given.get(1)
    return True


def _constant(machine: Machine, given: Given) -> object:
    return machine.globals.get(described(given.get(0)), UNKNOWN)


def _defined(machine: Machine, given: Given) -> object:
    return True if described(given.get(0)) in machine.globals else UNKNOWN


def _global(machine: Machine, given: Given) -> object:
    """Read `global $x`."""
    if machine.top is not None:
        for argument in given.nodes:
            if isinstance(argument.value, nodes.Name):
                name = argument.value.text
                given.frame.names[name] = machine.top.names.get(name, UNKNOWN)
    return UNKNOWN


def _include_path(machine: Machine, given: Given) -> object:
    """Read `set_include_path`: the folders in it that are known."""
    found = given.get(0)
    if isinstance(found, Text):
        machine.paths.extend(found.value.but(part, part) for part in found.value.text.split(":")[:8] if part[:1] == "/")
    return UNKNOWN


def _autoload(machine: Machine, given: Given) -> object:
    """Read `spl_autoload_register(loader)`."""
    autoload.register(machine, given.get(0))
    return True


def _call(machine: Machine, given: Given) -> object:
    """Read `call_user_func(function, …)`."""
    function = given.get(0)
    if isinstance(function, Seq):
        machine.dispatched(given.frame)
        return UNKNOWN
    rest = given.items[1:]
    if given.tail.endswith("_array") and rest and isinstance(rest[0], Seq):
        rest = rest[0].items
    return machine.invoke(function, rest, given.named, given.line, given.frame)


def _mysqli(machine: Machine, given: Given) -> object:
    """Read `mysqli_connect(host, user, password, database)`."""
    given.named.setdefault("database", given.get(3))
    return objects.connection(machine, given)


def _database_chosen(machine: Machine, given: Given) -> object:
    """Read `mysql_select_db(name)` and `mysqli_select_db(connection, name)`."""
    name = described(given.get(1 if given.tail.startswith("mysqli") else 0))
    if name:
        machine.databases[name] = None
    return True


def _exploded(_machine: Machine, given: Given) -> object:
    return library.parts(None, given.get(0), given.get(1))


def _mapped(machine: Machine, given: Given) -> object:
    """Read `array_map(function, list)`."""
    function, over = (given.get(0), given.get(1)) if given.tail != "array_walk" else (given.get(1), given.get(0))
    items = over.items if isinstance(over, Seq) else [UNKNOWN]
    if not isinstance(function, Closure | Text):
        return UNKNOWN
    return Seq(
        [machine.invoke(function, [item], {}, given.line, given.frame) for item in items[:12] or [UNKNOWN]], True
    )


def _filtered(machine: Machine, given: Given) -> object:
    """Read `array_filter(list, function)`: what is left may be any that the function lets through."""
    over, function = given.get(0), given.get(1)
    items = over.items if isinstance(over, Seq) else [UNKNOWN]
    picks = taken(machine, function)
    for item in items[:12] if isinstance(function, Closure) else ():
        machine.invoke(function, [item], {}, given.line, given.frame)
    return Seq(machine.pick(items, picks), open=True)


def _taken(machine: Machine, given: Given) -> object:
    """Read `array_shift` and `array_pop`: the list goes on without what they give."""
    found = given.get(0)
    if not isinstance(found, Seq) or not given.nodes:
        return UNKNOWN
    if not found.items:
        return UNKNOWN if found.open else None
    first = given.tail == "array_shift"
    rest = found.items[1:] if first else found.items[:-1]
    machine.bind(given.nodes[0].value, Seq(rest, found.open), given.frame)
    return found.items[0] if first else found.items[-1]


def _merged(_machine: Machine, given: Given) -> object:
    """Read `array_merge(a, b)`."""
    found = Map()
    rows: list[object] = []
    for each in given.items:
        if isinstance(each, Map):
            found.items.update(each.items)
        elif isinstance(each, Seq):
            rows.extend(each.items)
    return found if found.items else Seq(rows[:400], True)


def _isset(_machine: Machine, given: Given) -> object:
    found = given.get(0)
    return False if found is None else (True if isinstance(found, Text) else UNKNOWN)


def _empty(_machine: Machine, given: Given) -> object:
    """Read `empty($x)`: true where a plain value is false; what only a run gives may be either."""
    found = truth(given.get(0))
    return UNKNOWN if found is None or given.get(0) is UNKNOWN else not found


def _replaced(_machine: Machine, given: Given) -> object:
    """Read `str_replace(search, replacement, subject)`."""
    one, other, whole = given.get(0), given.get(1), given.get(2)
    known = isinstance(one, Text) and one.value.exact and one.value.text
    if known and isinstance(one, Text) and isinstance(other, Text) and isinstance(whole, Text):
        return Text(whole.value.but(whole.value.text[:2000].replace(one.value.text, other.value.text)))
    return anything()


FUNCTIONS: dict[str, Known] = {
    **rows("include include_once require require_once", _include),
    "define": _define,
    "constant": _constant,
    **rows("count sizeof", library.counted),
    "set_include_path": _include_path,
    "spl_autoload_register": _autoload,
    "defined": _defined,
    "global": _global,
    "parse_ini_file": read_settings,
    **rows("json_decode yaml_parse_file Yaml.parse Yaml.parseFile yaml_parse", read_decoded),
    **rows("call_user_func call_user_func_array", _call),
    **rows("mysqli_connect mysql_connect mysqli_real_connect", _mysqli),
    "new mysqli": _mysqli,
    **rows("mysql_select_db mysqli_select_db", _database_chosen),
    **rows("pg_connect sqlite_open", objects.connection),
    **rows("new~PDO", objects.connection),
    "new SQLite3": objects.connection,
    **rows("dirname", library.parent_of),
    "basename": library.last_part,
    "realpath": library.whole_path,
    "getcwd": library.working_folder,
    "chdir": library.change_folder,
    **rows("sys_get_temp_dir tempnam tmpfile", library.temporary),
    **rows("date time gmdate strftime mktime microtime new~DateTime date_create strtotime", clock),
    **rows("sleep usleep", library.slept),
    **rows("file_exists is_file is_readable filesize filemtime", library.looked),
    **rows("sprintf vsprintf", library.formatted),
    **rows("implode join", library.glued),
    "explode": _exploded,
    "getenv": library.environment_of,
    "env": library.environment_of,
    "flock": library.locked,
    **rows("array_map array_walk usort", _mapped),
    "array_filter": _filtered,
    **rows("array_merge array_replace", _merged),
    "isset": _isset,
    "empty": _empty,
    **rows("array_shift array_pop", _taken),
    **rows("array_push array_unshift", library.pushed),
    "str_replace": _replaced,
    **rows("trim rtrim ltrim strval realpath_cache escapeshellarg escapeshellcmd array_values array_unique", first_of),
    "strtolower": library.lower,
    "strtoupper": library.upper,
    **rows("print printf fprintf fwrite fputs fputcsv fclose mkdir chmod chown header exit die strlen", nothing),
    **rows("substr mb_substr", library.cut),
    **rows("preg_replace md5 sha1 uniqid number_format json_encode", empty_text),
}


def _opened(machine: Machine, given: Given) -> object:
    """Read `$archive->open(path, flags)` of ZipArchive."""
    owner = given.owner
    if isinstance(owner, Tool) and owner.data.get("class") == "ZipArchive":
        makes = objects.says(given.nodes, "CREATE") or objects.says(given.nodes, "OVERWRITE")
        machine.touch(Mode.WRITE if makes else Mode.READ, given.get(0), given.line, given.frame)
        return True
    return objects.outside(machine, given)


def _model_loaded(machine: Machine, given: Given) -> object:
    """Read `$this->load->model('orders_model', 'orders')` of CodeIgniter: the object gets a model of that name."""
    written = described(given.get(0)).rpartition("/")[2]
    for name in (written, written[:1].upper() + written[1:]) if given.receiver == "load" and written else ():
        kind = autoload.known(machine, name, given.frame)
        if kind is not None and isinstance(given.frame.this, Object):
            given.frame.this.values.items[described(given.get(1)) or written] = Object(kind.name)
            return UNKNOWN
    return objects.outside(machine, given)


METHODS: dict[str, Known] = {
    "model": _model_loaded,
    "open": _opened,
}
