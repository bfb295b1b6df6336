"""Perl, PHP, Ruby, JavaScript, R and SQL by their text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.commands.languages import sql
from migrator.model import Mode
from tests.commands.tools import facts, names, reads, writes


@pytest.mark.parametrize(
    ("name", "text", "read", "written"),
    [
        (
            "p.pl",
            ("my $D = '/a';\nmy $O = \"$D/out.txt\";\nopen my $f, '<', \"$D/in.txt\" or die;\nopen(my $g, '>', $O);\n"),
            {"/a/in.txt"},
            {"/a/out.txt"},
        ),
        (
            "p.pl",
            ("use File::Copy qw(move);\nmy $O='/a/x';\nmy $T = $O . '.tmp';\nopen(F, \">$T\");\nmove $T, $O or die;\n"),
            {"/a/x.tmp"},
            {"/a/x.tmp", "/a/x"},
        ),
        (
            "p.pl",
            (
                "my $C = '/a/lookup.csv';\nsub load "
                "{ my ($path, $n) = @_;\n open my $fh, '<', $path or return; }\nload($C, 1);\n"
            ),
            {"/a/lookup.csv"},
            set(),
        ),
        ("p.pl", "use constant BASE => '/a';\nopen(F, '>>', BASE.'/x.txt');\n", set(), {"/a/x.txt"}),
        (
            "p.pl",
            (
                "my $b = DBI->connect('dbi:mysql:database=shop');\n$b->prepare('SELECT a FROM orders "
                "WHERE x=1');\n$b->do(q{INSERT INTO sums (a) VALUES (1)});\n"
            ),
            {"shop.orders"},
            {"shop.sums"},
        ),
        ("p.pl", "system('cp', '/a/x', '/b/x');\n", {"/a/x"}, {"/b/x"}),
        ("p.pl", "my $r = `gzip -c /a/x.csv > /b/x.gz`;\n", {"/a/x.csv"}, {"/b/x.gz"}),
        (
            "p.php",
            (
                "<?php\n$d = __DIR__ . '/data';\n$x = file_get_contents($d . '/in.json');\n"
                'file_put_contents("$d/out.json", $x);\n'
            ),
            {"/opt/data/in.json"},
            {"/opt/data/out.json"},
        ),
        (
            "p.php",
            "<?php $f = fopen('/a/x.csv', 'w'); rename('/a/x.csv', '/b/x.csv');",
            {"/a/x.csv"},
            {"/a/x.csv", "/b/x.csv"},
        ),
        (
            "p.php",
            (
                "<?php $p = new PDO('mysql:host=h;dbname=shop'); $p->query('SELECT * FROM orders o JOIN "
                "customers c ON 1');"
            ),
            {"shop.orders", "shop.customers"},
            set(),
        ),
        (
            "p.rb",
            "D = '/a'\nFile.open(File.join(D, 'x.csv'), 'w') { }\nCSV.foreach(\"#{D}/y.csv\") { }\n",
            {"/a/y.csv"},
            {"/a/x.csv"},
        ),
        (
            "p.js",
            (
                "const path = require('path');\nconst d = path.join(__dirname, 'data');\n"
                "fs.writeFileSync(path.join(d, 'x.json'), s);\nconst t = fs.readFileSync(`${d}/y.json`);\n"
            ),
            {"/opt/data/y.json"},
            {"/opt/data/x.json"},
        ),
        ("p.mjs", "import { execSync } from 'child_process';\nexecSync('cp /a/x /b/x');\n", {"/a/x"}, {"/b/x"}),
        (
            "p.R",
            (
                "d <- '/a'\nx <- read.csv(file.path(d, 'x.csv'))\nwrite.csv(x, '/b/y.csv')\nsaveRDS(x, "
                "file = '/b/n.rds')\n"
            ),
            {"/a/x.csv"},
            {"/b/y.csv", "/b/n.rds"},
        ),
        ("p.pl", "# open(F, '>', '/a/commented');\nopen(F, '<', '/a/x');\n", {"/a/x"}, set()),
        ("p.pl", "my $x = '/a/1';\n$x = '/a/2';\nopen(F, '<', $x);\n", {"/a/2"}, set()),
    ],
)
def test_reads_and_writes(name: str, text: str, read: set[str], written: set[str]) -> None:
    """Constant paths and the idioms that open them; what is set twice is what it was set to last."""
    runner = {"pl": "perl", "php": "php", "rb": "ruby", "js": "node", "mjs": "node", "R": "Rscript"}[
        name.rpartition(".")[2]
    ]
    found = facts(f"{runner} /opt/{name}", {f"opt/{name}": text})
    assert names(found) == [name]
    assert reads(found) == read
    assert writes(found) == written
    inside = [access for access in found.steps[0].accesses if access.origin.path != "crontab"]
    assert all(access.confidence <= 0.8 for access in inside)


def test_a_handle_tells_the_database() -> None:
    """With two connections each statement belongs to the one that it is given to."""
    text = (
        "my $a = DBI->connect('dbi:mysql:database=shop', 'u', '');\nmy $b = DBI->connect('dbi:mysql:database=stats');\n"
        "$a->prepare('SELECT x FROM orders');\n$b->do('INSERT INTO sums (x) VALUES (1)');\n"
    )
    found = facts("perl /opt/p.pl", {"opt/p.pl": text})
    assert reads(found) == {"shop.orders"}
    assert writes(found) == {"stats.sums"}


def test_the_first_side_of_a_choice_is_taken() -> None:
    """`-e one ? one : other`, over several lines."""
    text = "use constant BASE => -e '/a'\n  ? '/a'\n  : '/b';\nopen(F, '<', BASE.'/x.txt');\n"
    assert reads(facts("perl /opt/p.pl", {"opt/p.pl": text})) == {"/a/x.txt"}


def test_a_script_that_is_handed_to_a_runner_is_read() -> None:
    """What a runner is given to run may be its work."""
    files = {"opt/runner.pl": "Runner->new->go(@ARGV);\n", "opt/build.py": "open('/b/x', 'w')\n"}
    found = facts("cd /opt && ./runner.pl ./build.py --all", files)
    assert names(found) == ["runner.pl"]
    assert {(a.resource.name, a.confidence) for a in found.steps[0].accesses} == {("/b/x", 0.6)}
    assert [called.path for called in found.called] == ["opt/runner.pl", "opt/build.py"]


def test_env_may_be_given_a_whole_path() -> None:
    """`#!/usr/bin/env /usr/bin/python3` starts Python."""
    found = facts("/opt/run", {"opt/run": "#!/usr/bin/env /usr/bin/python3\nopen('/x', 'w')\n"})
    assert writes(found) == {"/x"}


def test_a_shebang_tells_the_language() -> None:
    """A program without an extension."""
    found = facts("/opt/load", {"opt/load": "#!/usr/bin/env perl\nopen(F, '>', '/a/x');\n"})
    assert writes(found) == {"/a/x"}
    assert facts("/opt/load", {"opt/load": "#!/usr/bin/tclsh\n"}).unclear


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select * from a", {("a", Mode.READ)}),
        ("select * from a, b c, d.e where x = 'from z'", {("a", Mode.READ), ("b", Mode.READ), ("d.e", Mode.READ)}),
        (
            "select 1 from a x join b on 1 left outer join c using (i)",
            {("a", Mode.READ), ("b", Mode.READ), ("c", Mode.READ)},
        ),
        ("insert into a (x) select y from b", {("a", Mode.WRITE), ("b", Mode.READ)}),
        ("INSERT OVERWRITE TABLE a SELECT * FROM b", {("a", Mode.WRITE), ("b", Mode.READ)}),
        ("update a set x = 1", {("a", Mode.WRITE)}),
        ("delete from a where 1", {("a", Mode.DELETE)}),
        ("truncate table a", {("a", Mode.DELETE)}),
        ("drop table if exists a", {("a", Mode.DELETE)}),
        ("create table if not exists a as select * from b", {("a", Mode.WRITE), ("b", Mode.READ)}),
        ('create or replace view `s`.`v` as select 1 from "T"', {("s.v", Mode.WRITE), ("T", Mode.READ)}),
        ("copy a from 's3://b/k' iam_role 'x'", {("a", Mode.WRITE)}),
        ("copy a to '/x'", {("a", Mode.READ)}),
        ("merge into a using b on 1", {("a", Mode.WRITE), ("b", Mode.READ)}),
        ("with t as (select 1 from a) select * from t", {("a", Mode.READ)}),
        ("refresh materialized view m", {("m", Mode.WRITE)}),
        ("alter table staging rename to live", {("live", Mode.WRITE)}),
        ("alter table a rename column b to c", set()),
        ("rename table staging to live", {("live", Mode.WRITE)}),
        ("exchange tables live and staging", {("live", Mode.WRITE), ("staging", Mode.WRITE)}),
        ("grant select on a to b", set()),
        ("-- from x\n/* from y */ select 1 from a", {("a", Mode.READ)}),
        ("select extract(year from d), x from a", {("a", Mode.READ)}),
        ("select * from (select 1 from a) s", {("a", Mode.READ)}),
        ("select * from generate_series(1, 2)", set()),
        ("select 1 from a for update", {("a", Mode.READ)}),
        ("insert into {table} select 1 from %s", set()),
        ("this is prose from here", {("here", Mode.READ)}),
    ],
)
def test_tables_of_sql(text: str, expected: set[tuple[str, Mode]]) -> None:
    """By the words before a name, comments and strings left out."""
    assert {(found.name, found.mode) for found in sql.tables(text)} == expected


def test_lines_of_sql() -> None:
    """A table's line counts from one."""
    assert [found.line for found in sql.tables("\n\nselect 1\nfrom a\n")] == [4]


