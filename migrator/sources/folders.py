"""Which files of a walked folder are schedules: by place first, then by name and whole content."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.model import Finding, Origin, Severity
from migrator.sources import schedule_names
from migrator.sources.content import binary_kind, count, is_mostly_schedule, is_schedule
from migrator.sources.hosts import root_systems
from migrator.sources.items import Format, SourceFile, Unread
from migrator.sources.names import shown
from migrator.sources.placed import Placed, periodic_folders, placed_file
from migrator.sources.places import is_below_root, place_of
from migrator.sources.scanned import ScannedPath
from migrator.sources.schedule_names import Speaks
from migrator.sources.single import SCHEDULE_LIMIT, is_cronjob, known_file, looks_like_manifest, refused_file
from migrator.sources.walk import Node, NodeKind, Refused, content, size_text

_MANIFEST_LIMIT = 16 << 20
_HEAD = 1 << 16
_SPECIAL = (NodeKind.FIFO, NodeKind.SOCKET, NodeKind.DEVICE)


@dataclass(frozen=True, slots=True)
class Found:
    """The schedule files of one PATH, and what was passed over though it looks like one."""

    files: tuple[SourceFile, ...]
    notes: tuple[Finding, ...]


def files_of(scan: ScannedPath, context: tuple[str, ...], as_format: Format | None, *, live: bool = False) -> Found:
    """Find the schedule files of a walked folder; `context` are the parts of the folder's own path."""
    files: list[SourceFile] = []
    notes: list[Finding] = []
    periodic: list[Placed] = []
    passed: dict[str, list[str]] = defaultdict(list)
    for name, node in sorted(scan.nodes.items()):
        if node.kind is NodeKind.FOLDER:
            continue
        place = place_of(context + tuple(name.split("/")))
        if place and node.kind is not NodeKind.CLOSED:
            placed = Placed(name, node, place)
            if place.format is Format.PERIODIC:
                periodic.append(placed)
            else:
                files.append(placed_file(scan, placed, as_format, live=live))
            continue
        outcome = _loose(scan, name, node, as_format)
        if isinstance(outcome, SourceFile):
            files.append(outcome)
        elif isinstance(outcome, Finding):
            notes.append(outcome)
        elif outcome:
            passed[outcome].append(name)
    files.extend(periodic_folders(scan, periodic))
    systems = root_systems(scan, context)
    files = [replace(with_place(scan, file), system=systems.get(file.root)) for file in files]
    notes.extend(_passed_over(scan, passed))
    return Found(tuple(sorted(files, key=lambda file: file.name)), tuple(sorted(notes)))


def with_place(scan: ScannedPath, file: SourceFile) -> SourceFile:
    """Say where a file lies below its host's root, or else below its PATH."""
    inner = file.name.removeprefix(f"{scan.label}/") if scan.label else file.name
    root = shown(file.root) if file.root else ""
    place = inner.removeprefix(f"{root}/") if root else inner
    members = tuple(with_place(scan, replace(member, root=file.root)) for member in file.members)
    return replace(file, place=place, members=members)


def _loose(scan: ScannedPath, name: str, node: Node, as_format: Format | None) -> SourceFile | Finding | str | None:
    """Judge a path that cron reads from no place: a schedule, a remark, why it was passed over, or nothing to say."""
    folder, _, base = name.rpartition("/")
    root = scan.root_of(name)
    parts = tuple(name.split("/"))
    inside = (*parts, "") if node.kind is NodeKind.CLOSED else parts
    below = root is not None and is_below_root(inside, len(root.root.split("/")) if root.root else 0)
    speaks = schedule_names.of_crontab(base, folder.rpartition("/")[2])
    path = scan.path_of(name)
    if node.kind in {NodeKind.CLOSED, NodeKind.UNKNOWN}:
        what = "folder" if node.kind is NodeKind.CLOSED else "file"
        if below and not _may_hold_schedules(parts):
            return f"a {what} that could not be read"
        return _closed(path, what, node.why)
    if below:
        return _below_root(scan, name, node, speaks)
    if node.kind is NodeKind.LINK:
        return _link(scan, name, speaks)
    if node.kind in _SPECIAL:
        return refused_file(path, Format.CRONTAB, f"is a {node.kind}") if speaks is Speaks.CLEARLY else "a special file"
    if schedule_names.of_manifest(base):
        return _manifest(scan, name, node, as_format)
    return None if speaks is Speaks.OTHERWISE else _by_content(scan, name, node, speaks, as_format)


