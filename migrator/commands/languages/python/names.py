"""Names of Python libraries that the reader knows, and what reads a call of each."""

from __future__ import annotations

from migrator.commands.languages.python import cloud, library, options_of_call
from migrator.commands.languages.python.library import Known
from migrator.model import Mode


def _each(names: str, reader: Known) -> dict[str, Known]:
    return dict.fromkeys(names.split(), reader)


FUNCTIONS: dict[str, Known] = {
    **_each(
        """
        open io.open codecs.open gzip.open bz2.open lzma.open bz2.BZ2File gzip.GzipFile zipfile.ZipFile
        ZipFile tarfile.open h5py.File smart_open.open smart_open fsspec.open netCDF4.Dataset rasterio.open
        shelve.open dbm.open wave.open hdfs.open aiofiles.open xr.open_dataset
        """,
        library.open_file,
    ),
    **_each(
        """
        np.load numpy.load np.loadtxt numpy.loadtxt np.genfromtxt joblib.load torch.load cv2.imread
        Image.open PIL.Image.open geopandas.read_file gpd.read_file xarray.open_dataset xr.open_mfdataset
        load_workbook openpyxl.load_workbook pq.read_table pq.ParquetFile feather.read_feather pl.scan_csv
        pl.scan_parquet pl.read_csv pl.read_parquet tf.keras.models.load_model load_model
        """,
        library.touching(Mode.READ, "path", "file"),
    ),
    **_each(
        """
        pd.ExcelWriter pandas.ExcelWriter np.save numpy.save np.savetxt numpy.savetxt np.savez plt.savefig
        imageio.imwrite cv2.imwrite
        """,
        library.touching(Mode.WRITE, "fname", "path", "file"),
    ),
    **_each(
        """
        joblib.dump torch.save pq.write_table feather.write_feather
        """,
        library.touching(Mode.WRITE, "filename", "f", place=1),
    ),
    **_each("shutil.copy shutil.copy2 shutil.copyfile shutil.copytree", library.between(Mode.READ, Mode.WRITE)),
    **_each("shutil.move os.rename os.replace os.renames", library.between(Mode.DELETE, Mode.WRITE)),
    **_each("os.remove os.unlink hdfs.rm hdfs.rmr", library.touching(Mode.DELETE, "path")),
    **_each("shutil.rmtree os.rmdir", library.touching(Mode.DELETE, "path", folder=True)),
    **_each("os.listdir os.scandir os.walk hdfs.ls hdfs.walk pydoop.hdfs.ls listdir", library.listed),
    **_each("glob.glob glob.iglob iglob glob", library.globbed),
    **_each("os.path.exists os.path.isfile os.path.getsize os.path.getmtime", library.looked),
    **_each("os.path.join posixpath.join path.join op.join osp.join", library.joined),
    **_each("os.path.dirname dirname path.dirname osp.dirname op.dirname", library.folder_of),
    **_each("os.path.abspath os.path.realpath os.path.normpath abspath realpath osp.abspath", library.whole_path),
    **_each("os.path.basename basename", library.last_part),
    **_each("os.path.expanduser Path.home pathlib.Path.home", library.homed),
    **_each(
        """
        os.path.expandvars os.fspath list tuple set sorted reversed iter frozenset tqdm tqdm.tqdm
        sqlalchemy.text text copy.copy copy.deepcopy deepcopy
        """,
        library.passed_on,
    ),
    **_each("os.path.splitext", library.split_extension),
    **_each("Path pathlib.Path PurePath pathlib.PurePath PosixPath AnyPath S3Path", library.path_made),
    **_each("str repr", library.string_of),
    **_each("os.environ.get os.getenv", library.getenv),
    **_each("os.getcwd Path.cwd pathlib.Path.cwd", library.working_folder),
    **_each("os.chdir", library.change_folder),
    **_each(
        """
        datetime.now datetime.today datetime.utcnow date.today datetime.datetime.now datetime.datetime.today
        datetime.datetime.utcnow datetime.date.today time.strftime time.time time.localtime time.gmtime
        dt.now dt.datetime.now dt.date.today pendulum.now pendulum.today arrow.now arrow.utcnow
        pd.Timestamp.now pd.Timestamp.today timezone.now dt.datetime.today dt.datetime.utcnow
        """,
        library.clock,
    ),
    **_each(
        """
        tempfile.mkdtemp tempfile.gettempdir tempfile.NamedTemporaryFile tempfile.TemporaryDirectory
        tempfile.TemporaryFile NamedTemporaryFile TemporaryDirectory mkdtemp tempfile.mktemp
        """,
        library.temporary_name,
    ),
    **_each("tempfile.mkstemp mkstemp", library.temporary_pair),
    **_each(
        """
        os.system os.popen subprocess.run subprocess.call subprocess.check_call subprocess.check_output
        subprocess.Popen subprocess.getoutput subprocess.getstatusoutput Popen check_call check_output
        commands.getoutput pexpect.run asyncio.create_subprocess_shell
        """,
        library.started,
    ),
    **_each("range", library.counting),
    **_each("zip", library.zipped),
    **_each("enumerate", library.counted),
    **_each("map", library.mapped),
    **_each("filter", library.filtered),
    **_each("max min next", library.one_of),
    **_each("dict OrderedDict defaultdict", library.dictionary),
    **_each("len", library.length_of),
    **_each("getattr", library.attribute_of),
    **_each(
        """
        sqlite3.connect psycopg2.connect psycopg.connect pymysql.connect MySQLdb.connect
        mysql.connector.connect cx_Oracle.connect pyodbc.connect asyncpg.connect snowflake.connector.connect
        redshift_connector.connect duckdb.connect aiosqlite.connect oracledb.connect mariadb.connect
        """,
        library.connected,
    ),
    **_each("create_engine sqlalchemy.create_engine", library.stored),
    **_each(
        """
        pd.read_sql pd.read_sql_query pandas.read_sql pandas.read_sql_query wr.athena.read_sql_query
        awswrangler.athena.read_sql_query
        """,
        library.statement_run,
    ),
    **_each(
        """
        requests.get requests.post requests.put requests.head requests.delete httpx.get httpx.post
        urllib.request.urlopen urlopen urllib2.urlopen requests.patch
        """,
        library.requested,
    ),
    **_each(
        """
        urllib.request.urlretrieve urlretrieve wget.download urllib.urlretrieve gdown.download
        """,
        library.retrieved,
    ),
    **_each("time.sleep sleep asyncio.sleep", library.slept),
    **_each("threading.Thread Thread multiprocessing.Process Process mp.Process", library.thread_target),
    **_each(
        """
        boto3.client boto3.resource boto3.session.Session boto3.Session session.client aioboto3.client
        """,
        cloud.client,
    ),
    **_each(
        """
        argparse.ArgumentParser ArgumentParser optparse.OptionParser OptionParser configargparse.ArgParser
        """,
        options_of_call.parser,
    ),
    **_each("click.option click.argument", options_of_call.option),
    **_each("click.command click.group", options_of_call.command),
}
"""By dotted name, as far as it is written."""

