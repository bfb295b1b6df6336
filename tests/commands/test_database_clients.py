"""Statements that reach a database by another way: through a pipe, from a file of data, by a program of its own."""

import pytest

from tests.commands.tools import facts, names, reads, writes


@pytest.mark.parametrize(
    ("command", "read", "written"),
    [
        ("echo 'insert into t select 1 from u' | mysql shop", {"shop.u"}, {"shop.t"}),
        ('echo "insert into $T select 1" | psql -d shop', set(), {"shop.t"}),
        ("printf 'insert into t select 1;\\n' | psql shop", set(), {"shop.t"}),
        ("cat <<E | psql shop\ninsert into t select 1 from u\nE", {"shop.u"}, {"shop.t"}),
        ("printf 'insert into %s select 1' t | psql shop", set(), set()),
        ("echo insert into t | grep x", set(), set()),
        ("echo 'insert into t select 1' | cat | mysql shop", set(), set()),
        ("echo 'insert into t select 1' > /a/x | mysql shop", set(), {"/a/x"}),
        ("echo 'insert into t select 1' | while read l; do mysql shop; done", set(), set()),
        ("echo 'cp /in /a/x' | sh", {"/in"}, {"/a/x"}),
        ("mysql shop -e 'load data local infile \"/in\" into table t'", {"/in"}, {"shop.t"}),
        ("sqlite3 /d/x.db '.import --csv /in t'", {"/d/x.db", "/in"}, {"/d/x.db", "x.t"}),
        ("sqlite3 /d/x.db '.import'", {"/d/x.db"}, {"/d/x.db"}),
        ("bq query 'insert into d.t select * from d.u'", {"d.u"}, {"d.t"}),
        ("bq query --destination_table p:d.t 'select 1 from d.u'", {"d.u"}, {"p.d.t"}),
        ("bq load --source_format=CSV d.t gs://b/x", {"gs://b/x"}, {"d.t"}),
        ("bq extract 'p:d.t$20300131' gs://b/x", {"p.d.t"}, {"gs://b/x"}),
        ("bq ls", set(), set()),
        ("ogr2ogr -f PostgreSQL PG:dbname=shop /in.shp -nln t", {"/in.shp"}, {"shop.t"}),
        ('ogr2ogr -f PostgreSQL "PG:host=h dbname=shop" /in/t.shp', {"/in/t.shp"}, {"shop.t"}),
        ("ogr2ogr -f GeoJSON /a/x.json PG:dbname=shop t", {"shop.t"}, {"/a/x.json"}),
        ("ogr2ogr /a/x.json MySQL:shop,user=me -sql 'select * from t'", {"shop.t"}, {"/a/x.json"}),
        ("ogr2ogr /a/x.json /in.shp", {"/in.shp"}, {"/a/x.json"}),
    ],
)
def test_tables(command, read, written):
    """The tables and files that are named."""
    found = facts(command, shell="/bin/bash", settings={"T": "t"})
    assert (reads(found), writes(found)) == (read, written)


def test_a_pipe_stays_one_step():
    """What is said through a pipe makes no step of its own."""
    assert len(names(facts("echo 'insert into t select 1' | mysql shop"))) == 1


@pytest.mark.parametrize(
    ("call", "text", "read", "written"),
    [
        ("python3 /opt/p.py", "cur.copy_from(f, 't', sep=',')\ncur.copy_to(g, 'u')", {"u"}, {"t"}),
        ("python3 /opt/p.py", "cur.copy_expert('COPY t FROM STDIN WITH CSV', f)", set(), {"t"}),
        ("python3 /opt/p.py", "shape.copy('t')", set(), set()),
        (
            "php /opt/p.php",
            "<?php mysql_select_db('shop'); mysql_query('insert into t values (1)');",
            set(),
            {"shop.t"},
        ),
        (
            "php /opt/p.php",
            "<?php mysqli_select_db($c, 'shop'); $c->query('insert into t values (1)');",
            set(),
            {"shop.t"},
        ),
        ("php /opt/p.php", "<?php mysqli_select_db($c, $n); $c->query('insert into t values (1)');", set(), {"t"}),
    ],
)
def test_programs(call, text, read, written):
    """Copies of psycopg, and a database that is chosen after the connection."""
    found = facts(call, {call.partition("/")[2]: text})
    assert (reads(found), writes(found)) == (read, written)
