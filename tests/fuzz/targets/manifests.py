"""Job manifests in YAML, JSON and TOML: each item of the list becomes a job, an annotation or an unread line."""

from __future__ import annotations

from functools import partial

from migrator.inventory import take
from migrator.model import Dialect
from migrator.settings import Settings
from migrator.sources import Discovery, Format, read_file
from migrator.sources.items import SourceFile
from tests.fuzz.targets.target import Target, seeds

_YAML = (
    (
        "version: 1\ndefaults: {timezone: Europe/Paris, host: etl1}\njobs:\n"
        '  - id: load\n    schedule: "15 6 * * *"\n    command: /opt/load.sh\n    depends_on: [get]\n    duration: {typical: 10m}\n'
        "  - {id: get, call: {service: glue, name: n, arguments: {a: 1}}, trigger: {s3: s3://b/p/}, retries: 2}\n"
    ),
    "version: 1\njobs: &j\n- &a {id: x, command: |\n   two\n   lines\n  , tags: [a, 'b', \"c\\u00e9\"]}\n- *a\n---\n...\n",
)
_JSON = (
    (
        '{"version": 1, "jobs": [{"id": "a", "schedule": "0 1 * * *", "command": "x", "depends_on": ["b"], "timeout": "1h",'
        ' "reads": ["s3://x/"], "writes": ["table:t"], "backfill": false, "retry_delay": "5m"}, {"id": "b", "owner": "\\u00e9"}]}'
    ),
)
_TOML = (
    (
        'version = 1\n[defaults]\nhost = "h"\n[[jobs]]\nid = "a"\nschedule = "0 1 * * *"\ncommand = """x\ny"""\nretries = 1_0\n'
        "[[jobs]]\nid = 'b'\ncall = {service = 'lambda', name = 'f'}\nseen = 2020-01-01T00:00:00Z\n"
    ),
)


def check(data: bytes, ending: str) -> None:
    """Read a manifest and take it into the inventory: nothing is raised."""
    file = SourceFile(f"jobs.{ending}", Format.MANIFEST, data)
    found = read_file(file, Dialect.DEBIAN)
    assert found.lines == len(found.items)
    taken = take(Discovery((file,)), Settings())
    assert len({job.id for job in taken.jobs}) == len(taken.jobs), "two jobs have one id"


TARGETS = tuple(
    Target(f"manifest-{ending}", partial(check, ending=ending), seeds(*texts))
    for ending, texts in (("yaml", _YAML), ("json", _JSON), ("toml", _TOML))
)
