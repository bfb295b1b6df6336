"""Ids that survive what changes often: the order of lines, and schedules.

An id is a readable slug and eight hex digits over host, user, place, command and standard input, secrets taken out.
The host is left out where the same entry (user, place, command) stands on several hosts, so that an id does not hang on
which of them is read, or first. Equal ones get an ordinal: the one on most hosts first, then by schedule and line.
A manifest's own id stands as it is where it is safe as a name and no other job has it.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from migrator.inventory.draft import Draft
from migrator.inventory.titles import slug_of
from migrator.model import JobId
from migrator.sources.items import Format

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_DIGITS = 8


def assign_ids(drafts: Iterable[Draft], taken: Iterable[JobId] = ()) -> None:
    """Give each draft an id that no other has, nor any of `taken`."""
    used = set(taken)
    everyone = list(drafts)
    declared = Counter(draft.entry.name for draft in everyone if draft.from_manifest)
    rest: list[Draft] = []
    for draft in everyone:
        name = draft.entry.name
        unique = draft.from_manifest and name is not None and declared[name] == 1 and JobId(name) not in used
        if unique and name is not None and _SAFE.fullmatch(name):
            draft.id = JobId(name)
            used.add(draft.id)
        else:
            rest.append(draft)
    shared = _on_several_hosts(rest)
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in rest:
        groups[_base(draft, with_host=_key(draft) not in shared)].append(draft)
    for base, group in sorted(groups.items()):
        number = 1
        for draft in sorted(group, key=_order):
            draft.id, number = _next_free(base, number, used)
            used.add(draft.id)


def _next_free(base: str, number: int, used: set[JobId]) -> tuple[JobId, int]:
    while True:
        candidate = JobId(base if number == 1 else f"{base}-{number}")
        number += 1
        if candidate not in used:
            return candidate, number


def _key(draft: Draft) -> tuple[str, ...]:
    # A file of a periodic folder is that file, whoever reads it.
    command = draft.text if draft.reading.source.format is Format.PERIODIC else draft.command
    return (draft.user or "", draft.place, command, draft.stdin or "")


def _on_several_hosts(drafts: Iterable[Draft]) -> set[tuple[str, ...]]:
    hosts: dict[tuple[str, ...], set[str | None]] = defaultdict(set)
    for draft in drafts:
        if not draft.from_manifest:
            hosts[_key(draft)].update({draft.host}, (replica.host for replica in draft.replicas))
    return {key for key, names in hosts.items() if len(names) > 1}


def _base(draft: Draft, *, with_host: bool) -> str:
    parts = [(draft.host or "") if with_host else "*", *_key(draft)]
    if draft.from_manifest:
        call = draft.declared.call if draft.declared else None
        parts += [draft.entry.name or "", call.text if call else ""]
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{slug_of(draft.title)}-{digest[:_DIGITS]}"


def _order(draft: Draft) -> tuple[object, ...]:
    origin = draft.entry.origin
    return (-len(draft.replicas), draft.schedule.text, draft.host or "", origin.path, origin.line)
