"""Jobs and facts in few words, for tests of everything above `commands`."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from migrator.commands.facts import (
    Branch,
    BranchKind,
    Called,
    CommandFacts,
    Join,
    Lock,
    LockKind,
    Step,
    StepKind,
    Unit,
    Wait,
)
from migrator.graph import JobGraph, build
from migrator.model import (
    Access,
    Declared,
    Dialect,
    Evidence,
    Inactive,
    Job,
    JobId,
    Mode,
    Origin,
    Replica,
    Resource,
    ResourceKind,
    Schedule,
    ScheduleKind,
)
from migrator.schedules.cron import Rejection, read
from migrator.settings import Settings


def schedule(text: str, zone: str | None = None) -> Schedule:
    """Read a schedule; `after` has none of its own, `s3://…` is an event, `@reboot` the start of the host."""
    if text == "after":
        return Schedule(ScheduleKind.UPSTREAM, "", Dialect.DEBIAN, zone)
    if text.startswith("s3:"):
        return Schedule(ScheduleKind.EVENT, text, Dialect.DEBIAN, zone, event=text)
    if text.startswith("anacron"):
        _, period, delay = text.split()
        return Schedule(
            ScheduleKind.ANACRON, text, Dialect.DEBIAN, zone, period_days=int(period), delay_minutes=int(delay)
        )
    found = read(text, Dialect.DEBIAN, zone)
    assert not isinstance(found, Rejection), text
    return found


def resource(name: str, host: str | None = None) -> Resource:
    """Name a resource by its look: `s3://`, `hdfs://`, `https://`, `table:`, `remote:`, else a file of the host."""
    for kind in (ResourceKind.S3, ResourceKind.HDFS):
        if name.startswith(f"{kind}://"):
            return Resource(kind, name)
    if name.startswith("http"):
        return Resource(ResourceKind.URL, name)
    prefix, colon, rest = name.partition(":")
    if colon and prefix in ("table", "remote"):
        return Resource(ResourceKind(prefix), rest)
    return Resource(ResourceKind.FILE, name, host)


def step(name: str, number: int = 1, join: Join = Join.THEN, **more: object) -> Step:
    """Make a step."""
    kind = more.pop("kind", StepKind.PROGRAM)
    return Step(name, f"run {name}", kind, Origin("crontab", number), name, join, **more)  # type: ignore[arg-type]


@dataclass
class World:
    """Jobs with their facts, added one by one."""

    jobs: list[Job] = field(default_factory=list)
    facts: dict[JobId, CommandFacts] = field(default_factory=dict)

    def add(
        self,
        name: str,
        when: str = "0 2 * * *",
        *,
        reads: Iterable[str] = (),
        writes: Iterable[str] = (),
        fills: Iterable[str] = (),
        appends: Iterable[str] = (),
        deletes: Iterable[str] = (),
        rotates: Iterable[str] = (),
        logs: Iterable[str] = (),
        text: str = "",
        host: str | None = None,
        also: Iterable[str] = (),
        locks: Iterable[str] = (),
        waits: Iterable[Wait] = (),
        calls: Iterable[tuple[str, str]] = (),
        after: Iterable[str] = (),
        steps: tuple[Step, ...] | None = None,
        units: tuple[Unit, ...] | None = None,
        branches: int = 0,
        inactive: bool = False,
        declared: Declared | None = None,
        source: str = "crontab",
        path: str = "crontab",
        zone: str | None = None,
        title: str = "",
        fans: int = 0,
        command: str = "",
        program: str = "",
        comments: Iterable[str] = (),
    ) -> "World":
        """Add a job of one step that touches the places named."""
        line = len(self.jobs) + 1
        origin = Origin(path, line)
        job_id = JobId(name)
        touched = [
            Access(resource(place, host), mode, origin, text or f"{name} {place}", log=log, stale=places is fills)
            for mode, places, log in (
                (Mode.READ, reads, False),
                (Mode.WRITE, writes, False),
                (Mode.WRITE, fills, False),
                (Mode.APPEND, appends, False),
                (Mode.APPEND, logs, True),
                (Mode.DELETE, deletes, False),
                (Mode.ROTATE, rotates, False),
            )
            for place in places
        ]
        if declared is None and after:
            declared = Declared(depends_on=tuple(JobId(one) for one in after))
        self.jobs.append(
            Job(
                id=job_id,
                title=title or name,
                origin=origin,
                source=source,
                text=f"{when} {name}",
                host=host,
                user=None,
                owner=None,
                schedule=schedule(when, zone),
                command=command or name,
                replicas=tuple(Replica(one, origin) for one in also),
                inactive=Inactive("no-newline", "the last line has no newline") if inactive else None,
                declared=declared,
                comments=tuple(Evidence(Origin(path, 1000 * line + n), said) for n, said in enumerate(comments)),
            )
        )
        if steps is None:
            steps = (Step(name, text or name, StepKind.PROGRAM, origin, program or name, accesses=tuple(touched)),)
            touched = []
        self.facts[job_id] = CommandFacts(
            job=job_id,
            steps=steps,
            units=units if units is not None else (Unit(tuple(range(len(steps))), "one program"),),
            branches=tuple(Branch(BranchKind.IF, origin, "if") for _ in range(branches)),
            accesses=tuple(touched),
            locks=tuple(Lock(LockKind.FLOCK, lock, skips=True, origin=origin, text=f"flock {lock}") for lock in locks),
            waits=tuple(waits),
            called=tuple(
                Called(script, script, "as it stands", origin if place == "line" else Origin(place, 3))
                for script, place in calls
            ),
            fan_out=fans,
            fan_in=fans,
        )
        return self

    def graph(self, **settings: object) -> JobGraph:
        """Build the graph."""
        return build(self.jobs, self.facts, Settings.model_validate(settings))

    def edges(self, **settings: object) -> dict[tuple[str, str], str]:
        """Give the dependencies as pairs, with their lag."""
        return {(d.upstream, d.downstream): d.lag.value for d in self.graph(**settings).dependencies}

    def ties(self, **settings: object) -> list[tuple[str, str, str]]:
        """Give the relations."""
        return [(r.upstream, r.downstream, r.kind.value) for r in self.graph(**settings).relations]
