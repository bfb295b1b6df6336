"""Which time zone a job's schedule goes by. Unknown is None: a zone is never assumed.

In this order: CRON_TZ where the dialect honours it (crontab(5) of cronie), the settings, `--tz`, what the host's own
root tree says. `TZ` is for the command alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from migrator.inventory.options import InventoryError, Options
from migrator.inventory.types import HostZone
from migrator.model import Finding, Origin, Schedule, Severity
from migrator.settings import Settings
from migrator.sources.hosts import HostPlace

ANY_HOST = "*"


@cache
def known_zones() -> frozenset[str]:
    """Give the names of the IANA time zone database, from the tzdata package."""
    text = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(text.split())


@dataclass(slots=True)
class Zones:
    """The zone of each host; `findings` tell of zones that do not exist, in files of the hosts."""

    settings: Settings
    options: Options
    findings: list[Finding] = field(default_factory=list)
    _places: dict[str | None, HostPlace] = field(default_factory=dict)
    # By the schedule's identity, which is kept beside the answer: a fleet's lines share few schedules.
    _timed: dict[tuple[int, str | None, bool], tuple[Schedule, Schedule]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for host, zone in sorted(self.settings.zones.items()):
            _require(zone, f"{self.settings.place_of('zones', host)}, zones.{host}")
        for name, job in sorted(self.settings.jobs.items()):
            if job.timezone:
                _require(job.timezone, f"{self.settings.place_of('jobs', name, 'timezone')}, jobs.{name}")
        if self.options.timezone:
            _require(self.options.timezone, "--tz")

    def learn(self, places: Iterable[HostPlace]) -> None:
        """Take in what the hosts' own trees say."""
        for place in places:
            self.findings.extend(place.findings)
            if place.timezone and place.timezone not in known_zones():
                origin = place.timezone_origin or Origin(place.root)
                self.findings.append(unknown_zone(origin, "the host's time zone", place.timezone))
            elif place.timezone:
                self._places.setdefault(place.host, place)

    def of_host(self, host: str | None) -> tuple[str | None, str]:
        """Give the zone of a host, and who says so."""
        zones = self.settings.zones
        if host is not None and host in zones:
            return zones[host], "the settings"
        if ANY_HOST in zones:
            return zones[ANY_HOST], "the settings, for all hosts"
        if self.options.timezone:
            return self.options.timezone, "--tz"
        place = self._places.get(host)
        if place:
            return place.timezone, str(place.timezone_origin or place.root)
        return None, ""

    def timed(self, schedule: Schedule, zone: str | None, *, own_zone: bool) -> Schedule:
        """Give a schedule its zone; equal ones are one value."""
        if (zone, own_zone) == (schedule.timezone, schedule.own_zone):
            return schedule
        key = (id(schedule), zone, own_zone)
        if key not in self._timed:
            self._timed[key] = schedule, replace(schedule, timezone=zone, own_zone=own_zone)
        return self._timed[key][1]

    def host_zones(self, hosts: Iterable[str | None]) -> tuple[HostZone, ...]:
        """List the named hosts with their zones."""
        return tuple(HostZone(host, *self.of_host(host)) for host in sorted({host for host in hosts if host}))


def unknown_zone(origin: Origin, what: str, zone: str) -> Finding:
    """Say that a zone's name is in no database."""
    text = f"{what} {zone[:60]!r} is not in the IANA database: the zone is taken as unknown"
    return Finding(origin, "unknown-timezone", text, "write a name such as Europe/Paris", Severity.SILENT)


def _require(zone: str, place: str) -> None:
    if zone not in known_zones():
        raise InventoryError(place, f"{zone!r} is not a time zone", "write a name such as Europe/Paris or UTC")
