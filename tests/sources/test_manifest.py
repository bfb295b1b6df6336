"""Tests of the project's own job manifest."""

import json
from decimal import Decimal

import jsonschema
import pytest

from migrator.model import Dialect, Range, Resource, ResourceKind, ScheduleKind
from migrator.sources import manifest
from migrator.sources.items import Annotation, Entry, FileReading, Format, SourceFile, Unread
from migrator.sources.manifest_schema import manifest_json_schema

EXAMPLE = """\
version: 1
defaults: {timezone: America/New_York, host: etl1, user: etl, owner: data}
jobs:
  - id: load-orders
    schedule: "15 6 * * *"
    command: /opt/etl/load.sh
    depends_on: [extract-orders]
    duration: {typical: 10m, worst: 40m}
    retries: 2
    retry_delay: 5m
    timeout: 1h
    backfill: false
    reads: ["s3://lake/raw/orders/{{ ds }}/"]
    writes: [table:Warehouse.Orders, /data/out/]
    title: Orders into the warehouse
    tags: [nightly]
    effort_note: simple
  - id: convert
    trigger: {s3: s3://bucket/prefix/}
    call: {service: glue, name: csv_to_parquet, arguments: {"--date": 5, wait: true}}
"""


def read(text: str, name: str = "jobs.yaml") -> FileReading:
    """Read a manifest."""
    return manifest.read(SourceFile(name, Format.MANIFEST, text.encode()), Dialect.DEBIAN)


def one(job: str) -> object:
    """Read a manifest of one item, given as YAML in braces."""
    [item] = read(f"version: 1\njobs:\n  - {job}\n").items
    return item


def test_every_documented_key():
    """The example of the documentation comes out whole."""
    first, second = read(EXAMPLE).items
    assert isinstance(first, Entry)
    assert (first.name, first.command, first.host, first.user, first.owner) == (
        "load-orders", "/opt/etl/load.sh", "etl1", "etl", "data",
    )  # fmt: skip
    assert first.schedule.timezone == "America/New_York"
    assert first.title == "Orders into the warehouse"
    assert first.origin.line == 4
    assert first.text == "- id: load-orders"
    said = first.declared
    assert said
    assert said.depends_on == ("extract-orders",)
    assert said.duration == Range(Decimal(600), Decimal(2400))
    assert (said.retries, said.retry_delay, said.timeout, said.backfill) == (2, 300, 3600, False)
    assert said.reads == (Resource(ResourceKind.S3, "s3://lake/raw/orders/*/"),)
    assert said.writes == (
        Resource(ResourceKind.FILE, "/data/out/", "etl1"),
        Resource(ResourceKind.TABLE, "warehouse.orders"),
    )
    assert (said.tags, said.effort_note) == (("nightly",), "simple")
    assert isinstance(second, Entry)
    assert second.schedule.kind is ScheduleKind.EVENT
    assert second.schedule.event == "s3://bucket/prefix/"
    assert second.declared
    assert second.declared.call
    assert (second.declared.call.service, second.declared.call.action) == ("glue", "start-job-run")
    assert second.declared.call.arguments == (("--date", "5"), ("wait", "true"))


def test_the_same_in_three_languages():
    """YAML, JSON and TOML give the same job."""
    in_yaml = "version: 1\njobs:\n  - {id: a, schedule: '0 1 * * *', command: /x, retries: 3}\n"
    in_json = '{"version": 1, "jobs": [{"id": "a", "schedule": "0 1 * * *", "command": "/x", "retries": 3}]}'
    in_toml = 'version = 1\n[[jobs]]\nid = "a"\nschedule = "0 1 * * *"\ncommand = "/x"\nretries = 3\n'
    items = [read(text, name).items[0] for text, name in ((in_yaml, "a.yml"), (in_json, "a.json"), (in_toml, "a.toml"))]
    items += [read(text, "stdin").items[0] for text in (in_yaml, in_json, in_toml)]
    assert {(item.name, item.command, item.schedule.text) for item in items if isinstance(item, Entry)} == {
        ("a", "/x", "0 1 * * *")
    }
    assert len(items) == 6


def test_what_starts_nothing_itself_may_annotate():
    """Without schedule, trigger and call an item is about another job, or one that its upstream starts."""
    item = one("{command: /x, depends_on: [b], owner: me}")
    assert isinstance(item, Annotation)
    assert item.command == "/x"
    assert item.entry
    assert item.entry.schedule.kind is ScheduleKind.UPSTREAM
    assert isinstance(one("{id: a-1b2c3d4e, owner: me}"), Annotation)


