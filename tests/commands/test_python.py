"""Python programs: constants, joins, f-strings, arguments, functions, modules, libraries; nothing is run."""

import pytest

from migrator.commands import StepKind, WaitKind
from migrator.model import Mode
from tests.commands.tools import facts, names, reads, touched, traits, units, writes


def program(text: str, arguments: str = "", files: dict[str, str] | None = None, **more: object):  # type: ignore[no-untyped-def]
    """Read a job that calls a Python program."""
    return facts(f"cd /opt && python3 etl/p.py {arguments}", {"opt/etl/p.py": text, **(files or {})}, **more)


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        ("open('/a/x').read()", {"/a/x"}, set()),
        ("with open('/a/x', 'w') as f: f.write('1')", set(), {"/a/x"}),
        ("open('/a/x', mode='a')", set(), {"/a/x"}),
        ("open('x.csv', 'w')", set(), {"/opt/x.csv"}),
        ("B = '/a'\nopen(B + '/x')", {"/a/x"}, set()),
        ("import os\nopen(os.path.join('/a', 'b', 'x'))", {"/a/b/x"}, set()),
        ("import os.path as osp\nopen(osp.join('/a', 'x'))", {"/a/x"}, set()),
        ("from os.path import join\nopen(join('/a', 'x'))", {"/a/x"}, set()),
        ("D = '/a'\nopen(f'{D}/x-{n}.csv')", {"/a/x-*.csv"}, set()),
        ("open('{}/x'.format('/a'))", {"/a/x"}, set()),
        ("open('%s/x-%d' % ('/a', n))", {"/a/x-*"}, set()),
        (
            ("from pathlib import Path\nP = Path('/a') / 'b'\n(P / 'x').write_text('')\nPath('/a/y').read_text()"),
            {"/a/y"},
            {"/a/b/x"},
        ),
        (
            "from pathlib import Path\nH = Path(__file__).resolve().parent\nopen(H / 'x.json')",
            {"/opt/etl/x.json"},
            set(),
        ),
        (
            ("import os\nH = os.path.dirname(os.path.abspath(__file__))\nopen(os.path.join(H, '..', 'x'))"),
            {"/opt/x"},
            set(),
        ),
        (
            ("import pandas as pd\ndf = pd.read_csv('/a/x.csv')\ndf.to_parquet('/b/y.parquet', index=False)"),
            {"/a/x.csv"},
            {"/b/y.parquet"},
        ),
        ("import pandas as pd\npd.read_sql('select * from mart.orders', c)", {"mart.orders"}, set()),
        ("df.to_sql('orders', con)", set(), {"orders"}),
        ("import gzip, json\nwith gzip.open('/a/x.gz', 'wt') as f: json.dump(d, f)", set(), {"/a/x.gz"}),
        ("import shutil\nshutil.copy('/a/x', '/b/x')", {"/a/x"}, {"/b/x"}),
        ("import glob\nfor f in glob.glob('/a/*.csv'):\n    open(f)", {"/a/*.csv"}, set()),
        ("import os\nfor n in os.listdir('/a'):\n    open('/a/' + n)", {"/a/", "/a/*"}, set()),
        ("for t in ['x', 'y']:\n    open(f'/a/{t}')", {"/a/x", "/a/y"}, set()),
        ("for t in NAMES:\n    open(f'/a/{t}')", {"/a/*"}, set()),
        ("def save(path):\n    open(path, 'w')\nsave('/a/x')\nsave('/a/y')", set(), {"/a/x", "/a/y"}),
        ("def path(n):\n    return '/a/' + n\nopen(path('x'))", {"/a/x"}, set()),
        (
            (
                "class C:\n    def __init__(self, d):\n        self.d = d\n    def run(self):\n        "
                "open(self.d + '/x')\nC('/a').run()"
            ),
            {"/a/x"},
            set(),
        ),
        ("C = {'in': '/a/x', 'out': {'p': '/b/y'}}\nopen(C['in'])\nopen(C['out']['p'], 'w')", {"/a/x"}, {"/b/y"}),
        (
            "import sys\nif len(sys.argv) > 1:\n    open(sys.argv[1])\nelse:\n    open('/a/default')",
            {"/a/default"},
            set(),
        ),
        ("def f():\n    open('/a/never')\n", set(), set()),
        ("if __name__ == '__main__':\n    open('/a/x')", {"/a/x"}, set()),
        ("if False:\n    open('/a/never')\nopen('/a/x')", {"/a/x"}, set()),
        ("p = '/a/x' if prod else '/a/y'\nopen(p)", {"/a/x", "/a/y"}, set()),
        ("import multiprocessing as mp\ndef f(x):\n    open('/a/' + x)\nmp.Pool(2).map(f, ['x'])", {"/a/x"}, set()),
        (
            ("import threading\ndef f(x):\n    open(x)\nthreading.Thread(target=f, args=('/a/x',)).start()"),
            {"/a/x"},
            set(),
        ),
        ("import requests\nrequests.get('https://h.example/x')", {"https://h.example/x"}, set()),
        ("import sqlite3\nc = sqlite3.connect('/a/x.db')\nc.execute('insert into t values (1)')", {"/a/x.db"}, {"x.t"}),
        (
            (
                "import psycopg2\nc = psycopg2.connect(dbname='dw')\nc.cursor().execute('''insert into s "
                "select 1 from o''')"
            ),
            {"dw.o"},
            {"dw.s"},
        ),
        ("import os\nopen(os.environ.get('IN', '/a/x'))", {"/a/x"}, set()),
        ("import numpy as np\nnp.save('/a/x.npy', m)\nnp.load('/a/y.npy')", {"/a/y.npy"}, {"/a/x.npy"}),
        ("import joblib\njoblib.dump(m, '/a/m.pkl')", set(), {"/a/m.pkl"}),
        ("spark.read.option('h', 1).csv('/a/x')\ndf.write.mode('o').parquet('/b/y')", {"/a/x"}, {"/b/y"}),
        ("import subprocess\nsubprocess.run(['cp', '/a/x', '/b/x'], check=True)", {"/a/x"}, {"/b/x"}),
        ("import os\nos.system('gzip -c /a/x > /b/x.gz')", {"/a/x"}, {"/b/x.gz"}),
        ("import os\nos.chdir('/data')\nopen('x')", {"/data/x"}, set()),
        ("import os\nopen(os.path.expanduser('~/x'))", {"/home/u/x"}, set()),
        ("import tempfile\nopen(tempfile.mkdtemp() + '/x', 'w')", set(), set()),
        ("match a:\n    case 1:\n        open('/a/x')\n    case _:\n        open('/a/y')", {"/a/x", "/a/y"}, set()),
        (
            "try:\n    open('/a/x')\nexcept OSError:\n    open('/a/y')\nfinally:\n    open('/a/z')",
            {"/a/x", "/a/y", "/a/z"},
            set(),
        ),
        ("[open(f'/a/{n}') for n in ('x', 'y')]", {"/a/x", "/a/y"}, set()),
        (
            (
                "import boto3\ns3 = boto3.client('s3')\ns3.upload_file('/a/x', 'b', 'k/x')\n"
                "s3.download_file('b', 'k/y', '/a/y')"
            ),
            {"/a/x", "s3://b/k/y"},
            {"s3://b/k/x", "/a/y"},
        ),
        (
            (
                "import boto3\ns3 = boto3.resource('s3')\ns3.Object('b', 'k').put(Body=b'')\n"
                "s3.Bucket('c').download_file('j', '/a/j')"
            ),
            {"s3://c/j"},
            {"s3://b/k", "/a/j"},
        ),
        (
            "import boto3\nboto3.client('s3').put_object(Bucket='b', Key=f'k/{d}.csv', Body=x)",
            set(),
            {"s3://b/k/*.csv"},
        ),
        (
            (
                "import awswrangler as wr\ndf = wr.s3.read_parquet(path='s3://b/in/')\n"
                "wr.s3.to_parquet(df, path='s3://b/out/')"
            ),
            {"s3://b/in/"},
            {"s3://b/out/"},
        ),
    ],
)
def test_reads_and_writes(text: str, read: set[str], written: set[str]) -> None:
    """Paths are found where they are built from what the text holds."""
    found = program(text, settings={"HOME": "/home/u"})
    assert reads(found) == read
    assert writes(found) == written
    assert [step.kind for step in found.steps] == [StepKind.SCRIPT]