def test_prose_is_no_sql() -> None:
    """Only text that opens like a statement is read as SQL in other languages."""
    assert not sql.looks_like("Hello from the other side, update your table")
    assert sql.looks_like("\n  SELECT a FROM b")


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    """No text breaks a reader."""
    sql.tables(text)
    for name in ("p.pl", "p.php", "p.rb", "p.js", "p.R", "p.py", "p.sh"):
        assert facts(f"/opt/{name}", {f"opt/{name}": text}).steps


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\copy t from '/x/f.csv' csv header", {"t"}),
        ("\\copy t from f.csv with delimiter ','\nselect 1 from u", {"t", "u"}),
        ("select * from only a, lateral (select 1 from b) x", {"a", "b"}),
        ("with q as (select 1 from z), w (a, b) as not materialized (select 2) select * from q join w", {"z"}),
        ("select * from unnest(array[1]) u", set()),
        ("select * from generate_series(1, 2) g", set()),
        ("select * from a, f(1) g", {"a"}),
        ("select * from rows from (f())", set()),
        ("select 1 from dual", set()),
        ("select * from information_schema.tables join pg_catalog.pg_class on 1", set()),
        ("select * from pg_stat_activity", set()),
        ("select * from (values (1)) v", set()),
        ("select extract(epoch from x), substring(a from 2), trim(both from y) from t", {"t"}),
        ("create temp table s as select * from t; insert into u select * from s", {"t", "u"}),
        ("delete from only t using k where 1", {"t", "k"}),
        ("select * from a join b using (id)", {"a", "b"}),
        ("drop table if exists a, b", {"a", "b"}),
        ("revoke all on t from bob; show tables from db", set()),
        ("select a is distinct from b from t", {"t"}),
        ("select * from db..t", {"db.t"}),
        ("copy (select * from t) to program 'gzip'", {"t"}),
    ],
)
def test_words_of_sql_that_are_no_tables(text: str, expected: set[str]) -> None:
    """Functions, options of COPY, the catalogue, names that the text itself makes."""
    assert {found.name for found in sql.tables(text)} == expected
