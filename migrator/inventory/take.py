"""Take the inventory: every job with an id, an account of every line, what was not read, and where secrets were."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from migrator.inventory.annotations import annotate
from migrator.inventory.dependencies import resolve_dependencies
from migrator.inventory.draft import Draft
from migrator.inventory.drafting import FileDrafts, Known
from migrator.inventory.identity import assign_ids
from migrator.inventory.ledger import row_of
from migrator.inventory.options import Options
from migrator.inventory.readings import read_all
from migrator.inventory.redacting import Redactor
from migrator.inventory.remarks import remark
from migrator.inventory.replicas import merge_replicas
from migrator.inventory.titles import title_of
from migrator.inventory.types import Inventory, LedgerRow, SwitchedOff
from migrator.inventory.unused import unused_settings
from migrator.inventory.zones import Zones
from migrator.model import Finding, Inactive, Job, Origin
from migrator.model.job import IGNORED
from migrator.settings import Settings
from migrator.sources import Discovery, read_file
from migrator.sources.grammar import switched_off_job, without_mark
from migrator.sources.items import Disabled, Entry, FileReading, Unread

_DEFAULT_SHELL = "/bin/sh"


def take(discovery: Discovery, settings: Settings, options: Options | None = None) -> Inventory:
    """Take the inventory of what was found. Raise InventoryError for a zone of the user's that does not exist."""
    options = options or Options()
    zones = Zones(settings, options)
    zones.learn(discovery.hosts)
    redactor = Redactor()
    readings = read_all(discovery, settings, options)
    known: Known = {}
    files = [FileDrafts(reading, zones, redactor, options, known) for reading in readings]
    drafts = merge_replicas(draft for file in files for draft in file.drafts())
    turned, findings = _connect(drafts, files)
    drafts += turned
    _apply_settings(drafts, settings)
    remark(drafts, readings)
    own = {draft.entry.origin for draft in turned}
    found = [*findings, *zones.findings, *(finding for file in files for finding in file.findings)]
    jobs = sorted((_job(draft) for draft in drafts), key=lambda job: (job.origin.path, job.origin.line, job.id))
    unread = [redactor.unread(item) for reading in readings for item in reading.items if isinstance(item, Unread)]
    hosts = [*(job.host for job in jobs), *(place.host for place in discovery.hosts), *_replica_hosts(jobs)]
    done = sorted(_switched_off(readings, redactor))
    found += unused_settings(settings, drafts, done, hosts)
    return Inventory(
        tuple(jobs),
        _ledger(readings, own, redactor),
        tuple(sorted(unread)),
        tuple(sorted(set(found))),
        tuple(sorted(redactor.secrets)),
        discovery.notes,
        zones.host_zones(hosts),
        tuple(done),
    )


def _ledger(readings: Iterable[FileReading], own: set[Origin], redactor: Redactor) -> tuple[LedgerRow, ...]:
    secret: defaultdict[str, set[int]] = defaultdict(set)
    for found in redactor.secrets:
        secret[found.origin.path].add(found.origin.line)
    rows = (row_of(reading, own, secret[reading.source.name]) for reading in readings)
    return tuple(sorted(rows, key=lambda row: row.path))


def _switched_off(readings: Iterable[FileReading], redactor: Redactor) -> Iterator[SwitchedOff]:
    for reading in readings:
        for item in reading.items:
            if isinstance(item, Disabled) and (job := switched_off_job(item.text)) is not None:
                yield SwitchedOff(item.origin, job, _title_then(item, reading, redactor) or job)


def _title_then(item: Disabled, reading: FileReading, redactor: Redactor) -> str | None:
    """Give the title of the entry that a line was before it was switched off; None where it is none any more."""
    line = without_mark(item.text).encode("utf-8", "surrogateescape") + b"\n"
    alone = read_file(replace(reading.source, data=line), reading.dialect).items
    return title_of(redactor.command(alone[0].command, item.origin).text) if isinstance(alone[0], Entry) else None


def _connect(drafts: list[Draft], files: Sequence[FileDrafts]) -> tuple[list[Draft], list[Finding]]:
    """Give ids, put annotations to their jobs, and turn names of dependencies into ids.

    Give the jobs that came of annotations, and the findings.
    """
    assign_ids(drafts)
    annotated = annotate(drafts, (pair for file in files for pair in file.annotations()))
    by_reading = {id(file.reading): file for file in files}
    turned = [
        by_reading[id(reading)].draft(annotation.entry)
        for annotation, reading in annotated.own
        if annotation.entry is not None
    ]
    assign_ids(turned, (draft.id for draft in drafts))
    findings = [*annotated.findings, *resolve_dependencies([*drafts, *turned], annotated.aliases)]
    return turned, findings


def _apply_settings(drafts: Iterable[Draft], settings: Settings) -> None:
    """Take owner and zone of single jobs from the settings, and leave out what they say to ignore."""
    for draft in drafts:
        own = settings.jobs.get(draft.id) or settings.jobs.get(draft.title)
        if own and own.owner:
            draft.owner = own.owner
        if own and own.timezone:
            draft.schedule = replace(draft.schedule, timezone=own.timezone)
        globs = [glob for glob in settings.ignore if fnmatchcase(draft.id, glob) or fnmatchcase(draft.title, glob)]
        if globs and draft.inactive is None:  # what cron does not run anyway it does not go on running
            draft.inactive = Inactive(IGNORED, f"the settings say to ignore {globs[0]}")


def _replica_hosts(jobs: Iterable[Job]) -> Iterator[str]:
    for job in jobs:
        for replica in job.replicas:
            yield replica.host


def _job(draft: Draft) -> Job:
    shells = [setting.value for setting in draft.settings if setting.name == "SHELL"]
    return Job(
        id=draft.id,
        title=draft.title,
        origin=draft.entry.origin,
        source=draft.reading.source.format.value,
        text=draft.text,
        host=draft.host,
        user=draft.user,
        owner=draft.owner,
        schedule=draft.schedule,
        command=draft.command,
        stdin=draft.stdin,
        shell=(shells[-1] if shells else "") or _DEFAULT_SHELL,
        settings=draft.settings,
        replicas=draft.replicas,
        inactive=draft.inactive,
        declared=draft.declared,
        findings=tuple(sorted(set(draft.findings))),
        comments=draft.comments,
    )
