"""Database clients and dumps: tables from SQL on the line, files written by dumps and read by loads."""

from __future__ import annotations

import posixpath
import re

from migrator.commands.connections import database, is_local, needs_host
from migrator.commands.facts import StepKind
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

_MYSQL_WORDS = """
    -u -h -P -D -e -S -r -w --user --host --port --database --execute --socket --result-file --ignore-table --where
    --defaults-file --defaults-extra-file --defaults-group-suffix --login-path --tables
    """
_MYSQL = frozenset(_MYSQL_WORDS.split())
_IMPORT_WORDS = """
    -c --columns --fields-terminated-by --fields-enclosed-by --fields-optionally-enclosed-by --fields-escaped-by
    --lines-terminated-by --ignore-lines --default-character-set --use-threads
    """
_IMPORT = frozenset(_IMPORT_WORDS.split())
_POSTGRES_WORDS = """
    -U -h -p -d -c -f -o -v -F -t -n -T -N -Z -j -P -L -S -D -X --username --host --port --dbname --command --file
    --output --set --variable --format --table --schema --exclude-table --jobs --pset --compress --pgdata --wal-method
    """
_POSTGRES = frozenset(_POSTGRES_WORDS.split())
_DOCUMENTS_WORDS = """
    -d --db -c --collection -o --out -h --host -u -p --uri --archive --username --password --authenticationDatabase
    -q --query --file --type --port
    """
_DOCUMENTS = frozenset(_DOCUMENTS_WORDS.split())
_CLIENT_WORDS = """
    -e -q -Q --query --execute -f -i --file -S -U -P -d -h -u -p --host --user --password --database -o -n --port -c
    --conf --hivevar
    """
_CLIENT = frozenset(_CLIENT_WORDS.split())
_PG_HOST = ("PGHOST", "PGHOSTADDR")
_COPY = re.compile(
    r"\s*(\\?)copy\s+(?:\([^;]*\)|[^\s(]+\s*(?:\([^)]*\))?)\s*\b(from|to)\s+(?:'([^']+)'|([/~.*$\w][^\s'\";]*[/.][^\s'\";]*))",
    re.IGNORECASE | re.DOTALL,
)
_MOST_SAID = 100_000
_LOADED = re.compile(r"\bload\s+data\s+(?:\w+\s+){0,3}infile\s+['\"]([^'\"\n]{1,1000})['\"]", re.IGNORECASE)
_LOAD_FILES = (".sql", ".gz", ".dump", ".csv")


def _tables(text: str, database: str | None) -> tuple[Touch, ...]:
    return tuple(
        Touch(
            found.mode,
            literal(f"{database}.{found.name}" if database and "." not in found.name else found.name),
            0.9,
            Space.TABLE,
            columns=found.columns,
            rows=found.rows,
        )
        for found in sql.tables(text)
    )


def _without_password(arguments: tuple[Value, ...]) -> tuple[Value, ...]:
    """Take the password from `-pPASSWORD`, whose letters are no options."""
    return tuple(value.but("-p", "-p") if value.text.startswith("-p") else value for value in arguments)


def mysql(call: Invocation) -> Effect:
    """Read `mysql`: SQL of `-e` and of a here document."""
    got = sort_out(_without_password(call.arguments), _MYSQL)
    database = got.last("-D", "--database") or (got.rest[0] if got.rest else None)
    name = database.known if database is not None else None
    touches = [touch for text in got.every("-e", "--execute") for touch in _statement(text, name)]
    touches += _tables(call.stdin or "", name)
    said = "\n".join([*(text.text for text in got.every("-e", "--execute")), call.stdin or ""])
    touches += reads(*(literal(file) for file in _LOADED.findall(said[:_MOST_SAID])))
    needs = needs_host(call, got, None, ("MYSQL_HOST",))
    return Effect(kind=StepKind.DATABASE, touches=tuple(touches), traits=needs, database=name or "")