ARGUMENTS = """
import argparse
p = argparse.ArgumentParser()
p.add_argument("source", nargs="?", default="/a/default")
p.add_argument("--out", default="/b/default")
p.add_argument("-n", "--dry-run", action="store_true")
p.add_argument("--tables", nargs="+", default=["x"])
a = p.parse_args()
open(a.source)
if not a.dry_run:
    open(a.out, "w")
for t in a.tables:
    open("/t/" + t)
"""


def test_argparse_defaults_and_what_the_call_passes() -> None:
    """The call's words win over the defaults; a flag decides which code runs."""
    found = program(ARGUMENTS)
    assert (reads(found), writes(found)) == ({"/a/default", "/t/x"}, {"/b/default"})
    found = program(ARGUMENTS, "/a/mine --out=/b/mine --tables y z")
    assert (reads(found), writes(found)) == ({"/a/mine", "/t/y", "/t/z"}, {"/b/mine"})
    assert writes(program(ARGUMENTS, "-n")) == set()


def test_click_options() -> None:
    """Options of a decorated command, with their defaults."""
    text = (
        "import click\n@click.command()\n@click.option('--out', default='/b/x')\ndef main(out):\n"
        "    open(out, 'w')\nif __name__ == '__main__':\n    main()\n"
    )
    assert writes(program(text)) == {"/b/x"}
    assert writes(program(text, "--out /b/y")) == {"/b/y"}


