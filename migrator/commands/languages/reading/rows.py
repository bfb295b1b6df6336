"""Tables that a call names: query builders (Knex, Sequel, Laravel's, CodeIgniter's), collections, rows of a model.

`db('orders').where(…).update(…)`, `DB::table('orders')->get()`, `db.collection('orders').find()`: what is asked first
tells the table, the verb at the end what becomes of it. Without a verb of writing it is read.
"""

from __future__ import annotations

import re

from migrator.commands.invocation import Space, Touch
from migrator.commands.languages.abstract import UNKNOWN, Map, Seq, Tool, text_options
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.values import Closure, Frame, Given, Object
from migrator.commands.languages.words import named
from migrator.commands.values import literal
from migrator.model import Mode

READS = named(
    """
    all find find_by find_by! find_each find_in_batches in_batches find_all findAll findOne findOneBy findBy findMany
    findFirst findUnique findById find_one first first! firstOrFail findOrFail last last! take one get where where_not
    pluck ids count sum average avg minimum maximum min max exists exists? any? none? each each_with_index each_row
    map collect flat_map select reject distinct group order orderBy limit offset includes joins preload eager_load
    left_joins left_outer_joins references value values lists chunk cursor aggregate countDocuments count_documents
    estimatedDocumentCount findAndCountAll paginate search single rows to_a toArray to_json size length empty? present?
    fetch fetchAll fetchRow scalar column asArray indexBy batch andWhere orWhere whereIn whereHas with latest oldest
    find_with_index unscoped lock readonly none asc desc only no_timeout groupBy having
    """
)
WRITES = named(
    """
    insert insert! insert_all insert_all! insertOne insertMany insert_one insert_many insertGetId insertOrIgnore
    insertBatch insert_batch insertInto multi_insert batchInsert upsert upsert_all upsertMany update update! update_all
    updateAll update_attributes update_attributes! update_attribute update_column update_columns updateOne updateMany
    update_one update_many updateOrCreate updateOrInsert updateAttributes updateCounters update_batch update_or_create
    replaceOne replace_one bulkWrite bulk_write bulkCreate createMany create create! first_or_create
    first_or_create! find_or_create_by find_or_create_by! find_or_create firstOrCreate findOrCreate findOneAndUpdate
    findByIdAndUpdate find_one_and_update find_and_modify findAndModify findOneAndReplace save save! saveMany
    saveOrFail touch increment increment! decrement toggle! import! populate onConflict
    """
)
DELETES = named(
    """
    delete delete! delete_all deleteAll destroy destroy! destroy_all deleteOne deleteMany delete_one delete_many del
    remove truncate drop findOneAndDelete findByIdAndDelete forceDelete destroyAll deleteById
    """
)
_KEPT = frozenset(("set", "add"))
_JOINS = re.compile(r"(?:left|right|inner|outer|full|cross)?_?(?:outer_?)?join(?:_table|_dataset)?\Z", re.IGNORECASE)
_NAMES = frozenset(("from", "into", "table"))
_NAME = re.compile(r"([A-Za-z_][\w]{0,80}(?:\.[A-Za-z_]\w{0,80})?)(?:\s+(?:as\s+)?\w+)?\Z", re.IGNORECASE)
_SURE = 0.7


def name_of(thing: object) -> str:
    """Give the table that a text names, alone or with its alias; nothing where it is no plain name."""
    found = text_options(thing)
    match = _NAME.fullmatch(found[0].value.text.strip('`"')) if len(found) == 1 and found[0].value.exact else None
    return match[1] if match is not None else ""


def touch(machine: Machine, mode: Mode, table: str, line: int, frame: Frame, sure: float = _SURE) -> Touch | None:
    """Note a table; give the touch where it is a new one."""
    found = Touch(mode, literal(machine.qualified(table)), min(machine.sure, sure), Space.TABLE, line, frame.unit.path)
    if found in machine.findings.touches:
        return None
    machine.findings.touch(found)
    return found


def opened(machine: Machine, table: str, line: int, frame: Frame) -> Tool:
    """Begin a query: the table is read, as long as no verb of writing follows."""
    return Tool("rows", {"table": table, "kind": "", "read": touch(machine, Mode.READ, table, line, frame)})


def of_model(table: str, kind: str = "") -> Tool:
    """Give the rows of a model, of which nothing is asked yet."""
    return Tool("rows", {"table": table, "kind": kind, "read": None})


