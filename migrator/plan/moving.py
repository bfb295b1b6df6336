"""The move as `plan.json` has it: waves, what is switched off in them, what hosts are still needed for, payback."""

from pydantic import Field

from migrator.advice.types import RunsOn, Verdict
from migrator.plan.parts import Count, Part, RangePart, Text

_CLOCK = r"^([0-2][0-9]:[0-5][0-9])?$"


class SwitchPart(Part):
    """A line that is switched off, and the job that it starts; line 0 is a whole file of a periodic folder."""

    line: Count
    job: Text


class TabPart(Part):
    """A file in which a wave's jobs are switched off. `digest` is that of the file when it was read.

    `user` is the owner of a user's crontab. `lines` are in their order.
    """

    path: Text
    host: Text | None
    format: Text
    user: Text | None
    digest: Text | None
    lines: tuple[SwitchPart, ...]


class MinutesPart(Part):
    """When jobs can be switched over without a start that is lost or doubled, and what happens at another time.

    `kind` is quiet (there is such a time), tight (minutes of it), busy (none), or clockless.
    """

    kind: Text
    jobs: tuple[Text, ...]
    rule: Text


class QuietPart(Part):
    """The longest time of a day, by the host's clock, in which no job of the wave starts on a host.

    `begin` and `end` are HH:MM, both inside; `end` may lie on the next day. `pauses` is false where the jobs start too
    often for such a time: `jobs` are those that were counted, `busy` those that start all the time and were not.
    """

    host: Text | None
    timezone: Text | None
    begin: str = Field(pattern=_CLOCK)
    end: str = Field(pattern=_CLOCK)
    minutes: Count
    pauses: bool
    jobs: Count
    busy: tuple[Text, ...]
    clock_changes: bool


class WavePart(Part):
    """Clusters that move together; `after` are the waves that must be done before.

    `jobs` are those that move. `risky` is the one cluster of the wave that needs watching most, and `risk` why.
    """

    number: int = Field(ge=1)
    clusters: tuple[Text, ...]
    after: tuple[int, ...]
    why: Text
    jobs: tuple[Text, ...] = ()
    risky: Text | None = None
    risk: Text = ""
    tabs: tuple[TabPart, ...] = ()
    minutes: tuple[MinutesPart, ...] = ()
    quiet: tuple[QuietPart, ...] = ()


class LeftPart(Part):
    """How many entries cron still runs on a host after a wave."""

    wave: int = Field(ge=1)
    left: Count


class KeepPart(Part):
    """What still needs a host when all waves are done: how many jobs run there, and why."""

    runs_on: RunsOn
    why: Text
    jobs: tuple[Text, ...]


class HostPart(Part):
    """A host: the entries that cron runs today, those left after each wave that takes one, and what keeps it alive.

    `moves` are the clusters that would have to leave besides, the fewest that empty it; what keeps the host itself in
    order is not among them. `emptied` says that none has to.
    """

    host: Text | None
    entries: Count
    inactive: Count
    after: tuple[LeftPart, ...]
    keeps: tuple[KeepPart, ...]
    moves: tuple[Text, ...]
    emptied: bool


class PaybackPart(Part):
    """The work of the move against what it saves; money in USD, `saving` a month. Null is unknown; `why` says why."""

    sizes: dict[Text, Count]
    hours: RangePart | None
    cost: RangePart | None
    saving: RangePart | None
    months: RangePart | None
    verdict: Verdict
    why: tuple[Text, ...]


class SwitchedOffPart(Part):
    """A line that an earlier cut-over made a comment, with the id and the title of the job that it started."""

    path: Text
    line: Count
    job: Text
    title: Text = ""
