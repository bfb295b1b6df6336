"""Methods of things: by what they are called on, else by their name alone."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from migrator.commands.invocation import Space
from migrator.commands.languages import days
from migrator.commands.languages.abstract import UNKNOWN, Map, Ref, Seq, Text, Tool, anything, elements, text_options
from migrator.commands.languages.python import (
    cloud,
    command_line,
    databases,
    files,
    google,
    methods,
    names,
    orm,
    settings,
    stores,
    templates,
    verbs,
)
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.calling import handed, says
from migrator.commands.languages.python.dates import in_format, in_template
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.values import Thing, find_method
from migrator.model import Mode

_POOLED = frozenset({"map", "imap", "imap_unordered", "starmap", "submit", "apply_async", "map_async", "apply"})
_ONE = frozenset({"submit", "apply_async", "apply"})
_DATES = frozenset({"isoformat", "to_date_string", "ctime"})
_FORMATS = frozenset({"strftime", "format"})


def method(machine: Machine, owner: object, name: str, call: Call) -> object:
    """Read a call of a method."""
    if isinstance(owner, Text):
        return methods.text_method(machine, owner, name, call)
    if isinstance(owner, Tool):
        reader = _TOOLS.get(owner.kind.partition(":")[0])
        if reader is not None:
            return reader(machine, owner, name, call)
    if isinstance(owner, Map):
        return methods.map_method(owner, name, call.given)
    if isinstance(owner, Seq):
        found = methods.sequence_method(owner, name, call.given)
        # What is added on one of two ways may not be there.
        owner.open = owner.open or (machine.unsure > 0 and name in ("append", "extend", "insert", "add"))
        return found
    if isinstance(owner, Thing) and name == "start" and owner.kind is not None:
        # A thread or process of the program's own class.
        run = find_method(owner.kind, "run")
        return UNKNOWN if run is None else machine.call(replace(run, bound=owner), call.but([]))
    if isinstance(owner, Thing) and orm.is_model(owner.kind):
        return orm.of_record(machine, owner, name, call)
    return _by_name(machine, owner, name, call)


def _by_name(machine: Machine, owner: object, name: str, call: Call) -> object:
    if name in ("client", "resource") and call.given and isinstance(call.given[0], Text):
        return cloud.client(machine, call)
    if name in _POOLED and call.given and not (isinstance(owner, Ref) and "." not in owner.dotted and name == "apply"):
        return _pooled(machine, name, call)
    if name in names.READERS_OF_SPARK and says(call.node, "read", "readStream"):
        return files.spark(Mode.READ)(machine, call)
    if name in (*names.READERS_OF_SPARK, *_SAVED) and says(call.node, "write", "writeStream"):
        return _saved(machine, name, call)
    if name == "strftime":
        return in_template(call.first("format", "fmt"))
    if name == "to_sql":
        return _to_table(machine, call, "name")
    asked = orm.of_session(machine, name, call)
    if asked is not None:
        return asked
    known = names.METHODS.get(name)
    if known is not None:
        return known(machine, call)
    for callback in handed(call):
        if not isinstance(callback.node, ast.Lambda):
            machine.call(callback, call.but([UNKNOWN] * len(callback.node.args.args)))
    return verbs.told_by_verb(machine, name, call, library=isinstance(owner, Ref) and verbs.is_foreign(owner.dotted))


_SAVED = ("save", "saveAsTable", "insertInto")


def _saved(machine: Machine, name: str, call: Call) -> object:
    if name in ("saveAsTable", "insertInto", "table"):
        return _to_table(machine, call, "name", "tableName")
    return files.spark(Mode.WRITE)(machine, call)


def _to_table(machine: Machine, call: Call, *names_of: str) -> object:
    database = databases.named_by(call.second("con", "conn", "connection"))
    for option in text_options(call.first(*names_of)):
        schema = call.named.get("schema")
        whole = [o.value.text + "." for o in text_options(schema) if o.value.exact][:1]
        machine.table(Mode.WRITE, "".join(whole) + option.value.text, call, database)
    return UNKNOWN


def _pooled(machine: Machine, name: str, call: Call) -> object:
    if name in _ONE:
        rest = call.given[1:]
        if name != "submit":
            rest = elements(call.second("args")) if len(call.given) > 1 or "args" in call.named else []
        machine.call(call.given[0], call.but(rest, call.named if name == "submit" else None))
        return UNKNOWN
    found = [
        machine.call(call.given[0], call.but(elements(element) if name == "starmap" else [element]))
        for element in (elements(call.given[1], 12) if len(call.given) > 1 else [])
    ]
    return Seq(found, True)


def _of_clock(machine: Machine, _owner: Tool, name: str, call: Call) -> object:
    if name in _FORMATS:
        return in_format(machine, call.first("format", "fmt"))
    if name == "date" or days.asks_day(name):
        machine.findings.dated = True
    return anything("date", dated=True) if name in _DATES else Tool("clock")


def _of_file(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    if name in ("read", "readlines", "splitlines", "__iter__"):
        return settings.read_of(machine, owner)
    if name == "extractall":
        return files.touching(Mode.WRITE, "path", folder=True)(machine, call)
    if name in ("__enter__", "fileno"):
        return owner
    if name in _FILLING or name == "truncate":
        files.changed(machine, (owner,), call)
    # What is written into a file is no path; where a document is written to is one.
    return UNKNOWN if name in _FILLING else verbs.told_by_verb(machine, name, call)


_FILLING = frozenset({"write", "writelines", "writestr", "writerow", "writerows", "dump", "load", "add", "put"})


def _of_file_system(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of `s3fs.S3FileSystem()` and its kin: paths without a scheme are the store's."""
    scheme = str(owner.data.get("scheme", ""))
    target = files.with_scheme(call.first("path", "lpath", "rpath"), scheme)
    if name == "open":
        return files.opened(machine, target, call.second("mode"), call)
    mode = _OF_STORES.get(name)
    if mode is not None:
        machine.touch(mode, target, call)
    if name in ("put", "upload", "put_file"):
        machine.touch(Mode.READ, call.first("lpath"), call)
        machine.touch(Mode.WRITE, files.with_scheme(call.second("rpath"), scheme), call)
    if name in ("get", "download", "get_file"):
        machine.touch(Mode.READ, target, call)
        machine.touch(Mode.WRITE, call.second("lpath"), call)
    return Seq([target], True) if name in ("glob", "ls", "find") else UNKNOWN


