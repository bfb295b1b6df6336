"""Connections to databases, the statements that run on them, collections of documents."""

from __future__ import annotations

import posixpath
import re

from migrator.commands.languages import mongo
from migrator.commands.languages.abstract import (
    UNKNOWN,
    Choice,
    Map,
    Text,
    Tool,
    as_value,
    elements,
    options,
    text_options,
)
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Known, Machine
from migrator.commands.languages.words import named
from migrator.commands.values import Value
from migrator.model import Mode

_NAMED = ("database", "dbname", "db", "dsn", "conninfo")
_IN_TEXT = re.compile(r"(?:dbname|database)=([\w.-]+)|://[^/]*/([\w.-]+)|(?:^|:)([\w-]+)$")
_RUNS = named(
    """
    execute executemany executescript execute_values execute_batch sql query fetch fetchall fetchrow fetchval
    mogrify exec_driver_sql read_sql pl df
    """
)
_COLLECTIONS = {re.sub(r"(?=[A-Z])", "_", name).lower(): mode for name, mode in mongo.MODES.items()}
_SERVER = named("close server_info list_database_names command start_session admin create_index")
METHODS = _SERVER | _COLLECTIONS.keys() | named("get_database get_default_database get_collection with_options")
"""What is called on clients, databases and collections of MongoDB; any other name is a database or collection."""


def connected(machine: Machine, call: Call) -> object:
    """Read a connection to a database on a server: its name qualifies tables."""
    name = next((call.named[key] for key in _NAMED if key in call.named), call.first())
    found = ""
    for option in text_options(name):
        found = _database(option.value)
        machine.database = found or machine.database
    return Tool("connection", {"database": found} if found else {})


def file_connected(machine: Machine, call: Call) -> object:
    """Read a connection to a database in a file, of SQLite or DuckDB, whatever the program calls the library."""
    return _file(machine, call.first("database"), call)


def _file(machine: Machine, target: object, call: Call) -> Tool:
    """Give a connection to a file: its tables are those of the file, which its name without the ending says."""
    target = _without_scheme(target)
    machine.touch(Mode.READ, target, call, 0.6)
    stems = {posixpath.splitext(posixpath.basename(option.value.text))[0] for option in text_options(target)}
    stem = stems.pop() if len(stems) == 1 else ""
    known = stem and "*" not in stem and not stem.startswith(":")
    return Tool("connection", {"database": stem.replace(".", "_")} if known else {})


def _without_scheme(target: object) -> object:
    """Give the path in SQLite's `file:/data/x.db?mode=ro` (sqlite.org/uri.html)."""
    found = [_path_of(option) for option in options(target)]
    return found[0] if len(found) == 1 else Choice(tuple(found))


def _path_of(thing: object) -> object:
    if not (isinstance(thing, Text) and thing.value.text.startswith("file:")):
        return thing
    path = thing.value.text.removeprefix("file:").partition("?")[0]
    return Text(thing.value.but("/" + path.lstrip("/") if path.startswith("//") else path))


def _database(value: Value) -> str:
    match = _IN_TEXT.search(value.text) if value.exact else None
    return next((found for found in match.groups() if found), "") if match else ""


def stored(machine: Machine, call: Call) -> object:
    """Read `create_engine`."""
    for option in text_options(call.first("url", "name_or_url")):
        value = option.value
        if value.text.startswith(("sqlite", "duckdb")):
            made = _file(machine, Text(value.but(value.text.partition(":///")[2])), call)
            machine.database = str(made.data.get("database", "")) or machine.database
            return made
        machine.database = _database(value) or machine.database
    return Tool("connection")


def statement_run(machine: Machine, call: Call) -> object:
    """Read a call that runs a statement of SQL."""
    _run(machine, call, None)
    return UNKNOWN