def test_own_modules_are_read() -> None:
    """Constants and functions of modules beside the program."""
    files = {
        "opt/etl/conf.py": "BASE = '/data'\n",
        "opt/etl/lib/__init__.py": "",
        "opt/etl/lib/io.py": "def load(p):\n    return open(p)\n",
    }
    text = (
        "from conf import BASE\nfrom lib.io import load\nimport conf\nload(BASE + '/x')\nopen(conf.BASE + '/y', 'w')\n"
    )
    found = program(text, files=files)
    assert reads(found) == {"/data/x"}
    assert writes(found) == {"/data/y"}
    assert {str(a.origin) for a in found.steps[0].accesses} == {"opt/etl/lib/io.py:2", "opt/etl/p.py:5"}


def test_environment_and_working_folder() -> None:
    """Settings of the table reach `os.environ`; a relative name lies in the folder of the call."""
    text = "import os\nopen(os.environ['IN'])\nopen('rel', 'w')\n"
    found = program(text, settings={"IN": "/a/in"})
    assert (reads(found), writes(found)) == ({"/a/in"}, {"/opt/rel"})


def test_a_program_that_starts_programs() -> None:
    """Commands in a list, through a function, are read as the shell's are."""
    text = (
        "import subprocess, sys\nSTEPS = [{'cmd': [sys.executable, 'etl/q.py']}, "
        "{'cmd': ['bash', 'r.sh']}]\ndef run(c):\n    subprocess.run(c)\nfor s in STEPS:\n    "
        "run(s['cmd'])\n"
    )
    found = program(text, files={"opt/etl/q.py": "open('/b/q', 'w')\n", "opt/r.sh": "cp /a/r /b/r\n"})
    assert names(found) == ["p.py"]
    assert writes(found) == {"/b/q", "/b/r"}
    assert [called.path for called in found.called] == ["opt/etl/p.py", "opt/etl/q.py", "opt/r.sh"]


POLL = """
import time, boto3
BUCKET, KEY = "lake", "in/x.csv"
s3 = boto3.client("s3")
glue = boto3.client("glue", region_name="eu-west-1")
def there():
    try:
        s3.head_object(Bucket=BUCKET, Key=KEY)
        return True
    except Exception:
        return False
def main():
    while not there():
        time.sleep(60)
    run = glue.start_job_run(JobName="csv_to_parquet", Arguments={"--out_path": "s3://lake/out/"})
    while glue.get_job_run(JobName="csv_to_parquet", RunId=run["JobRunId"])["JobRun"]["JobRunState"] == "RUNNING":
        time.sleep(30)
if __name__ == "__main__":
    main()
"""


