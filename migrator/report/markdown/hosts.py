"""What each host is still needed for: where money is saved, and where it is not."""

from collections import defaultdict
from collections.abc import Sequence

from migrator.advice.types import RunsOn
from migrator.plan import MigrationPlan
from migrator.plan.moving import HostPart, KeepPart
from migrator.report.markdown.blocks import Blocks, table
from migrator.report.markdown.escaping import names, prose
from migrator.report.titles import cluster_titles
from migrator.report.words import counted

_INTRO = (
    "A schedule that moves does not empty a host: unless `aws.compute` says otherwise, the command goes on running "
    "there. Only jobs that were read are counted here; whatever else runs on a host no crontab tells."
)
_MOST = 40
_MOST_WAVES = 8


def host_blocks(plan: MigrationPlan) -> Blocks:
    """List the hosts, those first that the fewest moves would empty; hosts that are alike share a row."""
    if not plan.hosts or not plan.waves:
        return []
    alike: defaultdict[tuple[str, ...], list[HostPart]] = defaultdict(list)
    titles = cluster_titles(plan)
    for host in sorted(plan.hosts, key=lambda host: (len(host.moves), -host.entries, host.host or "")):
        alike[_row(host, titles)].append(host)
    rows = [[_named(hosts), *row] for row, hosts in list(alike.items())[:_MOST]]
    headers = [
        "Host",
        "Entries:",
        "Left after wave",
        "What keeps it alive when all is done",
        "Fewest moves to empty it",
    ]
    blocks = [
        "## What each host is still needed for",
        _INTRO,
        table(headers, rows),
    ]
    if len(alike) > _MOST:
        blocks.append(f"{len(alike) - _MOST:,} more rows are in `plan.json`, under `hosts`.")
    return blocks


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