@pytest.mark.parametrize(
    ("job", "words"),
    [
        ("{id: a, schedule: 5, command: /x}", "jobs[0].schedule: input should be a valid string, not 5"),
        ("{id: a, schedule: '0 1 * *', command: /x}", "jobs[0].schedule:"),
        ("{id: a, schedule: '0 25 * * *', command: /x}", "jobs[0].schedule: bad hour"),
        ("{id: a, schedule: '0 1 * * *'}", "neither command nor call"),
        ("{id: a, schedule: '0 1 * * *', command: /x, call: {service: sns}}", "a command and a call"),
        ("{id: a, schedule: '0 1 * * *', trigger: {s3: 's3://b/'}, command: /x}", "a schedule and a trigger"),
        ("{schedule: '0 1 * * *', call: {service: sns}}", "has no id"),
        ("{id: a, command: /x, depends_on: b}", "jobs[0].depends_on: input should be a valid list, not b"),
        ("{id: a, command: /x, depends_on: null}", "jobs[0].depends_on: input should be a valid list, not null"),
        ("{id: a, command: [x, 1]}", "jobs[0].command: input should be a valid string, not a list"),
        ("{id: a, command: /x, duration: true}", "jobs[0].duration.typical: true is not a duration"),
        ("{id: a, command: /x, duration: 1e18}", "jobs[0].duration.typical"),
        ("{id: a, command: /x, retries: 1000000000000}", "jobs[0].retries"),
        ("{id: a, command: /x, timeout: 99999999999d}", "jobs[0].timeout"),
        ("{id: a, command: /x, nonsense: 1}", "jobs[0].nonsense: not a known key"),
        ("{id: a, command: /x, reads: [somewhere]}", "jobs[0].reads[0]: 'somewhere' is no place"),
        ("{id: a, schedule: '0 1 * * *', call: {service: gleu}}", "jobs[0].call.service"),
        ("{id: ' ', command: /x}", "jobs[0].id: is blank"),
        ('{id: a, command: "x\\0y"}', "jobs[0].command: holds a NUL"),
        ("5", "jobs[0]: 5 is not a job"),
        ("null", "jobs[0]: null is not a job"),
        ("[]", "jobs[0]: a list is not a job"),
    ],
)
def test_a_fault_is_named_by_its_key(job: str, words: str):
    """Each fault is an unread item with line, key and remedy."""
    item = one(job)
    assert isinstance(item, Unread)
    assert words in item.reason
    assert item.origin.line == 3
    assert item.remedy


def test_one_fault_costs_one_job():
    """The other jobs of a manifest are still read; all faults of an item are told."""
    reading = read(
        "version: 1\njobs:\n  - id: a\n    schedule: '0 1 * * *'\n    command: /x\n"
        "  - id: b\n    schedule: 7\n    retries: no\n"
        "  - {id: c, schedule: '@daily', command: /y}\n"
    )
    a, b, c = reading.items
    assert isinstance(a, Entry)
    assert isinstance(c, Entry)
    assert isinstance(b, Unread)
    assert b.origin.line == 7
    assert "schedule" in b.reason
    assert "retries" in b.reason
    assert reading.lines == 3


@pytest.mark.parametrize(
    ("text", "name", "line", "words"),
    [
        ("[1, 2]", "a.json", 1, "a mapping"),
        ("jobs: []\n", "a.yaml", 1, "version: is missing"),
        ("version: 2\njobs: []\n", "a.yaml", 1, "version: 2"),
        ("version: true\njobs: []\n", "a.yaml", 1, "version: true"),
        ("version: 1\njobs: {a: b}\n", "a.yaml", 2, "jobs: is not a list"),
        ("version: 1\n", "a.yaml", 1, "jobs: is not a list"),
        ("version: 1\njobs:\n\t- x\n", "a.yaml", 3, "not YAML"),
        ('{"version": 1, "jobs": [}', "a.json", 1, "not JSON"),
        ("version = 1\njobs = \n", "a.toml", 2, "not TOML"),
        ("", "a.yaml", 1, "a mapping"),
    ],
)
def test_broken_manifests(text: str, name: str, line: int, words: str):
    """A manifest that cannot be read at all is one unread line with the fault's place."""
    [item] = read(text, name).items
    assert isinstance(item, Unread)
    assert words in item.reason
    assert item.origin.line == line
    assert item.remedy


def test_faults_outside_the_jobs():
    """An unknown top key and a wrong default are told; the jobs are read without them."""
    items = read(
        "version: 1\nowner: me\ndefaults: {host: 5, hots: x}\njobs: [{id: a, schedule: '@daily', command: /x}]\n"
    ).items
    reasons = [item.reason for item in items if isinstance(item, Unread)]
    assert reasons == [
        "owner: not a key of a manifest",
        "defaults.host: input should be a valid string, not 5",
        "defaults.hots: not a known key",
    ]
    assert isinstance(items[-1], Entry)


def test_duplicate_dependencies_are_one():
    """The same name three times is one dependency."""
    item = one("{id: a, schedule: '@daily', command: /x, depends_on: [b, b, b]}")
    assert isinstance(item, Entry)
    assert item.declared
    assert item.declared.depends_on == ("b",)


def test_the_published_schema():
    """The schema takes the example, and refuses a misspelt key."""
    schema = manifest_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    good = {"version": 1, "jobs": [{"id": "a", "schedule": "@daily", "command": "/x"}]}
    jsonschema.validate(good, schema)
    bad = json.loads(json.dumps(good).replace("schedule", "schedules"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, schema)


def test_a_document_on_one_line_is_not_repeated_for_each_job():
    """The text of a job is cut between two values, so that a minified manifest does not grow with its square."""
    jobs = [{"id": f"job-{number}", "schedule": "@daily", "command": f"/opt/x {number}"} for number in range(300)]
    items = read(json.dumps({"version": 1, "jobs": jobs}), "jobs.json").items
    assert len(items) == 300
    assert max(len(item.text) for item in items) <= 1002
    assert all(item.text.endswith('" …') or item.text.endswith("} …") for item in items)


def test_the_first_of_very_many_faults():
    """Thousands of strange keys, of the manifest and of a job, are some by name and a number; a few are all named."""
    strange = "".join(f"k{n:04}: 1\n" for n in range(2000))
    of_a_job = "".join(f"  k{n:04}: 1\n" for n in range(2000))
    unread = [
        item for item in read(f"version: 1\n{strange}jobs:\n- id: a\n{of_a_job}").items if isinstance(item, Unread)
    ]
    assert len(unread) == 52
    assert "k0000" in unread[0].reason
    assert "and 1,949 more" in unread[50].reason
    assert "jobs[0].k0000: not a known key" in unread[51].reason
    assert "1,950 more faults" in unread[51].reason
    few = read("version: 1\nx: 1\ny: 2\njobs: []\n").items
    assert [item.reason for item in few] == ["x: not a key of a manifest", "y: not a key of a manifest"]
