"""Secrets out of a text, by its shell tree. The mark is one shell word that tells the secret's kind and no more."""

from migrator.redaction.marks import Found, Kind, Redacted, mark
from migrator.redaction.texts import (
    redact,
    redact_line,
    redact_plain,
    redact_script,
    redact_stdin,
    redact_unread,
    redact_value,
)

__all__ = [
    "Found",
    "Kind",
    "Redacted",
    "mark",
    "redact",
    "redact_line",
    "redact_plain",
    "redact_script",
    "redact_stdin",
    "redact_unread",
    "redact_value",
]
