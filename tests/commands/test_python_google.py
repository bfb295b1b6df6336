"""Objects of Cloud Storage and tables of BigQuery in Python programs."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, reads, touched, writes

_HEAD = """from google.cloud import bigquery, storage
client = storage.Client()
lake = client.bucket('lake')
big = bigquery.Client()
"""


@pytest.mark.parametrize(
    ("text", "read", "written", "gone"),
    [
        ("lake.blob('in/x.csv').upload_from_filename('/a/x.csv')", {"/a/x.csv"}, {"gs://lake/in/x.csv"}, set()),
        ("lake.blob('in/x.csv').upload_from_string('')", set(), {"gs://lake/in/x.csv"}, set()),
        ("lake.get_blob('x').download_to_filename('/a/x')", {"gs://lake/x"}, {"/a/x"}, set()),
        ("lake.blob('x').download_as_text()", {"gs://lake/x"}, set(), set()),
        ("lake.blob('x').delete()", set(), set(), {"gs://lake/x"}),
        ("for b in lake.list_blobs(prefix='in/'):\n    b.download_as_bytes()", {"gs://lake/in/*"}, set(), set()),
        ("for b in client.list_blobs('lake', prefix='in/'):\n    b.delete()", set(), set(), {"gs://lake/in/*"}),
        ("lake.copy_blob(lake.blob('x'), client.bucket('old'), 'y')", {"gs://lake/x"}, {"gs://old/y"}, set()),
        ("lake.blob('x').open('w').write('')", set(), {"gs://lake/x"}, set()),
        ("lake.blob('x').exists()", set(), set(), set()),
        ("big.query('insert into d.a select * from d.b')", {"d.b"}, {"d.a"}, set()),
        ("big.load_table_from_dataframe(frame, 'd.a')", set(), {"d.a"}, set()),
        ("big.load_table_from_uri('gs://lake/x', 'd.a')", {"gs://lake/x"}, {"d.a"}, set()),
        ("big.insert_rows_json('d.a', rows)", set(), {"d.a"}, set()),
        ("big.list_rows('d.a')", {"d.a"}, set(), set()),
        ("big.extract_table('d.a', 'gs://lake/y')", {"d.a"}, {"gs://lake/y"}, set()),
        ("big.get_table('d.a')", set(), set(), set()),
    ],
)
def test_what_a_client_touches(text: str, read: set[str], written: set[str], gone: set[str]) -> None:
    """Objects have an address, tables their data set; a question about either uses nothing."""
    found = facts("python3 /opt/p.py", {"opt/p.py": _HEAD + text + "\n"})
    assert (reads(found), writes(found), touched(found, Mode.DELETE)) == (read, written, gone)
