"""What the run logs tell: how far they reach, how the jobs ran, what the gaps leave, what no file has."""

from collections.abc import Mapping, Sequence

from migrator.history import lasting
from migrator.model.wording import counted
from migrator.plan import HistoryPart, MigrationPlan
from migrator.plan.history import BadLinesPart, DurationsPart, HostLogPart, JobRunsPart, SlackPart
from migrator.report.markdown.blocks import Blocks, bullets, shortened, table
from migrator.report.markdown.escaping import code, place, prose
from migrator.report.titles import job_titles

_MOST_LOGS = 40
_MOST_JOBS = 80
_MOST_ORDERS = 40
_MOST_STRANGERS = 30
_INTRO = (
    "What cron wrote down itself. *Starts* are those that the schedule has in the time that the logs cover; times are "
    "of the host's clock. A duration is known where start and end of a run are both in the log, to the second. "
    "Durations that neither the settings nor a manifest state are taken from here."
)


def history_blocks(plan: MigrationPlan) -> Blocks:
    """Show what run logs tell, where some were given."""
    told = plan.history
    if told is None:
        return []
    titles = job_titles(plan)
    return [
        "## What the run logs tell",
        _INTRO,
        *_log_blocks(told),
        *_host_blocks(told),
        *_job_blocks(told, titles),
        *_order_blocks(told.orders, titles),
        *_stranger_blocks(told),
    ]


def took(found: DurationsPart | None) -> str:
    """Write durations in a few words; a dash where none is known."""
    if found is None:
        return "–"
    return f"{lasting(found.p50)} / {lasting(found.p95)} / {lasting(found.longest)} ({found.runs:,})"


def oddities(runs: JobRunsPart) -> list[str]:
    """Say what is odd about a job's runs, or why little is known."""
    found = ["never ran"] if runs.expected and not runs.runs else []
    if runs.missed and runs.runs:
        found.append(f"{runs.missed:,} missed")
    counts = (
        ("unplanned", runs.unplanned),
        ("overlapping", runs.overlaps),
        ("skipped", runs.skipped),
        ("failed", runs.failed),
    )
    found += [f"{count:,} {word}" for word, count in counts if count]
    if runs.since:
        found.append(f"tab changed {runs.since}")
    return [*found, runs.unknown] if runs.unknown else found


def _log_blocks(told: HistoryPart) -> Blocks:
    rows = [
        [
            code(log.path, 80),
            f"{log.lines:,}",
            f"{log.runs:,}",
            f"{log.other:,}",
            f"{log.unread:,}",
            f"{log.first or '–'} to {log.last or '–'}" + (f"; {prose(log.years)}" if log.years else ""),
        ]
        for log in told.logs[:_MOST_LOGS]
    ]
    blocks = [table(["Log", "Lines:", "Of runs:", "Of others:", "Unread:", "From, to"], rows)]
    if len(told.logs) > _MOST_LOGS:
        blocks.append(f"{len(told.logs) - _MOST_LOGS:,} more logs are in `plan.json`.")
    if told.bad:
        items = [_bad(bad) for bad in told.bad]
        blocks.append("Not read:\n\n" + bullets(shortened(items, _MOST_LOGS, "kinds in `plan.json`")))
    return blocks


def _bad(bad: BadLinesPart) -> str:
    if not bad.count:
        return f"{place(bad)}: {prose(bad.reason)}"
    text = f", for example {code(bad.text, 80)}" if bad.text else ""
    return f"{place(bad)}: {prose(bad.reason)} ({counted(bad.count, 'line')}{text})"


def _host_blocks(told: HistoryPart) -> Blocks:
    items = [_host(host) for host in told.hosts if not host.known or len(host.spans) != 1 or host.unplaced]
    return [bullets(shortened(items, _MOST_LOGS, "hosts in `plan.json`"))] if items else []


def _host(host: HostLogPart) -> str:
    named = code(host.host or "") if host.host else "the host"
    if not host.known:
        return f"{named} was not scanned: {counted(host.runs, 'run')}"
    parts = []
    if not host.spans:
        parts.append("the logs have no start of a command")
    elif len(host.spans) > 1:
        covered = " and ".join(f"{span.first} to {span.last}" for span in host.spans[:4])
        parts.append(f"the logs have gaps; they cover {covered}" + (" and more" if len(host.spans) > 4 else ""))
    if host.unplaced:
        parts.append(f"{counted(host.unplaced, 'run')} could be of several lines with one command")
    return f"{named}: {'; '.join(parts)}"


def _job_blocks(told: HistoryPart, titles: Mapping[str, str]) -> Blocks:
    if not told.jobs:
        return []
    shown: Sequence[JobRunsPart] = told.jobs
    if len(shown) > _MOST_JOBS:
        telling = sorted(shown, key=lambda runs: (not oddities(runs), -(runs.missed or 0), runs.job, runs.host or ""))
        shown = telling[:_MOST_JOBS]
    hosts = {runs.host for runs in told.jobs}
    rows = [_job(runs, titles, with_host=len(hosts) > 1) for runs in shown]
    headers = ["Job", "Runs:", "Starts:", "Last", "Took: p50 / p95 / longest (runs)", "Odd"]
    blocks = [table(headers, rows)]
    if len(told.jobs) > len(shown):
        blocks.append(f"{len(told.jobs) - len(shown):,} more are in `plan.json`.")
    return blocks


def _job(runs: JobRunsPart, titles: Mapping[str, str], *, with_host: bool) -> list[str]:
    where = f" on {code(runs.host)}" if with_host and runs.host else ""
    return [
        code(titles.get(runs.job, runs.job), 60) + where,
        "–" if runs.runs is None else f"{runs.runs:,}",
        "–" if runs.expected is None else f"{runs.expected:,}",
        runs.last or "–",
        took(runs.durations),
        prose("; ".join(oddities(runs))) or "–",
    ]


def _order_blocks(orders: Sequence[SlackPart], titles: Mapping[str, str]) -> Blocks:
    if not orders:
        return []
    rows = [
        [
            " → ".join(code(titles.get(name, name), 50) for name in (order.upstream, order.downstream)),
            lasting(order.gap),
            lasting(order.least),
            lasting(order.median),
            f"{order.late:,} of {order.pairs:,}",
        ]
        for order in sorted(orders, key=lambda order: (order.least, order.upstream, order.downstream))[:_MOST_ORDERS]
    ]
    intro = (
        "An order that rests on a gap between two schedules, and what the gap leaves: the time from the upstream's end "
        "to the downstream's start. Below zero the downstream started while the upstream was still running."
    )
    headers = ["Order", "Gap:", "Least left:", "Median left:", "Started too early:"]
    return ["### How much the gaps leave", intro, table(headers, rows)]


def _stranger_blocks(told: HistoryPart) -> Blocks:
    if not told.strangers:
        return []
    ranked = sorted(told.strangers, key=lambda each: (-each.runs, each.host or "", each.command, each.user))
    rows = [
        [code(each.command, 100), code(each.user), code(each.host or ""), f"{each.runs:,}", each.last, place(each)]
        for each in ranked[:_MOST_STRANGERS]
    ]
    more = len(told.strangers) + told.more_strangers - len(rows)
    intro = "Cron ran these on hosts that were scanned, and no file that was read has them."
    blocks = [
        "### Commands that no file has",
        intro,
        table(["Command", "User", "Host", "Runs:", "Last", "Place"], rows),
    ]
    return [*blocks, f"{more:,} more are in `plan.json` or beyond its bound."] if more > 0 else blocks
