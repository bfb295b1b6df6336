"""The summaries of `scan` and `plan`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import IO

from migrator.model.wording import counted
from migrator.plan import MigrationPlan, cut
from migrator.plan.clusters import ClusterPart
from migrator.plan.jobs import JobPart
from migrator.report.markdown.artifacts import checks_in_words, failures
from migrator.report.markdown.headline import open_points
from migrator.report.markdown.history import oddities
from migrator.report.markdown.places import MOST_SECTIONS, by_money_and_risk, of_one_shape, place_in_words, severities
from migrator.report.markdown.targets import pinned_part
from migrator.report.money import bill, prices_of, usd
from migrator.report.terminal.screen import SEVERITY_STYLES, Screen
from migrator.report.titles import job_titles
from migrator.report.words import heading_label, listed, when
from migrator.report.write import Written

_MOST_FILES = 30
_MOST_JOBS = 60
_LONGEST_TITLE = 32
_UNITS = len("100 units")
_MOST_LINES = 20
_MOST_CLUSTERS = 12
_MOST_NAMED = 12
_MOST_WHYS = 3


def print_scan(plan: MigrationPlan, stream: IO[str], width: int | None = None) -> None:
    """Show the ledger, the jobs, what could not be read and what deserves a look."""
    screen = Screen(stream, width)
    _ledger(screen, plan)
    _jobs(screen, plan.jobs)
    _unread(screen, plan)
    _findings(screen, plan)
    _history(screen, plan)
    screen.heading(_found(plan))


def print_plan(plan: MigrationPlan, written: Written, stream: IO[str], width: int | None = None) -> None:
    """Show where everything goes, what it costs, what is open, and the files that were written."""
    screen = Screen(stream, width)
    screen.line(_found(plan), "bold")
    screen.line()
    _targets(screen, plan)
    _clusters(screen, plan)
    if points := open_points(plan):
        screen.heading(f"Open: {listed(points)}.")
        for question in plan.questions[:5]:
            screen.item(question.text)
        if len(plan.questions) > 5:
            screen.item(f"{counted(len(plan.questions) - 5, 'more question')} in report.md")
    _checks(screen, plan)
    _files(screen, written)


def _checks(screen: Screen, plan: MigrationPlan) -> None:
    if plan.artifacts:
        screen.heading(checks_in_words(plan.verdicts, len(plan.artifacts)))
        for verdict in failures(plan.verdicts)[:_MOST_LINES]:
            screen.item(f"{verdict.job or 'the shared file'}: {verdict.check}: {cut(verdict.why, 200)}", "bold red")
    if plan.left_out:
        screen.heading(f"No file starts {counted(len(plan.left_out), 'job')} of those that move, for now:")
        for why, count in Counter(part.why for part in plan.left_out).most_common(_MOST_WHYS):
            screen.item(f"{cut(why, 200)} ({counted(count, 'job')})")
        if (more := len({part.why for part in plan.left_out}) - _MOST_WHYS) > 0:
            screen.item(f"{counted(more, 'more reason')} in report.md")


def _found(plan: MigrationPlan) -> str:
    counts = plan.counts
    parts = [
        f"{counted(counts.lines, 'line')} in {counted(counts.files, 'file')}"
        + (f" on {counted(counts.hosts, 'host')}" if counts.hosts else ""),
        counted(counts.jobs, "job") + (f", {counts.active:,} active" if counts.active < counts.jobs else ""),
    ]
    if counts.replicas:
        parts.append(f"{counted(counts.replicas, 'copy', 'copies')} on other hosts")
    parts.append(f"{counts.unread:,} unread")
    if counts.secrets:
        parts.append(counted(counts.secrets, "secret") + " left out")
    return "; ".join(parts) + "."


def _ledger(screen: Screen, plan: MigrationPlan) -> None:
    rows = plan.ledger
    if not rows:
        screen.line("No file was read: nothing is there, or --only and --exclude leave nothing.")
        return
    if len(rows) > _MOST_FILES:
        ranked = sorted(rows, key=lambda row: (-row.unread, -row.jobs, row.path))[:_MOST_FILES]
        rows = tuple(sorted(ranked, key=lambda row: row.path))
    body = [
        [
            cut(row.path, 60),
            row.format,
            f"{row.lines:,}",
            f"{row.jobs:,}",
            f"{row.assignments:,}",
            f"{row.comments + row.blank:,}",
            f"{row.disabled:,}",
            f"{row.unread:,}",
        ]
        for row in rows
    ]
    styles = ["yellow" if row.unread else "" for row in rows]
    screen.table(["File", "Read as", "Lines:", "Jobs:", "Set:", "Text:", "Off:", "Unread:"], body, styles)
    if len(plan.ledger) > len(rows):
        screen.line(f"{len(plan.ledger) - len(rows):,} more files; --json has all.", "dim")


def _jobs(screen: Screen, jobs: Sequence[JobPart]) -> None:
    if not jobs:
        return
    screen.heading(counted(len(jobs), "job"))
    shown = jobs[:_MOST_JOBS]
    line = max(len(str(job.origin.line)) for job in shown) + 1
    title = max(len(cut(job.title, _LONGEST_TITLE)) for job in shown)
    for place, group in groupby(shown, key=_place):
        screen.line(cut(place, 120), "bold")
        members = list(group)
        rows = [
            [
                f"{job.origin.line or '':>{line}}",
                cut(job.title, _LONGEST_TITLE),
                _when(job),
                "" if len(job.units) == 1 else counted(len(job.units), "unit"),
            ]
            for job in members
        ]
        screen.grid(rows, (line, title, None, _UNITS), ["" if job.active else "dim" for job in members])
    if len(jobs) > _MOST_JOBS:
        screen.line(f"{len(jobs) - _MOST_JOBS:,} more jobs; --json has all.", "dim")


def _place(job: JobPart) -> str:
    """Give the file that a job stands in; where the job is a file itself, its folder."""
    path = job.origin.path
    return path if job.origin.line else path.rpartition("/")[0] or path


def _when(job: JobPart) -> str:
    zone = f" {job.schedule.timezone}" if job.schedule.own_zone else ""
    words = cut(when(job.schedule), 160) + zone
    copies = f", on {len(job.replicas) + 1:,} hosts" if job.replicas else ""
    return f"{words}{copies}" + ("" if job.active else f" – inactive: {cut(job.inactive_why or '', 80)}")


def _unread(screen: Screen, plan: MigrationPlan) -> None:
    if not plan.unread:
        return
    screen.heading(f"{counted(len(plan.unread), 'line')} could not be read")
    for line in plan.unread[:_MOST_LINES]:
        remedy = f"; {line.remedy}" if line.remedy else ""
        screen.item(cut(f"{line}: {line.reason}{remedy}", 300), "yellow")
        if line.text:
            screen.item(cut(line.text, 120), depth=2)
    if len(plan.unread) > _MOST_LINES:
        screen.line(f"{len(plan.unread) - _MOST_LINES:,} more lines; --json has all.", "dim")


def _findings(screen: Screen, plan: MigrationPlan) -> None:
    if not plan.findings:
        return
    order = {"silent": 0, "loud": 1, "nuisance": 2}
    ranked = sorted(plan.findings, key=lambda finding: order.get(finding.severity, 3))
    screen.heading(counted(len(ranked), "remark"))
    for finding in ranked[:_MOST_LINES]:
        remedy = f"; {finding.remedy}" if finding.remedy else ""
        screen.item(cut(f"{finding}: {finding.text}{remedy}", 300), SEVERITY_STYLES.get(finding.severity, ""))
    if len(ranked) > _MOST_LINES:
        screen.line(f"{len(ranked) - _MOST_LINES:,} more remarks; `migrator plan` writes all.", "dim")


def _history(screen: Screen, plan: MigrationPlan) -> None:
    if plan.history is None:
        return
    told, titles = plan.history, job_titles(plan)
    lines = sum(log.lines for log in told.logs)
    runs = sum(host.runs for host in told.hosts)
    screen.heading(f"{counted(runs, 'run')} in {counted(lines, 'line')} of {counted(len(told.logs), 'log')}")
    for bad in told.bad[:_MOST_LINES]:
        screen.item(
            cut(f"{bad}: {bad.reason}" + (f" ({counted(bad.count, 'line')})" if bad.count else ""), 300), "yellow"
        )
    seen = [each for each in told.jobs if each.runs is not None]
    for each in seen[:_MOST_JOBS]:
        last = f", last {each.last}" if each.last else ""
        odd = "; ".join(oddities(each))
        where = f" on {each.host}" if each.host else ""
        text = f"{titles.get(each.job, each.job)}{where}: {counted(each.runs or 0, 'run')}{last}"
        screen.item(cut(text + (f"; {odd}" if odd else ""), 200))
    if len(seen) > _MOST_JOBS:
        screen.line(f"{len(seen) - _MOST_JOBS:,} more; --json has all.", "dim")
    if told.strangers:
        screen.item(f"{counted(len(told.strangers) + told.more_strangers, 'command')} that no file has")


def _targets(screen: Screen, plan: MigrationPlan) -> None:
    portfolio = plan.portfolio
    body = []
    for target, chosen in portfolio.chosen.items():
        label = heading_label(target) + pinned_part(plan, target)
        body.append([label, f"{chosen.clusters:,}", f"{chosen.jobs:,}", usd(chosen.monthly, "depends")])
    whole = usd(portfolio.monthly, f"{usd(portfolio.known)} + {portfolio.unknown:,} open")
    body.append(["All", f"{plan.counts.clusters:,}", f"{plan.counts.jobs:,}", whole])
    screen.table(["Target", "Clusters:", "Jobs:", "USD a month:"], body, [""] * (len(body) - 1) + ["bold"])
    if where := prices_of(plan):
        screen.line(f"At {where}.", "dim")


def _clusters(screen: Screen, plan: MigrationPlan) -> None:
    larger = sorted((c for c in plan.clusters if c.metrics.jobs > 1), key=by_money_and_risk)
    if not larger:
        return
    screen.line()
    groups = of_one_shape(larger) if len(larger) > MOST_SECTIONS else [[cluster] for cluster in larger]
    screen.table(
        ["Cluster", "Jobs:", "Units:", "Target", "USD a month", "Hazards"],
        [_cluster_row(first, len(others)) for first, *others in groups[:_MOST_CLUSTERS]],
    )
    if rest := sum(map(len, groups[_MOST_CLUSTERS:])):
        screen.line(f"{rest:,} more clusters in report.md.", "dim")


def _cluster_row(cluster: ClusterPart, alike: int) -> list[str]:
    # The next column tells the number.
    title = cluster.title.removesuffix(f" ({counted(cluster.metrics.jobs, 'job')})")
    return [
        (f"{alike + 1:,} × " if alike else "") + cut(title, 40),
        f"{cluster.metrics.jobs:,}",
        f"{cluster.metrics.units:,}",
        place_in_words(cluster),
        cut(bill(cluster.recommendation.estimates.get(cluster.recommendation.target)), 60),
        ", ".join(severities(cluster.hazards)) or "–",
    ]


def _files(screen: Screen, written: Written) -> None:
    screen.heading(f"Written to {written.directory}:")
    plain = [name for name in written.files if "/" not in name]
    for name in plain[:_MOST_NAMED]:
        screen.item(name)
    folders = sorted({name.split("/", 1)[0] for name in written.files if "/" in name})
    for folder in folders:
        inside = [name for name in written.files if name.startswith(f"{folder}/")]
        screen.item(f"{folder}/ ({counted(len(inside), 'file')})")
