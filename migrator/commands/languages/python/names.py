"""Names of Python libraries that the reader knows, and what reads a call of each."""

from __future__ import annotations

from migrator.commands.languages.python import (
    builtin_functions,
    cloud,
    command_line,
    databases,
    files,
    google,
    locks,
    network,
    orm,
    os_path,
    processes,
    records,
    run,
    settings,
    stores,
    templates,
)
from migrator.commands.languages.python.machine import Known
from migrator.model import Mode


def _each(names: str, reader: Known) -> dict[str, Known]:
    return dict.fromkeys(names.split(), reader)


FUNCTIONS: dict[str, Known] = {
    **_each(
        """
        open file io.open codecs.open gzip.open bz2.open lzma.open bz2.BZ2File gzip.GzipFile zipfile.ZipFile
        ZipFile tarfile.open TarFile.open h5py.File smart_open.open smart_open fsspec.open netCDF4.Dataset rasterio.open
        shelve.open dbm.open wave.open hdfs.open aiofiles.open xr.open_dataset fs.open pyfastx.Fasta
        """,
        files.open_file,
    ),
    **_each(
        """
        np.load numpy.load np.loadtxt numpy.loadtxt np.genfromtxt numpy.genfromtxt
        np.fromfile numpy.fromfile joblib.load torch.load cv2.imread
        Image.open PIL.Image.open geopandas.read_file gpd.read_file xarray.open_dataset xr.open_mfdataset
        load_workbook openpyxl.load_workbook pq.read_table pq.ParquetFile feather.read_feather pl.scan_csv
        pl.scan_parquet pl.read_csv pl.read_parquet tf.keras.models.load_model load_model
        """,
        files.touching(Mode.READ, "path", "file"),
    ),
    **_each(
        """
        pd.ExcelWriter pandas.ExcelWriter np.save numpy.save np.savetxt numpy.savetxt np.savez plt.savefig
        imageio.imwrite imageio.mimsave imageio.mimwrite cv2.imwrite np.savez_compressed numpy.savez_compressed
        xlsxwriter.Workbook canvas.Canvas
        """,
        files.touching(Mode.WRITE, "fname", "path", "file"),
    ),
    **_each(
        """
        joblib.dump torch.save pq.write_table feather.write_feather pdfkit.from_url pdfkit.from_string
        pdfkit.from_file nx.write_gml nx.write_graphml nx.write_gexf networkx.write_graphml
        """,
        files.touching(Mode.WRITE, "filename", "f", "output_path", place=1),
    ),
    **_each("shutil.copy shutil.copy2 shutil.copyfile shutil.copytree", files.between(moves=False)),
    **_each("shutil.move os.rename os.replace os.renames", files.between(moves=True)),
    **_each("os.remove os.unlink hdfs.rm hdfs.rmr", files.touching(Mode.DELETE, "path")),
    **_each("shutil.rmtree os.rmdir", files.touching(Mode.DELETE, "path", folder=True)),
    **_each("os.listdir os.scandir os.walk hdfs.ls hdfs.walk pydoop.hdfs.ls listdir", files.listed),
    **_each("glob.glob glob.iglob iglob glob", files.globbed),
    **_each("os.path.exists os.path.isfile os.path.getsize os.path.getmtime", files.looked),
    **_each("os.path.join posixpath.join path.join op.join osp.join", os_path.joined),
    **_each("os.path.dirname dirname path.dirname osp.dirname op.dirname", os_path.folder_of),
    **_each("os.path.abspath os.path.realpath os.path.normpath abspath realpath osp.abspath", os_path.whole_path),
    **_each("os.path.basename basename", os_path.last_part),
    **_each("os.path.expanduser Path.home pathlib.Path.home", os_path.homed),
    **_each(
        """
        os.fspath list tuple set sorted reversed iter frozenset tqdm tqdm.tqdm
        sqlalchemy.text text copy.copy copy.deepcopy deepcopy
        """,
        builtin_functions.passed_on,
    ),
    **_each("os.path.splitext", os_path.split_extension),
    **_each("Path pathlib.Path PurePath pathlib.PurePath PosixPath AnyPath S3Path", os_path.path_made),
    **_each("wraps functools.wraps update_wrapper functools.update_wrapper", builtin_functions.dressed),
    **_each("lru_cache functools.lru_cache cache functools.cache", builtin_functions.dressed),
    **_each("partial functools.partial", builtin_functions.partial),
    **_each("namedtuple collections.namedtuple", builtin_functions.named_tuple),
    **_each("exec execfile", run.executed),
    **_each("vars", builtin_functions.attributes_of),
    **_each("shlex.split", builtin_functions.words_of),
    **_each("string.Template jinja2.Template", templates.made),
    **_each("shutil.make_archive", files.archived),
    **_each("str repr", builtin_functions.string_of),
    **_each("os.environ.get os.getenv os.environ.pop", builtin_functions.getenv),
    **_each("os.environ.setdefault", builtin_functions.set_where_missing),
    **_each("os.path.expandvars expandvars", os_path.with_variables),
    **_each("os.getcwd Path.cwd pathlib.Path.cwd", os_path.working_folder),
    **_each("os.chdir", os_path.change_folder),
    **_each(
        """
        datetime.now datetime.today datetime.utcnow date.today datetime.datetime.now datetime.datetime.today
        datetime.datetime.utcnow datetime.date.today time.time time.localtime time.gmtime
        dt.now dt.datetime.now dt.date.today pendulum.now pendulum.today arrow.now arrow.utcnow
        pd.Timestamp.now pd.Timestamp.today timezone.now dt.datetime.today dt.datetime.utcnow
        """,
        builtin_functions.clock,
    ),
    **_each("time.strftime strftime", builtin_functions.date_written),
    **_each(
        """
        tempfile.mkdtemp tempfile.gettempdir tempfile.NamedTemporaryFile tempfile.TemporaryDirectory
        tempfile.TemporaryFile NamedTemporaryFile TemporaryDirectory mkdtemp tempfile.mktemp
        """,
        files.temporary_name,
    ),
    **_each("tempfile.mkstemp mkstemp", files.temporary_pair),
    **_each(
        """
        os.system os.popen subprocess.run subprocess.call subprocess.check_call subprocess.check_output
        subprocess.Popen subprocess.getoutput subprocess.getstatusoutput Popen check_call check_output
        commands.getoutput pexpect.run asyncio.create_subprocess_shell
        """,
        processes.started,
    ),
    **_each("re.compile", builtin_functions.compiled),
    **_each("range", builtin_functions.counting),
    **_each("zip", builtin_functions.zipped),
    **_each("enumerate", builtin_functions.counted),
    **_each("map", builtin_functions.mapped),
    **_each("filter", builtin_functions.filtered),
    **_each("max min next", builtin_functions.one_of),
    **_each("dict OrderedDict defaultdict", builtin_functions.dictionary),
    **_each("len", builtin_functions.length_of),
    **_each("super", builtin_functions.parent),
    **_each("isinstance", builtin_functions.of_type),
    **_each("ast.literal_eval literal_eval", builtin_functions.evaluated),
    **_each(
        """
        namedtupled.map munchify munch.munchify Box box.Box DotMap EasyDict edict AttrDict SimpleNamespace
        types.SimpleNamespace
        """,
        builtin_functions.with_attributes,
    ),
    **_each("getattr", builtin_functions.attribute_of),
    **_each(
        """
        psycopg2.connect psycopg.connect pymysql.connect MySQLdb.connect
        mysql.connector.connect cx_Oracle.connect pyodbc.connect asyncpg.connect snowflake.connector.connect
        redshift_connector.connect oracledb.connect mariadb.connect
        """,
        databases.connected,
    ),
    **_each(
        "sqlite3.connect sqlite.connect pysqlite2.connect dbapi2.connect aiosqlite.connect duckdb.connect",
        databases.file_connected,
    ),
    **_each("create_engine sqlalchemy.create_engine", databases.stored),
    **_each(
        """
        pd.read_sql pd.read_sql_query pd.read_sql_table pandas.read_sql pandas.read_sql_query pandas.read_sql_table
        pl.read_database polars.read_database wr.athena.read_sql_query athena.read_sql_query
        awswrangler.athena.read_sql_query
        """,
        databases.statement_read,
    ),
    **_each(
        """
        requests.get requests.post requests.put requests.head requests.delete httpx.get httpx.post
        urllib.request.urlopen urlopen urllib2.urlopen requests.patch
        """,
        network.requested,
    ),
    **_each(
        """
        urllib.request.urlretrieve urlretrieve wget.download urllib.urlretrieve gdown.download
        """,
        network.retrieved,
    ),
    **_each("time.sleep sleep asyncio.sleep", processes.slept),
    **_each("threading.Thread Thread multiprocessing.Process Process mp.Process", processes.thread_target),
    **_each(
        """
        boto3.client boto3.resource boto3.session.Session boto3.Session session.client aioboto3.client
        """,
        cloud.client,
    ),
    **_each(
        """
        argparse.ArgumentParser ArgumentParser configargparse.ArgParser configargparse.ArgumentParser
        """,
        command_line.parser,
    ),
    **_each("optparse.OptionParser OptionParser", command_line.pair_parser),
    **_each("getopt.getopt getopt.gnu_getopt", command_line.letters),
    **_each("click.option click.argument", command_line.option),
    **_each("click.command", command_line.command),
    **_each("click.group typer.Typer Typer", command_line.group),
    **_each("typer.Option Option", command_line.option),
    **_each("typer.Argument Argument", command_line.argument),
    **_each("typer.run fire.Fire Fire", command_line.run),
    **_each(
        "execute_from_command_line management.execute_from_command_line",
        command_line.settings_command,
    ),
    **_each("call_command management.call_command", command_line.call_command),
    **_each("models.ForeignKey models.OneToOneField", records.relation),
    **_each("Table sqlalchemy.Table sa.Table schema.Table", orm.declared),
    **_each("MongoClient pymongo.MongoClient motor_asyncio.AsyncIOMotorClient AsyncIOMotorClient", databases.documents),
    **_each("InfluxDBClient influxdb.InfluxDBClient influxdb.DataFrameClient", stores.client("series")),
    **_each("redis.Redis redis.StrictRedis redis.from_url Redis.from_url StrictRedis", stores.client("keys")),
    **_each("Elasticsearch elasticsearch.Elasticsearch OpenSearch opensearchpy.OpenSearch", stores.client("index")),
    **_each("helpers.bulk helpers.streaming_bulk helpers.parallel_bulk elasticsearch.helpers.bulk", stores.indexed),
    **_each("supabase.create_client", stores.client("rows")),
    **_each("ConfigParser configparser.ConfigParser RawConfigParser configparser.RawConfigParser", settings.parser),
    **_each("SafeConfigParser configparser.SafeConfigParser", settings.parser),
    **_each(
        """
        json.load json.loads ujson.load ujson.loads orjson.loads simplejson.load yaml.safe_load yaml.load
        yaml.full_load tomllib.load tomllib.loads tomli.load tomli.loads
        """,
        settings.structured,
    ),
    **_each("toml.load toml.loads OmegaConf.load omegaconf.OmegaConf.load pytoml.load", settings.from_path),
    **_each("load_dotenv dotenv.load_dotenv", settings.dotenv),
    **_each("dotenv_values dotenv.dotenv_values", settings.dotenv_values),
    **_each("decouple.config", settings.asked),
    **_each("environs.Env environ.Env Env", settings.environ_of),
    **_each("storage.Client", google.storage),
    **_each("bigquery.Client", google.bigquery),
    **_each("s3fs.S3FileSystem S3FileSystem", files.store("s3")),
    **_each("gcsfs.GCSFileSystem GCSFileSystem", files.store("gs")),
    **_each("adlfs.AzureBlobFileSystem AzureBlobFileSystem", files.store("abfs")),
    **_each(
        "paramiko.SSHClient SSHClient paramiko.Transport Transport paramiko.SFTPClient pysftp.Connection",
        network.transfer,
    ),
    **_each("os.execv os.execvp asyncio.create_subprocess_exec", processes.spawned),
    **_each(
        """
        rrdtool.create rrdtool.update rrdtool.fetch rrdtool.graph rrdtool.info rrdtool.last rrdtool.lastupdate
        rrdtool.dump
        """,
        processes.as_program,
    ),
    **_each("papermill.execute_notebook pm.execute_notebook execute_notebook", processes.notebook),
    **_each("runpy.run_module importlib.import_module import_module", processes.module_run),
    **_each("path.insert path.append sys.path.insert sys.path.append site.addsitedir", processes.searched),
    **_each("os.makedirs os.mkdir", files.made),
    **_each("fcntl.flock fcntl.lockf portalocker.lock msvcrt.locking", locks.by_file),
    **_each(
        """
        FileLock filelock.FileLock SoftFileLock filelock.SoftFileLock filelock.UnixFileLock portalocker.Lock
        fasteners.InterProcessLock InterProcessLock lockfile.LockFile LockFile lockfile.FileLock zc.lockfile.LockFile
        """,
        locks.by_path,
    ),
}
"""By dotted name, as far as it is written."""