def copied(mode: Mode) -> Known:
    """Make the reader of psycopg's `cursor.copy_from(file, table)` and `cursor.copy_to(file, table)`."""

    def known(machine: Machine, call: Call) -> object:
        for option in text_options(call.second("table")):
            machine.table(mode, option.value.text, call)
        return UNKNOWN

    return known


def statement_read(machine: Machine, call: Call) -> object:
    """Read `pd.read_sql(statement or table, connection)`."""
    connection = call.second("con", "connection", "conn")
    _run(machine, call, named_by(connection))
    for option in text_options(call.first("sql", "query", "table_name")):
        if option.value.exact and re.fullmatch(r"[A-Za-z_][\w.]{0,120}", option.value.text):
            machine.table(Mode.READ, option.value.text, call, named_by(connection))
    return UNKNOWN


def named_by(connection: object) -> str | None:
    """Give the database of a connection, where it says one."""
    found = connection.data.get("database") if isinstance(connection, Tool) else None
    return str(found) if found else None


def _run(machine: Machine, call: Call, database: str | None) -> None:
    # psycopg2's own batches take the cursor first.
    statement = call.first("sql", "query", "statement", "sqlQuery", "sql_query")
    given = call.second("params", "parameters", "vars", "args")
    if not text_options(statement) and len(call.given) > 1:
        statement, given = call.given[1], UNKNOWN
    machine.sql(statement, call, database, given)


def of_connection(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of a connection or cursor: statements, and what gives a connection again."""
    if name in _RUNS:
        _run(machine, call, named_by(owner))
        return owner
    if name in ("copy_from", "copy_expert"):
        _copied(machine, owner, name, call)
    if name in ("insert", "write", "append") and call.given and text_options(call.given[0]):
        machine.table(Mode.WRITE, as_value(call.given[0]).text, call, named_by(owner))
    return owner


def _copied(machine: Machine, owner: Tool, name: str, call: Call) -> None:
    if name == "copy_expert":
        machine.sql(call.first("sql"), call, named_by(owner))
    for option in text_options(call.second("table")) if name == "copy_from" else []:
        machine.table(Mode.WRITE, option.value.text, call, named_by(owner))


def documents(_machine: Machine, call: Call) -> object:
    """Read `MongoClient(…)`: below it are databases, and collections in those."""
    address = as_value(call.first("host"))
    base = _database(address) if "://" in address.text else ""
    return Tool("collection", {"path": "", "default": base})


def below(owner: Tool, name: str) -> Tool:
    """Give the database or collection of a name."""
    path = str(owner.data.get("path", ""))
    return Tool("collection", {"path": f"{path}.{name}" if path else name, "default": owner.data.get("default", "")})


def of_collection(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of a client, database or collection of MongoDB."""
    path = str(owner.data.get("path", ""))
    if name in ("get_database", "get_default_database"):
        base = as_value(call.first("name"))
        return below(owner, base.text if base.exact and base.text else str(owner.data.get("default", "")) or "*")
    if name in ("get_collection", "with_options") and call.given:
        return below(owner, as_value(call.given[0]).text)
    mode = _COLLECTIONS.get(name)
    if mode is None or not path:
        return UNKNOWN
    machine.table(mode, path, call, "")
    if name == "aggregate":
        _merged(machine, owner, call)
    return UNKNOWN


def _merged(machine: Machine, owner: Tool, call: Call) -> None:
    """Read `$out` and `$merge`, which write what an aggregation gives; `$lookup` reads another collection."""
    base = str(owner.data.get("path", "")).rpartition(".")[0]
    for stage in elements(call.first("pipeline")):
        if not isinstance(stage, Map):
            continue
        for key, inner, mode in (
            ("$out", "coll", Mode.WRITE),
            ("$merge", "into", Mode.WRITE),
            ("$lookup", "from", Mode.READ),
        ):
            target = stage.items.get(key)
            target = target.items.get(inner) if isinstance(target, Map) else target
            for option in text_options(target):
                machine.table(mode, f"{base}.{option.value.text}" if base else option.value.text, call, "")
