"""Database clients and dumps: tables from SQL on the line, files written by dumps and read by loads."""

from __future__ import annotations

from migrator.commands.facts import StepKind, Trait
from migrator.commands.invocation import (
    Arguments,
    Effect,
    Family,
    Invocation,
    Reader,
    Space,
    Touch,
    reads,
    sort_out,
    writes,
)
from migrator.commands.languages import sql
from migrator.commands.values import Value, literal
from migrator.model import Mode

_MYSQL = frozenset(
    (
        "-u",
        "-h",
        "-P",
        "-D",
        "-e",
        "-S",
        "--user",
        "--host",
        "--port",
        "--database",
        "--execute",
        "--socket",
        "--result-file",
        "-r",
        "--ignore-table",
        "--where",
        "-w",
        "--defaults-file",
        "--defaults-extra-file",
        "--tables",
    )
)  # -p takes its value glued on only
_POSTGRES = frozenset(
    (
        "-U",
        "-h",
        "-p",
        "-d",
        "-c",
        "-f",
        "-o",
        "-v",
        "-F",
        "-t",
        "-n",
        "-T",
        "-N",
        "-Z",
        "-j",
        "-P",
        "-L",
        "-S",
        "-D",
        "--username",
        "--host",
        "--port",
        "--dbname",
        "--command",
        "--file",
        "--output",
        "--set",
        "--variable",
        "--format",
        "--table",
        "--schema",
        "--exclude-table",
        "--jobs",
        "--pset",
        "--compress",
        "--pgdata",
    )
)
_LOCAL = ("localhost", "127.0.0.1", "::1")
_LOAD_FILES = (".sql", ".gz", ".dump", ".csv")


def _tables(text: str, database: str | None) -> tuple[Touch, ...]:
    return tuple(
        Touch(
            found.mode,
            literal(f"{database}.{found.name}" if database and "." not in found.name else found.name),
            0.9,
            Space.TABLE,
        )
        for found in sql.tables(text)
    )


def _local(host: Value | None, name: str) -> tuple[tuple[Trait, str], ...]:
    if host is None or host.text in _LOCAL or host.text.startswith("/"):
        return ((Trait.NEEDS_HOST, f"`{name}` speaks to a database on this host"),)
    return ()


def _host(got: Arguments, call: Invocation, variable: str) -> Value | None:
    return got.last("-h", "--host") or call.environment.get(variable)


def mysql(call: Invocation) -> Effect:
    """Read `mysql`: SQL of `-e` and of a here document."""
    got = sort_out(call.arguments, _MYSQL)
    database = got.last("-D", "--database") or (got.rest[0] if got.rest else None)
    name = database.known if database is not None else None
    touches = [touch for text in got.every("-e", "--execute") for touch in _statement(text, name)]
    touches += _tables(call.stdin or "", name)
    return Effect(kind=StepKind.DATABASE, touches=tuple(touches), traits=_local(got.last("-h", "--host"), call.name))


def _statement(text: Value, database: str | None) -> tuple[Touch, ...]:
    files: tuple[Touch, ...] = ()
    lowered = text.text.lower()
    for word in ("source ", "\\. ", "\\i "):
        if lowered.strip().startswith(word):
            path = text.text.strip()[len(word) :].strip(" ;")
            files = reads(text.but(path))
    return files + _tables(text.text, database)


def mysqldump(call: Invocation) -> Effect:
    """Read `mysqldump`: whole databases or tables are read, `-r` is written."""
    got = sort_out(call.arguments, _MYSQL - {"--tables"})
    if got.has("--all-databases", "-A"):
        tables: tuple[Value, ...] = (literal("*.*"),)
    elif got.has("--databases", "-B"):
        tables = tuple(database + literal(".*") for database in got.rest)
    elif len(got.rest) > 1:
        tables = tuple(got.rest[0] + literal(".") + table for table in got.rest[1:])
    else:
        tables = tuple(database + literal(".*") for database in got.rest)
    target = got.last("-r", "--result-file")
    touches = reads(*tables, space=Space.TABLE) + (writes(target) if target else ())
    return Effect(
        kind=StepKind.DATABASE, touches=touches, dumps=True, traits=_local(got.last("-h", "--host"), call.name)
    )


