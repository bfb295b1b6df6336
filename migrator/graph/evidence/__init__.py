"""The kinds of evidence, one module each; a module gives `EVIDENCE` and is listed here, the surest first."""

from migrator.graph.candidates import EvidenceKind
from migrator.graph.evidence import (
    comments,
    declared,
    files,
    folders,
    gaps,
    housekeeping,
    locks,
    markers,
    namesakes,
    objects,
    queues,
    remotes,
    repeats,
    run_parts,
    shared,
    starts,
    tables,
    waits,
)

EVIDENCE: tuple[EvidenceKind, ...] = (
    declared.EVIDENCE,
    starts.EVIDENCE,
    waits.EVIDENCE,
    markers.EVIDENCE,
    files.EVIDENCE,
    folders.EVIDENCE,
    objects.EVIDENCE,
    tables.EVIDENCE,
    queues.EVIDENCE,
    remotes.EVIDENCE,
    comments.EVIDENCE,
    namesakes.EVIDENCE,
    repeats.EVIDENCE,
    gaps.EVIDENCE,
    shared.EVIDENCE,
    housekeeping.EVIDENCE,
    locks.EVIDENCE,
    run_parts.EVIDENCE,
)
