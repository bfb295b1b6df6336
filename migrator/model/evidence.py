"""A claim's proof, and what is said about a line without stopping for it."""

from dataclasses import dataclass
from enum import IntEnum

from migrator.model.frozen import frozen
from migrator.model.origin import Origin


class Severity(IntEnum):
    """How bad a finding or hazard is: silently wrong, fails loudly, or a nuisance."""

    SILENT = 1
    LOUD = 2
    NUISANCE = 3


@frozen(order=True)
class Evidence:
    """A place, the redacted text that stands there, and what it says about the claim."""

    origin: Origin
    text: str
    says: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A remark on a line or file that a person should read: `kind` is a slug, `text` the fault, `remedy` what to do."""

    origin: Origin
    kind: str
    text: str
    remedy: str = ""
    severity: Severity = Severity.LOUD