def _by_content(
    scan: ScannedPath, name: str, node: Node, speaks: Speaks, as_format: Format | None
) -> SourceFile | Finding | None:
    """Take a file whose name speaks of a crontab, and any other whose whole content is one."""
    path = scan.path_of(name)
    clearly = speaks is Speaks.CLEARLY
    if not node.size and not clearly:
        return None
    if speaks is Speaks.NOTHING and not _begins_like_one(node):
        return None
    data = content(node.real, SCHEDULE_LIMIT)
    if isinstance(data, Refused):
        return refused_file(path, as_format or Format.CRONTAB, data.why) if speaks >= Speaks.PERHAPS else None
    if binary_kind(data):
        return known_file(path, data, None, as_format or Format.CRONTAB, "") if clearly else None
    counts = count(data)
    script = data.startswith(b"#!") and not counts.entries
    if clearly and script:
        return _note(
            path, "not-a-schedule", "is called like a crontab, but is a script", "give it alone to have it read"
        )
    if clearly or is_schedule(counts) or (speaks is Speaks.PERHAPS and is_mostly_schedule(counts)):
        return _with_host(scan, name, known_file(path, data, None, as_format, name.rpartition("/")[2]))
    if speaks is Speaks.PERHAPS and counts.entries:
        text = f"speaks of cron in its name and has {counts.entries} lines like entries, but {counts.other} others"
        return _note(path, "looks-like-schedule", text, "give it as a PATH of its own if cron reads it")
    return None


def _begins_like_one(node: Node) -> bool:
    """Look at the beginning of a file whose name says nothing: most files of a tree are not worth more."""
    head = content(node.real, _HEAD, whole=False)
    return not isinstance(head, Refused) and not binary_kind(head) and is_schedule(count(head))


def _manifest(scan: ScannedPath, name: str, node: Node, as_format: Format | None) -> SourceFile | Finding | str | None:
    """Take a YAML, JSON or TOML file that has the keys of a job manifest, broken ones too."""
    if node.size > _MANIFEST_LIMIT:
        return f"a data file larger than {size_text(_MANIFEST_LIMIT)}"
    data = content(node.real, _MANIFEST_LIMIT)
    if isinstance(data, Refused):
        return "a data file that could not be read"
    if not looks_like_manifest(data) and as_format is not Format.MANIFEST:
        if is_cronjob(data):
            text, remedy = (
                "is a CronJob of Kubernetes, which is not read yet",
                "declare its job in a manifest, or exclude it",
            )
            return _note(scan.path_of(name), "looks-like-schedule", text, remedy)
        return None
    file = SourceFile(scan.path_of(name), Format.MANIFEST, data, guessed="it has the keys of a job manifest")
    return _with_host(scan, name, file)


def _below_root(scan: ScannedPath, name: str, node: Node, speaks: Speaks) -> SourceFile | Finding | None:
    """Judge a file among a host's system folders: cron reads no schedule there, but a manifest may lie anywhere."""
    base = name.rpartition("/")[2]
    if node.kind is not NodeKind.FILE:
        return None
    if schedule_names.of_manifest(base) and "/usr/" not in f"/{name}":
        found = _manifest(scan, name, node, None)
        return found if isinstance(found, SourceFile) else None
    if speaks is not Speaks.CLEARLY or not 0 < node.size <= SCHEDULE_LIMIT or "/usr/" in f"/{name}":
        return None
    data = content(node.real, SCHEDULE_LIMIT)
    if isinstance(data, Refused) or not is_schedule(count(data[:_HEAD])):
        return None
    text = "looks like a crontab, but lies where no cron reads it"
    return _note(
        scan.path_of(name), "looks-like-schedule", text, "give it as a PATH of its own if something installs it"
    )


def _link(scan: ScannedPath, name: str, speaks: Speaks) -> Finding | str | None:
    """Pass over a link: in the tree it names what is read anyway, and one that leads elsewhere is not followed."""
    if speaks is not Speaks.CLEARLY:
        return "a symbolic link"
    target = scan.resolve(name)
    if not isinstance(target, Refused):
        return None
    text = f"is a symbolic link that {target.why}: not followed"
    return _note(scan.path_of(name), "link-not-followed", text, "give the file itself as a PATH")


def _closed(path: str, what: str, why: str) -> SourceFile:
    remedy = "read it as a user who may, or give a copy" if "permission" in why else "give a copy at a shorter path"
    unread = Unread(Origin(path), "", f"the {what} could not be read: {why.lower()}", remedy)
    return SourceFile(path, Format.CRONTAB, b"", unread=(unread,))


def _may_hold_schedules(parts: tuple[str, ...]) -> bool:
    """Say whether cron's own places may lie below a folder of a root tree that could not be listed."""
    return any(part.startswith("cron") for part in parts) or parts[-1] in {"etc", "var", "spool"}


def _with_host(scan: ScannedPath, name: str, file: SourceFile) -> SourceFile:
    root = scan.root_of(name)
    return replace(file, host=root.host, root=root.root) if root else file


def _passed_over(scan: ScannedPath, passed: dict[str, list[str]]) -> Iterator[Finding]:
    """Say once per kind what was not looked into, with the first name as an example."""
    for what, names in sorted(passed.items()):
        first = shown(names[0])
        text = f"{what}: not looked into" if len(names) == 1 else f"{what}, and {len(names) - 1} more: not looked into"
        yield Finding(
            Origin(scan.path_of(names[0]) if first else scan.label), "not-looked-into", text, "", Severity.NUISANCE
        )


def _note(path: str, kind: str, text: str, remedy: str) -> Finding:
    return Finding(Origin(path), kind, text, remedy, Severity.NUISANCE)
