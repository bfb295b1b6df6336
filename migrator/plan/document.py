"""The whole of `plan.json`, and its way to text and back."""

import json
import re
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, ValidationError

from migrator.model import MigratorError, Target
from migrator.plan.account import Counts, FindingPart, LedgerPart, SecretPart, UnreadPart
from migrator.plan.clusters import ClusterPart, EstimatePart
from migrator.plan.history import HistoryPart
from migrator.plan.jobs import DependencyPart, DoubtPart, HubPart, JobPart, RelationPart
from migrator.plan.moving import HostPart, PaybackPart, SwitchedOffPart, WavePart
from migrator.plan.parts import Count, Part, RangePart, Text
from migrator.plan.stability import PortfolioFlipPart, StabilityPart

__all__ = [
    "VERSION",
    "AlternativePart",
    "ArtifactPart",
    "ChosenPart",
    "EnvironmentPart",
    "LeftOutPart",
    "MigrationPlan",
    "PlanError",
    "PortfolioPart",
    "QuestionPart",
    "VerdictPart",
    "WavePart",
    "dump",
    "load",
    "schema",
]

VERSION = "1"

_BEYOND_ASCII = re.compile(r"[^\x20-\x7e\n]")


class PlanError(MigratorError):
    """A text that is not a plan of this version."""

    exit_code = 2


class ChosenPart(Part):
    """What a target would get: how many clusters and jobs, and its bill with what they share."""

    clusters: Count
    jobs: Count
    monthly: RangePart | None


class AlternativePart(Part):
    """Another way to place everything, its bill, and why it was not taken."""

    name: Text
    monthly: RangePart | None
    why_not: Text


class EnvironmentPart(Part):
    """An Airflow environment that clusters share. Their bills already divide its own among them: never add it."""

    target: Target
    name: Text
    clusters: tuple[Text, ...]
    jobs: Count
    dags: Count
    monthly: RangePart | None
    why: Text
    load: Text = Field(default="", description="what its busiest minute asks of it")


class PortfolioPart(Part):
    """The bill of the whole plan in USD a month.

    `shared` holds bills that no cluster has a part of. `known` is the sum of the clusters' bills that are known, and
    `unknown` the number of clusters whose bill is not. `now` is what the schedulers in use cost today.
    """

    chosen: dict[Target, ChosenPart]
    alternatives: tuple[AlternativePart, ...]
    monthly: RangePart | None
    known: RangePart
    unknown: Count
    now: RangePart | None
    shared: dict[Target, EstimatePart]
    environments: tuple[EnvironmentPart, ...]
    flips: tuple[PortfolioFlipPart, ...] = Field(default=(), description="the farthest-reaching changes first")
    stability: StabilityPart | None = None


class QuestionPart(Part):
    """What a person must answer: about which clusters, jobs or hosts, and what the answer settles."""

    id: Text
    about: tuple[Text, ...]
    text: Text
    settles: Text
    jobs: Count = Field(default=0, description="the jobs for which the answer settles that")
    moves: bool = Field(default=False, description="whether a target is among what it settles")


class ArtifactPart(Part):
    """A file that was written for a target, and the jobs that it replaces."""

    path: Text
    target: Target
    jobs: tuple[Text, ...]


class LeftOutPart(Part):
    """A job that should go to a target and that no file was written for, and why."""

    job: Text
    target: Target
    why: Text


class VerdictPart(Part):
    """One check of one job, or of a file for no job, which `why` names; `holds` is null where it was not made."""

    job: Text
    check: Text
    holds: bool | None
    why: Text
    tool: Text


class MigrationPlan(Part):
    """Everything that a run found and recommends."""

    version: Literal["1"] = "1"
    counts: Counts
    ledger: tuple[LedgerPart, ...]
    unread: tuple[UnreadPart, ...]
    findings: tuple[FindingPart, ...]
    jobs: tuple[JobPart, ...]
    dependencies: tuple[DependencyPart, ...]
    relations: tuple[RelationPart, ...]
    hubs: tuple[HubPart, ...]
    cycles: tuple[tuple[Text, ...], ...]
    clusters: tuple[ClusterPart, ...]
    portfolio: PortfolioPart
    secrets: tuple[SecretPart, ...]
    questions: tuple[QuestionPart, ...]
    waves: tuple[WavePart, ...]
    artifacts: tuple[ArtifactPart, ...] = ()
    verdicts: tuple[VerdictPart, ...] = ()
    prices: Text = Field(description="the price list in use and its date")
    notes: tuple[Text, ...] = ()
    doubts: tuple[DoubtPart, ...] = ()
    hosts: tuple[HostPart, ...] = ()
    payback: PaybackPart | None = None
    switched_off: tuple[SwitchedOffPart, ...] = ()
    left_out: tuple[LeftOutPart, ...] = ()
    history: HistoryPart | None = Field(default=None, description="what run logs tell, where some were given")
    region: Text | None = Field(default=None, description="the AWS region that the settings name")
    price_region: Text = Field(default="", description="the AWS region of the prices")

    @property
    def priced_elsewhere(self) -> bool:
        """Say whether the prices are of another region than the one that the settings name."""
        return bool(self.region and self.price_region) and self.region != self.price_region


def dump(plan: MigrationPlan) -> str:
    """Write a plan as JSON text: fields in a fixed order, printable characters as they are, all others escaped.

    Each item of a list has one line, so that two plans can be compared line by line.
    """
    return "".join(dumped(plan))


def dumped(plan: MigrationPlan) -> Iterator[str]:
    """Give the text of `dump` in pieces: the plan of a fleet is longer than one likes to hold several times."""
    before = "{\n"
    for name in type(plan).model_fields:
        yield f"{before}{json.dumps(name)}: "
        for piece in _field(getattr(plan, name)):
            yield _BEYOND_ASCII.sub(_json_escape, piece)
        before = ",\n"
    yield "\n}\n"


def load(text: str, place: str = "plan.json") -> MigrationPlan:
    """Read a plan from JSON text; raise PlanError with the place of the first fault."""
    try:
        return MigrationPlan.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        fault = f"not a plan of version {VERSION}: {first['msg']}" + (f" at {where}" if where else "")
        raise PlanError(place, fault, "write it again with `migrator plan`") from error


def schema() -> dict[str, Any]:
    """Give the JSON schema (2020-12) of `plan.json`."""
    made = MigrationPlan.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _field(value: object) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield _json(value)
        return
    for number, item in enumerate(value):
        yield f"{',' if number else '['}\n {_json(item)}"
    yield "\n]" if value else "[]"


def _json(value: object) -> str:
    if isinstance(value, Part):
        return value.model_dump_json()
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _json_escape(match: re.Match[str]) -> str:
    character = match[0]
    return character if character.isprintable() else json.dumps(character)[1:-1]