METHODS: dict[str, Known] = {
    **_each(
        """
        to_csv to_parquet to_excel to_json to_pickle to_feather to_hdf to_orc to_table to_fwf to_xml
        to_stata to_sas to_html to_delta to_text
        """,
        library.touching(Mode.WRITE, "path_or_buf", "path", "excel_writer", "fname", "buf"),
    ),
    **_each(
        """
        read_csv read_parquet read_excel read_json read_pickle read_feather read_hdf read_orc read_table
        read_fwf read_xml read_stata read_sas read_html read_delta read_text
        """,
        library.touching(Mode.READ, "filepath_or_buffer", "path", "io", "source", "path_or_buf"),
    ),
    **_each("to_file", library.touching(Mode.WRITE, "filename")),
    **_each("to_netcdf sink_parquet", library.touching(Mode.WRITE, "path")),
    **_each("savefig", library.touching(Mode.WRITE, "fname")),
    **_each("write_csv write_parquet", library.touching(Mode.WRITE, "file")),
    **_each("textFile wholeTextFiles binaryFiles sequenceFile", library.spark(Mode.READ)),
    **_each("saveAsTextFile saveAsSequenceFile saveAsPickleFile", library.spark(Mode.WRITE)),
    **_each("execute executemany executescript mogrify sql", library.statement_run),
    **_each("save_model", library.touching(Mode.WRITE, "fname", "path")),
    **_each("load_model", library.touching(Mode.READ, "fname", "path")),
    **_each("extractall", library.touching(Mode.WRITE, "path", folder=True)),
    **_each("urlretrieve", library.retrieved),
}
"""By name alone, whatever they are called on."""

READERS_OF_SPARK = frozenset({"csv", "parquet", "json", "orc", "text", "load", "table"})
"""Formats that `spark.read` and `frame.write` end in."""
