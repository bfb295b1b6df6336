"""Which text stands in a column of every row that a statement makes, changes or asks for."""

import pytest

from migrator.commands.languages import sql
from migrator.model import Mode, all_rows, no_row_of_both
from tests.commands.tools import facts


def rows(text: str, mode: Mode) -> set[tuple[str, str]]:
    """Give what is known of the rows of the first table that is touched so."""
    return set(next(found for found in sql.tables(text) if found.mode is mode).rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("insert into t (kind, n) values ('bus', ?)", {("kind", "bus")}),
        ("INSERT INTO s.t AS x (`Kind`, n) VALUES ('Bus', 1), ('train', 2)", {("kind", "bus"), ("kind", "train")}),
        ("insert into t (kind, n) select 'bus', count(*) from u", {("kind", "bus")}),
        ("insert into t (kind, n) values ('bus', f(1, 'x')) on conflict (n) do update set n = 2", {("kind", "bus")}),
        ("insert into t (kind, n) values ('bus', 1) on conflict (n) do update set kind = 'x'", set()),
        ("insert into t (kind, n) values ('bus', 1), (?, 2)", set()),
        ("insert into t (kind, n) values ('bus', 1, 2)", set()),
        ("insert into t (kind) values ('a' || 'b')", set()),
        ("insert into t (kind) values ('*')", set()),
        ("insert into t values ('bus', 1)", set()),
        ("insert into t (kind) select 'bus' from u union select 'train' from u", set()),
        ("insert into t (kind", set()),
        ("insert into t (kind) values (('bus')", set()),
        (
            "insert into t (kind) values ('bus'); insert into t (kind) values ('train')",
            {("kind", "bus"), ("kind", "train")},
        ),
        ("insert into t (kind) values ('bus'); insert into t (n) values (1)", set()),
        ("update t set n = 1 where kind = 'bus'", {("kind", "bus")}),
        ("update t set state = 'done' where state = 'new'", {("state", "done"), ("state", "new")}),
        ("update t set state = ? where state = 'new'", set()),
        ("update t set state = 'done' where id = 1", set()),
        ("update t set state = 'done'", set()),
        ("update t set n = u.n from u where t.kind = 'bus'", set()),
    ],
)
def test_what_is_written(text: str, expected: set[tuple[str, str]]) -> None:
    """A text that is written out in each list of values, or that the changed rows had and have."""
    assert rows(text, Mode.WRITE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select * from t where kind = 'bus' and n > 1 order by kind", {("kind", "bus")}),
        ("select a from t x where x.kind in ('bus', 'Tram') and (n = 1 or n = 2)", {("kind", "bus"), ("kind", "tram")}),
        ("select a from t where kind = 'bus' or n = 1", set()),
        ("select a from t where kind = 'bus' and {more}", set()),
        ("select a from t where kind = 'bus' *", set()),
        ("select a from t where kind != 'bus'", set()),
        ("select a from t where not kind = 'bus'", set()),
        ("select a from t where kind in ('bus', ?)", set()),
        ("select a from t where kind in (select 'bus')", set()),
        ("select a from t where kind like 'bus'", set()),
        ("select a from t where lower(kind) = 'bus'", set()),
        ("select a from t, u where kind = 'bus'", set()),
        ("select a from t join u on t.i = u.i where kind = 'bus'", set()),
        ("select a from t where kind = 'bus' union select a from t where kind = 'train'", set()),
        ("select a from t where kind = '$1'", set()),
        ("select a from t", set()),
        ("select a from t where kind = 'bus'; select a from t", set()),
    ],
)
def test_what_is_asked_for(text: str, expected: set[tuple[str, str]]) -> None:
    """A condition that every row meets; none where there is another way, or another table."""
    assert rows(text, Mode.READ) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("'select a from t where kind = %s and n = %s', ('bus', n)", {("kind", "bus")}),
        ("'select a from t where n = ? and kind = ?', [n, 'bus']", {("kind", "bus")}),
        ("'select a from t where kind = %(k)s', {'k': 'bus'}", {("kind", "bus")}),
        ("'select a from t where kind = :k', {'k': 'bus', 'm': n}", {("kind", "bus")}),
        ("\"select a from t where b = 'how?' and kind = ?\", ('bus',)", {("kind", "bus")}),
        ("'select a from t where kind = %s', (n,)", set()),
        ("'select a from t where kind = %s', n", set()),
        ("'select a from t where kind = %s', (\"a'b\",)", set()),
        ("'select a from t where kind = :k', {'other': 'bus'}", set()),
    ],
)
def test_what_python_gives_to_a_statement(call: str, expected: set[tuple[str, str]]) -> None:
    """Texts in the places of the statement count as if they were written there."""
    program = f"import sqlite3, sys\nn = sys.argv[1]\nsqlite3.connect('/x.db').cursor().execute({call})\n"
    found = facts("python3 /o/p.py $1", {"o/p.py": program})
    assert {row for access in found.touched for row in access.rows} == expected


def test_a_file_of_statements_tells_what_the_line_would() -> None:
    """What a client is given as a file says of rows what the same statement on the line says."""
    statement = "insert into t (kind) values ('bus')"
    line = facts(f'psql shop -c "{statement}"')
    file = facts("psql shop -f /o/x.sql", {"o/x.sql": statement})
    rows = [{row for access in found.touched for row in access.rows} for found in (line, file)]
    assert rows == [{("kind", "bus")}] * 2


@pytest.mark.parametrize(
    ("one", "other", "both", "apart"),
    [
        ((("k", "a"),), (("k", "b"),), (("k", "a"), ("k", "b")), True),
        ((("k", "a"), ("k", "b")), (("k", "b"),), (("k", "a"), ("k", "b")), False),
        ((("k", "a"),), (("m", "b"),), (), False),
        ((("k", "a"), ("m", "x")), (("k", "b"), ("m", "x")), (("k", "a"), ("k", "b"), ("m", "x")), True),
        ((("k", "a"),), (), (), False),
        ((), (), (), False),
    ],
)
def test_rows_of_two(one, other, both, apart) -> None:  # type: ignore[no-untyped-def]
    """Only a column of which both tell the texts keeps rows apart."""
    assert all_rows(one, other) == both
    assert no_row_of_both(one, other) is apart
