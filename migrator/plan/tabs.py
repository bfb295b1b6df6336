"""A crontab with the lines of a wave switched off, or on again: every other byte stays, and that is proven.

A line is switched off by a mark before it that makes it a comment and names its job (`switched_off`). Nothing else is
touched: not an encoding, not a line break, not a byte. The lines that crontab(1) puts at the beginning of a tab may
come and go: they stay as they are, and all line numbers move with them.

What comes out is proven in three ways before anybody gets it: without its marks it has the digest of the file that the
plan was made from; the reader of schedule files finds in it what it found before, the named entries alone gone; and
python-crontab, which shares no code with that reader, finds no other difference either, where it can read the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from migrator.inventory.digest import digest_of, header_lines
from migrator.inventory.redacting import shortened
from migrator.model import Dialect, MigratorError
from migrator.plan.second_reader import enabled_entries
from migrator.plan.visible import cut, storable
from migrator.redaction import redact
from migrator.sources.grammar import mark_of
from migrator.sources.items import Disabled, Entry, FileReading, Format, SourceFile, SourceItem
from migrator.sources.registry import read_file

EDITABLE = frozenset({Format.CRONTAB, Format.SYSTEM_CRONTAB, Format.ANACRONTAB})


class UnfitTabError(MigratorError):
    """A tab that is not the one the plan was made from, or that holds what the wave cannot switch alone."""

    exit_code = 2


class InexactError(MigratorError):
    """An edited tab that did not pass its proof. It is given to nobody."""

    exit_code = 12


@dataclass(frozen=True, slots=True)
class Planned:
    """A job that the plan knows on a line: its id, and its command without secrets."""

    job: str
    command: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A file as the plan knows it. `jobs` are all of its jobs by line, `wanted` the lines of the wave.

    `header` counts the lines before them that crontab(1) has put there, `wave` has the ids of the jobs that move.
    """

    path: str
    format: Format
    dialect: Dialect
    digest: str
    secret_lines: frozenset[int]
    jobs: Mapping[int, tuple[Planned, ...]]
    wanted: frozenset[int]
    wave: frozenset[str]
    header: int = 0

    def moved_to(self, data: bytes) -> Tab:
        """Give the same with the line numbers of a file that has more or fewer lines of crontab(1)'s own."""
        shift = header_lines(data) - self.header
        if not shift:
            return self
        return replace(
            self,
            header=self.header + shift,
            secret_lines=frozenset(line + shift for line in self.secret_lines),
            jobs={line + shift: found for line, found in self.jobs.items()},
            wanted=frozenset(line + shift for line in self.wanted),
        )


@dataclass(frozen=True, slots=True)
class Edited:
    """A tab that passed its proof: `lines` were changed, `before` had that form already. `notes` qualify the proof.

    Lines are those of the file itself; `shift` is how much larger they are than the plan's.
    """

    data: bytes
    lines: tuple[int, ...]
    before: tuple[int, ...]
    notes: tuple[str, ...]
    shift: int = 0


def switch_off(data: bytes, planned: Tab) -> Edited:
    """Make comments of the wave's lines; raise UnfitTabError or InexactError where that would not be exact."""
    return _switched(data, planned, off=True)


def switch_on(data: bytes, planned: Tab) -> Edited:
    """Take the marks away again from the wave's lines. Raise as `switch_off` does."""
    return _switched(data, planned, off=False)


def _switched(data: bytes, planned: Tab, *, off: bool) -> Edited:
    tab = planned.moved_to(data)
    lines = data.split(b"\n")
    _check_unchanged(lines, tab)
    changed: list[int] = []
    for number in sorted(tab.wanted):
        mark, line = _mark(tab, number), lines[number - 1]
        if line.startswith(mark) is not off:
            lines[number - 1] = mark + line if off else line.removeprefix(mark)
            changed.append(number)
    return _proven(data, b"\n".join(lines), planned, changed, off=off)


def is_same_file(data: bytes, tab: Tab) -> bool:
    """Say whether the bytes are those that the plan was made from, apart from lines that were switched off since."""
    return _digest(data.split(b"\n"), tab.moved_to(data)) == tab.digest


def _digest(lines: Sequence[bytes], tab: Tab) -> str:
    """Give the digest of the file without the marks of the plan's own jobs."""
    plain = list(lines)
    for number, planned in tab.jobs.items():
        if number <= len(plain):
            for each in planned:
                plain[number - 1] = plain[number - 1].removeprefix(_bytes_of(each.job, tab.path))
    return digest_of(b"\n".join(plain), tab.secret_lines)