_OF_STORES = {
    "ls": Mode.READ, "glob": Mode.READ, "find": Mode.READ, "cat": Mode.READ, "rm": Mode.DELETE, "delete": Mode.DELETE,
    "pipe": Mode.WRITE, "touch": Mode.WRITE,
}  # fmt: skip


def _of_transfer(machine: Machine, _owner: Tool, name: str, call: Call) -> object:
    """Read a method of a session with another host: `put` sends a local file, `get` fetches one."""
    if name in ("put", "upload"):
        machine.touch(Mode.READ, call.first("localpath", "local"), call)
        machine.touch(Mode.WRITE, call.second("remotepath", "remote"), call, space=Space.PLACE, confidence=0.2)
    if name in ("get", "download"):
        machine.touch(Mode.WRITE, call.second("localpath", "local"), call)
    return Tool("transfer") if name in ("open_sftp", "from_transport", "__enter__") else UNKNOWN


_TOOLS: dict[str, Callable[[Machine, Tool, str, Call], object]] = {
    "boto3": cloud.method,
    "waiter": lambda machine, owner, _name, call: cloud.waiter(machine, owner, call),
    "parser": command_line.of_parser,
    "subparsers": command_line.of_parser,
    "group": command_line.of_group,
    "entry": command_line.of_group,
    "clock": _of_clock,
    "file": _of_file,
    "connection": databases.of_connection,
    "collection": databases.of_collection,
    "config": settings.of_config,
    "env": settings.of_environment,
    "query": orm.of_query,
    "filesystem": _of_file_system,
    "transfer": _of_transfer,
    "bucket": google.of_storage,
    "bigquery": google.of_bigquery,
    "series": stores.of_series,
    "keys": stores.of_keys,
    "index": stores.of_index,
    "rows": stores.of_rows,
    "template": templates.filled,
}
