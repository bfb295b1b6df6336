"""Tables that a call names: query builders, collections, and the helpers of database classes."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, reads, touched, writes


def _effects(name: str, text: str, **files: str) -> tuple[set[str], set[str], set[str]]:
    found = facts(f"/opt/{name}", {f"opt/{name}": text, **files})
    return reads(found), writes(found), touched(found, Mode.DELETE)


_KNEX = "#!/usr/bin/env node\nconst db = require('knex')({client: 'pg'});\n"


@pytest.mark.parametrize(
    ("body", "read", "written", "deleted"),
    [
        ("db('orders').where({a: 1}).then(r => r);", {"orders"}, set(), set()),
        ("db('orders as o').leftJoin('people', 'a', 'b').select('*');", {"orders", "people"}, set(), set()),
        ("const q = db('orders').where('a', 1);\nq.update({b: 1});", set(), {"orders"}, set()),
        ("db('orders').insert({a: 1}).onConflict('a').merge();", set(), {"orders"}, set()),
        ("db('orders').where('a', 1).del();", set(), set(), {"orders"}),
        ("db.select('a').from('orders');", {"orders"}, set(), set()),
        ("db.transaction(async trx => { await trx('sums').insert({}); });", set(), {"sums"}, set()),
        ("db('a').whereExists(function () { this.select('*').from('b'); });", {"a", "b"}, set(), set()),
        ("const names = ['a']; names.join('orders'); names.push('x');", set(), set(), set()),
        ("db(name).insert({});", set(), set(), set()),
    ],
)
def test_a_query_builder_of_node_names_its_table(
    body: str, read: set[str], written: set[str], deleted: set[str]
) -> None:
    """The verb at the end says what becomes of the table; a name that only a run knows says nothing."""
    assert _effects("a.js", _KNEX + body) == (read, written, deleted)


@pytest.mark.parametrize(
    ("name", "text", "read", "written"),
    [
        (
            "a.js",
            "#!/usr/bin/env node\nconst c = mongo.db('x').collection('users'); c.find({}); c.insertOne({});",
            {"users"},
            {"users"},
        ),
        ("a.js", "#!/usr/bin/env node\nfs.collection('users').doc('a').set({b: 1});", set(), {"users"}),
        ("a.js", "#!/usr/bin/env node\nBuffer.from('orders'); moment('orders'); x.set('orders', 1);", set(), set()),
        (
            "a.php",
            "<?php DB::table('orders')->where('a', 1)->get(); DB::table('sums')->insert(['a' => 1]);",
            {"orders"},
            {"sums"},
        ),
        ("a.php", "<?php $this->db->insert('sums', ['a' => 1]);", set(), {"sums"}),
        (
            "a.php",
            "<?php $this->db->select('*')->from('orders')->join('people', 'x')->get();",
            {"orders", "people"},
            set(),
        ),
        ("a.php", "<?php $list->insert('sums', 1); $x->from('orders'); $db->insert($name, []);", set(), set()),
        (
            "a.pl",
            "#!/usr/bin/perl\n$db->insert('sums', {a => 1}); $schema->resultset('Order')->search({});",
            {"order"},
            {"sums"},
        ),
        ("a.pl", "#!/usr/bin/perl\n$cgi->delete('orders'); $tree->insert('x', 1);", set(), set()),
    ],
)
def test_calls_that_name_a_table_are_known_by_what_they_are_called_on(
    name: str, text: str, read: set[str], written: set[str]
) -> None:
    """A database's own methods name tables; those of other things do not."""
    assert _effects(name, text)[:2] == (read, written)


def test_the_imports_of_a_package_lead_to_its_modules() -> None:
    """`#name` and `#name/*` are looked up in the nearest package.json."""
    package = '{"imports": {"#db": "./db/index.mjs", "#lib/*": {"default": "./lib/*"}}}'
    files = {
        "opt/package.json": package,
        "opt/db/index.mjs": "import Knex from 'knex'\nexport default Knex({})\n",
        "opt/lib/keep.mjs": "import db from '#db'\nexport const keep = async () => { await db('kept').insert({}) }\n",
    }
    text = "#!/usr/bin/env node\nimport { keep } from '#lib/keep.mjs'\nkeep()\n"
    assert _effects("jobs/a.mjs", text, **files)[1] == {"kept"}
    assert _effects("jobs/a.mjs", text.replace("#lib", "#other"), **files)[1] == set()


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        ("<?php $d = '/a/in/'; link($d . 'x.json', $d . 'parse/x.json');", {"/a/in/x.json"}, {"/a/in/parse/x.json"}),
        ("<?php symlink('/a/x', '/b/x');", set(), {"/b/x"}),
        ("<?php define('P', '/a/in/'); foreach (scandir(substr(P, 0, -1)) as $f) {}", {"/a/in/"}, set()),
        (
            (
                "<?php $got = false;\nforeach (scandir('/a') as $f) {\n"
                "if (preg_match('/x/', $f)) { $got = $f; break; } }\n"
                "if (!$got) { return; }\nfile_put_contents('/b/out', 1);"
            ),
            {"/a/*x*"},
            {"/b/out"},
        ),
        ("<?php $got = false;\nif (!$got) { return; }\nfile_put_contents('/b/out', 1);", set(), set()),
    ],
)
def test_files_that_are_linked_and_loops_that_are_left(text: str, read: set[str], written: set[str]) -> None:
    """A hard link is a copy; what a loop found before it was left is known behind it."""
    assert _effects("a.php", text)[:2] == (read, written)