def _check_unchanged(lines: Sequence[bytes], tab: Tab) -> None:
    if _digest(lines, tab) != tab.digest:
        raise UnfitTabError(
            tab.path, "has changed since the plan was made", "run `migrator plan` again, over this file"
        )
    for number in sorted(tab.wanted):
        if number not in tab.jobs:
            raise UnfitTabError(tab.path, f"the plan names no job of line {number}", "write the plan again")
        others = [planned.job for planned in tab.jobs[number] if planned.job not in tab.wave]
        if others:
            fault = f"line {number} also starts {others[0]}, which is not of this wave: a NUL byte joins them"
            raise UnfitTabError(tab.path, fault, "give each its own line, and plan again")


def _mark(tab: Tab, line: int) -> bytes:
    return _bytes_of(tab.jobs[line][0].job, tab.path)


def _bytes_of(job: str, path: str) -> bytes:
    mark = mark_of(job)
    if mark is None:
        raise UnfitTabError(path, f"{cut(job, 60)} is no id that a line can be marked with", "write the plan again")
    return mark.encode()


def _proven(before: bytes, after: bytes, planned: Tab, lines: Sequence[int], *, off: bool) -> Edited:
    tab = planned.moved_to(after)
    shift = tab.header - planned.header
    if not is_same_file(after, tab):
        raise InexactError(tab.path, "other bytes than the marks would change", "switch the lines by hand")
    on, marked = (before, after) if off else (after, before)
    first, then = _reading(on, tab), _reading(marked, tab)
    _check_items(first.items, then.items, set(lines), tab)
    notes = [*_fault_note(first, then, tab), *_second_look(on, marked, lines, tab)]
    return Edited(after, tuple(lines), tuple(sorted(tab.wanted.difference(lines))), tuple(notes), shift)


def _reading(data: bytes, tab: Tab) -> FileReading:
    return read_file(SourceFile(tab.path, tab.format, data, dialect=tab.dialect), tab.dialect)


def _check_items(first: Iterable[SourceItem], then: Iterable[SourceItem], lines: Collection[int], tab: Tab) -> None:
    """Compare two readings: the entries on the named lines are jobs of the plan and become disabled, all else stays."""
    named = [item for item in first if item.origin.line in lines]
    rest = [item for item in first if item.origin.line not in lines]
    if rest != [item for item in then if item.origin.line not in lines]:
        raise InexactError(tab.path, "other lines would be read differently", "switch the lines by hand")
    off = [item for item in then if item.origin.line in lines]
    if any(not isinstance(item, Disabled) for item in off) or len({item.origin.line for item in off}) != len(lines):
        raise InexactError(tab.path, "a line would not become a comment", "switch the lines by hand")
    for item in named:
        planned = tab.jobs[item.origin.line]
        if not isinstance(item, Entry):
            fault = f"line {item.origin.line} holds more than the job: {type(item).__name__.lower()}"
            raise UnfitTabError(tab.path, fault, "give each its own line, and plan again")
        if storable(redact(shortened(item.command)).text) not in {each.command for each in planned}:
            fault = f"line {item.origin.line} does not start {planned[0].job} any more"
            raise UnfitTabError(tab.path, fault, "run `migrator plan` again, over this file")


def _fault_note(first: FileReading, then: FileReading, tab: Tab) -> Iterable[str]:
    if first.fault == then.fault:
        return
    if then.fault is not None:
        raise InexactError(tab.path, f"cron would no longer read it: {then.fault.why}", "switch the lines by hand")
    if first.fault is not None:
        # Such jobs are in a wave only where the plan took the fault for one that installing puts right.
        yield f"as it stood cron would ignore it ({first.fault.why}), now it would not: the plan assumes so"


def _second_look(on: bytes, off: bytes, lines: Sequence[int], tab: Tab) -> Iterable[str]:
    if tab.format is Format.ANACRONTAB:
        return
    column = tab.format is Format.SYSTEM_CRONTAB
    first, then = enabled_entries(on, user_column=column), enabled_entries(off, user_column=column)
    if first is None or then is None:
        yield "python-crontab cannot read this file, so it was compared by one reader only"
        return
    if then - first or (first - then).total() > len(lines):
        raise InexactError(tab.path, "python-crontab finds other entries changed", "switch the lines by hand")
