"""A manifest's words about jobs of other files: matched by id or by exact command, never by line."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from migrator.inventory.draft import Draft
from migrator.inventory.titles import shortened
from migrator.model import Declared, Finding, JobId, Severity
from migrator.sources.items import Annotation, FileReading, Format


@dataclass(slots=True)
class Annotated:
    """What came of the annotations: `own` are jobs themselves, `aliases` the ids of the jobs that an id stands for."""

    own: list[tuple[Annotation, FileReading]] = field(default_factory=list)
    aliases: dict[str, tuple[JobId, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def annotate(drafts: Iterable[Draft], annotations: Iterable[tuple[Annotation, FileReading]]) -> Annotated:
    """Put each annotation's words to the jobs that it matches.

    One that matches none, and that depends on something or is depended on, is a job itself; any other is a finding.
    """
    everyone = list(drafts)
    pairs = list(annotations)
    by_id: dict[str, list[Draft]] = defaultdict(list)
    by_command: dict[str, list[Draft]] = defaultdict(list)
    for draft in everyone:
        by_id[draft.id].append(draft)
        by_command[draft.entry.command.strip()].append(draft)
        if draft.reading.source.format is Format.PERIODIC and draft.entry.text != draft.entry.command:
            by_command[draft.entry.text].append(draft)
    wanted = _depended_on(everyone, pairs)
    result = Annotated()
    said: set[JobId] = set()
    for annotation, reading in pairs:
        matches = _matches(annotation, by_id, by_command)
        if matches:
            for draft in matches:
                _say(draft, annotation, first=draft.id not in said)
                said.add(draft.id)
            if annotation.id and annotation.id not in by_id:
                ids = tuple(draft.id for draft in matches)
                result.aliases[annotation.id] = result.aliases.get(annotation.id, ()) + ids
        elif annotation.entry and (annotation.declared.depends_on or annotation.id in wanted):
            result.own.append((annotation, reading))
        else:
            result.findings.append(_unmatched(annotation))
    return result


def _depended_on(drafts: Iterable[Draft], pairs: Iterable[tuple[Annotation, FileReading]]) -> set[str | None]:
    declared = [draft.declared for draft in drafts if draft.declared]
    declared += [annotation.declared for annotation, _ in pairs]
    return {name for each in declared for name in each.depends_on}


def _matches(annotation: Annotation, by_id: dict[str, list[Draft]], by_command: dict[str, list[Draft]]) -> list[Draft]:
    if annotation.id in by_id:
        return by_id[annotation.id]
    found = by_command.get(annotation.command.strip(), []) if annotation.command else []
    entry = annotation.entry
    if entry is None:
        return found
    return [draft for draft in found if _agrees(entry.host, draft.host) and _agrees(entry.user, draft.user)]


def _agrees(said: str | None, known: str | None) -> bool:
    return said is None or known is None or said == known


def _say(draft: Draft, annotation: Annotation, *, first: bool) -> None:
    """Add the words to a job. Where two annotations speak of one, the first one's single values stand."""
    if not first:
        text = "another annotation speaks of this job too; where both give a value the first one stands"
        draft.findings.append(Finding(annotation.origin, "annotated-twice", text, "merge the two"))
    draft.declared = _merged(draft.declared, annotation.declared)
    draft.owner = draft.owner or annotation.owner
    if annotation.title and first:
        draft.title = shortened(annotation.title)


def _merged(old: Declared | None, new: Declared) -> Declared:
    if old is None:
        return new
    return replace(
        old,
        depends_on=tuple(dict.fromkeys((*old.depends_on, *new.depends_on))),
        places=(*old.places, *new.places),
        duration=old.duration or new.duration,
        retries=new.retries if old.retries is None else old.retries,
        retry_delay=new.retry_delay if old.retry_delay is None else old.retry_delay,
        timeout=new.timeout if old.timeout is None else old.timeout,
        backfill=new.backfill if old.backfill is None else old.backfill,
        reads=tuple(sorted({*old.reads, *new.reads})),
        writes=tuple(sorted({*old.writes, *new.writes})),
        tags=tuple(dict.fromkeys((*old.tags, *new.tags))),
        effort_note=old.effort_note or new.effort_note,
    )


def _unmatched(annotation: Annotation) -> Finding:
    what = f"the id {annotation.id!r}" if annotation.id else "this command"
    text = f"no job has {what}, so these words are about nothing"
    remedy = "give the exact command or id of a job, or a schedule if this is a job of its own"
    return Finding(annotation.origin, "unmatched-annotation", text, remedy, Severity.SILENT)
