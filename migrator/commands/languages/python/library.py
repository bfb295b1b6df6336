"""Functions and methods of Python libraries that name, read or write things: standard library, pandas, Spark and others."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from migrator.commands.invocation import Space
from migrator.commands.languages.python import cloud, options_of_call
from migrator.commands.languages.python.abstract import (
    UNKNOWN,
    Frame,
    Map,
    Seq,
    Text,
    Tool,
    anything,
    as_value,
    concatenated,
    elements,
    options,
    text,
    text_options,
)
from migrator.commands.languages.python.evaluate import environment
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.paths import absolute, below, join, parent
from migrator.commands.values import Value, literal, unknown
from migrator.model import Mode

Given = list[object]
Named = dict[str, object]
Known = Callable[[Machine, Given, Named, ast.Call, Frame], object]

_FIELD = re.compile(r"\{(\w*)(?:[.\[][^{}]*)?(?:![rsa])?(?::[^{}]*)?\}")


def first(given: Given, named: Named, *names: str) -> object:
    """Give the first argument, by place or by one of its names."""
    if given:
        return given[0]
    return next((named[name] for name in names if name in named), UNKNOWN)


def second(given: Given, named: Named, *names: str) -> object:
    """Give the second argument, by place or by one of its names."""
    if len(given) > 1:
        return given[1]
    return next((named[name] for name in names if name in named), UNKNOWN)


def opened(machine: Machine, target: object, mode: object, node: ast.Call, frame: Frame) -> object:
    """Read `open(target, mode)`."""
    letters = {option.value.text for option in text_options(mode)} or {"r"}
    for letter in sorted(letters):
        if "a" in letter:
            machine.touch(Mode.APPEND, target, node, frame)
        elif any(sign in letter for sign in "wx"):
            machine.touch(Mode.WRITE, target, node, frame)
        else:
            machine.touch(Mode.READ, target, node, frame)
            if "+" in letter:
                machine.touch(Mode.WRITE, target, node, frame)
    return Tool("file", {"name": target})


def _open(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    return opened(machine, first(given, named, "file", "filename", "uri"), second(given, named, "mode"), node, frame)


def _touching(mode: Mode, *names: str, place: int = 0, space: Space = Space.PATH, folder: bool = False) -> Known:
    def known(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
        target = given[place] if len(given) > place else next((named[name] for name in names if name in named), UNKNOWN)
        machine.touch(mode, _as_folder(target) if folder else target, node, frame, space=space)
        return UNKNOWN

    return known


def _as_folder(target: object) -> object:
    found = [
        Text(option.value + literal("/")) if not option.value.text.endswith("/") else option
        for option in text_options(target)
    ]
    return found[0] if len(found) == 1 else target


def _spark(mode: Mode) -> Known:
    def known(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
        target = first(given, named, "path", "paths", "name")
        space = Space.HDFS if machine.distributed else Space.PATH
        found = elements(target) if isinstance(target, Seq) else list(options(target))
        for element in found[:12]:
            for option in text_options(element):
                for piece in option.value.text.split(",")[:8]:
                    machine.touch(mode, Text(option.value.but(piece, piece)), node, frame, space=space)
        return UNKNOWN

    return known


def _between(source: Mode, target: Mode) -> Known:
    def known(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
        one = first(given, named, "src")
        machine.touch(Mode.READ, one, node, frame)
        if source is Mode.DELETE:
            machine.touch(Mode.DELETE, one, node, frame)
        machine.touch(target, second(given, named, "dst"), node, frame)
        return second(given, named, "dst")

    return known


def _listed(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    folder = first(given, named, "path", "top", "hdfs_path")
    dotted = _name_of(node)
    space = Space.HDFS if "hdfs" in dotted else Space.PATH
    machine.touch(Mode.READ, _as_folder(folder), node, frame, 0.7, space)
    whole = "hdfs" in dotted or "scandir" in dotted
    each = below(folder, anything("name")) if whole and isinstance(folder, Text) else anything("name")
    if dotted.endswith("walk"):
        base = folder if isinstance(folder, Text) else anything()
        return Seq([Seq([base, Seq([anything()], True), Seq([anything()], True)])], True)
    return Seq([each], True)


def _name_of(node: ast.Call) -> str:
    return ast.unparse(node.func) if isinstance(node.func, ast.Attribute | ast.Name) else ""


def _globbed(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    pattern = first(given, named, "pathname")
    machine.touch(Mode.READ, pattern, node, frame)
    found = text_options(pattern)
    return Seq([Text(Value(o.value.text, o.value.written, exact=False)) for o in found] or [UNKNOWN], True)


def _looked(machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    for option in text_options(given[0] if given else UNKNOWN):
        machine.polls.append(("file", option.value.text))
    return UNKNOWN


def _joined(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    return join(given)


def _folder_of(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    return Text(parent(given[0].value)) if given and isinstance(given[0], Text) else anything()


def _whole(machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    return Text(absolute(given[0].value, machine.folder)) if given and isinstance(given[0], Text) else anything()


def _last(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    if given and isinstance(given[0], Text):
        return Text(given[0].value.but(given[0].value.text.rstrip("/").rpartition("/")[2]))
    return anything()


def _homed(machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    if given and isinstance(given[0], Text):
        value = given[0].value
        return Text(machine.home + value.but(value.text[1:])) if value.text.startswith("~") else given[0]
    return Text(machine.home) if not given else anything()


def _split_extension(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    if given and isinstance(given[0], Text):
        head, dot, tail = given[0].value.text.rpartition(".")
        value = given[0].value
        return Seq([Text(value.but(head)), text(dot + tail)]) if dot and "/" not in tail else Seq([given[0], text("")])
    return Seq([anything(), anything()])


def _path(machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    if not given:
        return Text(literal("."), path=True)
    found = given[0] if isinstance(given[0], Text) else anything()
    for part in given[1:]:
        found = below(found, part)
    return Text(as_value(found), path=True)


def _string(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    return Text(as_value(given[0])) if given else text("")


def _getenv(machine: Machine, given: Given, named: Named, _node: ast.Call, _frame: Frame) -> object:
    return environment(machine, first(given, named, "key"), given[1] if len(given) > 1 else named.get("default"))


def _folder(machine: Machine, _given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    return Text(machine.folder)


def _change_folder(machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    if given and isinstance(given[0], Text):
        machine.folder = absolute(given[0].value, machine.folder)
    return None


def _clock(machine: Machine, _given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    machine.findings.dated = True
    return Tool("clock")


def _temporary(_machine: Machine, _given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    return Text(Value("/tmp/tmp*", "tempfile", exact=False, private=True))  # noqa: S108  a name only


def _temporary_pair(_machine: Machine, given: Given, named: Named, _node: ast.Call, _frame: Frame) -> object:
    return Seq([UNKNOWN, _temporary(_machine, given, named, _node, _frame)])


def _started(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    machine.start(first(given, named, "args", "cmd", "command"), node, frame)
    return UNKNOWN


def _same(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    return given[0] if given else Seq([])


def _range(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    if len(given) == 1 and isinstance(given[0], int) and 0 <= given[0] <= 12:
        return Seq(list(range(given[0])))
    return Seq([UNKNOWN], True)


def _zipped(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    columns = [elements(one) for one in given[:6]]
    return Seq(
        [Seq(list(row)) for row in zip(*columns, strict=False)], any(isinstance(g, Seq) and g.open for g in given)
    )


def _counted(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    return Seq([Seq([UNKNOWN, element]) for element in elements(given[0] if given else UNKNOWN)], True)


def _mapped(machine: Machine, given: Given, _named: Named, node: ast.Call, frame: Frame) -> object:
    if len(given) < 2:
        return UNKNOWN
    columns = [elements(one, 12) for one in given[1:4]]
    found = [machine.call(given[0], list(row), {}, node, frame) for row in zip(*columns, strict=False)]
    return Seq(found, not isinstance(given[1], Seq) or given[1].open)


def _filtered(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    return Seq(elements(given[1]), True) if len(given) > 1 else UNKNOWN


def _chosen(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    found = elements(given[0]) if given else []
    return found[0] if len(found) == 1 else (anything() if found and isinstance(found[0], Text) else UNKNOWN)


def _dictionary(_machine: Machine, given: Given, named: Named, _node: ast.Call, _frame: Frame) -> object:
    found = Map(dict(given[0].items) if given and isinstance(given[0], Map) else {})
    found.items.update(named)
    return found


def _length(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    if given and isinstance(given[0], Seq) and not given[0].open:
        return len(given[0].items)
    return UNKNOWN


def _attribute(_machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    from migrator.commands.languages.python.evaluate import attribute

    if len(given) > 1 and isinstance(given[1], Text) and given[1].value.exact:
        return attribute(_machine, given[0], given[1].value.text)
    return UNKNOWN


def _connected(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    """Read a connection to a database: its name qualifies tables, a file of SQLite is touched by statements."""
    if _name_of(node).startswith("sqlite3") or "sqlite" in _name_of(node):
        machine.touch(Mode.READ, first(given, named, "database"), node, frame, 0.6)
        return Tool("connection", {"file": first(given, named, "database")})
    name = next(
        (named[key] for key in ("database", "dbname", "db", "dsn", "conninfo") if key in named),
        given[0] if given else UNKNOWN,
    )
    for option in text_options(name):
        machine.database = _database(option.value) or machine.database
    return Tool("connection")


def _database(value: Value) -> str:
    match = (
        re.search(r"(?:dbname|database)=([\w.-]+)|://[^/]*/([\w.-]+)|(?:^|:)([\w-]+)$", value.text)
        if value.exact
        else None
    )
    return next((found for found in match.groups() if found), "") if match else ""


def _stored(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    target = first(given, named, "url", "name_or_url")
    for option in text_options(target):
        if option.value.text.startswith("sqlite"):
            machine.touch(Mode.READ, Text(option.value.but(option.value.text.partition(":///")[2])), node, frame, 0.6)
        machine.database = _database(option.value) or machine.database
    return Tool("connection")


def _statement(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    machine.sql(first(given, named, "sql", "query", "statement", "sqlQuery"), node, frame)
    return UNKNOWN


def _requested(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    changes = _name_of(node).rpartition(".")[2] in ("post", "put", "patch", "delete")
    machine.touch(Mode.WRITE if changes else Mode.READ, first(given, named, "url"), node, frame, 0.8)
    return UNKNOWN


def _retrieved(machine: Machine, given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    machine.touch(Mode.READ, first(given, named, "url"), node, frame)
    machine.touch(Mode.WRITE, second(given, named, "filename", "out"), node, frame)
    return UNKNOWN


def _slept(machine: Machine, given: Given, _named: Named, _node: ast.Call, _frame: Frame) -> object:
    machine.slept = (
        int(given[0]) if given and isinstance(given[0], int | float) and not isinstance(given[0], bool) else 0
    )
    return None


def _target(machine: Machine, _given: Given, named: Named, node: ast.Call, frame: Frame) -> object:
    given = named.get("args", Seq([]))
    if "target" in named:
        machine.call(named["target"], elements(given), {}, node, frame)
    return Tool("thread")


def formatted(template: Text, given: Given, named: Named) -> object:
    """Read `'…{}…'.format(…)`."""
    if not template.value.exact:
        return template
    parts: list[Value] = []
    end = used = 0
    source = template.value.text.replace("{{", "\1").replace("}}", "\2")
    for match in _FIELD.finditer(source):
        parts.append(literal(source[end : match.start()].replace("\1", "{").replace("\2", "}")))
        key = match[1]
        if key == "":
            value: object = given[used] if used < len(given) else UNKNOWN
            used += 1
        elif key.isdigit():
            value = given[int(key)] if int(key[:4]) < len(given) else UNKNOWN
        else:
            value = named.get(key, UNKNOWN)
        parts.append(as_value(value) if value is not UNKNOWN else unknown("…"))
        end = match.end()
    parts.append(literal(source[end:].replace("\1", "{").replace("\2", "}")))
    return concatenated(parts)


FUNCTIONS: dict[str, Known] = {
    **dict.fromkeys(
        ("open", "io.open", "codecs.open", "gzip.open", "bz2.open", "lzma.open", "bz2.BZ2File", "gzip.GzipFile", "zipfile.ZipFile",
         "ZipFile", "tarfile.open", "h5py.File", "smart_open.open", "smart_open", "fsspec.open", "netCDF4.Dataset",
         "rasterio.open",
         "shelve.open", "dbm.open", "wave.open", "hdfs.open", "aiofiles.open", "pd.ExcelWriter_",
         "xr.open_dataset"), _open),
    **dict.fromkeys(
        ("np.load", "numpy.load", "np.loadtxt", "numpy.loadtxt", "np.genfromtxt", "joblib.load", "torch.load", "cv2.imread", "Image.open",
         "PIL.Image.open", "geopandas.read_file", "gpd.read_file", "xarray.open_dataset", "xr.open_mfdataset",
         "load_workbook",
         "openpyxl.load_workbook", "pq.read_table", "pq.ParquetFile", "feather.read_feather", "pickle.load_",
         "dotenv_", "pl.scan_csv",
         "pl.scan_parquet", "pl.read_csv", "pl.read_parquet", "tf.keras.models.load_model", "load_model"),
         _touching(Mode.READ, "path", "file")),
    **dict.fromkeys(
        ("pd.ExcelWriter", "pandas.ExcelWriter", "np.save", "numpy.save", "np.savetxt", "numpy.savetxt", "np.savez", "plt.savefig",
         "imageio.imwrite", "cv2.imwrite"), _touching(Mode.WRITE, "fname", "path", "file")),
    **dict.fromkeys(("joblib.dump", "torch.save", "pq.write_table", "feather.write_feather"), _touching(Mode.WRITE, "filename", "f", place=1)),
    **dict.fromkeys(("shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.copytree"), _between(Mode.READ, Mode.WRITE)),
    **dict.fromkeys(("shutil.move", "os.rename", "os.replace", "os.renames"), _between(Mode.DELETE, Mode.WRITE)),
    **dict.fromkeys(("os.remove", "os.unlink", "hdfs.rm", "hdfs.rmr"), _touching(Mode.DELETE, "path")),
    **dict.fromkeys(("shutil.rmtree", "os.rmdir"), _touching(Mode.DELETE, "path", folder=True)),
    **dict.fromkeys(("os.listdir", "os.scandir", "os.walk", "hdfs.ls", "hdfs.walk", "pydoop.hdfs.ls", "listdir"), _listed),
    **dict.fromkeys(("glob.glob", "glob.iglob", "iglob", "glob"), _globbed),
    **dict.fromkeys(("os.path.exists", "os.path.isfile", "os.path.getsize", "os.path.getmtime"), _looked),
    **dict.fromkeys(("os.path.join", "posixpath.join", "path.join", "op.join", "osp.join"), _joined),
    **dict.fromkeys(("os.path.dirname", "dirname", "path.dirname", "osp.dirname", "op.dirname"), _folder_of),
    **dict.fromkeys(("os.path.abspath", "os.path.realpath", "os.path.normpath", "abspath", "realpath", "osp.abspath"), _whole),
    **dict.fromkeys(("os.path.basename", "basename"), _last),
    **dict.fromkeys(("os.path.expanduser", "Path.home", "pathlib.Path.home"), _homed),
    **dict.fromkeys(("os.path.expandvars", "os.fspath", "list", "tuple", "set", "sorted", "reversed", "iter", "frozenset", "tqdm",
                     "tqdm.tqdm", "sqlalchemy.text", "text", "copy.copy", "copy.deepcopy", "deepcopy",
                     "random.shuffle_"), _same),
    "os.path.splitext": _split_extension,
    **dict.fromkeys(("Path", "pathlib.Path", "PurePath", "pathlib.PurePath", "PosixPath", "AnyPath", "S3Path"), _path),
    "str": _string, "repr": _string, "os.environ.get": _getenv, "os.getenv": _getenv, "config_": _getenv,
    "os.getcwd": _folder, "Path.cwd": _folder, "pathlib.Path.cwd": _folder, "os.chdir": _change_folder,
    **dict.fromkeys(
        ("datetime.now", "datetime.today", "datetime.utcnow", "date.today", "datetime.datetime.now", "datetime.datetime.today",
         "datetime.datetime.utcnow", "datetime.date.today", "time.strftime", "time.time", "time.localtime",
         "time.gmtime", "dt.now",
         "dt.datetime.now", "dt.date.today", "pendulum.now", "pendulum.today", "arrow.now", "arrow.utcnow",
         "pd.Timestamp.now",
         "pd.Timestamp.today", "timezone.now", "dt.datetime.today", "dt.datetime.utcnow"), _clock),
    **dict.fromkeys(("tempfile.mkdtemp", "tempfile.gettempdir", "tempfile.NamedTemporaryFile", "tempfile.TemporaryDirectory",
                     "tempfile.TemporaryFile", "NamedTemporaryFile", "TemporaryDirectory", "mkdtemp",
                     "tempfile.mktemp"), _temporary),
    "tempfile.mkstemp": _temporary_pair, "mkstemp": _temporary_pair,
    **dict.fromkeys(
        ("os.system", "os.popen", "subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output", "subprocess.Popen",
         "subprocess.getoutput", "subprocess.getstatusoutput", "Popen", "check_call", "check_output",
         "commands.getoutput", "pexpect.run",
         "asyncio.create_subprocess_shell"), _started),
    "range": _range, "zip": _zipped, "enumerate": _counted, "map": _mapped, "filter": _filtered, "max": _chosen,
    "min": _chosen,
    "next": _chosen, "dict": _dictionary, "len": _length, "getattr": _attribute, "OrderedDict": _dictionary,
    "defaultdict": _dictionary,
    **dict.fromkeys(
        ("sqlite3.connect", "psycopg2.connect", "psycopg.connect", "pymysql.connect", "MySQLdb.connect", "mysql.connector.connect",
         "cx_Oracle.connect", "pyodbc.connect", "asyncpg.connect", "snowflake.connector.connect",
         "redshift_connector.connect",
         "duckdb.connect", "aiosqlite.connect", "oracledb.connect", "mariadb.connect"), _connected),
    "create_engine": _stored, "sqlalchemy.create_engine": _stored,
    **dict.fromkeys(("pd.read_sql", "pd.read_sql_query", "pandas.read_sql", "pandas.read_sql_query", "wr.athena.read_sql_query",
                     "awswrangler.athena.read_sql_query", "pd.read_sql_table_"), _statement),
    **dict.fromkeys(("requests.get", "requests.post", "requests.put", "requests.head", "requests.delete", "httpx.get", "httpx.post",
                     "urllib.request.urlopen", "urlopen", "urllib2.urlopen", "requests.patch"), _requested),
    **dict.fromkeys(("urllib.request.urlretrieve", "urlretrieve", "wget.download", "urllib.urlretrieve", "gdown.download"), _retrieved),
    "time.sleep": _slept, "sleep": _slept, "asyncio.sleep": _slept,
    **dict.fromkeys(("threading.Thread", "Thread", "multiprocessing.Process", "Process", "mp.Process"), _target),
    **dict.fromkeys(("boto3.client", "boto3.resource", "boto3.session.Session", "boto3.Session", "session.client", "aioboto3.client"), cloud.client),
    **dict.fromkeys(("argparse.ArgumentParser", "ArgumentParser", "optparse.OptionParser", "OptionParser", "configargparse.ArgParser"), options_of_call.parser),
    **dict.fromkeys(("click.option", "click.argument", "typer.Option_"), options_of_call.option),
    **dict.fromkeys(("click.command", "click.group"), options_of_call.command),
}  # fmt: skip
"""By dotted name, as far as it is written."""

_PANDAS = (
    "csv",
    "parquet",
    "excel",
    "json",
    "pickle",
    "feather",
    "hdf",
    "orc",
    "table",
    "fwf",
    "xml",
    "stata",
    "sas",
    "html",
    "delta",
    "text",
)
METHODS: dict[str, Known] = {
    **{f"to_{kind}": _touching(Mode.WRITE, "path_or_buf", "path", "excel_writer", "fname", "buf") for kind in _PANDAS},
    **{f"read_{kind}": _touching(Mode.READ, "filepath_or_buffer", "path", "io", "source", "path_or_buf") for kind in _PANDAS},
    "to_file": _touching(Mode.WRITE, "filename"), "to_netcdf": _touching(Mode.WRITE, "path"),
    "savefig": _touching(Mode.WRITE, "fname"),
    "write_csv": _touching(Mode.WRITE, "file"), "write_parquet": _touching(Mode.WRITE, "file"),
    "sink_parquet": _touching(Mode.WRITE, "path"),
    "textFile": _spark(Mode.READ), "wholeTextFiles": _spark(Mode.READ), "binaryFiles": _spark(Mode.READ),
    "sequenceFile": _spark(Mode.READ),
    "saveAsTextFile": _spark(Mode.WRITE), "saveAsSequenceFile": _spark(Mode.WRITE),
    "saveAsPickleFile": _spark(Mode.WRITE),
    "execute": _statement, "executemany": _statement, "executescript": _statement, "mogrify": _statement,
    "sql": _statement,
    "save_model": _touching(Mode.WRITE, "fname", "path"), "load_model": _touching(Mode.READ, "fname", "path"),
    "extractall": _touching(Mode.WRITE, "path", folder=True), "urlretrieve": _retrieved,
}  # fmt: skip
"""By name alone, whatever they are called on."""

READERS_OF_SPARK = frozenset({"csv", "parquet", "json", "orc", "text", "load", "table"})


def spark(mode: Mode) -> Known:
    """Give the reader of a Spark data frame reader or writer."""
    return _spark(mode)


__all__ = ["FUNCTIONS", "METHODS", "READERS_OF_SPARK", "first", "formatted", "opened", "second", "spark"]