def method(machine: Machine, owner: Tool, name: str, given: Given) -> object:
    """Read a method of a query, of rows or of one of them."""
    table = str(owner.data.get("table", ""))
    if name in WRITES or name in DELETES or (name in _KEPT and "collection" in owner.data):
        _unread(machine, owner)
        touch(machine, Mode.DELETE if name in DELETES else Mode.WRITE, table, given.line, given.frame)
    elif name in READS or name.startswith("find_by_"):
        found = touch(machine, Mode.READ, table, given.line, given.frame)
        owner = Tool("rows", {**owner.data, "read": found or owner.data.get("read")})
    elif _JOINS.fullmatch(name) or name in _NAMES:
        other = name_of(given.get(0))
        if other and name not in _NAMES:
            touch(machine, Mode.READ, other, given.line, given.frame)
        elif other:
            return opened(machine, other, given.line, given.frame)
    _called_back(machine, owner, given)
    return owner


def _unread(machine: Machine, owner: Tool) -> None:
    """Take back that a table is read, where the query turns out to change it."""
    found = owner.data.get("read")
    if isinstance(found, Touch) and found in machine.findings.touches:
        machine.findings.touches.remove(found)
    owner.data["read"] = None


def _called_back(machine: Machine, owner: Tool, given: Given) -> None:
    """Run what is handed to a query: it is given rows, or builds a part of the query."""
    kind = str(owner.data.get("kind", ""))
    row: object = Object(kind) if kind in machine.kinds else of_model(str(owner.data.get("table", "")), kind)
    for each in (*given.items[:4], given.block):
        if isinstance(each, Closure):
            this = Closure(each.node, each.frame, owner) if machine.language.name == "node" else each
            machine.invoke(this, [row] * max(1, len(each.node.parameters)), {}, given.line, given.frame)


def asked(machine: Machine, name: str, given: Given) -> Tool | None:
    """Read a method that names a table for something of a database: `.collection('x')`, `.table('x')`, `.from('x')`."""
    table = name_of(given.get(0))
    if not table or len(given.items) > _MOST_WORDS or isinstance(given.owner, Seq | Map):
        return None
    if name in ("collection", "getCollection", "selectCollection", "resultset"):
        return Tool("rows", {**of_model(table).data, "collection": True})
    if name in _NAMES or _JOINS.fullmatch(name):
        owner = given.owner
        known = isinstance(owner, Tool) and (
            owner.kind in ("connection", "rows") or str(owner.data.get("class", "")).endswith("Query")
        )
        return opened(machine, table, given.line, given.frame) if known or is_database(given.receiver) else None
    return None


_MOST_WORDS = 5
_CLIENT = re.compile(r"Mongo")
_DATABASE = re.compile(
    r"(?:^|_)(?:w?p?dbh?|database|conn(?:ection)?|knex|sequel|mysqli?|pdo|sql|trx)\d?\Z", re.IGNORECASE
)
_NAMED_WRITES = named("insert update replace insert_batch update_batch insertIgnore insertOrUpdate upsert upsertAsDict")
_NAMED_READS = named("get get_where select_all selectAll getAll find_all count_all_results")


def is_database(receiver: str) -> bool:
    """Say whether a thing is called as one calls a database: `$db`, `$this->db`, `wpdb`, `dbh`, `conn`."""
    return bool(_DATABASE.search(receiver))


def by_verb(machine: Machine, name: str, given: Given) -> bool:
    """Note the table of `$db->insert('orders', [...])`, `$wpdb->delete('orders', …)`, `$db->get('orders')`."""
    table = name_of(given.get(0))
    if not table or " " in table or not is_database(given.receiver):
        return False
    mode = (
        Mode.WRITE
        if name in _NAMED_WRITES and len(given.items) > 1
        else Mode.READ
        if (name in _NAMED_READS and machine.language.name == "php") or (name == "select" and len(given.items) > 1)
        else Mode.DELETE
        if name in ("delete", "truncate", "empty_table") and name_of(given.get(0))
        else None
    )
    if mode is not None:
        touch(machine, mode, table, given.line, given.frame)
    return mode is not None


def indexed(machine: Machine, owner: Tool, key: object, line: int, frame: Frame) -> object:
    """Read `DB[:orders]` of Sequel, `client[:orders]` of Mongo's driver."""
    table = name_of(key)
    if not table:
        return UNKNOWN
    if owner.kind == "connection":
        return opened(machine, table, line, frame)
    return of_model(table) if _CLIENT.search(str(owner.data.get("class", ""))) else UNKNOWN


def of_connection(machine: Machine, items: list[object], line: int, frame: Frame) -> object:
    """Read a connection that is called or indexed by a table's name: `db('orders')`, `DB[:orders]`."""
    table = name_of(items[0]) if items else ""
    return opened(machine, table, line, frame) if table else UNKNOWN
