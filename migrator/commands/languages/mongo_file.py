"""Read a file that the mongo shell is given: its collections."""

from __future__ import annotations

from migrator.commands.interpreters import Interpreted
from migrator.commands.invocation import Space, Touch
from migrator.commands.languages import mongo
from migrator.commands.languages.findings import Findings
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import literal

_SURE = 0.7


def read(_walk: Walk, _told: Interpreted, path: str, source: Source, _scope: Scope) -> Findings:
    """Give the collections that a file for the mongo shell reads and writes."""
    found = Findings()
    for touched in mongo.collections(source.text):
        found.touch(Touch(touched.mode, literal(touched.name), _SURE, Space.TABLE, touched.line, path))
    return found
