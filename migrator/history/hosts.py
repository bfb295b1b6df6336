"""Which scanned host a log speaks of: by the name in its lines, by the folder that it lies in, or as the only one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from migrator.model import Finding, Job, Origin, Severity

_SHOWN = 5

Told = tuple[str, str]
"""What tells a host: the name in the line ("" for none), and that of the host's folder above the log ("" for none)."""


def hosts_of(jobs: Iterable[Job], named: Iterable[str]) -> tuple[str | None, ...]:
    """Give the hosts that were scanned, None for the one of jobs whose host no file names."""
    found = {host for job in jobs for host in (job.host, *(replica.host for replica in job.replicas))}
    return tuple(sorted(found | set(named), key=lambda host: (host is not None, host or "")))


def place_of(path: PurePath, hosts: Sequence[str | None]) -> str:
    """Give the host whose name is a folder above a log; "" where there is none."""
    folders = {part.lower() for part in path.parent.parts}
    found = sorted(host for host in hosts if host is not None and host.lower() in folders)
    return found[0] if len(found) == 1 else ""


def matched(
    told: Iterable[Told], hosts: Sequence[str | None], log: str
) -> tuple[Mapping[Told, str | None], tuple[Finding, ...]]:
    """Give the scanned host of each name that is known, and what was assumed for that; other names are left out.

    A name that no host has may be that of the only one; `log` is the path that a finding about this names.
    """
    by_name = _by_name(hosts)
    found: dict[Told, str | None] = {}
    left: list[Told] = []
    for each in sorted(set(told)):
        name, place = each
        known = by_name.get(name) or by_name.get(name.partition(".")[0]) or by_name.get(place.lower())
        if known is not None:
            found[each] = known
        else:
            left.append(each)
    named = {host for host in hosts if host is not None}
    only = None if None in hosts else next(iter(named), None)
    names = sorted({name for name, _ in left})
    if not left or (None not in hosts and (len(named) != 1 or found)):
        return found, ()
    if len(names) > 1:
        return found, (_several(names, log),)
    found.update(dict.fromkeys(left, only))
    return found, (_assumed(names[0], only, log),) if only is not None and names[0] else ()


def _by_name(hosts: Sequence[str | None]) -> dict[str, str]:
    """Index the hosts by their full names, and by their first labels where only one has it (RFC 1034)."""
    short: dict[str, list[str]] = defaultdict(list)
    for host in hosts:
        if host is not None:
            short[host.lower().partition(".")[0]].append(host)
    found = {label: names[0] for label, names in short.items() if len(names) == 1}
    return found | {host.lower(): host for host in hosts if host is not None}


def _several(names: Sequence[str], log: str) -> Finding:
    shown = ", ".join(f"`{name or 'no name'}`" for name in names[:_SHOWN])
    text = f"the logs speak of {shown}, and no file says which of them the jobs are of: none is matched"
    return Finding(Origin(log), "log-host", text, "give the log of one host, or the hosts' root trees")


def _assumed(name: str, host: str, log: str) -> Finding:
    text = f"the log calls its host `{name}`, the files call theirs `{host}`: taken for the same, as the only ones"
    return Finding(Origin(log), "log-host", text, "give that host's own log if they differ", Severity.SILENT)
