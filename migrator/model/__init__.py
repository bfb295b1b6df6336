"""Shared nouns: what at least three stages speak of, and nothing that computes.

Each is imported from its module when it is first asked for (PEP 562): the command line's help needs three of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrator.model.errors import MigratorError
    from migrator.model.evidence import Evidence, Finding, Severity
    from migrator.model.job import Declared, Inactive, Job, JobId, Measured, Replica, ServiceCall, Setting
    from migrator.model.origin import Origin
    from migrator.model.quantity import Range
    from migrator.model.reason import Reason
    from migrator.model.resource import (
        WRITES,
        Access,
        Mode,
        Resource,
        ResourceKind,
        all_columns,
        all_rows,
        no_row_of_both,
    )
    from migrator.model.schedule import CronFields, Dialect, Schedule, ScheduleKind
    from migrator.model.target import AIRFLOWS, SCHEDULED, Target

__all__ = [
    "AIRFLOWS",
    "SCHEDULED",
    "WRITES",
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
    "all_columns",
    "all_rows",
    "no_row_of_both",
]

_MODULES = {
    "errors": ("MigratorError",),
    "evidence": ("Evidence", "Finding", "Severity"),
    "job": ("Declared", "Inactive", "Job", "JobId", "Measured", "Replica", "ServiceCall", "Setting"),
    "origin": ("Origin",),
    "quantity": ("Range",),
    "reason": ("Reason",),
    "resource": ("WRITES", "Access", "Mode", "Resource", "ResourceKind", "all_columns", "all_rows", "no_row_of_both"),
    "schedule": ("CronFields", "Dialect", "Schedule", "ScheduleKind"),
    "target": ("AIRFLOWS", "SCHEDULED", "Target"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a noun from its module and keep it."""
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
