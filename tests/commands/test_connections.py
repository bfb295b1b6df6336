"""Which host a database client speaks to."""

import pytest

from tests.commands.tools import facts, reads, script, traits


@pytest.mark.parametrize(
    "command",
    [
        "psql shop -c 'select 1 from t'",
        "psql -h localhost shop -c 'select 1 from t'",
        "psql -h /run/postgresql shop -c 'select 1 from t'",
        "psql 'postgresql://u@127.0.0.1:5432/shop' -c 'select 1 from t'",
        "psql 'postgresql:///shop?host=/tmp' -c 'select 1 from t'",
        "psql 'host=localhost dbname=shop' -c 'select 1 from t'",
        "PGHOST=localhost psql shop -c 'select 1 from t'",
        "mysql -e 'select 1 from t' shop",
        "mysqldump -u root shop",
        "pg_dump shop",
        "vacuumdb --all",
        "mongodump --db shop",
    ],
)
def test_a_client_needs_this_host(command: str) -> None:
    """When it is named, or none is."""
    assert "needs-host" in traits(facts(command))


@pytest.mark.parametrize(
    "command",
    [
        "psql -h db1.internal shop -c 'select 1 from t'",
        "psql --host=db1 shop -c 'select 1 from t'",
        "psql 'postgresql://user@db.example/x' -c 'select 1 from t'",
        "psql -d 'postgres://u:p@10.0.0.4/x' -c 'select 1 from t'",
        "psql 'host=db1 dbname=shop' -c 'select 1 from t'",
        "psql service=shop -c 'select 1 from t'",
        "psql $SHOP_DB -c 'select 1 from t'",
        'psql "$SHOP_DB" -c "select 1 from t"',
        "psql -h $DB_HOST shop -c 'select 1 from t'",
        "PGHOST=db1 psql shop -c 'select 1 from t'",
        "PGHOST=$X pg_dump shop",
        "mysql -h db1 shop -e 'select 1 from t'",
        "mysql $OPTIONS shop -e 'select 1 from t'",
        "mysql --defaults-extra-file=/etc/shop.cnf shop -e 'select 1'",
        "mysqldump --login-path=prod shop",
        "mysqladmin -h db1 flush-logs",
        "vacuumdb -h db1 --all",
        "pg_restore /b/x.dump -f /b/x.sql",
        "mongodump --uri mongodb://u@db1/shop",
    ],
)
def test_a_client_does_not_need_this_host(command: str) -> None:
    """When another is named, or nothing tells."""
    assert "needs-host" not in traits(facts(command))


def test_that_no_host_is_named_is_said() -> None:
    """The reason says on what it rests."""
    (found,) = [t for t in facts("pg_dump shop").traits if str(t.trait) == "needs-host"]
    assert found.evidence.says.endswith("it names no other")
    (named,) = [t for t in facts("pg_dump -h localhost shop").traits if str(t.trait) == "needs-host"]
    assert "names no other" not in named.evidence.says


def test_a_connection_kept_in_settings_is_resolved() -> None:
    """The sourced value tells host and database."""
    files = {"opt/a.env": 'DB="host=localhost dbname=shop"\nFAR=postgresql://u@db1.internal/tickets\n'}
    call = {"opt/run.sh": '#!/bin/sh\n. /opt/a.env\npsql "$FAR" -c "select 1 from seats"\n'} | files
    far = facts("/opt/run.sh", call)
    assert "needs-host" not in traits(far)
    assert reads(far) == {"tickets.seats"}
    call = {"opt/run.sh": '#!/bin/sh\n. /opt/a.env\npsql "$DB" -c "select 1 from seats"\n'} | files
    assert "needs-host" in traits(facts("/opt/run.sh", call))
    assert reads(facts("/opt/run.sh", call)) == {"shop.seats"}


def test_a_database_that_is_not_known_names_no_table() -> None:
    """`postgresql://u@h/$X`: the table is kept, the database is left out."""
    assert reads(script("psql postgresql://u@h/$X -c 'select 1 from seats'\n")) == {"seats"}


@pytest.mark.parametrize(
    ("command", "stdin", "read", "written"),
    [
        (r"""psql shop -c "\copy t from '/in/f.csv' csv header" """, None, {"/in/f.csv"}, {"shop.t"}),
        (r"""psql shop -c "\copy t (a, b) from /in/f.csv with csv" """, None, {"/in/f.csv"}, {"shop.t"}),
        (r"""psql shop -c "\copy (select 1 from u) to '/out/f.csv' csv" """, None, {"shop.u"}, {"/out/f.csv"}),
        (r"""psql shop -c "copy t to '/out/f.csv'" """, None, {"shop.t"}, {"/out/f.csv"}),
        (r"""psql -h far shop -c "copy t to '/out/f.csv'" """, None, {"shop.t"}, set()),
        (r"""psql shop -c "copy t to stdout" """, None, {"shop.t"}, set()),
        ("psql shop", "\\copy t from '/in/f.csv' csv\nselect 1 from u;", {"/in/f.csv", "shop.u"}, {"shop.t"}),
    ],
)
def test_files_of_copy(command: str, stdin: str | None, read: set[str], written: set[str]) -> None:
    r"""`\copy` moves a file of this host, COPY one of the server's."""
    found = facts(command, stdin=stdin)
    assert reads(found) == read
    assert {a.resource.name for a in found.touched if a.mode.value == "write"} == written


def test_a_backup_chain_with_its_housekeeping_is_one_unit() -> None:
    """Looking into folders for a name is no step, expiring the log is housekeeping."""
    found = script(
        'target=/backup/$(date +%F)\nmkdir -p "$target"\npg_basebackup -D "$target"\nln -sfn "$target" /backup/latest\n'
        "find /backup -maxdepth 1 -mtime +8 -exec rm -rf {} +\noldest=$(ls -1d /backup/20* | head -n 1)\n"
        'pg_archivecleanup /wal "$(basename "$(ls "$oldest"/*.backup | head -n 1)")"\n'
    )
    assert [step.name for step in found.steps] == ["pg_basebackup", "ln", "find", "pg_archivecleanup"]
    assert len(found.units) == 1
