"""Collect what each job touches, and on which hosts."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from migrator.commands.facts import CommandFacts, Lock, LockKind, Wait, WaitKind
from migrator.graph.messages import messages
from migrator.graph.patterns import DEEP
from migrator.model import Access, Evidence, Job, JobId, Mode, Origin, Resource, ResourceKind, ScheduleKind
from migrator.model.frozen import frozen

_VERBS = {
    Mode.READ: "reads",
    Mode.WRITE: "writes",
    Mode.APPEND: "appends to",
    Mode.DELETE: "deletes in",
    Mode.ROTATE: "rotates",
}
_WAITS = "waits for"
_GUARDS = re.compile(r"\.(?:lock|lck|pid)\Z")
_LOCKISH = re.compile(r"(?:lock|lck|pid|running|mutex|semaphore)[^/]*\Z", re.IGNORECASE)
# `find … -exec gzip {} +` packs what is there in its place.
_PACKS = re.compile(r"-exec(?:dir)?\s+(?:\S*/)?(?:gzip|pigz|bzip2|xz|zstd|compress)(?=\s)(?![^;+]*\s(?:-c|--stdout)\b)")
_SPECIAL = re.compile(r"/(?:dev|proc|sys)/(?!shm/)")
# Whatever lies in a folder, packed where it lies.
PACKED = re.compile(r"(?<=/\*)\.(?:gz|bz2|xz|zst|Z|lz4)\Z")
_MOST_PUT = 200

NO_STEP = -1
_MOST_AROUND = 3


@frozen
class Touch:
    """One job's touch of a resource.

    `hosts` are all hosts that the touch happens on, empty where the resource is known everywhere. `step` is the index
    of the step, or `NO_STEP`. `stale` says that make decides whether it happens, `own` that the job wrote the place
    itself before it read it, `fills` that it writes in the folder that it reads, `inside` that before it wrote a whole
    folder around it. `columns` of a table are all that it can touch, where its text tells them, `rows` the texts that
    stand in a column of each row that it touches.
    """

    job: JobId
    resource: Resource
    mode: Mode
    origin: Origin
    text: str
    hosts: frozenset[str | None]
    confidence: float = 1.0
    log: bool = False
    step: int = NO_STEP
    own: bool = False
    fills: bool = False
    inside: bool = False
    verb: str = ""
    stale: bool = False
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()

    @property
    def waits(self) -> bool:
        """Say whether the job waits for the place rather than reading it."""
        return self.verb == _WAITS

    @property
    def evidence(self) -> Evidence:
        """Give the place, the text and what is done to the resource."""
        return Evidence(self.origin, self.text, f"{self.verb or _VERBS[self.mode]} {self.resource.name}")


@dataclass(frozen=True, slots=True)
class Places:
    """Where names hold: the hosts of each job and the folders that all hosts share."""

    mounts: tuple[str, ...]
    known: frozenset[str]

    def settle(self, resource: Resource, hosts: frozenset[str | None]) -> tuple[Resource, frozenset[str | None]]:
        """Say what a job on `hosts` means by a resource: a remote place on a host that is known is a file there."""
        if resource.kind is ResourceKind.REMOTE:
            host, _, path = resource.name.partition(":")
            host = host.rpartition("@")[2]
            if host in self.known and path.startswith("/"):
                return self.settle(Resource(ResourceKind.FILE, path, host), frozenset({host}))
        if resource.kind is not ResourceKind.FILE:
            return resource, frozenset()
        if any(resource.name == mount or resource.name.startswith(mount + "/") for mount in self.mounts):
            return Resource(ResourceKind.FILE, resource.name), frozenset()
        if resource.host is not None and resource.host not in hosts:
            return resource, frozenset({resource.host})
        return resource, hosts


def hosts_of(job: Job) -> frozenset[str | None]:
    """Give every host that the job runs on; None stands for the one that nothing names."""
    return frozenset({job.host, *(replica.host for replica in job.replicas)})


def places(jobs: Iterable[Job], mounts: Sequence[str]) -> Places:
    """Name the hosts of all jobs, and the mounts without a last slash (`/` itself is none)."""
    known = frozenset(host for job in jobs for host in hosts_of(job) if host is not None)
    return Places(tuple(sorted({mount.rstrip("/") for mount in mounts} - {""})), known)


def touches(jobs: Iterable[Job], facts: Mapping[JobId, CommandFacts], where: Places) -> tuple[Touch, ...]:
    """Give all touches that may tie jobs, by job, in the order of the source."""
    found: list[Touch] = []
    known: dict[frozenset[str | None], frozenset[str | None]] = {}
    for job in jobs:
        of_job = facts.get(job.id)
        guards = {lock.name for lock in of_job.locks if plain_lock(lock)} if of_job else set()
        # One set for all jobs on the same hosts: two sets of ten thousand are compared host by host.
        hosts = hosts_of(job)
        hosts = known.setdefault(hosts, hosts)
        found += [
            touch
            for touch in _own_first(
                [
                    *_said(job, hosts, where),
                    *_accessed(job, of_job, hosts, where),
                    *_messages(job, of_job),
                    *_waited(job, of_job, hosts, where),
                ]
            )
            if touch.resource.name not in guards and _useful(touch.resource)
        ]
    return tuple(found)


def plain_lock(lock: Lock) -> bool:
    """Say whether a lock is nothing else; a test for a file that is not called one may be for its data."""
    return lock.kind is not LockKind.PID_FILE or _LOCKISH.search(lock.name) is not None


def _useful(resource: Resource) -> bool:
    if resource.kind is not ResourceKind.FILE:
        return resource.name.strip("*/. ") != ""
    return not (_GUARDS.search(resource.name) or _SPECIAL.match(resource.name) or resource.name.strip("*/") == "")


def _accessed(job: Job, facts: CommandFacts | None, hosts: frozenset[str | None], where: Places) -> Iterator[Touch]:
    if facts is None:
        return
    for index, step in enumerate(facts.steps):
        for access in step.accesses:
            # Who packs in place wants nothing of what the file says.
            if access.mode is not Mode.READ or not _packs(access):
                yield _touch(job.id, access, hosts, where, index)
    for access in facts.accesses:
        yield _touch(job.id, access, hosts, where, NO_STEP)


def _touch(job: JobId, access: Access, hosts: frozenset[str | None], where: Places, step: int) -> Touch:
    resource, at = where.settle(access.resource, hosts)
    mode = Mode.ROTATE if access.mode is Mode.WRITE and _packs(access) else access.mode
    touch = Touch(
        job, resource, mode, access.origin, access.text, at, access.confidence, access.log, step, stale=access.stale
    )
    return replace(touch, columns=access.columns, rows=access.rows) if access.columns or access.rows else touch


def _packs(access: Access) -> bool:
    return "-exec" in access.text and _PACKS.search(access.text) is not None


def _messages(job: Job, facts: CommandFacts | None) -> Iterator[Touch]:
    for message in messages(facts) if facts else ():
        verb = "sends to" if message.mode is Mode.WRITE else "takes from"
        yield Touch(
            job.id, message.queue, message.mode, message.origin, message.text, frozenset(), step=message.step, verb=verb
        )


def _waited(job: Job, facts: CommandFacts | None, hosts: frozenset[str | None], where: Places) -> Iterator[Touch]:
    """Take a wait for a file or an object as the reading of it: somebody has to put it there."""
    for wait in facts.waits if facts else ():
        resource = _awaited(wait, job)
        if resource is not None:
            settled, at = where.settle(resource, hosts)
            yield Touch(job.id, settled, Mode.READ, wait.origin, wait.text, at, verb=_WAITS)


def _awaited(wait: Wait, job: Job) -> Resource | None:
    if wait.kind is WaitKind.FILE and wait.target.startswith(("/", "~")):
        return Resource(ResourceKind.FILE, wait.target, job.host)
    if wait.kind is WaitKind.OBJECT:
        return _object(wait.target)
    return None


def _object(name: str) -> Resource | None:
    for kind in (ResourceKind.S3, ResourceKind.HDFS):
        if name.startswith(f"{kind}://"):
            return Resource(kind, name)
    return None


def _said(job: Job, hosts: frozenset[str | None], where: Places) -> Iterator[Touch]:
    """Take what a manifest says is read and written, and the place whose filling starts the job."""
    if job.declared:
        own, lines = Evidence(job.declared.origin or job.origin, job.text), job.declared.lines
        for key, mode, resources in (
            ("reads", Mode.READ, job.declared.reads),
            ("writes", Mode.WRITE, job.declared.writes),
        ):
            for resource in resources:
                settled, at = where.settle(resource, hosts)
                line = lines.get((key, resource.name), own)
                yield Touch(job.id, settled, mode, line.origin, line.text, at)
    started_by = _object(job.schedule.event or "") if job.schedule.kind is ScheduleKind.EVENT else None
    if started_by is not None:
        yield Touch(job.id, started_by, Mode.READ, job.origin, job.text, frozenset(), verb="is started by")


def _own_first(found: list[Touch]) -> list[Touch]:
    """Mark the reading of what the same job writes.

    What an earlier step wrote needs no other job; nor does a name with a date that one program both writes and reads. A
    file that a program reads and writes may well be another's.
    """
    written: dict[tuple[Resource, frozenset[str | None]], Touch] = {}
    for touch in found:
        if touch.mode is Mode.WRITE and touch.step != NO_STEP and not touch.stale:
            written.setdefault((touch.resource, touch.hosts), touch)
    if not written:
        return found
    # What is packed in its place is no new thing in the folder.
    names = sorted(resource.name for resource, _ in written if not PACKED.search(resource.name))
    return [_marked(touch, written, names) if touch.mode is Mode.READ else touch for touch in found]


def _marked(
    touch: Touch, written: Mapping[tuple[Resource, frozenset[str | None]], Touch], names: Sequence[str]
) -> Touch:
    name = touch.resource.name
    first = written.get((touch.resource, touch.hosts))
    if first is not None:
        same = "*" in name and first.step == touch.step
        own = not name.endswith("/") and (same or _before(first, touch))
        if own or "*" in name:
            return replace(touch, own=own) if own != touch.own else touch
    elif _inside(touch, written):
        touch = replace(touch, inside=True)
    # A folder, or what a pattern finds there, may be more than the job put there.
    top, deep, pattern = name.partition(f"/{DEEP}/")
    if deep:
        fills = _puts(f"{top}/", f"*{pattern}", names, deep=True)
        return replace(touch, fills=fills) if fills != touch.fills else touch
    folder, slash, pattern = name.rpartition("/")
    if pattern and "*" not in pattern:
        # A folder may be named without its slash.
        folder, slash, pattern = name, "/", ""
    fills = slash != "" and _puts(folder + slash, pattern, names)
    return replace(touch, fills=fills) if fills != touch.fills else touch


def _before(first: Touch, touch: Touch) -> bool:
    """Say whether a job wrote before it read; what belongs to no step, such as a test, stands behind in its text."""
    if touch.step != NO_STEP:
        return first.step < touch.step
    return first.origin.path == touch.origin.path and first.origin.line < touch.origin.line


def _inside(touch: Touch, written: Mapping[tuple[Resource, frozenset[str | None]], Touch]) -> bool:
    """Say whether a file lies in a folder that the job wrote as a whole before."""
    folder = touch.resource.name
    for _ in range(_MOST_AROUND if touch.resource.kind is ResourceKind.FILE else 0):
        folder = folder.rpartition("/")[0]
        for name in (folder, f"{folder}/"):
            around = written.get((replace(touch.resource, name=name), touch.hosts))
            if around is not None and _before(around, touch):
                return True
    return False


def _puts(folder: str, pattern: str, names: Sequence[str], *, deep: bool = False) -> bool:
    """Say whether one of the sorted names lies in a folder and is one that the pattern finds.

    `deep` says that it may lie in a folder there.
    """
    found: re.Pattern[str] | None = None
    for name in names[bisect_left(names, folder) :][:_MOST_PUT]:
        if not name.startswith(folder):
            return False
        found = found or re.compile(".*".join(map(re.escape, re.split(r"\*+", pattern or "*"))))
        if found.fullmatch(name[len(folder) :]) and (deep or "/" not in name[len(folder) : -1]):
            return True
    return False