def mysqlimport(call: Invocation) -> Effect:
    """Read `mysqlimport DATABASE FILE…`: each file fills the table of its name (mysqlimport(1))."""
    got = sort_out(_without_password(call.arguments), _MYSQL | _IMPORT)
    base, files = (got.rest[0], got.rest[1:]) if got.rest else (None, ())
    name = base.known if base is not None else None
    tables = [_of_file(file.but(file.text.partition(".")[0])) for file in files]
    filled = tuple(literal(f"{name}.{table}" if name else table) for table in tables if table)
    touches = reads(*files) + writes(*filled, space=Space.TABLE)
    return Effect(kind=StepKind.DATABASE, touches=touches, traits=needs_host(call, got, None, ("MYSQL_HOST",)))


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
    got = sort_out(_without_password(call.arguments), _MYSQL - {"--tables"})
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
    needs = needs_host(call, got, None, ("MYSQL_HOST",))
    return Effect(kind=StepKind.DATABASE, touches=touches, dumps=True, traits=needs)


def psql(call: Invocation) -> Effect:
    """Read `psql`: SQL of `-c`, of `-f` and of a here document."""
    got = sort_out(call.arguments, _POSTGRES - {"-t", "-n", "-N", "-S", "-X"})
    connection = _connection(call, got)
    name = database(connection)
    local = is_local(call, got, connection, _PG_HOST) is not False
    touches: list[Touch] = []
    for text in got.every("-c", "--command"):
        touches += (*_copied(text, local=local), *_tables(text.text, name))
    if call.fed is not None:
        for line in call.fed.text.split("\n"):
            touches += _copied(call.fed.but(line), local=local)
    touches += _tables(call.stdin or "", name)
    touches += reads(*got.every("-f", "--file"))
    touches += writes(*got.every("-o", "--output"))
    needs = needs_host(call, got, connection, _PG_HOST)
    return Effect(kind=StepKind.DATABASE, touches=tuple(touches), traits=needs, database=name or "")


def _connection(call: Invocation, got: Arguments) -> Value | None:
    """Give the database or connection string that a PostgreSQL client is given."""
    return got.last("-d", "--dbname") or (got.rest[0] if got.rest else call.environment.get("PGDATABASE"))


def _copied(text: Value, *, local: bool) -> tuple[Touch, ...]:
    r"""Give the file of `\copy … from 'f'`, or of the server's own `COPY … FROM 'f'` where it is `local`."""
    match = _COPY.match(text.text[:20_000])
    if match is None or (match[1] == "" and not local):
        return ()
    direction, quoted, bare = match[2], match[3], match[4]
    path = text.but(quoted if quoted is not None else bare.rstrip(";"))
    return reads(path) if direction.lower() == "from" else writes(path)


def pg_dump(call: Invocation) -> Effect:
    """Read `pg_dump`, `pg_dumpall`, `pg_basebackup`: databases are read, `-f` or `-D` is written."""
    got = sort_out(call.arguments, _POSTGRES)
    connection = _connection(call, got)
    name = database(connection)
    chosen = got.every("-t", "--table")
    if call.name == "pg_dumpall" or call.name == "pg_basebackup":
        tables: tuple[Value, ...] = (literal("*.*"),)
    elif chosen and name:
        tables = tuple(literal(f"{name}.") + table for table in chosen)
    else:
        tables = (literal(f"{name}.*"),) if name else ()
    target = got.last("-f", "--file", "-D", "--pgdata")
    touches = reads(*tables, space=Space.TABLE) + (writes(target) if target else ())
    needs = needs_host(call, got, connection, _PG_HOST)
    return Effect(kind=StepKind.DATABASE, touches=touches, dumps=True, traits=needs)


