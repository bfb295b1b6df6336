"""The account of what was read: files, lines that could not be read, remarks, secrets."""

from typing import Self

from pydantic import Field, model_validator

from migrator.model import Dialect
from migrator.plan.parts import Count, Part, PlaceOf, Text


class LedgerPart(Part):
    """A file's account: `lines` is the sum of the six counts after `jobs`, inclusive.

    `digest` tells whether the file has changed since: the SHA-256 of its bytes, lines with a secret left empty, and
    without the `header` lines that crontab(1) has put at its beginning. `dialect_says` is who said whose cron reads it,
    empty where nobody did.
    """

    path: Text
    format: Text
    dialect: Dialect
    host: Text | None
    lines: Count
    jobs: Count
    assignments: Count
    comments: Count
    blank: Count
    disabled: Count
    unread: Count
    digest: Text | None = None
    header: Count = 0
    dialect_says: Text = ""

    @model_validator(mode="after")
    def _reconciles(self) -> Self:
        parts = self.jobs + self.assignments + self.comments + self.blank + self.disabled + self.unread
        if parts != self.lines:
            msg = f"{self.path}: {self.lines} lines but {parts} accounted for"
            raise ValueError(msg)
        return self


class UnreadPart(PlaceOf):
    """A line that could not be read, why, and what to do."""

    text: Text
    reason: Text
    remedy: Text = ""


class FindingPart(PlaceOf):
    """A remark on a line or file. `severity` is silent (wrong without a sign), loud or nuisance."""

    kind: Text
    text: Text
    remedy: Text
    severity: Text


class SecretPart(PlaceOf):
    """Where a secret stands, and of which kind."""

    kind: Text


class Counts(Part):
    """The counts of the whole plan."""

    files: Count
    hosts: Count
    lines: Count
    jobs: Count
    active: Count
    replicas: Count = Field(description="entries on other hosts that are the same job")
    steps: Count
    units: Count
    dependencies: Count
    relations: Count
    clusters: Count
    undecided: Count
    disabled: Count
    unread: Count
    hazards: Count
    silent_hazards: Count
    secrets: Count
    questions: Count
