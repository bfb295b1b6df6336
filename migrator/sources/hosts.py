"""Hosts by their root trees: which folders are roots, what each host is called, and the zone that its files name."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass

from migrator.model import Finding, Origin, Severity
from migrator.sources.names import shown
from migrator.sources.places import place_of
from migrator.sources.scanned import HostRoot, ScannedPath
from migrator.sources.systems import System, system_of
from migrator.sources.walk import NodeKind, Refused, content

_SMALL = 4096
_ZONEINFO = re.compile(r"(?:^|/)zoneinfo/(?:posix/|right/)?(?P<zone>[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*)$")
_OF_CRON = ("crontab", "cron.d", "cron.daily", "crontabs")
_OF_ETC = ("passwd", "group", "fstab", "hosts", "services", "profile", "init.d", "pam.d", "default", "sysconfig")
_ENOUGH = 3
_HOST_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,252}")


@dataclass(frozen=True, slots=True)
class HostPlace:
    """What a host's root tree says of it.

    `root` is its path as `Origin.path` writes it; `timezone` is as the file has it.
    """

    host: str | None
    root: str
    timezone: str | None = None
    timezone_origin: Origin | None = None
    findings: tuple[Finding, ...] = ()


def find_roots(nodes: Iterable[str], context: tuple[str, ...]) -> tuple[str, ...]:
    """Find the hosts' roots below a PATH whose own parts are `context`, from the places that cron reads."""
    roots = set()
    for name in nodes:
        parts = tuple(name.split("/"))
        place = place_of(context + parts)
        if place and place.root is not None and place.root >= len(context):
            roots.add("/".join(parts[: place.root - len(context)]))
    return tuple(sorted(roots))


def named_roots(scan: ScannedPath, roots: tuple[str, ...], name: str | None) -> tuple[HostRoot, ...]:
    """Name the hosts of the roots.

    A PATH that is a root tree itself is called as its `etc/hostname` says, else `name` (None: unnamed). In a fleet a
    host is called like its folder: where several roots lie side by side, or where the PATH holds nothing else.
    """
    if "" in roots:
        own = _hostname(scan) or name
        return tuple(HostRoot(root, own) for root in roots)
    siblings: dict[str, list[str]] = defaultdict(list)
    for root in roots:
        siblings[root.rpartition("/")[0]].append(root)
    hosts = [
        root for parent, inner in siblings.items() for root in inner if len(inner) > 1 or _is_alone(scan, parent, root)
    ]
    counts = Counter(root.rpartition("/")[2] for root in hosts)
    named = {root: root if counts[root.rpartition("/")[2]] > 1 else root.rpartition("/")[2] for root in hosts}
    return tuple(HostRoot(root, shown(named[root]) if root in named else None) for root in roots)


def host_places(scan: ScannedPath) -> tuple[HostPlace, ...]:
    """Read what each host's root tree says about its zone: `etc/timezone`, and the link `etc/localtime`."""
    return tuple(_host_place(scan, root) for root in scan.roots)


def is_etc(nodes: Container[str]) -> bool:
    """Say whether a folder is a host's `etc` under another name, as repositories of one are: by what lies in it."""
    return any(name in nodes for name in _OF_CRON) and sum(name in nodes for name in _OF_ETC) >= _ENOUGH


def root_systems(scan: ScannedPath, context: tuple[str, ...]) -> dict[str | None, System | None]:
    """Say of each host's root which system it is of; a PATH that is an `etc` itself stands under None."""
    found: dict[str | None, System | None] = {root.root: _system(scan, root.root) for root in scan.roots}
    if context[-1:] == ("etc",):
        found[None] = system_of(
            lambda name: _small_text(scan, name.removeprefix("etc/"), ""),
            lambda name: name.startswith("etc/") and name.removeprefix("etc/") in scan.nodes,
        )
    return found


def _system(scan: ScannedPath, root: str) -> System | None:
    prefix = f"{root}/" if root else ""
    return system_of(lambda name: _small_text(scan, prefix + name, root), lambda name: prefix + name in scan.nodes)


def _is_alone(scan: ScannedPath, parent: str, root: str) -> bool:
    """Say whether the PATH itself holds this one folder and nothing else that is visible."""
    if parent:
        return False
    visible = {name for name in scan.nodes if "/" not in name and not name.startswith(".")}
    folders = {name for name in visible if scan.nodes[name].kind is NodeKind.FOLDER}
    return folders == {root}


def _hostname(scan: ScannedPath) -> str | None:
    words = _small_text(scan, "etc/hostname", "").split()
    return words[0] if words and _HOST_NAME.fullmatch(words[0]) else None


def _host_place(scan: ScannedPath, root: HostRoot) -> HostPlace:
    prefix = f"{root.root}/" if root.root else ""
    written = _small_text(scan, f"{prefix}etc/timezone", root.root).strip()
    link = scan.nodes.get(f"{prefix}etc/localtime")
    linked = _ZONEINFO.search(link.target) if link and link.kind is NodeKind.LINK else None
    local = Origin(scan.path_of(f"{prefix}etc/localtime"))
    named = Origin(scan.path_of(f"{prefix}etc/timezone"), 1)
    zone = linked["zone"] if linked else (written or None)
    findings: tuple[Finding, ...] = ()
    if linked and written and linked["zone"] != written:
        text = (
            f"etc/timezone says {shown(written[:80])}, but etc/localtime is a link to {linked['zone']}, which cron uses"
        )
        findings = (Finding(named, "zones-differ", text, "make both say the same", Severity.SILENT),)
    origin = None if zone is None else local if linked else named
    return HostPlace(root.host, scan.path_of(root.root), zone, origin, findings)


def _small_text(scan: ScannedPath, name: str, root: str) -> str:
    node = scan.resolve(name, root)
    data = Refused("") if isinstance(node, Refused) else content(node.real, _SMALL)
    return "" if isinstance(data, Refused) else data.decode("utf-8", "replace")
