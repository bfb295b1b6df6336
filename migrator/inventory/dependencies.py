"""What a manifest's `depends_on` names: a job by its declared id, an annotation's id, its id, or its unique title."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from migrator.inventory.cycles import circles
from migrator.inventory.draft import Draft
from migrator.model import Finding, JobId, Origin, Severity

_SHOWN = 6


def resolve_dependencies(drafts: Sequence[Draft], aliases: Mapping[str, tuple[JobId, ...]]) -> Iterator[Finding]:
    """Replace the names by ids, and yield what is wrong with them: unknown, ambiguous, itself, in a circle."""
    names = _names(drafts, aliases)
    findings: list[Finding] = list(_duplicates(drafts))
    for draft in drafts:
        if draft.declared and draft.declared.depends_on:
            found: dict[JobId, str] = {}
            for name, job in _resolved(draft, names, findings):
                found.setdefault(job, name)
            lines = {name: at for key, name, at in draft.declared.places if key == "depends_on"}
            places = [("depends_on", job, lines[name]) for job, name in found.items() if name in lines]
            draft.declared = replace(draft.declared, depends_on=tuple(found), places=(*draft.declared.places, *places))
    yield from findings
    edges: dict[str, Sequence[str]] = {
        draft.id: draft.declared.depends_on if draft.declared else () for draft in drafts
    }
    by_id = {draft.id: draft for draft in drafts}
    for circle in circles(edges):
        origin = _origin(by_id[JobId(circle[0])])
        yield Finding(origin, "dependency-cycle", _circle_text(circle), "remove one of these dependencies")


@dataclass(frozen=True, slots=True)
class _Names:
    """What each name stands for: first in its manifest, then anywhere; `several` may mean more than one job."""

    inside: Mapping[tuple[str, str], tuple[JobId, ...]]
    anywhere: Mapping[str, tuple[JobId, ...]]
    several: Mapping[str, tuple[JobId, ...]]

    def jobs(self, path: str, name: str) -> tuple[JobId, ...]:
        """Give the jobs that a name in a file means."""
        return self.inside.get((path, name)) or self.several.get(name) or self.anywhere.get(name, ())


def _names(drafts: Iterable[Draft], aliases: Mapping[str, tuple[JobId, ...]]) -> _Names:
    inside: dict[tuple[str, str], list[JobId]] = defaultdict(list)
    titles: dict[str, list[JobId]] = defaultdict(list)
    declared: dict[str, list[JobId]] = defaultdict(list)
    anywhere: dict[str, tuple[JobId, ...]] = {}
    for draft in drafts:
        titles[draft.title].append(draft.id)
        if draft.from_manifest and draft.entry.name:
            declared[draft.entry.name].append(draft.id)
            inside[draft.entry.origin.path, draft.entry.name].append(draft.id)
    anywhere.update((title, tuple(found)) for title, found in titles.items())
    anywhere.update((draft_id, (draft_id,)) for found in titles.values() for draft_id in found)
    anywhere.update((name, tuple(found)) for name, found in declared.items())
    return _Names({key: tuple(found) for key, found in inside.items()}, anywhere, aliases)


def _resolved(draft: Draft, names: _Names, findings: list[Finding]) -> Iterator[tuple[str, JobId]]:
    """Give the names and the jobs that they mean."""
    origin = _origin(draft)
    for name in draft.declared.depends_on if draft.declared else ():
        found = names.jobs(origin.path, name)
        if not found:
            text = f"depends on {_brief(name)}, which no job is called"
            remedy = "write the id of a job, or remove the name"
            findings.append(Finding(origin, "unknown-dependency", text, remedy, Severity.SILENT))
        elif len(found) > 1 and name not in names.several:
            text = f"depends on {_brief(name)}, which {len(found)} jobs are called: no dependency is taken from it"
            findings.append(Finding(origin, "ambiguous-dependency", text, "give each job an id of its own"))
        elif draft.id in found:
            findings.append(Finding(origin, "self-dependency", f"{draft.id} depends on itself", "remove the name"))
        else:
            yield from ((name, job) for job in found)


def _duplicates(drafts: Iterable[Draft]) -> Iterator[Finding]:
    """Say which declared ids are given to several jobs."""
    seen: dict[str, Draft] = {}
    for draft in drafts:
        name = draft.entry.name
        if not draft.from_manifest or name is None:
            continue
        if name in seen:
            first = seen[name].entry.origin
            text = f"the id {_brief(name)} was given before, at {first}: both jobs are kept under other ids"
            yield Finding(draft.entry.origin, "duplicate-id", text, "give each job an id of its own")
        else:
            seen[name] = draft


def _origin(draft: Draft) -> Origin:
    return (draft.declared.origin if draft.declared else None) or draft.entry.origin


def _brief(name: str) -> str:
    return repr(name if len(name) <= 60 else name[:59] + "…")


def _circle_text(circle: list[str]) -> str:
    names = [*circle, circle[0]]
    if len(names) > _SHOWN + 2:
        names = [*names[:_SHOWN], f"… {len(circle) - _SHOWN} more …", circle[0]]
    return f"these jobs depend on one another in a circle: {' → '.join(names)}"
