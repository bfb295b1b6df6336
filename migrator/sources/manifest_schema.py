"""The shape of a job manifest (`version: 1`), validated, and published as a JSON schema."""

import math
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from migrator.settings.schema import DurationSettings, Seconds

_MOST_RETRIES = 10_000

Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Service = Literal[
    "lambda", "glue", "emr", "ecs", "batch", "athena", "redshift-data", "sns", "sqs", "step-functions", "codebuild"
]


class _Item(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ManifestTrigger(_Item):
    """What starts a job in place of a clock: an object that arrives below `s3`."""

    s3: str = Field(pattern=r"^s3://[a-z0-9][a-z0-9.-]*(/.*)?$")


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        msg = "not a finite number"
        raise ValueError(msg)
    return value


Scalar = Annotated[str | int | float | bool, BeforeValidator(_finite)]


class ManifestCall(_Item):
    """A call of a cloud service; `action` in AWS CLI words, where it is not the service's usual one."""

    service: Service
    name: Text | None = None
    action: Text | None = None
    arguments: dict[str, Scalar] = Field(default_factory=dict)


class ManifestDefaults(_Item):
    """What holds for every job of the manifest that does not say otherwise."""

    timezone: Text | None = None
    host: Text | None = None
    user: Text | None = None
    owner: Text | None = None
    retries: int | None = Field(default=None, ge=0, le=_MOST_RETRIES)
    retry_delay: Seconds | None = None
    timeout: Seconds | None = None
    backfill: bool | None = None
    tags: list[str] | None = None


class ManifestJob(_Item):
    """A job, or words about one: with neither `schedule`, `trigger` nor `call` it annotates the job that it matches."""

    id: str | None = None
    schedule: Text | None = None
    trigger: ManifestTrigger | None = None
    command: Text | None = None
    call: ManifestCall | None = None
    depends_on: list[str] = Field(default_factory=list)
    duration: DurationSettings | None = None
    retries: int | None = Field(default=None, ge=0, le=_MOST_RETRIES)
    retry_delay: Seconds | None = None
    timeout: Seconds | None = None
    backfill: bool | None = None
    reads: list[str] = Field(default_factory=list)
    writes: list[str] = Field(default_factory=list)
    title: Text | None = None
    host: Text | None = None
    user: Text | None = None
    owner: Text | None = None
    timezone: Text | None = None
    tags: list[str] | None = None
    effort_note: Text | None = None

    @field_validator("id")
    @classmethod
    def _can_be_seen(cls, value: str | None) -> str | None:
        if value is not None and not any(character.isprintable() and not character.isspace() for character in value):
            msg = "is blank; write a name that can be seen"
            raise ValueError(msg)
        return value

    @model_validator(mode="after")
    def _is_one_thing(self) -> "ManifestJob":
        faults = []
        if self.schedule and self.trigger:
            faults.append("has a schedule and a trigger; keep one")
        if self.command and self.call:
            faults.append("has a command and a call; keep one")
        if (self.schedule or self.trigger) and not (self.command or self.call):
            faults.append("has neither command nor call")
        if not (self.id or "").strip() and not self.command:
            faults.append("has no id" if self.call else "has neither id nor command")
        if faults:
            raise ValueError("; ".join(faults))
        return self


class Manifest(_Item):
    """A whole manifest."""

    version: Literal[1]
    defaults: ManifestDefaults = ManifestDefaults()
    jobs: list[ManifestJob]


def manifest_json_schema() -> dict[str, Any]:  # Any: a JSON schema is free-form JSON
    """Give the JSON schema of a job manifest (draft 2020-12)."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Manifest.model_json_schema()}
