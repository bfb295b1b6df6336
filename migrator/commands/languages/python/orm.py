"""Tables behind classes: models of Django, SQLAlchemy and Peewee, and what is asked of them.

Django names a table `app_model` where no `db_table` does (docs.djangoproject.com, Model Meta options); SQLAlchemy has
`__tablename__`, Peewee `table_name` in `Meta`. Reading before `delete` or `update` in the same expression is no use of
the data.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import replace

from migrator.commands.invocation import Space, Touch
from migrator.commands.languages.abstract import UNKNOWN, Choice, Map, Ref, Seq, Text, Tool, as_value
from migrator.commands.languages.python import model_rows, records
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.values import Class, Thing
from migrator.commands.languages.sql_values import Rows
from migrator.commands.languages.words import named
from migrator.model import Mode

_MODELS = named("models.Model db.Model peewee.Model Model SQLModel sqlmodel.SQLModel")
_WRITES = named(
    """
    create bulk_create get_or_create update_or_create bulk_update acreate abulk_create insert insert_many
    insert_from replace replace_many save asave add upsert on_conflict_do_update
    """
)
_CHANGES = named("update aupdate")
_DELETES = named("delete adelete delete_instance truncate delete_by_id")
_ASKS = named("query select get scalar scalars execute exists refresh aliased outerjoin join")
_EXECUTES = named("execute scalar scalars")
_KEEPS = named("add add_all merge bulk_save_objects bulk_insert_mappings bulk_update_mappings insert")
# `orders.create(engine, checkfirst=True)` of a table of SQLAlchemy's core: no row is written.
_MAKES = named("create drop exists tometadata to_metadata")
_SURE, _ASIDE = 0.8, 0.4
_OF_MANAGER = named("objects query _default_manager all_objects")
_OF_CLASS = (
    frozenset({"select", "get", "get_or_none", "filter", "get_by_id", "select_from"}) | _WRITES | _CHANGES | _DELETES
)


def is_model(kind: object, depth: int = 0) -> bool:
    """Say whether a class stands for a table."""
    if not isinstance(kind, Class) or depth > 6:
        return False
    if "__tablename__" in kind.names:
        return True
    return any((isinstance(base, Ref) and _is_base(base.dotted)) or is_model(base, depth + 1) for base in kind.bases)


def _is_base(dotted: str) -> bool:
    return dotted in _MODELS or dotted.endswith((".models.Model", ".SQLModel", "peewee.Model", ".db.Model"))


def table_of(kind: Class) -> str:
    """Give the name of a model's table."""
    named = kind.names.get("__tablename__")
    if isinstance(named, Text) and named.value.exact:
        schema = _schema(kind)
        return f"{schema}.{named.value.text}" if schema else named.value.text
    meta = kind.names.get("Meta")
    for key in ("db_table", "table_name"):
        found = meta.names.get(key) if isinstance(meta, Class) else None
        if isinstance(found, Text) and found.value.exact:
            return found.value.text.strip('"')
    folder = posixpath.dirname(kind.path)
    app = posixpath.basename(posixpath.dirname(folder) if posixpath.basename(folder) == "models" else folder)
    django = any(isinstance(base, Ref) and base.dotted.endswith("models.Model") for base in kind.bases)
    return f"{app}_{kind.name}".lower() if django and app else kind.name.lower()


def _schema(kind: Class) -> str:
    more = kind.names.get("__table_args__")
    found = [more, *(more.items if isinstance(more, Seq) else [])]
    for each in found:
        if isinstance(each, Map) and isinstance(each.items.get("schema"), Text):
            return as_value(each.items["schema"]).text
    return ""


def attribute(kind: Class, name: str) -> Tool | None:
    """Give what an attribute of a model leads to: its manager, a query's beginning, a column."""
    if not is_model(kind):
        return None
    if name in _OF_MANAGER:
        return _query_of(kind)
    if name in _OF_CLASS:
        return Tool("method", {"owner": _query_of(kind), "name": name})
    if name == "__table__":
        return _of_core(table_of(kind))
    return Tool("column", {"table": table_of(kind)})


def manager(kind: Class, found: object) -> Tool | None:
    """Give what is asked through a manager of the project's own class: `objects = ShopManager()`."""
    if not (isinstance(found, Thing) and isinstance(found.kind, Class) and is_manager(found.kind) and is_model(kind)):
        return None
    query = _query_of(kind)
    query.data["manager"] = found.kind
    return query


def is_manager(kind: object, depth: int = 0) -> bool:
    """Say whether a class derives from a manager or a query set (docs.djangoproject.com, "Managers")."""
    if isinstance(kind, Ref):
        return depth > 0 and kind.dotted.endswith(("Manager", "QuerySet"))
    return isinstance(kind, Class) and depth < 7 and any(is_manager(base, depth + 1) for base in kind.bases)


def _query_of(kind: Class) -> Tool:
    return Tool("query", {"table": table_of(kind), "kind": kind})


