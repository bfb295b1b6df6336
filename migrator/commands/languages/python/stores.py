"""Stores that are spoken to by name: measurements of InfluxDB, keys of Redis, indexes of Elasticsearch, rows over HTTP.

Each name is one table in a database that is called after the store. A name that is made at run time says nothing: a key
with a part that varies is most often one entry of many.
"""

from __future__ import annotations

from migrator.commands.languages.abstract import UNKNOWN, Map, Text, Tool, elements, text_options
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Known, Machine
from migrator.model import Mode

_MOST = 40

_KEY_READS = """
    get mget hget hgetall hmget hkeys hvals lrange lindex lpop rpop blpop brpop smembers spop sismember zrange zrevrange
    zrangebyscore zpopmin zscore xread xrange json
"""
_KEY_WRITES = "set setex psetex mset hset hmset hsetnx lpush rpush sadd zadd xadd append"
_KEYS = {
    **dict.fromkeys(_KEY_READS.split(), Mode.READ),
    **dict.fromkeys(_KEY_WRITES.split(), Mode.WRITE),
    "delete": Mode.DELETE,
    "unlink": Mode.DELETE,
}
_INDEX = {
    **dict.fromkeys(("search", "get", "msearch", "mget", "scan", "scroll"), Mode.READ),
    **dict.fromkeys(("index", "create", "update", "update_by_query", "bulk"), Mode.WRITE),
    **dict.fromkeys(("delete", "delete_by_query"), Mode.DELETE),
}
_ROWS = {"select": Mode.READ, "insert": Mode.WRITE, "upsert": Mode.WRITE, "update": Mode.WRITE, "delete": Mode.DELETE}


def client(kind: str) -> Known:
    """Make the reader of what gives a client of a store."""

    def made(_machine: Machine, _call: Call) -> object:
        return Tool(kind)

    return made


def _note(machine: Machine, mode: Mode, name: object, call: Call, store: str) -> None:
    for option in text_options(name)[:_MOST]:
        # A dot parts a table from its database.
        told = option.value.text.replace(".", "_")
        if option.value.exact and told and not set(told) & set("*?[]/\n "):
            machine.table(mode, told, call, store)


def of_series(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of a client of InfluxDB (influxdb-python, `write_points` and `query`)."""
    if name == "write_points":
        for point in elements(call.first("points"))[:_MOST]:
            if isinstance(point, Map):
                _note(machine, Mode.WRITE, point.items.get("measurement", UNKNOWN), call, "influx")
    elif name == "query":
        machine.sql(call.first("query"), call, "influx")
    elif name == "__enter__":
        return owner
    return UNKNOWN


def of_keys(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of a client of Redis (redis.io, commands)."""
    if name in ("pipeline", "__enter__", "from_url"):
        return owner
    mode = _KEYS.get(name)
    if mode is not None:
        _note(machine, mode, call.first("name", "key", "keys"), call, "redis")
    return UNKNOWN


def of_index(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of a client of Elasticsearch or OpenSearch."""
    if name == "options":
        return owner
    mode = _INDEX.get(name)
    if mode is not None:
        _note(machine, mode, call.named.get("index", UNKNOWN), call, "elastic")
    return UNKNOWN


def indexed(machine: Machine, call: Call) -> object:
    """Read `helpers.bulk(client, actions)`: each action names its index."""
    _note(machine, Mode.WRITE, call.named.get("index", UNKNOWN), call, "elastic")
    for action in elements(call.second("actions"))[:_MOST]:
        if isinstance(action, Map):
            _note(machine, Mode.WRITE, action.items.get("_index", UNKNOWN), call, "elastic")
    return UNKNOWN


def of_rows(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of a client of Supabase: `.table(name)`, then what is done with its rows."""
    if name in ("table", "from_"):
        return Tool("rows", {"table": call.first("table_name")})
    mode, table = _ROWS.get(name), owner.data.get("table")
    if mode is not None and isinstance(table, Text):
        _note(machine, mode, table, call, "supabase")
    return owner