METHODS: dict[str, Known] = {
    **_each(
        """
        to_csv to_parquet to_excel to_json to_pickle to_feather to_hdf to_orc to_table to_fwf to_xml
        to_stata to_sas to_html to_delta to_text
        """,
        files.touching(Mode.WRITE, "path_or_buf", "path", "excel_writer", "fname", "buf"),
    ),
    **_each(
        """
        read_csv read_parquet read_excel read_json read_pickle read_feather read_hdf read_orc read_table
        read_fwf read_xml read_stata read_sas read_html read_delta read_text
        """,
        files.touching(Mode.READ, "filepath_or_buffer", "path", "io", "source", "path_or_buf"),
    ),
    **_each("to_file", files.touching(Mode.WRITE, "filename")),
    **_each("to_netcdf sink_parquet", files.touching(Mode.WRITE, "path")),
    **_each("rss_file atom_file", files.touching(Mode.WRITE, "filename")),
    **_each("savefig", files.touching(Mode.WRITE, "fname")),
    **_each("write_csv write_parquet", files.touching(Mode.WRITE, "file")),
    **_each("write_json write_ndjson write_ipc write_excel write_database", files.touching(Mode.WRITE, "file")),
    **_each("scan_csv scan_parquet scan_ndjson", files.touching(Mode.READ, "source")),
    **_each("textFile wholeTextFiles binaryFiles sequenceFile", files.spark(Mode.READ)),
    **_each("saveAsTextFile saveAsSequenceFile saveAsPickleFile", files.spark(Mode.WRITE)),
    **_each(
        "execute executemany executescript execute_values execute_batch mogrify sql copy_expert copy",
        databases.statement_run,
    ),
    **_each("read_sql read_sql_query read_sql_table read_frame", databases.statement_read),
    **_each("copy_from", databases.copied(Mode.WRITE)),
    **_each("copy_to", databases.copied(Mode.READ)),
    **_each("save_model", files.touching(Mode.WRITE, "fname", "path")),
    **_each("load_model", files.touching(Mode.READ, "fname", "path")),
    **_each("extractall", files.touching(Mode.WRITE, "path", folder=True)),
    **_each("urlretrieve", network.retrieved),
}
"""By name alone, whatever they are called on."""

READERS_OF_SPARK = frozenset({"csv", "parquet", "json", "orc", "text", "load", "table"})
"""Formats that `spark.read` and `frame.write` end in."""