def psql(call: Invocation) -> Effect:
    """Read `psql`: SQL of `-c`, of `-f` and of a here document."""
    got = sort_out(call.arguments, _POSTGRES - {"-t", "-n", "-N", "-S"})
    database = got.last("-d", "--dbname") or (got.rest[0] if got.rest else call.environment.get("PGDATABASE"))
    name = _database(database)
    touches = [touch for text in got.every("-c", "--command") for touch in (*_copied(text), *_tables(text.text, name))]
    touches += _tables(call.stdin or "", name)
    touches += reads(*got.every("-f", "--file"))
    touches += writes(*got.every("-o", "--output"))
    return Effect(kind=StepKind.DATABASE, touches=tuple(touches), traits=_local(_host(got, call, "PGHOST"), call.name))


def _database(value: Value | None) -> str | None:
    """Give a database's name, out of a connection URL where it is one; None where it is not known."""
    if value is None or not value.exact or "=" in value.text.partition("?")[0]:
        return None
    if "://" in value.text:
        return value.text.partition("://")[2].partition("/")[2].partition("?")[0] or None
    return value.text or None


def _copied(text: Value) -> tuple[Touch, ...]:
    r"""Give the file of `\copy … from 'f'` or `COPY … FROM 'f'`."""
    words = text.text.split()
    lowered = [word.lower() for word in words]
    if not lowered or lowered[0] not in ("\\copy", "copy"):
        return ()
    for n, word in enumerate(lowered[:-1]):
        if word in ("from", "to") and words[n + 1][0] in "'\"/~":
            path = text.but(words[n + 1].strip("'\";"))
            return reads(path) if word == "from" else writes(path)
    return ()


def pg_dump(call: Invocation) -> Effect:
    """Read `pg_dump`, `pg_dumpall`, `pg_basebackup`: databases are read, `-f` or `-D` is written."""
    got = sort_out(call.arguments, _POSTGRES)
    database = got.last("-d", "--dbname") or (got.rest[0] if got.rest else call.environment.get("PGDATABASE"))
    name = _database(database)
    chosen = got.every("-t", "--table")
    if call.name == "pg_dumpall" or call.name == "pg_basebackup":
        tables: tuple[Value, ...] = (literal("*.*"),)
    elif chosen and name:
        tables = tuple(literal(f"{name}.") + table for table in chosen)
    else:
        tables = (literal(f"{name}.*"),) if name else ()
    target = got.last("-f", "--file", "-D", "--pgdata")
    touches = reads(*tables, space=Space.TABLE) + (writes(target) if target else ())
    return Effect(
        kind=StepKind.DATABASE, touches=touches, dumps=True, traits=_local(_host(got, call, "PGHOST"), call.name)
    )


def pg_restore(call: Invocation) -> Effect:
    """Read `pg_restore`: the archive is read, the database is written."""
    got = sort_out(call.arguments, _POSTGRES)
    name = _database(got.last("-d", "--dbname"))
    tables = writes(literal(f"{name}.*"), space=Space.TABLE) if name else ()
    return Effect(
        kind=StepKind.DATABASE, touches=reads(*got.rest) + tables, traits=_local(_host(got, call, "PGHOST"), call.name)
    )


def sqlite(call: Invocation) -> Effect:
    """Read `sqlite3`: the file, and tables in it by statement."""
    got = sort_out(call.arguments, frozenset({"-cmd", "-separator", "-init"}), single_dash_long=True)
    if not got.rest:
        return Effect(kind=StepKind.DATABASE)
    file, statements = got.rest[0], got.rest[1:]
    touches: list[Touch] = []
    text = ";".join(s.text for s in statements) + (call.stdin or "")
    modes = {found.mode for found in sql.tables(text)}
    if modes - {Mode.READ} or not modes:
        touches += writes(file, confidence=1.0 if modes else 0.6)
    if Mode.READ in modes or not modes:
        touches += reads(file)
    for statement in statements:
        words = statement.text.split()
        if len(words) > 1 and words[0] in (".backup", ".output", ".once", ".dump", ".save"):
            touches += writes(statement.but(words[-1].strip("'\"")))
        if len(words) > 1 and words[0] in (".import", ".read"):
            touches += reads(statement.but(words[1].strip("'\"")))
    return Effect(kind=StepKind.DATABASE, touches=tuple(touches), dumps=".dump" in text or ".backup" in text)


def document_dump(call: Invocation) -> Effect:
    """Read `mongodump`, `mongoexport` and their kin: `--out` or `--archive` is written."""
    got = sort_out(
        call.arguments,
        frozenset(
            (
                "-d",
                "--db",
                "-c",
                "--collection",
                "-o",
                "--out",
                "-h",
                "--host",
                "-u",
                "-p",
                "--uri",
                "--archive",
                "--username",
                "--password",
                "--authenticationDatabase",
                "-q",
                "--query",
                "--file",
                "--type",
                "--port",
            )
        ),
    )
    database = got.last("-d", "--db")
    collection = got.last("-c", "--collection") or literal("*")
    tables = (database + literal(".") + collection,) if database is not None else ()
    target = got.last("-o", "--out", "--archive")
    files = (target,) if target is not None else ()
    if call.name in ("mongorestore", "mongoimport"):
        source = got.last("--file", "--archive")
        read = reads(*((source,) if source is not None else got.rest))
        return Effect(kind=StepKind.DATABASE, touches=read + writes(*tables, space=Space.TABLE))
    return Effect(kind=StepKind.DATABASE, touches=reads(*tables, space=Space.TABLE) + writes(*files), dumps=True)