def test_a_program_that_waits_and_calls_is_two_units() -> None:
    """The decision guide's own example, in Python: wait for the object, run the Glue job to its end."""
    found = program(POLL)
    assert [step.kind for step in found.steps] == [StepKind.WAIT, StepKind.CLOUD, StepKind.WAIT]
    assert units(found) == [(0,), (1, 2)]
    assert (found.waits[0].kind, found.waits[0].target) == (WaitKind.OBJECT, "s3://lake/in/x.csv")
    assert [(c.service, c.action, c.name) for c in found.calls] == [("glue", "start-job-run", "csv_to_parquet")]
    assert str(found.steps[1].origin) == "opt/etl/p.py:15"


def test_a_waiter_is_a_wait() -> None:
    """boto3's own waiters, with their settings."""
    text = (
        "import boto3\nboto3.client('s3').get_waiter('object_exists').wait(Bucket='b', Key='k', "
        "WaiterConfig={'Delay': 10, 'MaxAttempts': 6})\n"
        "boto3.client('lambda').invoke(FunctionName='f')\n"
    )
    found = program(text)
    assert units(found) == [(0,), (1,)]
    assert found.waits[0].timeout == 60


def test_a_call_among_other_work_stays_in_the_step() -> None:
    """A program that works itself is one step; the call is listed beside it."""
    found = program("import boto3\nopen('/b/x', 'w')\nboto3.client('sns').publish(TopicArn='t', Message='m')\n")
    assert names(found) == ["p.py"]
    assert found.calls == ()
    assert [call.action for call in found.services] == ["publish"]


def test_the_clock_is_noted() -> None:
    """A program that asks the day depends on it."""
    found = program("from datetime import datetime\nopen(f'/a/{datetime.now():%Y%m%d}.csv', 'w')\n")
    assert "date-dependent" in traits(found)
    assert writes(found) == {"/a/*.csv"}


def test_programs_on_the_line_and_in_here_documents() -> None:
    """`-c` and `- <<EOF`, with the shell's variables put in where the shell would."""
    assert writes(facts("python3 -c \"open('/b/x', 'w')\"")) == {"/b/x"}
    found = facts("D=/b\npython3 - <<EOF\nopen('$D/x', 'w')\nEOF\n")
    assert writes(found) == {"/b/x"}
    assert found.steps[0].accesses[0].origin.path == "crontab"


def test_spark_submit_reads_the_cluster() -> None:
    """Without a scheme a path is in the default file system, which is the cluster's."""
    found = facts(
        "spark-submit --master yarn /opt/p.py",
        {"opt/p.py": "sc.textFile('/user/x/in/').saveAsTextFile('/user/x//out')\nopen('/var/l', 'w')\n"},
    )
    assert reads(found) == {"hdfs:///user/x/in/"}
    assert writes(found) == {"hdfs:///user/x/out", "/var/l"}


@pytest.mark.parametrize(
    "text", ["print 'python' else\n", "def f(:\n", "\0", "x = " + "(" * 500 + ")" * 500, "#!/bin/sh\ncp a b\n"]
)
def test_what_is_no_python_is_said(text: str) -> None:
    """Broken text is one step and a reason, never a failure."""
    found = program(text)
    assert names(found) == ["p.py"]
    assert found.unclear


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    f()\nf()\n",
        "def f(n):\n    return g(n)\ndef g(n):\n    return f(n)\nf(1)\n",
        "while True:\n    pass\n",
        "x = " + " + ".join(["'a'"] * 3000),
        "a = [1]\na.append(a)\nfor b in a:\n    print(b)\n",
        "d = {}\nd['d'] = d\nopen(d['d']['d'])\n",
        "\n".join(f"def f{n}():\n    f{n + 1}()" for n in range(300)) + "\nf0()\n",
        "import p\n",
        "x = [" * 60 + "]" * 60,
    ],
)
def test_endless_and_deep_programs_end(text: str) -> None:
    """Recursion, long chains and circles are bounded."""
    assert names(program(text)) == ["p.py"]


def test_files_that_are_moved_away_are_deleted() -> None:
    """A rename reads, deletes and writes."""
    found = program("import os\nos.replace('/a/x.tmp', '/a/x')\nos.remove('/a/y')\n")
    assert touched(found, Mode.DELETE) == {"/a/x.tmp", "/a/y"}
    assert writes(found) == {"/a/x"}
