"""The kinds of evidence, one module each; a module gives `EVIDENCE` and is listed here."""

from migrator.graph.candidates import EvidenceKind
from migrator.graph.evidence import declared, files, folders, housekeeping, locks, starts

EVIDENCE: tuple[EvidenceKind, ...] = (
    declared.EVIDENCE,
    starts.EVIDENCE,
    files.EVIDENCE,
    housekeeping.EVIDENCE,
    locks.EVIDENCE,
    folders.EVIDENCE,
)
