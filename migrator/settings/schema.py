"""The shape of `migrator.toml`. An unknown key is an error: a misspelt setting must not be silently ignored."""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from migrator.model import Dialect, Evidence, Origin, Target
from migrator.model.worded import worded
from migrator.settings.keys import Key, line_of


def _no_flag(value: object) -> object:
    if isinstance(value, bool):
        msg = "must be a number"
        raise ValueError(msg)
    return value


_Count = Annotated[int, BeforeValidator(_no_flag)]
_Number = Annotated[Decimal, BeforeValidator(_no_flag)]
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(s|m|h|d)?\s*")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration_seconds(value: object) -> object:
    """Read `90`, `"90s"`, `"10m"`, `"1.5h"` or `"2d"` as seconds; raise ValueError for other text."""
    if isinstance(value, bool):
        msg = f"{value} is not a duration; write 90s, 10m, 1h or 2d"
        raise ValueError(msg)
    if not isinstance(value, str):
        return value
    total, position = Decimal(0), 0
    while position < len(value) or not value:
        match = _DURATION.match(value, position)
        if not match:
            msg = f"{value!r} is not a duration; write 90s, 10m, 1h or 2d"
            raise ValueError(msg)
        total += Decimal(match[1]) * _SECONDS[match[2] or "s"]
        position = match.end()
    return int(total)


# Ten years: a job that runs or waits longer was mistyped, and what reckons with times must not overflow.
_MOST_SECONDS = 315_360_000

Seconds = Annotated[int, BeforeValidator(duration_seconds), Field(ge=0, le=_MOST_SECONDS)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Need(StrEnum):
    """What the team needs beyond starting jobs."""

    BACKFILL = "backfill"
    SHARED_UI = "shared-ui"
    DAG_VIEW = "dag-view"
    PYTHON_LOGIC = "python-logic"


@worded
class Compute(StrEnum):
    """What a command becomes on AWS."""

    SSM = "ssm"
    ECS = "ecs"
    BATCH = "batch"
    LAMBDA = "lambda"


class Existing(StrEnum):
    """An Airflow that the team already runs."""

    NONE = "none"
    AIRFLOW = "airflow"
    MWAA = "mwaa"


_MOST_HOURS = 1_000_000
_MOST_MONEY = 1_000_000
_MOST_PEOPLE = 1_000_000


class UpkeepHours(_Table):
    """Hours a month spent on keeping Airflow running: self-hosted, and what would remain under a managed service."""

    self_hosted: _Number | None = Field(default=None, ge=0, le=_MOST_HOURS)
    managed: _Number | None = Field(default=None, ge=0, le=_MOST_HOURS)


class EffortHours(_Table):
    """Hours that the move of one job takes, for each size that the plan gives jobs."""

    small: _Number | None = Field(default=None, ge=0, le=_MOST_HOURS)
    medium: _Number | None = Field(default=None, ge=0, le=_MOST_HOURS)
    large: _Number | None = Field(default=None, ge=0, le=_MOST_HOURS)


class TeamSettings(_Table):
    """Money and people. `owners` gives engineers per owner."""

    engineers: _Count | None = Field(default=None, ge=0, le=_MOST_PEOPLE)
    owners: dict[str, Annotated[_Count, Field(ge=0, le=_MOST_PEOPLE)]] = Field(default_factory=dict)
    hourly_cost: _Number | None = Field(default=None, ge=0, le=_MOST_MONEY)
    cost_sensitive: bool | None = None
    needs: tuple[Need, ...] | None = None
    upkeep_hours: UpkeepHours = UpkeepHours()
    effort_hours: EffortHours = EffortHours()
    existing: Existing | None = None


class AwsSettings(_Table):
    """Region and the default compute."""

    region: str | None = None
    compute: Compute | None = None


class DurationSettings(_Table):
    """How long a job takes, in seconds."""

    typical: Seconds
    worst: Seconds | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_figure(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"typical": value}

    @model_validator(mode="after")
    def _worst_is_not_less(self) -> "DurationSettings":
        if self.worst is not None and self.worst < self.typical:
            msg = "worst is less than typical"
            raise ValueError(msg)
        return self


class JobSettings(_Table):
    """What is known of one job, by id or title."""

    compute: Compute | None = None
    duration: DurationSettings | None = None
    owner: str | None = None
    timezone: str | None = None
    backfill: bool | None = None
    idempotent: bool | None = None


class DenyOrAdd(_Table):
    """A dependency that the user adds or denies, jobs by id or title.

    `place` is the line of the settings file that says so, None where the settings were not read from a file.
    """

    upstream: str
    downstream: str
    why: str = Field(min_length=1)
    _place: Evidence | None = PrivateAttr(default=None)

    @property
    def place(self) -> Evidence | None:
        """Give the line that says it."""
        return self._place

    def found_at(self, place: Evidence) -> None:
        """Note the line that says it."""
        self._place = place


class DependencySettings(_Table):
    """Dependencies the files do not show, and ones they wrongly suggest.

    `threshold` is the least confidence that joins jobs.
    """

    add: tuple[DenyOrAdd, ...] = ()
    deny: tuple[DenyOrAdd, ...] = ()
    threshold: float = Field(default=0.6, gt=0, le=1)


class AcceptedHazard(_Table):
    """A hazard that the user has weighed and accepts; `job` a job's id or title, or absent for all."""

    hazard: str
    job: str | None = None
    reason: str = Field(min_length=1)


class Settings(_Table):
    """All of `migrator.toml`.

    `targets` pins clusters or jobs (id or title) to a target. `paths` maps a deployed prefix to a folder of the tree.
    `host_costs` are USD a month by host. `zones` and `dialects` go by host, `"*"` for all. `mounts` are folders that
    every host shares. `ignore` takes globs over job ids and titles. `isolation` lists groups of owners that must not
    share an environment.
    """

    team: TeamSettings = TeamSettings()
    aws: AwsSettings = AwsSettings()
    targets: dict[str, Target] = Field(default_factory=dict)
    paths: dict[str, str] = Field(default_factory=dict)
    zones: dict[str, str] = Field(default_factory=dict)
    dialects: dict[str, Dialect] = Field(default_factory=dict)
    host_costs: dict[str, Annotated[_Number, Field(ge=0)]] = Field(default_factory=dict)
    mounts: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    isolation: tuple[tuple[str, ...], ...] = ()
    dependencies: DependencySettings = DependencySettings()
    accept: tuple[AcceptedHazard, ...] = ()
    jobs: dict[str, JobSettings] = Field(default_factory=dict)
    _file: str = PrivateAttr(default="migrator.toml")
    _lines: Mapping[Key, int] = PrivateAttr(default_factory=dict)

    def place_of(self, *key: str | int) -> Origin:
        """Give the line of the settings file that sets a key, as far as it is known."""
        return Origin(self._file, line_of(key, self._lines))

    def line_said(self, *key: str | int) -> Origin | None:
        """Give the line that sets a key; None where the file does not: it may stand in the command's options."""
        return Origin(self._file, self._lines[key]) if key in self._lines else None

    def found_in(self, file: str, lines: Mapping[Key, int]) -> None:
        """Note the file and the lines of its keys."""
        self._file, self._lines = file, lines
