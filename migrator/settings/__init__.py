"""`migrator.toml`: what no file on a host can tell. Everything is optional, and what is absent is unknown."""

from migrator.settings.schema import (
    AcceptedHazard,
    Compute,
    DenyOrAdd,
    DependencySettings,
    DurationSettings,
    EffortHours,
    Existing,
    JobSettings,
    Need,
    Settings,
    TeamSettings,
    UpkeepHours,
)

__all__ = [
    "AcceptedHazard",
    "Compute",
    "DenyOrAdd",
    "DependencySettings",
    "DurationSettings",
    "EffortHours",
    "Existing",
    "JobSettings",
    "Need",
    "Settings",
    "TeamSettings",
    "UpkeepHours",
]
