"""Stores that programs speak to by name."""

from __future__ import annotations

import pytest

from tests.commands.tools import facts, reads, writes


def _tables(program: str) -> tuple[set[str], set[str]]:
    found = facts("python3 /srv/app/job.py", {"srv/app/job.py": program})
    return reads(found), writes(found)


@pytest.mark.parametrize(
    ("program", "read", "written"),
    [
        (
            (
                "from influxdb import InfluxDBClient\nc = InfluxDBClient('h')\n"
                "c.write_points([{'measurement': 'tide', 'fields': {}}])\n"
            ),
            set(),
            {"influx.tide"},
        ),
        (
            "from influxdb import InfluxDBClient\nc = InfluxDBClient('h')\nr = c.query('SELECT last(a) FROM tide')\n",
            {"influx.tide"},
            set(),
        ),
        ("import redis\nr = redis.Redis()\nr.lpush('jobs', 'x')\n", set(), {"redis.jobs"}),
        ("import redis\nr = redis.from_url('redis://h')\nr.rpop('jobs')\n", {"redis.jobs"}, set()),
        ("import redis\nwith redis.Redis().pipeline() as p:\n    p.set('rates', 1)\n", set(), {"redis.rates"}),
        (
            "from elasticsearch import Elasticsearch\nes = Elasticsearch()\nes.search(index='ads', body={})\n",
            {"elastic.ads"},
            set(),
        ),
        (
            (
                "from elasticsearch import Elasticsearch, helpers\n"
                "helpers.bulk(Elasticsearch(), [{'_index': 'ads', 'a': 1}])\n"
            ),
            set(),
            {"elastic.ads"},
        ),
        (
            (
                "from supabase import create_client\nsb = create_client('u', 'k')\n"
                "sb.table('prices').upsert({'a': 1}).execute()\nsb.from_('shops').select('*').execute()\n"
            ),
            {"supabase.shops"},
            {"supabase.prices"},
        ),
    ],
)
def test_named_things_are_tables(program: str, read: set[str], written: set[str]) -> None:
    """A measurement, key, index or table of a store is a table in a database called after the store."""
    assert _tables(program) == (read, written)


@pytest.mark.parametrize(
    "program",
    [
        "import redis, sys\nr = redis.Redis()\nr.set(f'user:{sys.argv[1]}', 1)\nr.get('seen:' + input())\n",
        "import redis\nr = redis.Redis()\nr.expire('jobs', 3)\nr.llen('jobs')\nr.publish('jobs', 'x')\n",
        "from influxdb import InfluxDBClient\nc = InfluxDBClient('h')\nc.write_points(load())\n",
        "from elasticsearch import Elasticsearch\nes = Elasticsearch()\nes.ping()\nes.count(index='ads')\n",
        "d = {}\nd.get('jobs')\nd.set('jobs', 1)\n",
        "from supabase import create_client\nsb = create_client('u', 'k')\nsb.table('prices')\nsb.auth.sign_in({})\n",
    ],
)
def test_nothing_is_said_of_names_made_at_run_time(program: str) -> None:
    """A key that varies, a question about a key, and things that are no client of a store say nothing."""
    assert _tables(program) == (set(), set())
