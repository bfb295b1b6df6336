"""A program that makes its tables on the way writes no data by it, in whatever language."""

import pytest

from migrator.model import Mode, ResourceKind
from tests.commands.tools import facts

JS = """
const db = require('better-sqlite3')('/srv/history.sqlite');
db.exec(`
  CREATE TABLE IF NOT EXISTS posts (id INTEGER);
  -- what was seen
  CREATE TABLE IF NOT EXISTS seen (id INTEGER);
  CREATE TABLE daily AS SELECT * FROM raw;
`);
db.prepare('INSERT INTO seen (id) VALUES (?)').run(1);
"""
PHP = """<?php
$pdo->exec("CREATE TABLE IF NOT EXISTS posts (id INTEGER)");
$pdo->exec("INSERT INTO seen (id) VALUES (1)");
$pdo->exec("CREATE TABLE daily AS SELECT * FROM raw");
"""


@pytest.mark.parametrize(("command", "path", "text"), [("node", "opt/x.js", JS), ("php", "opt/x.php", PHP)])
def test_a_definition_is_no_writing(command, path, text):
    """Rows that are put in are, and so is a table made of another's rows."""
    found = facts(f"{command} /{path}", {path: text})
    tables = {
        access.resource.name.rpartition(".")[2]
        for access in found.touched
        if access.resource.kind is ResourceKind.TABLE and access.mode is Mode.WRITE
    }
    assert tables == {"seen", "daily"}
