"""Read files that a database client is given, statements of SQL or scripts of the mongo shell: their tables."""

from __future__ import annotations

from collections.abc import Callable

from migrator.commands.interpreters import Interpreted
from migrator.commands.invocation import Space, Touch
from migrator.commands.languages import mongo, sql
from migrator.commands.languages.findings import Findings
from migrator.commands.languages.sql import TableTouch
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import literal

_SURE = 0.7


def read_sql(_walk: Walk, _told: Interpreted, path: str, source: Source, _scope: Scope) -> Findings:
    """Give the tables that a file of statements reads and writes."""
    return _tables(sql.tables, path, source)


def read_mongo(_walk: Walk, _told: Interpreted, path: str, source: Source, _scope: Scope) -> Findings:
    """Give the collections that a file for the mongo shell reads and writes."""
    return _tables(mongo.collections, path, source)


def _tables(named: Callable[[str], list[TableTouch]], path: str, source: Source) -> Findings:
    found = Findings()
    for each in named(source.text):
        table = literal(each.name)
        found.touch(Touch(each.mode, table, _SURE, Space.TABLE, each.line, path, each.columns, each.rows))
    return found