def pg_restore(call: Invocation) -> Effect:
    """Read `pg_restore`: the archive is read, the database is written."""
    got = sort_out(call.arguments, _POSTGRES)
    connection = got.last("-d", "--dbname")
    name = database(connection)
    tables = writes(literal(f"{name}.*"), space=Space.TABLE) if name else ()
    # Without a database it turns the archive into SQL and speaks to none.
    needs = needs_host(call, got, connection, _PG_HOST) if connection is not None else ()
    target = got.last("-f", "--file")
    made = writes(target) if target is not None else ()
    return Effect(kind=StepKind.DATABASE, touches=reads(*got.rest) + tables + made, traits=needs)


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
    name = _of_file(file)
    touches += _tables(text, name)
    for statement in statements:
        words = statement.text.split()
        if len(words) > 1 and words[0] in (".backup", ".output", ".once", ".dump", ".save"):
            touches += writes(statement.but(words[-1].strip("'\"")))
        if len(words) > 1 and words[0] in (".import", ".read"):
            plain = [word.strip("'\"") for word in words[1:] if not word.startswith("--")]
            touches += reads(statement.but(plain[0])) if plain else ()
            if words[0] == ".import" and len(plain) > 1:
                touches += writes(literal(f"{name}.{plain[1]}" if name else plain[1]), space=Space.TABLE)
    dumps = ".dump" in text or ".backup" in text
    return Effect(kind=StepKind.DATABASE, touches=tuple(touches), dumps=dumps, database=name or "")


def _of_file(file: Value) -> str | None:
    """Give what the tables of a file are called after: its name without the ending, as where a program connects."""
    stem = posixpath.splitext(posixpath.basename(file.text))[0]
    return stem.replace(".", "_") if stem and "*" not in stem and not stem.startswith(":") else None


def document_dump(call: Invocation) -> Effect:
    """Read `mongodump`, `mongoexport` and their kin: `--out` or `--archive` is written."""
    got = sort_out(call.arguments, _DOCUMENTS)
    uri = got.last("--uri")
    needs = needs_host(call, got, uri)
    base = got.last("-d", "--db")
    if base is not None and base.text.startswith("-"):
        # An empty variable without quotes: the option took the next one's word.
        base = None
    known = database(uri) if uri is not None and base is None else None
    base = literal(known) if known else base
    collection = got.last("-c", "--collection") or literal("*")
    tables = (base + literal(".") + collection,) if base is not None else ()
    target = got.last("-o", "--out", "--archive")
    files = (target,) if target is not None else ()
    if call.name in ("mongorestore", "mongoimport"):
        source = got.last("--file", "--archive")
        read = reads(*((source,) if source is not None else got.rest))
        return Effect(kind=StepKind.DATABASE, touches=read + writes(*tables, space=Space.TABLE), traits=needs)
    touches = reads(*tables, space=Space.TABLE) + writes(*files)
    return Effect(kind=StepKind.DATABASE, touches=touches, dumps=True, traits=needs)


def client(call: Invocation) -> Effect:
    """Read another SQL client: `-e`, `-q`, `-Q`, `--query` hold statements, `-f`, `-i` name files."""
    got = sort_out(call.arguments, _CLIENT)
    texts = got.every("-e", "-q", "-Q", "--query", "--execute")
    touches = tuple(touch for text in texts for touch in _tables(text.text, database(got.last("-d", "--database"))))
    touches += _tables(call.stdin or "", None)
    files = got.every("-f", "-i", "--file") + tuple(a for a in got.rest if a.text.endswith(_LOAD_FILES))
    scripts = tuple(a.but(a.text[1:]) for a in got.rest if a.text.startswith("@"))
    return Effect(kind=StepKind.DATABASE, touches=touches + reads(*files, *scripts) + writes(*got.every("-o")))


def bigquery(call: Invocation) -> Effect:
    """Read Google's `bq query STATEMENT`, `bq load TABLE FILE`, `bq extract TABLE FILE`."""
    got = sort_out(call.arguments, frozenset({"--project_id", "--location", "--source_format", "--destination_table"}))
    action, rest = (got.rest[0].text, got.rest[1:]) if got.rest else ("", ())
    touches: tuple[Touch, ...] = ()
    made = tuple(_dotted(value) for value in got.every("--destination_table"))
    if action == "query":
        said = " ".join(value.text for value in rest) + (call.stdin or "")
        touches = _tables(said, None) + writes(*made, space=Space.TABLE)
    if action == "load" and len(rest) > 1:
        touches = reads(rest[1]) + writes(_dotted(rest[0]), space=Space.TABLE)
    if action == "extract" and len(rest) > 1:
        touches = reads(_dotted(rest[0]), space=Space.TABLE) + writes(rest[1])
    return Effect(kind=StepKind.DATABASE, touches=touches)


