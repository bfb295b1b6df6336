"""What is a table's name in a text of SQL, and what only looks like one."""

import pytest

from migrator.commands.languages import sql


def touched(text: str) -> set[tuple[str, str]]:
    """Give each table with the way in which it is touched."""
    return {(found.name, found.mode.name.lower()) for found in sql.tables(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("insert into data (a, b) values (1, 2)", {("data", "write")}),
        ("select * from data where x = 1", {("data", "read")}),
        ("update data set a = 1", {("data", "write")}),
        ("delete from day where d < 3", {("day", "delete")}),
        ("refresh materialized view dw.month", {("dw.month", "write")}),
        ("insert into s.key select * from s.values", {("s.key", "write"), ("s.values", "read")}),
        ("select a from s.data d join s.year using (a)", {("s.data", "read"), ("s.year", "read")}),
        ("copy data from stdin csv header", {("data", "write")}),
    ],
)
def test_words_of_the_language_name_tables(text, expected):
    """A table may be called `data`, and behind its schema it may be called nearly anything."""
    assert touched(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select extract(month from ts) from sales", {("sales", "read")}),
        ("select now() - interval 1 month from t", {("t", "read")}),
        ("select x from year(now())", set()),
        ("load data local infile 'x.csv' into table t", {("t", "write")}),
        ("insert into t (a) values (1) on duplicate key update a = 1", {("t", "write")}),
        ("select a from orders. Where it stands", {("orders", "read")}),
    ],
)
def test_words_that_name_none(text, expected):
    """Functions, units and clauses are no tables."""
    assert touched(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("copy sales from 's3://bucket/x' csv", {("sales", "write")}),
        ("copy sales (a, b) to '/tmp/x'", {("sales", "read")}),
        ("copy sales from program 'zcat x.gz'", {("sales", "write")}),
        ("copy sales from %s", {("sales", "write")}),
        ("copy into sales from @stage", {("sales", "write")}),
        ("copy sales from ", {("sales", "write")}),
        ("\\copy sales from out.csv csv", {("sales", "write")}),
        ("copy data from server one to server two", set()),
        ("copy files to backup", set()),
        ("copy data", set()),
    ],
)
def test_a_copy_names_a_file(text, expected):
    """`COPY` of SQL takes a string, a stage or a stream; what copies from a plain word is English."""
    assert touched(text) == expected
