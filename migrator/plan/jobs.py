"""Jobs and the ties between them, as `plan.json` has them."""

from pydantic import Field

from migrator.advice.types import RunsOn
from migrator.commands.facts import StepKind, Trait
from migrator.graph.types import DependencyKind, Lag, RelationKind, Safety
from migrator.model import Dialect, ScheduleKind, Target
from migrator.model.job import IGNORED
from migrator.plan.parts import Confidence, Count, Part, PlaceOf, Proof, Text


class ReplicaPart(PlaceOf):
    """The same entry on another host."""

    host: Text


class DaysPart(Part):
    """Days of the month (1–31) and of the week (0–6 from Sunday): both must hold, or `either`.

    `last` asks for the month's last day beside them.
    """

    days: tuple[Count, ...]
    weekdays: tuple[Count, ...]
    either: bool = False
    last: bool = False


class FormPart(Part):
    """A target's expressions of a schedule, and whether they start it at the same minutes over four years.

    `exact` is null where no zone is known and clock changes could matter. `guard` is what a run must ask first, and
    `guard_days` the days on which it goes on; `why_not` says why there are no expressions. `test_kept`: the command's
    own test of the day is not part of the expressions.
    """

    expressions: tuple[Text, ...]
    timezone: Text | None
    exact: bool | None
    differences: tuple[Text, ...]
    guard: Text | None
    notes: tuple[Text, ...]
    why_not: Text | None
    guard_days: DaysPart | None = None
    test_kept: bool = False


class SchedulePart(Part):
    """When a job starts. `forms` holds each target's expression of it, empty where none was made.

    `runs_per_month` is the mean over the calendar, null where the schedule does not say. `random_minutes` is the width
    of the window in which cron draws the start; `own_zone` says that the zone is a CRON_TZ; `day_test` holds the days
    that the command itself asks for before it works.
    """

    text: Text
    dialect: Dialect
    timezone: Text | None
    kind: ScheduleKind
    in_words: Text
    runs_per_month: float | None
    forms: dict[Target, FormPart] = Field(default_factory=dict)
    random_minutes: Count = 0
    own_zone: bool = False
    day_test: DaysPart | None = None


class SettingPart(PlaceOf):
    """A settings line in force at an entry, its value redacted and unexpanded."""

    name: Text
    value: Text


class StepPart(Part):
    """One command that does work."""

    name: Text
    text: Text
    kind: StepKind
    origin: PlaceOf


class UnitPart(Part):
    """Steps (indices into the job's steps) that run, fail and repeat together, and what began the unit."""

    steps: tuple[Count, ...]
    why: Text


class TraitPart(Part):
    """What is true of the command as a whole, with its proof."""

    trait: Trait
    evidence: Proof


class ScriptPart(Part):
    """A script that was read, and the word by which a job or another script of it calls it; the text is redacted."""

    call: Text
    path: Text
    text: Text


class JobPart(Part):
    """A job. `reads`, `writes` and `deletes` name resources: a path, a URL, `table:database.table`, `host:path`.

    `command` is what the shell gets and `text` the entry's line, both redacted. `effort` is none, small, medium or
    large, or null where nobody judged it. `logs` are where its runs are written down. `runs_on` says where the command
    runs after the move, null where cron does not run it today or nobody advised on it. `shell` runs the command and
    `settings` are its environment, in order; `inexact` says why the texts here are not those that cron hands over.
    """

    id: Text
    title: Text
    origin: PlaceOf
    host: Text | None
    replicas: tuple[ReplicaPart, ...]
    user: Text | None
    owner: Text | None
    active: bool
    inactive_kind: Text | None
    inactive_why: Text | None
    schedule: SchedulePart
    command: Text
    stdin: Text | None
    steps: tuple[StepPart, ...]
    units: tuple[UnitPart, ...]
    branches: Count
    reads: tuple[Text, ...]
    writes: tuple[Text, ...]
    locks: tuple[Text, ...]
    services: tuple[Text, ...]
    unclear: tuple[Text, ...]
    effort: Text | None
    effort_why: tuple[Text, ...]
    source: Text
    text: Text
    deletes: tuple[Text, ...]
    waits: tuple[Text, ...]
    traits: tuple[TraitPart, ...]
    logs: tuple[Text, ...] = ()
    runs_on: RunsOn | None = None
    runs_on_why: Text | None = None
    shell: Text = "/bin/sh"
    settings: tuple[SettingPart, ...] = ()
    inexact: Text | None = None
    compute: Text = Field(default="ssm", description="what its command becomes: ssm, ecs, batch, lambda")
    skipped_locks: tuple[Text, ...] = Field(
        default=(), description="of `locks` those at which a second run gives up in place of waiting"
    )
    scripts: tuple[ScriptPart, ...] = Field(
        default=(), description="what it calls, where parts of that are tasks of their own"
    )

    @property
    def runs_today(self) -> bool:
        """Say whether cron runs it: what only the settings ignore it does."""
        return self.active or self.inactive_kind == IGNORED

    @property
    def has_host(self) -> bool:
        """Say whether it lies on a host, be that without a name; a manifest's job may name none at all."""
        return self.host is not None or self.source != "manifest"


class TiePart(Part):
    """A tie of two jobs and its evidence; `basis` names the kinds of evidence that speak, the surest first."""

    upstream: Text
    downstream: Text
    lag: Lag
    confidence: Confidence
    evidence: tuple[Proof, ...]
    basis: tuple[Text, ...] = ()


class DependencyPart(TiePart):
    """`downstream` needs what `upstream` does; at or above the confidence threshold.

    `through` names the resource that joins them. `slack` is the least number of minutes from upstream's start to the
    start of downstream that uses it, null where no clock says it; `safety` judges whether the order is safe today, and
    `timing` says both in words.
    """

    kind: DependencyKind
    through: Text | None = None
    safety: Safety = Safety.OPEN
    slack: Count | None = None
    timing: Text = ""


class RelationPart(TiePart):
    """A tie that makes no order, or a dependency below the threshold."""

    kind: RelationKind


class DoubtPart(TiePart):
    """A tie that a person should decide on.

    `taken` says that the plan takes it for a dependency. `changes` says what the other answer would change in a
    recommendation, empty where nothing.
    """

    taken: bool
    changes: Text


class HubPart(Part):
    """A resource that too many jobs touch to say anything about order."""

    name: Text
    jobs: tuple[Text, ...]