def client(call: Invocation) -> Effect:
    """Read another SQL client: `-e`, `-q`, `-Q`, `--query` hold statements, `-f`, `-i` name files."""
    got = sort_out(
        call.arguments,
        frozenset(
            (
                "-e",
                "-q",
                "-Q",
                "--query",
                "--execute",
                "-f",
                "-i",
                "--file",
                "-S",
                "-U",
                "-P",
                "-d",
                "-h",
                "-u",
                "-p",
                "--host",
                "--user",
                "--password",
                "--database",
                "-o",
                "-n",
                "--port",
                "-c",
                "--conf",
                "--hivevar",
            )
        ),
    )
    texts = got.every("-e", "-q", "-Q", "--query", "--execute")
    touches = tuple(touch for text in texts for touch in _tables(text.text, _database(got.last("-d", "--database"))))
    touches += _tables(call.stdin or "", None)
    files = got.every("-f", "-i", "--file") + tuple(a for a in got.rest if a.text.endswith(_LOAD_FILES))
    scripts = tuple(a.but(a.text[1:]) for a in got.rest if a.text.startswith("@"))
    return Effect(kind=StepKind.DATABASE, touches=touches + reads(*files, *scripts) + writes(*got.every("-o")))


def maintenance(call: Invocation) -> Effect:
    """Read a program that tends a database: nothing is moved."""
    return Effect(
        kind=StepKind.DATABASE,
        traits=((Trait.NEEDS_HOST, f"`{call.name}` tends a database on this host"),),
        dumps=False,
    )


def dump(call: Invocation) -> Effect:
    """Read a program that writes a live source out as files or on its output."""
    got = sort_out(call.arguments, frozenset({"-l", "-f", "--rdb", "-b", "-o", "--output", "-h", "-p", "-a"}))
    target = got.last("-l", "-o", "--output", "--rdb")
    return Effect(kind=StepKind.DATABASE, touches=writes(target) if target else (), dumps=True)


_READERS: dict[str, Reader] = {
    "mysql": mysql, "mariadb": mysql, "mysqldump": mysqldump, "mariadb-dump": mysqldump, "mydumper": dump,
    "psql": psql, "pg_dump": pg_dump, "pg_dumpall": pg_dump, "pg_basebackup": pg_dump, "pg_restore": pg_restore,
    "sqlite3": sqlite, "sqlite": sqlite, "slapcat": dump, "redis-cli": dump, "influxd": dump, "xtrabackup": dump,
    "mariabackup": dump, "pgbackrest": dump, "barman": dump, "etcdctl": dump, "ldapsearch": dump, "svnadmin": dump,
    "neo4j-admin": dump, "innobackupex": dump, "mysqlhotcopy": dump, "automysqlbackup": dump,
    "autopostgresqlbackup": dump,
}  # fmt: skip
_READERS |= dict.fromkeys(("mongodump", "mongoexport", "mongorestore", "mongoimport"), document_dump)
_READERS |= dict.fromkeys(
    (
        "sqlcmd",
        "isql",
        "osql",
        "bcp",
        "sqlplus",
        "impdp",
        "expdp",
        "sqlldr",
        "clickhouse-client",
        "clickhouse",
        "snowsql",
        "bq",
        "hive",
        "beeline",
        "presto",
        "trino",
        "presto-cli",
        "impala-shell",
        "cqlsh",
        "duckdb",
        "spark-sql",
        "db2",
        "tsql",
        "vsql",
        "nzsql",
        "bteq",
        "mongo",
        "mongosh",
        "influx",
        "usql",
        "dbt",
    ),
    client,
)
_READERS |= dict.fromkeys(
    (
        "vacuumdb",
        "reindexdb",
        "mysqlcheck",
        "mysqladmin",
        "pg_repack",
        "analyzedb",
        "mysqlslap",
        "myisamchk",
        "pt-archiver",
        "pt-online-schema-change",
        "nodetool",
        "createdb",
        "dropdb",
    ),
    maintenance,
)

FAMILY = Family("databases", _READERS)
