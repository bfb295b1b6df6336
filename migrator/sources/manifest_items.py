"""A manifest's validated item as an `Entry` or an `Annotation`."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from migrator.model import (
    Declared,
    Dialect,
    Evidence,
    JobId,
    Origin,
    Range,
    Resource,
    ResourceKind,
    Schedule,
    ScheduleKind,
    ServiceCall,
)
from migrator.schedules.cron import Rejection
from migrator.schedules.cron import read as read_schedule
from migrator.settings import DurationSettings
from migrator.sources.items import Annotation, Entry, SourceFile, Unread
from migrator.sources.manifest_schema import ManifestCall, ManifestDefaults, ManifestJob

# The usual call of each service, in AWS CLI words.
_ACTIONS = {
    "lambda": ("lambda", "invoke"),
    "glue": ("glue", "start-job-run"),
    "emr": ("emr", "add-steps"),
    "ecs": ("ecs", "run-task"),
    "batch": ("batch", "submit-job"),
    "athena": ("athena", "start-query-execution"),
    "redshift-data": ("redshift-data", "execute-statement"),
    "sns": ("sns", "publish"),
    "sqs": ("sqs", "send-message"),
    "step-functions": ("stepfunctions", "start-execution"),
    "codebuild": ("codebuild", "start-build"),
}
# A part of a name that varies from run to run: a template, a variable, a command, a strftime letter.
_VARYING = re.compile(r"\{\{.*?\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+|%[A-Za-z]|\{[^{}]*\}")
_REMOTE = re.compile(r"(?:[\w.-]+@)?[\w.-]+:/.*")
_SCHEMES = {"s3": ResourceKind.S3, "s3a": ResourceKind.S3, "s3n": ResourceKind.S3, "hdfs": ResourceKind.HDFS}


NamedLines: TypeAlias = dict[tuple[str, int], Evidence]
"""The lines of the items of `depends_on`, `reads` and `writes`, by key and position."""


def item_of(
    job: ManifestJob,
    defaults: ManifestDefaults,
    source: SourceFile,
    origin: Origin,
    text: str,
    dialect: Dialect,
    lines: NamedLines,
) -> Entry | Annotation | Unread:
    """Turn an item into a job, or into words about one where it has neither schedule, trigger nor call.

    An `Unread` has the key at the beginning of its reason.
    """
    host = job.host or defaults.host or source.host
    try:
        declared = replace(_declared(job, defaults, origin, host), places=tuple(_places(job, host, lines)))
    except ValueError as error:
        return Unread(
            origin, text, str(error), "write an absolute path, s3://bucket/key, hdfs://…, table:db.name or a URL"
        )
    schedule = _schedule(job, defaults, dialect)
    if isinstance(schedule, Rejection):
        return Unread(origin, text, f"schedule: {schedule.reason}", schedule.remedy)
    identifier = (job.id or "").strip() or None
    entry = Entry(
        origin,
        text,
        schedule,
        command=job.command or "",
        user=job.user or defaults.user,
        name=identifier,
        title=job.title,
        host=host,
        owner=job.owner or defaults.owner,
        declared=declared,
    )
    if job.schedule or job.trigger or job.call:
        return entry
    own = entry if job.command else None
    return Annotation(origin, text, identifier, job.command, declared, job.title, entry.owner, own)


def resource(text: str, host: str | None) -> Resource:
    """Read the name of a place that is read or written; raise ValueError with the text of the fault."""
    name = _VARYING.sub("*", text.strip())
    scheme, separator, rest = name.partition("://")
    if separator:
        if scheme.lower() in _SCHEMES:
            kind = _SCHEMES[scheme.lower()]
            return Resource(kind, f"{kind}://{rest}")
        if scheme.lower() in {"http", "https", "ftp", "sftp"}:
            return Resource(ResourceKind.URL, f"{scheme.lower()}://{rest}")
        if scheme.lower() == "file":
            name = rest
    if name.lower().startswith("table:"):
        return Resource(ResourceKind.TABLE, name[len("table:") :].strip().lower())
    if name.startswith("/"):
        clean = posixpath.normpath(name)
        return Resource(ResourceKind.FILE, clean + ("/" if name.endswith("/") and clean != "/" else ""), host)
    if _REMOTE.fullmatch(name):
        return Resource(ResourceKind.REMOTE, name.rpartition("@")[2])
    msg = f"{text[:60]!r} is no place that is known"
    raise ValueError(msg)


def _schedule(job: ManifestJob, defaults: ManifestDefaults, dialect: Dialect) -> Schedule | Rejection:
    timezone = job.timezone or defaults.timezone
    if job.schedule:
        return read_schedule(job.schedule, dialect, timezone)
    if job.trigger:
        return Schedule(ScheduleKind.EVENT, job.trigger.s3, dialect, timezone, event=job.trigger.s3)
    return Schedule(ScheduleKind.UPSTREAM, "", dialect, timezone)


def _declared(job: ManifestJob, defaults: ManifestDefaults, origin: Origin, host: str | None) -> Declared:
    return Declared(
        depends_on=tuple(JobId(name.strip()) for name in dict.fromkeys(job.depends_on)),
        call=_call(job.call, origin) if job.call else None,
        duration=_range(job.duration) if job.duration else None,
        retries=_first(job.retries, defaults.retries),
        retry_delay=_first(job.retry_delay, defaults.retry_delay),
        timeout=_first(job.timeout, defaults.timeout),
        backfill=defaults.backfill if job.backfill is None else job.backfill,
        reads=_resources("reads", job.reads, host),
        writes=_resources("writes", job.writes, host),
        tags=tuple(job.tags if job.tags is not None else defaults.tags or ()),
        effort_note=job.effort_note,
        origin=origin,
    )


def _places(job: ManifestJob, host: str | None, lines: NamedLines) -> Iterator[tuple[str, str, Evidence]]:
    for (key, index), evidence in lines.items():
        if key == "depends_on":
            yield key, job.depends_on[index].strip(), evidence
        else:
            yield key, resource((job.reads if key == "reads" else job.writes)[index], host).name, evidence


def _first(own: int | None, default: int | None) -> int | None:
    return default if own is None else own


def _range(duration: DurationSettings) -> Range:
    worst = duration.typical if duration.worst is None else duration.worst
    return Range(Decimal(duration.typical), Decimal(worst))


def _call(call: ManifestCall, origin: Origin) -> ServiceCall:
    service, action = _ACTIONS[call.service]
    arguments = tuple(sorted((key, _text(value)) for key, value in call.arguments.items()))
    words = " ".join(filter(None, (service, call.action or action, call.name)))
    return ServiceCall(service, call.action or action, call.name, arguments, origin, words)


def _text(value: str | int | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _resources(key: str, names: Iterable[str], host: str | None) -> tuple[Resource, ...]:
    found = []
    for index, name in enumerate(names):
        try:
            found.append(resource(name, host))
        except ValueError as error:
            msg = f"{key}[{index}]: {error}"
            raise ValueError(msg) from error
    return tuple(sorted(set(found)))