def _dotted(table: Value) -> Value:
    """Name a table of BigQuery as its statements do: `project:set.table$20300131` is `project.set.table`."""
    return table.but(table.text.replace(":", ".").partition("$")[0])


def maintenance(call: Invocation) -> Effect:
    """Read a program that tends a database: nothing is moved."""
    of_mysql = call.name.startswith(("my", "pt-"))
    valued = _MYSQL if of_mysql else frozenset({"-h", "--host", "-d", "--dbname", "-U", "-p"})
    got = sort_out(_without_password(call.arguments) if of_mysql else call.arguments, valued)
    connection = None if of_mysql else got.last("-d", "--dbname", "--maintenance-db")
    needs = needs_host(call, got, connection, ("MYSQL_HOST",) if of_mysql else _PG_HOST)
    return Effect(kind=StepKind.DATABASE, traits=needs)


def dump(call: Invocation) -> Effect:
    """Read a program that writes a live source out as files or on its output."""
    got = sort_out(call.arguments, frozenset({"-l", "-f", "--rdb", "-b", "-o", "--output", "-h", "-p", "-a"}))
    target = got.last("-l", "-o", "--output", "--rdb")
    return Effect(kind=StepKind.DATABASE, touches=writes(target) if target else (), dumps=True)


def redis(call: Invocation) -> Effect:
    """Read `redis-cli`: where it connects to; its own host unless it is told (redis-cli(1))."""
    got = sort_out(
        call.arguments, frozenset({"-h", "-p", "-a", "-u", "-n", "-s", "-r", "-i", "--rdb", "--user", "--pass"})
    )
    target = got.last("--rdb")
    traits = needs_host(call, got, got.last("-u"), ())
    return Effect(kind=StepKind.DATABASE, touches=writes(target) if target else (), dumps=True, traits=traits)


_READERS: dict[str, Reader] = {
    "mysql": mysql, "mariadb": mysql, "mysqldump": mysqldump, "mariadb-dump": mysqldump, "mysqlimport": mysqlimport,
    "mariadb-import": mysqlimport, "mydumper": dump,
    "bq": bigquery,
    "psql": psql, "pg_dump": pg_dump, "pg_dumpall": pg_dump, "pg_basebackup": pg_dump, "pg_restore": pg_restore,
    "sqlite3": sqlite, "sqlite": sqlite, "slapcat": dump, "redis-cli": redis,
    "valkey-cli": redis, "influxd": dump, "xtrabackup": dump,
    "mariabackup": dump, "pgbackrest": dump, "barman": dump, "etcdctl": dump, "ldapsearch": dump, "svnadmin": dump,
    "neo4j-admin": dump, "innobackupex": dump, "mysqlhotcopy": dump, "automysqlbackup": dump,
    "autopostgresqlbackup": dump,
}  # fmt: skip
_READERS |= dict.fromkeys(("mongodump", "mongoexport", "mongorestore", "mongoimport"), document_dump)
_CLIENTS = """
    sqlcmd isql osql bcp sqlplus impdp expdp sqlldr clickhouse-client clickhouse snowsql hive beeline presto trino
    presto-cli impala-shell cqlsh duckdb spark-sql db2 tsql vsql nzsql bteq influx usql dbt
"""
_READERS |= dict.fromkeys(_CLIENTS.split(), client)
_MAINTAINING = """
    vacuumdb reindexdb mysqlcheck mysqladmin pg_repack analyzedb mysqlslap myisamchk pt-archiver pt-online-schema-change
    nodetool createdb dropdb
"""
_READERS |= dict.fromkeys(_MAINTAINING.split(), maintenance)

FAMILY = Family("databases", _READERS)
