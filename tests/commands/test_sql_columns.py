"""Which columns of a table a statement sets or looks at."""

import pytest

from migrator.commands.languages import sql
from migrator.model import Mode
from tests.commands.tools import facts, script


def columns(text: str, mode: Mode) -> set[str]:
    """Give the columns of the first table that is touched so."""
    return set(next(found for found in sql.tables(text) if found.mode is mode).columns)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("update t set a = 1, b = f(x, y) where c = 2", {"a", "b"}),
        ("UPDATE `t` AS x SET x.`A` = 1", {"a"}),
        ("update t join u on t.i = u.i set t.seen = now() from u", {"seen"}),
        ("update t set a = 1; update t set b = 2", {"a", "b"}),
        ("update t set a = 1; insert into t values (2)", set()),
        ("insert into t (a) values (1)", set()),
        ("update t set (a, b) = (1, 2)", set()),
        ("update t set * where a = 1", set()),
        ("update t set {cols}", set()),
        ("update t", set()),
        (f"update t set {', '.join(f'c{n} = {n}' for n in range(3000))}", set()),
    ],
)
def test_what_an_update_sets(text: str, expected: set[str]) -> None:
    """The names of the list; none where a row is made, or the list is put together at run time."""
    assert columns(text, Mode.WRITE) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("select a, count(*) from t where b like '%x' order by c", {"a", "b", "c"}),
        ('select a from t where b = "*" and c > *', {"a", "b", "c"}),
        ("select a from t where b = %s", {"a", "b"}),
        ("select t.a from t join u on t.b = u.b; select c from t", {"a", "b", "c"}),
    ],
)
def test_what_a_select_names(text: str, named: set[str]) -> None:
    """Every column that its text names, in a condition or an order too."""
    assert named <= columns(text, Mode.READ)


@pytest.mark.parametrize(
    "text",
    [
        "select * from t",
        "select x.* from t x",
        "select a from t; select * from t",
        "select a, {more} from t",
        "select %s from t",
        "select a from t where *",
        "copy t to '/x'",
        f"select {', '.join(f'c{n}' for n in range(500))} from t",
    ],
)
def test_whole_rows_and_what_nobody_knows(text: str) -> None:
    """Such a statement may use any column."""
    assert not columns(text, Mode.READ)


def test_a_job_uses_what_all_its_statements_name() -> None:
    """Clients, files of statements and programs alike; one SELECT of whole rows is enough for all."""
    shell = script("mysql shop -e 'update t set a = 1'\nmysql shop -e 'update t set b = 1'")
    python = "import psycopg2\nc = psycopg2.connect('dbname=x').cursor()\nc.execute('update t set a = 1')\n"
    found = facts("python3 /o/p.py", {"o/p.py": python + "c.execute('update t set b = %s', (1,))\n"})
    php = '<?php $d = new PDO("mysql:dbname=x"); $d->query("UPDATE t SET a=1"); $d->query("UPDATE t SET b = $x");'
    named = [{access.columns for access in one.touched} for one in (found, facts("php /o/p.php", {"o/p.php": php}))]
    assert named == [{("a", "b")}, {("a", "b")}]
    assert {access.columns for access in shell.touched} == {("a",), ("b",)}
    assert {a.columns for a in facts("psql -f /o/q.sql", {"o/q.sql": "update t set a = 1"}).touched if a.columns}