def behind(owner: Tool, name: str) -> Tool | None:
    """Give the records of another model that an attribute of a record leads to."""
    kind = records.related(owner, name)
    if kind is None or not is_model(kind):
        return None
    found = _query_of(kind)
    if "aside" in owner.data or not name.endswith("_set"):
        # What many records share is changed by the way, and is hardly what the job is there for.
        found.data["aside"] = True
    return found


def of_query(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of a manager, a query set or what came out of one."""
    table = str(owner.data.get("table", ""))
    if "core" in owner.data and name in _MAKES:
        return UNKNOWN
    rows = rows_of(owner)
    sure = _ASIDE if "aside" in owner.data else _SURE
    if name in _WRITES:
        machine.table(Mode.WRITE, table, call, rows=model_rows.written(rows, name, call), confidence=sure)
        # `orders.insert().values(…)` of SQLAlchemy's tables.
        return Tool("query", {**owner.data, "changes": True})
    if name in _CHANGES | _DELETES:
        _forget_read(machine, table, call)
        changed = model_rows.written(rows, name, call)
        machine.table(Mode.WRITE if name in _CHANGES else Mode.DELETE, table, call, rows=changed, confidence=sure)
        return Tool("query", {**owner.data, "changes": True})
    if "changes" in owner.data:
        # `insert(Order).values(…)`, `delete(Order).where(…)`: nothing is read for its own sake.
        return owner
    if name.startswith("__"):
        return owner
    own = None if "plain" in owner.data else records.method_of(owner, name)
    if own is not None:
        return machine.call(replace(own, bound=owner), call)
    asked = model_rows.asked(rows, name, call)
    machine.table(Mode.READ, table, call, rows=asked)
    return owner if asked == rows else Tool("query", {**owner.data, "rows": asked})


def rows_of(query: Tool) -> Rows:
    """Give what the rows of a query have in common."""
    found = query.data.get("rows", ())
    return found if isinstance(found, tuple) else ()


def changed(record: Tool, name: str) -> None:
    """Forget what a column of a record held that was asked for: the program sets it."""
    record.data["rows"] = tuple(pair for pair in rows_of(record) if pair[0] != name.lower())


def _forget_read(machine: Machine, table: str, call: Call) -> None:
    touches = machine.findings.touches
    while touches and _is_read(touches[-1], table, call):
        touches.pop()


def _is_read(touch: Touch, table: str, call: Call) -> bool:
    if touch.mode is not Mode.READ or touch.space is not Space.TABLE or touch.line != call.node.lineno:
        return False
    return touch.value.text.rpartition(".")[2] == table.rpartition(".")[2]


def of_record(machine: Machine, owner: Thing, name: str, call: Call) -> object:
    """Read a method of a record: `Order(…).save()`."""
    if isinstance(owner.kind, Class):
        if name in _WRITES:
            machine.table(Mode.WRITE, table_of(owner.kind), call, rows=model_rows.of_record(owner))
        elif name in _DELETES:
            machine.table(Mode.DELETE, table_of(owner.kind), call)
    return UNKNOWN


def of_session(machine: Machine, name: str, call: Call) -> object | None:
    """Read `session.query(Model)`, `session.add(record)` and their kin; None where no table is meant."""
    # What follows the statement is its parameters: rows, often records.
    tables = _tables(call.given[: 1 if name in _EXECUTES else 20])
    if not tables:
        return None
    mode = Mode.WRITE if name in _KEEPS or name in _CHANGES else Mode.DELETE if name == "delete" else None
    if mode is None and name not in _ASKS:
        return None
    for table in tables:
        machine.table(mode or Mode.READ, table, call)
    if mode is not None:
        return Tool("query", {"table": tables[0], "changes": True})
    kind = next((each for each in call.given[:1] if isinstance(each, Class) and is_model(each)), None)
    return Tool("query", {"table": tables[0]}) if kind is None else _query_of(kind)


def _tables(arguments: Sequence[object]) -> list[str]:
    found: list[str] = []
    for given in arguments:
        for each in given.items[:20] if isinstance(given, Seq) else [given]:
            for option in each.options if isinstance(each, Choice) else (each,):
                table = _table_behind(option)
                if table and table not in found:
                    found.append(table)
    return found


def _table_behind(thing: object) -> str:
    if isinstance(thing, Class):
        return table_of(thing) if is_model(thing) else ""
    if isinstance(thing, Thing):
        return table_of(thing.kind) if isinstance(thing.kind, Class) and is_model(thing.kind) else ""
    if isinstance(thing, Tool) and thing.kind in ("column", "table", "query") and "changes" not in thing.data:
        return str(thing.data.get("table", ""))
    return ""


def declared(_machine: Machine, call: Call) -> object:
    """Read SQLAlchemy's `Table('orders', metadata, schema='mart')`."""
    name = as_value(call.first("name"))
    if not name.exact:
        return UNKNOWN
    schema = call.named.get("schema")
    whole = f"{as_value(schema).text}.{name.text}" if isinstance(schema, Text) and schema.value.exact else name.text
    return _of_core(whole)


def _of_core(table: str) -> Tool:
    """Give a table of SQLAlchemy's core, which is made and dropped by its own methods."""
    return Tool("query", {"table": table, "core": True})
