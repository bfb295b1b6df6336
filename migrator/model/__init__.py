"""Shared nouns: what at least three stages speak of, and nothing that computes."""

from migrator.model.errors import MigratorError
from migrator.model.evidence import Evidence, Finding, Severity
from migrator.model.job import Declared, Inactive, Job, JobId, Measured, Replica, ServiceCall, Setting
from migrator.model.origin import Origin
from migrator.model.quantity import Range
from migrator.model.reason import Reason
from migrator.model.resource import Access, Mode, Resource, ResourceKind
from migrator.model.schedule import CronFields, Dialect, Schedule, ScheduleKind
from migrator.model.target import Target

__all__ = [
    "Access",
    "CronFields",
    "Declared",
    "Dialect",
    "Evidence",
    "Finding",
    "Inactive",
    "Job",
    "JobId",
    "Measured",
    "MigratorError",
    "Mode",
    "Origin",
    "Range",
    "Reason",
    "Replica",
    "Resource",
    "ResourceKind",
    "Schedule",
    "ScheduleKind",
    "ServiceCall",
    "Setting",
    "Severity",
    "Target",
]
