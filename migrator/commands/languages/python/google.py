"""Google's clients: objects of Cloud Storage, tables of BigQuery (cloud.google.com/python/docs/reference)."""

from __future__ import annotations

from migrator.commands.languages.abstract import (
    UNKNOWN,
    Seq,
    Text,
    Tool,
    anything,
    as_value,
    concatenated,
    text_options,
)
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.files import opened
from migrator.commands.languages.python.machine import Machine
from migrator.commands.values import literal
from migrator.model import Mode

_UPLOADS = frozenset({"upload_from_filename", "upload_from_string", "upload_from_file"})
_DOWNLOADS = frozenset(
    {"download_to_filename", "download_as_bytes", "download_as_string", "download_as_text", "download_to_file"}
)


def storage(_machine: Machine, _call: Call) -> object:
    """Read `storage.Client()`."""
    return Tool("bucket")


def bigquery(_machine: Machine, _call: Call) -> object:
    """Read `bigquery.Client()`: tables are named with their data set."""
    return Tool("bigquery")


def of_storage(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of a client, a bucket or a blob."""
    if name in ("bucket", "get_bucket", "create_bucket"):
        return Tool("bucket", {"in": call.first("bucket_name", "bucket_or_name")})
    if name in ("blob", "get_blob"):
        return Tool("bucket", {**owner.data, "key": call.first("blob_name")})
    if name == "list_blobs":
        return _listed(machine, owner, call)
    if name in _UPLOADS:
        if name == "upload_from_filename":
            machine.touch(Mode.READ, call.first("filename"), call)
        machine.touch(Mode.WRITE, _address(owner), call)
    elif name in _DOWNLOADS:
        machine.touch(Mode.READ, _address(owner), call)
        if name == "download_to_filename":
            machine.touch(Mode.WRITE, call.first("filename"), call)
    elif name == "delete":
        machine.touch(Mode.DELETE, _address(owner), call)
    elif name == "copy_blob":
        _copied(machine, owner, call)
    elif name == "exists" and "key" in owner.data:
        machine.polls.append(("object", _address(owner).value.text))
    elif name == "open":
        return opened(machine, _address(owner), call.first("mode"), call)
    return UNKNOWN


def _listed(machine: Machine, owner: Tool, call: Call) -> object:
    inside = owner.data.get("in", call.first("bucket_or_name"))
    bucket = inside.data.get("in", UNKNOWN) if isinstance(inside, Tool) else inside
    prefix = call.named.get("prefix")
    start = as_value(prefix) if text_options(prefix) else literal("")
    found = Tool("bucket", {"in": bucket, "key": concatenated([start, as_value(anything("name"))])})
    machine.listed(_address(found), _address(found), call, 0.8)
    return Seq([found], True)


def _copied(machine: Machine, owner: Tool, call: Call) -> None:
    source, target = call.first("blob"), call.second("destination_bucket")
    if isinstance(source, Tool):
        machine.touch(Mode.READ, _address(source), call)
        name = call.at(2, "new_name")
        key = name if text_options(name) else source.data.get("key", UNKNOWN)
        inside = target.data if isinstance(target, Tool) else owner.data
        machine.touch(Mode.WRITE, _address(Tool("bucket", {**inside, "key": key})), call)


def _address(owner: Tool) -> Text:
    """Give an object's address: `gs://bucket/key`."""
    bucket, key = (as_value(owner.data.get(name, UNKNOWN)) for name in ("in", "key"))
    return concatenated([literal("gs://"), bucket, literal("/"), key])


def of_bigquery(machine: Machine, _owner: Tool, name: str, call: Call) -> object:
    """Read a method of a client of BigQuery."""
    if name in ("query", "query_and_wait"):
        machine.sql(call.first("query"), call, "")
    elif name.startswith("load_table_from_"):
        if name == "load_table_from_uri":
            machine.touch(Mode.READ, call.first("source_uris"), call)
        _table(machine, Mode.WRITE, call.second("destination"), call)
    elif name.startswith("insert_rows"):
        _table(machine, Mode.WRITE, call.first("table"), call)
    elif name == "list_rows":
        _table(machine, Mode.READ, call.first("table"), call)
    elif name == "extract_table":
        _table(machine, Mode.READ, call.first("source"), call)
        machine.touch(Mode.WRITE, call.second("destination_uris"), call)
    return UNKNOWN


def _table(machine: Machine, mode: Mode, target: object, call: Call) -> None:
    for option in text_options(target):
        machine.table(mode, option.value.text, call, "")
