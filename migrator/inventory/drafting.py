"""From a file's items to drafts: settings in scope, zone, texts without secrets, what keeps an entry from running."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from migrator.inventory.draft import Again, Draft
from migrator.inventory.options import Options
from migrator.inventory.redacting import LONGEST_COMMAND, Redactor
from migrator.inventory.titles import shortened, title_of
from migrator.inventory.zones import Zones, known_zones, unknown_zone
from migrator.model import (
    Declared,
    Dialect,
    Evidence,
    Finding,
    Inactive,
    Origin,
    Schedule,
    ScheduleKind,
    ServiceCall,
    Setting,
    Severity,
)
from migrator.redaction import Redacted
from migrator.schedules.cron import never_fires
from migrator.sources.grammar import without_mark
from migrator.sources.items import Annotation, Assignment, Comment, Disabled, Entry, FileReading, Format

# What stands before the command, without and with a user: a nickname or five fields.
_FRONT = (
    re.compile(r"[ \t]*(?:@\S+|\S+(?:[ \t]+\S+){4})[ \t]*"),
    re.compile(r"[ \t]*(?:@\S+|\S+(?:[ \t]+\S+){4})[ \t]+\S+[ \t]*"),
)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ZONE_SETTING = "CRON_TZ"
_DELAY_SETTING = "RANDOM_DELAY"
_LONGEST_DELAY = 1440  # minutes
# What is said of an entry stands in the last lines above it; a longer text is about the file.
_MOST_COMMENTS = 8
_TABS = (Format.CRONTAB, Format.SYSTEM_CRONTAB)
Known = dict[tuple[object, ...], dict[str, Draft]]
"""The first draft of each line of hosts' tabs: by what the file says of it, then by its text."""


