"""What run logs tell, as `plan.json` has it. Times are those of each host's clock, durations seconds."""

from collections.abc import Iterable, Mapping, Sequence

from migrator.graph.types import Dependency, Lag
from migrator.history import Durations, History, HostLog, JobRuns, LogFile, Slack, Stranger, slack_of
from migrator.model import Job, JobId
from migrator.plan.parts import Count, Part, PlaceOf, Text


class LogPart(Part):
    """A log's account: `lines` is the sum of the three counts after it. `years` says how unwritten ones were found."""

    path: Text
    lines: Count
    runs: Count
    other: Count
    unread: Count
    first: Text | None
    last: Text | None
    years: Text


class BadLinesPart(PlaceOf):
    """Lines of one log that could not be read for one reason: the first of them, and their number (0: the file)."""

    reason: Text
    count: Count
    text: Text


class SpanPart(Part):
    """A span of time that logs cover."""

    first: Text
    last: Text


class HostLogPart(Part):
    """A host that logs speak of, by its `names` there. `known`: it was scanned.

    `unplaced` are runs that could be those of several lines.
    """

    host: Text | None
    names: tuple[Text, ...]
    known: bool
    spans: tuple[SpanPart, ...]
    runs: Count
    unplaced: Count


class DurationsPart(Part):
    """How long the runs took whose start and end are in the log."""

    runs: Count
    p50: Count
    p95: Count
    longest: Count


class JobRunsPart(Part):
    """One job on one host. Unknown is null, and `unknown` says why.

    `expected` starts of the schedule lie in the logged span, `missed` of them are not in the log, `unplanned` runs were
    at other minutes. Starts are counted from `since` on where the tab was changed in the span. `proof` is the last run.
    """

    job: Text
    host: Text | None
    runs: Count | None
    expected: Count | None
    missed: Count | None
    missed_at: tuple[Text, ...]
    unplanned: Count | None
    failed: Count
    skipped: Count
    overlaps: Count
    first: Text | None
    last: Text | None
    durations: DurationsPart | None
    since: Text | None
    unknown: Text
    proof: PlaceOf | None


class SlackPart(Part):
    """What a gap between two schedules leaves: from the upstream's end to the downstream's start, over `pairs` of runs.

    `gap` is the median from start to start. `late` downstream runs started while the upstream was still running.
    """

    upstream: Text
    downstream: Text
    pairs: Count
    gap: int
    least: int
    median: int
    late: Count


class StrangerPart(PlaceOf):
    """A command that ran on a scanned host and that no scanned file has; the place is its last run's."""

    host: Text | None
    user: Text
    command: Text
    runs: Count
    last: Text


class HistoryPart(Part):
    """All that the logs tell."""

    logs: tuple[LogPart, ...]
    bad: tuple[BadLinesPart, ...]
    hosts: tuple[HostLogPart, ...]
    jobs: tuple[JobRunsPart, ...]
    orders: tuple[SlackPart, ...]
    strangers: tuple[StrangerPart, ...]
    more_strangers: Count


def history_part(history: History, jobs: Sequence[Job], dependencies: Iterable[Dependency]) -> HistoryPart:
    """Take over a history, and measure the order that each gap between two schedules stands for."""
    by_id = {job.id: job for job in jobs}
    return HistoryPart(
        logs=tuple(_log(log) for log in history.files),
        bad=tuple(
            BadLinesPart(path=bad.origin.path, line=bad.origin.line, reason=bad.reason, count=bad.count, text=bad.text)
            for bad in history.bad
        ),
        hosts=tuple(_host(host) for host in history.hosts),
        jobs=tuple(_runs(runs) for runs in history.jobs),
        orders=tuple(_orders(history, by_id, dependencies)),
        strangers=tuple(_stranger(stranger) for stranger in history.strangers),
        more_strangers=history.more_strangers,
    )


def _log(log: LogFile) -> LogPart:
    return LogPart(
        path=log.path,
        lines=log.lines,
        runs=log.runs,
        other=log.other,
        unread=log.unread,
        first=log.first,
        last=log.last,
        years=log.year,
    )


def _host(host: HostLog) -> HostLogPart:
    return HostLogPart(
        host=host.host,
        names=host.names,
        known=host.known,
        spans=tuple(SpanPart(first=first, last=last) for first, last in host.spans),
        runs=host.runs,
        unplaced=host.unplaced,
    )


def _runs(runs: JobRuns) -> JobRunsPart:
    return JobRunsPart(
        job=runs.job,
        host=runs.host,
        runs=runs.runs,
        expected=runs.expected,
        missed=runs.missed,
        missed_at=runs.missed_at,
        unplanned=runs.unplanned,
        failed=runs.failed,
        skipped=runs.skipped,
        overlaps=runs.overlaps,
        first=runs.first,
        last=runs.last,
        durations=_durations(runs.durations),
        since=runs.since,
        unknown=runs.unknown,
        proof=PlaceOf.of(runs.proof) if runs.proof else None,
    )


def _durations(found: Durations | None) -> DurationsPart | None:
    if found is None:
        return None
    return DurationsPart(runs=found.runs, p50=found.p50, p95=found.p95, longest=found.longest)


def _orders(history: History, jobs: Mapping[JobId, Job], dependencies: Iterable[Dependency]) -> Iterable[SlackPart]:
    """Measure the dependencies of one cycle whose two ends have schedules of their own."""
    for pair in sorted({(tie.upstream, tie.downstream) for tie in dependencies if tie.lag is Lag.NONE}):
        upstream, downstream = (jobs[name] for name in pair)
        if upstream.schedule.text == downstream.schedule.text:
            continue
        if found := slack_of(history, upstream.id, downstream.id):
            yield _slack(pair, found)


def _slack(pair: tuple[JobId, JobId], found: Slack) -> SlackPart:
    return SlackPart(
        upstream=pair[0],
        downstream=pair[1],
        pairs=found.pairs,
        gap=found.gap,
        least=found.least,
        median=found.median,
        late=found.late,
    )


def _stranger(stranger: Stranger) -> StrangerPart:
    return StrangerPart(
        path=stranger.proof.path,
        line=stranger.proof.line,
        host=stranger.host,
        user=stranger.user,
        command=stranger.command,
        runs=stranger.runs,
        last=stranger.last,
    )
