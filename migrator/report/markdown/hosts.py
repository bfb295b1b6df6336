"""What each host is still needed for: where money is saved, and where it is not."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from migrator.advice.types import RunsOn
from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.moving import HostPart, KeepPart
from migrator.report.markdown.blocks import Blocks, bullets, table
from migrator.report.markdown.escaping import names, prose
from migrator.report.titles import cluster_titles

_INTRO = (
    "A schedule that moves does not empty a host: unless `aws.compute` says otherwise, the command goes on running "
    "there. Only jobs that were read are counted here; whatever else runs on a host no crontab tells."
)
_MOST, _SOME = 40, 12
_MOST_WAVES = 8


def host_blocks(plan: MigrationPlan) -> Blocks:
    """List the hosts, those first that the fewest moves would empty; hosts that are alike share a row."""
    if not plan.hosts or not plan.waves:
        return []
    alike: defaultdict[tuple[str, ...], list[HostPart]] = defaultdict(list)
    titles = cluster_titles(plan)
    for host in sorted(plan.hosts, key=lambda host: (len(host.moves), -host.entries, host.host or "")):
        alike[_row(host, titles)].append(host)
    many = len(alike) > _MOST
    rows = [[_named(hosts), *row] for row, hosts in list(alike.items())[: _SOME if many else _MOST]]
    headers = [
        "Host",
        "Entries:",
        "Left after wave",
        "What keeps it alive when all is done",
        "Fewest moves to empty it",
    ]
    blocks = ["## What each host is still needed for", _INTRO]
    if many:
        blocks += [f"What keeps {counted(len(plan.hosts), 'host')} alive when all is done:", _reasons(plan.hosts)]
        blocks.append("Those that the fewest moves would empty:")
    blocks.append(table(headers, rows))
    if many:
        blocks.append(f"{len(alike) - _SOME:,} more rows are in `plan.json`, under `hosts`.")
    return blocks


def _reasons(hosts: Sequence[HostPart]) -> str:
    """Count hosts and jobs by what keeps them."""
    on: Counter[str] = Counter()
    jobs: defaultdict[str, set[str]] = defaultdict(set)
    for host in hosts:
        for keep in host.keeps:
            on[keep.why] += 1
            jobs[keep.why].update(keep.jobs)
    items = [
        f"{prose(why)}: {counted(len(jobs[why]), 'job')} on {counted(count, 'host')}" for why, count in on.most_common()
    ]
    idle = sum(not host.keeps for host in hosts)
    return bullets([*items, *([f"nothing that was read: {counted(idle, 'host')}"] if idle else [])])


def _named(hosts: Sequence[HostPart]) -> str:
    return names([host.host or "the host" for host in hosts], 4)


def _row(host: HostPart, titles: dict[str, str]) -> tuple[str, ...]:
    shown = host.after[:_MOST_WAVES]
    left = ", ".join(f"{after.wave}: {after.left:,}" for after in shown)
    if len(host.after) > _MOST_WAVES:
        left += f", … {host.after[-1].wave}: {host.after[-1].left:,}"
    kept = "; ".join(_keep(keep) for keep in host.keeps) or "nothing that was read"
    if host.inactive:
        kept += f"; {counted(host.inactive, 'entry', 'entries')} that cron does not run"
    return f"{host.entries:,}", left or "no wave touches it", kept, _moves(host, titles)


def _keep(keep: KeepPart) -> str:
    return f"{counted(len(keep.jobs), 'job')}: {prose(keep.why)}"


def _moves(host: HostPart, titles: dict[str, str]) -> str:
    if host.emptied:
        return "none: it can be switched off"
    if not host.moves:
        kept = any(keep.runs_on is RunsOn.UPKEEP for keep in host.keeps)
        return "none: only its own upkeep is left" if kept else "–"
    return f"{counted(len(host.moves), 'cluster')}: {names([titles.get(name, name) for name in host.moves], 3)}"