class FileDrafts:
    """The drafts of one file, and the findings that belong to no entry. `known` is shared by all files."""

    def __init__(self, reading: FileReading, zones: Zones, redactor: Redactor, options: Options, known: Known) -> None:
        self.reading = reading
        self.findings: list[Finding] = [redactor.finding(finding) for finding in reading.findings]
        self._zones = zones
        self._redactor = redactor
        self._options = options
        self._known = known
        self._commands = {
            id(item): redactor.command(item.command, item.origin) for item in reading.items if isinstance(item, Entry)
        }
        self._variables = frozenset[str]().union(*(redacted.variables for redacted in self._commands.values()))

    def drafts(self) -> Iterator[Draft | Again]:
        """Yield a draft for each entry, in order. A settings line holds for the entries below it."""
        self._note_file_faults()
        settings = {item.name: self._setting(item) for item in self.reading.settings}
        known = self._known_under(first := tuple(settings.values()))
        in_force: tuple[Setting, ...] | None = first
        above: list[Evidence] = []
        for item in self.reading.items:
            if isinstance(item, Comment):
                above.append(self._comment(item))
                continue
            if isinstance(item, Assignment):
                settings.pop(item.name, None)
                settings[item.name] = self._setting(item)
                in_force = None
            elif isinstance(item, Entry):
                if in_force is None:  # made where an entry needs it, not after each of a hundred thousand lines
                    in_force = tuple(settings.values())
                    known = self._known_under(in_force)
                make = partial(self.draft, item, in_force, tuple(above[-_MOST_COMMENTS:]))
                yield make() if known is None else self._first_or_again(item, known, make)
            elif isinstance(item, Disabled):
                self._redactor.comment(without_mark(item.text), item.origin)
            above.clear()

    def _known_under(self, settings: tuple[Setting, ...]) -> dict[str, Draft] | None:
        """Give the lines that are known below these settings; None where lines are not those of other hosts."""
        source = self.reading.source
        if source.host is None or source.format not in _TABS or self.reading.fault or source.place_fault:
            return None
        zone, _ = self._zones.of_host(source.host)
        said = tuple([(setting.name, setting.value) for setting in settings])
        scope = (source.place, source.format, self.reading.dialect, source.user, zone, said)
        return self._known.setdefault(scope, {})

    def _first_or_again(self, entry: Entry, known: dict[str, Draft], make: Callable[[], Draft]) -> Draft | Again:
        """Make no second draft of a line of which nothing is noted down: all is in its words."""
        if not _is_plain(entry) or self._commands[id(entry)].text != entry.command:
            return make()
        first = known.get(entry.text)
        if first is not None:
            return Again(first, entry, self.reading.source.host or "", make)
        known[entry.text] = first = make()
        return first

    def draft(self, entry: Entry, settings: tuple[Setting, ...] = (), comments: tuple[Evidence, ...] = ()) -> Draft:
        """Make the draft of an entry with the settings lines in force and the comments above it."""
        redacted = self._commands.get(id(entry)) or self._redactor.command(entry.command, entry.origin)
        stdin = None
        if entry.stdin is not None:
            stdin = self._redactor.stdin(entry.command, entry.stdin, entry.origin)
        source = self.reading.source
        host = entry.host if entry.host is not None else source.host
        findings = [self._redactor.finding(finding) for finding in entry.findings]
        schedule = self._schedule(entry, host, settings, findings)
        declared = self._declared(entry.declared, entry.origin) if entry.declared else None
        draft = Draft(
            entry,
            self.reading,
            host,
            entry.user or source.user,
            schedule,
            self._text(entry, redacted, stdin),
            redacted.text,
            stdin.text if stdin else None,
            self._title(entry, redacted.text),
            settings,
            declared,
            entry.owner,
            findings=findings,
            comments=comments,
        )
        draft.inactive = self._inactive(draft)
        return draft

    def annotations(self) -> Iterator[tuple[Annotation, FileReading]]:
        """Yield the file's words about other jobs, what they say without secrets; the command is for matching alone."""
        for item in self.reading.items:
            if isinstance(item, Annotation):
                title = self._redactor.plain(item.title, item.origin) if item.title else None
                yield replace(item, declared=self._declared(item.declared, item.origin), title=title), self.reading

    def _comment(self, item: Comment) -> Evidence:
        return Evidence(item.origin, self._redactor.comment(without_mark(item.text), item.origin))

    def _setting(self, item: Assignment) -> Setting:
        secret = item.name in self._variables
        value = self._redactor.value(item.name, item.value, item.origin, secret=secret)
        self.findings.extend(self._redactor.finding(finding) for finding in item.findings)
        if item.name == _ZONE_SETTING and self.reading.dialect is not Dialect.CRONIE:
            text = f"CRON_TZ is cronie's: {self.reading.dialect} cron does not read it, and goes by the host's zone"
            remedy = "if cronie's cron reads this file, say so with --dialect cronie"
            self.findings.append(Finding(item.origin, "cron-tz-ignored", text, remedy, Severity.SILENT))
        if item.name == _DELAY_SETTING and self._leaves_delay():
            text = f"RANDOM_DELAY is cronie's and anacron's: {self.reading.dialect} cron starts the lines below in time"
            found = Finding(item.origin, "random-delay-ignored", text, "check the dialect", Severity.NUISANCE)
            self.findings.append(found)
        elif item.name == "TZ":
            text = "TZ is passed on to the commands; it does not change when they start"
            remedy = "name the schedule's zone in the settings or with --tz"
            self.findings.append(Finding(item.origin, "tz-not-schedule", text, remedy, Severity.SILENT))
        name = item.name if _NAME.fullmatch(item.name) else self._redactor.unknown(item.name, item.origin)
        return Setting(name, value, item.origin)

    def _schedule(
        self, entry: Entry, host: str | None, settings: tuple[Setting, ...], findings: list[Finding]
    ) -> Schedule:
        """Give the schedule its zone, and what a setting adds to its start."""
        schedule = self._put_off(entry.schedule, settings)
        own, what = schedule.timezone, "the time zone"
        if self.reading.dialect is Dialect.CRONIE and self.reading.source.format is not Format.ANACRONTAB:
            said = next((setting.value for setting in settings if setting.name == _ZONE_SETTING), None)
            own, what = (own, what) if said is None else (said, _ZONE_SETTING)
        if own is not None and own not in known_zones():
            findings.append(unknown_zone(entry.origin, what, own))
            return replace(schedule, timezone=None)
        zone = own or self._zones.of_host(host)[0]
        # cronie follows the clock in a zone of CRON_TZ: it repairs only its own clock's changes (cron.c, find_jobs).
        from_setting = own is not None and what == _ZONE_SETTING
        return self._zones.timed(schedule, zone, own_zone=from_setting)

    def _leaves_delay(self) -> bool:
        """Say whether this cron reads no RANDOM_DELAY in a tab."""
        return self.reading.dialect is not Dialect.CRONIE and self.reading.source.format in _TABS

    def _put_off(self, schedule: Schedule, settings: tuple[Setting, ...]) -> Schedule:
        """Add the minutes of RANDOM_DELAY, of which cronie draws a part when it starts (cronie crontab(5))."""
        if self.reading.dialect is not Dialect.CRONIE or self.reading.source.format not in _TABS:
            return schedule
        said = next((setting.value.strip() for setting in settings if setting.name == _DELAY_SETTING), "")
        if schedule.kind is not ScheduleKind.CRON or not (said.isdecimal() and len(said) <= 4 and said.isascii()):
            return schedule
        # cronie leaves out what is more than a day (entry.c, load_entry).
        delay = int(said) if int(said) <= _LONGEST_DELAY else 0
        return replace(schedule, random_minutes=schedule.random_minutes + delay) if delay else schedule

    def _text(self, entry: Entry, command: Redacted, stdin: Redacted | None) -> str:
        if self.reading.source.format is Format.MANIFEST:
            return self._redactor.plain(entry.text, entry.origin)
        clean = command.text == entry.command and (stdin is None or stdin.text == entry.stdin)
        if entry.text.endswith(entry.command):
            return entry.text.removesuffix(entry.command) + command.text
        if clean and stdin is None:
            return self._redactor.line(entry.text, entry.origin, command.variables)
        # Percent signs and backslashes have been read: write them again, so that no secret's other spelling stays.
        front = _FRONT[self.reading.source.format is Format.SYSTEM_CRONTAB].match(entry.text)
        parts = [command.text, *(stdin.text.rstrip("\n").split("\n") if stdin else ())]
        return (front[0] if front else "") + "%".join(part.replace("%", "\\%") for part in parts)

    def _title(self, entry: Entry, command: str) -> str:
        if entry.title:
            return shortened(self._redactor.plain(entry.title, entry.origin)) or title_of(command)
        if self.reading.source.format is Format.MANIFEST and entry.name:
            # Whoever wrote the manifest has named the job.
            return shortened(self._redactor.plain(entry.name, entry.origin)) or title_of(command)
        if self.reading.source.format is Format.PERIODIC and entry.name:
            folder = self.reading.source.name.rpartition("/")[2]
            return shortened(f"{folder}/{entry.name}")
        return title_of(command)

    def _declared(self, declared: Declared, origin: Origin) -> Declared:
        return replace(
            declared,
            call=self._call(declared.call, origin) if declared.call else None,
            reads=tuple(replace(each, name=self._redactor.plain(each.name, origin)) for each in declared.reads),
            writes=tuple(replace(each, name=self._redactor.plain(each.name, origin)) for each in declared.writes),
            effort_note=self._redactor.plain(declared.effort_note, origin) if declared.effort_note else None,
            places=tuple(
                (key, self._redactor.plain(name, origin), replace(at, text=self._redactor.plain(at.text, at.origin)))
                for key, name, at in declared.places
            ),
        )

    def _call(self, call: ServiceCall, origin: Origin) -> ServiceCall:
        arguments = tuple(
            (name, self._redactor.value(name, value, origin, secret=False)) for name, value in call.arguments
        )
        return replace(call, arguments=arguments, text=self._redactor.plain(call.text, origin))

    def _inactive(self, draft: Draft) -> Inactive | None:
        """Say why cron would not run the entry: a fault of line, file or place, or dates that never come."""
        faults = [draft.entry.inactive]
        if not self._options.assume_installed:
            faults += [self._fault_of_file(), self.reading.source.place_fault]
        for fault in faults:
            if fault is not None:
                return replace(fault, why=self._redactor.reason(fault.why, Origin(self.reading.source.name)))
        if len(draft.entry.command) > LONGEST_COMMAND:
            return Inactive("command-too-long", "the command is longer than the system hands to a shell (128 KiB)")
        schedule = draft.schedule
        in_tab = self.reading.source.format in _TABS
        if in_tab and not draft.entry.command.strip():
            return Inactive("empty-command", "the entry has no command: what cron starts does nothing")
        if schedule.kind is ScheduleKind.CRON and schedule.fields is not None and never_fires(schedule.fields):
            return Inactive("never-fires", "no date and time matches the schedule: it has never run")
        return None

    def _fault_of_file(self) -> Inactive | None:
        """Give why the whole file would not run; Debian's rules are a guess where nobody says whose cron it is."""
        fault = self.reading.fault
        if fault is None or self.reading.dialect_says or "Debian" not in fault.why:
            return fault
        return replace(fault, why=f"{fault.why}; whose cron this is nothing says")

    def _note_file_faults(self) -> None:
        if not self._options.assume_installed:
            return
        origin = Origin(self.reading.source.name)
        for fault in (self.reading.fault, self.reading.source.place_fault):
            if fault is not None:
                text = f"{fault.why}; assumed to be put right when the file is installed"
                why = self._redactor.reason(text, origin)
                self.findings.append(Finding(origin, fault.kind, why, severity=Severity.SILENT))


def _is_plain(entry: Entry) -> bool:
    """Say whether an entry's words tell all of it, and its text ends in its command as the shell gets it."""
    _, text, _, command, stdin, _, *others = entry
    return stdin is None and not any(others) and text.endswith(command)
