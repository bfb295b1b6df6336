"""What is to be said about jobs in the light of other jobs: the same line twice, a folder that is read itself."""

import re
from collections import defaultdict
from collections.abc import Iterable

from migrator.inventory.draft import Draft
from migrator.model import Finding, Severity
from migrator.sources.items import FileReading, Format

_RUN_PARTS = re.compile(
    r"\brun-(?:parts|cron)\b.*/(?P<folder>(?:cron\.|periodic/)(?:15min|hourly|daily|weekly|monthly))(?![\w.-])",
    re.DOTALL,
)

_FOLDER = re.compile(r"(?:periodic/)?[^/]+\Z")


def remark(drafts: Iterable[Draft], readings: Iterable[FileReading]) -> None:
    """Add the findings to the jobs that they are about."""
    folders = {
        (reading.source.host, found[0])
        for reading in readings
        if reading.source.format is Format.PERIODIC and (found := _FOLDER.search(reading.source.name))
    }
    same: dict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        same[draft.host, draft.user, draft.command, draft.stdin, draft.schedule.text].append(draft)
        called = _RUN_PARTS.search(draft.command) if draft.reading.source.format is not Format.PERIODIC else None
        if called:
            draft.findings.append(_runs_folder(draft, called["folder"], read=(draft.host, called["folder"]) in folders))
    for group in same.values():
        if len(group) > 1 and not group[0].from_manifest:
            _duplicate(group)


def _runs_folder(draft: Draft, folder: str, *, read: bool) -> Finding:
    kind = "runs-folder" if read else "folder-unread"
    if read:
        text = f"runs the files of {folder}, which are listed as jobs of their own"
        remedy = "move or keep the folder's jobs, not this line"
    else:
        text = f"runs the files of {folder}, and none of them was read"
        remedy = "add that folder, unless it is empty on the host"
    return Finding(draft.entry.origin, kind, text, remedy, Severity.NUISANCE)


def _duplicate(group: list[Draft]) -> None:
    ordered = sorted(group, key=lambda draft: draft.entry.origin)
    for draft in ordered[1:]:
        text = f"the same command at the same times as {ordered[0].entry.origin}: it runs {len(group)} times over"
        finding = Finding(draft.entry.origin, "duplicate-entry", text, "keep one of them", Severity.SILENT)
        draft.findings.append(finding)
