"""Which tab of a wave a file is, and what has to be done instead where it is no tab that can be edited."""

import re
import shlex
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from migrator.model import MigratorError
from migrator.model.wording import some
from migrator.plan.document import MigrationPlan
from migrator.plan.moving import TabPart, WavePart
from migrator.plan.tabs import EDITABLE, Planned, Tab, UnfitTabError, is_same_file
from migrator.plan.visible import cut
from migrator.sources.items import Format

_MOST_NAMED = 8
_PERIODIC = re.compile(r"etc/(?:cron\.|periodic/)[^/]+/[^/]+$")


class CutoverError(MigratorError):
    """A wave that is not there, or a file that is none of its tabs."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """A tab of a wave, as the plan has it and as it is edited."""

    part: TabPart
    tab: Tab


def find_wave(plan: MigrationPlan, number: int) -> WavePart:
    """Give a wave by its number; raise CutoverError where there is none."""
    for wave in plan.waves:
        if wave.number == number:
            return wave
    known = "the plan has no wave: nothing moves" if not plan.waves else f"there are waves 1 to {len(plan.waves)}"
    raise CutoverError(f"wave {number}", "is not in the plan", known)


def editable_tabs(wave: WavePart) -> tuple[TabPart, ...]:
    """Give the files of a wave in which lines can be switched off."""
    return tuple(tab for tab in wave.tabs if tab.format in EDITABLE)


def choose_tab(plan: MigrationPlan, wave: WavePart, path: str, data: bytes, *, every: bool = True) -> Choice:
    """Find the tab that a file is: by its bytes, and of several by the end of its path.

    Unless `every`, the lines of jobs for which no file was written are not wanted: nothing else starts those. `path` is
    `/`-separated, empty for standard input. Raise CutoverError where it is none of the wave's, UnfitTabError where its
    name says that it was one and has changed since.
    """
    tabs = editable_tabs(wave)
    if not tabs:
        raise CutoverError(f"wave {wave.number}", "has no crontab to edit", _instead(wave.tabs))
    choices = [
        Choice(part, tab) for part, tab in zip(tabs, _tabs(plan, wave, tabs, every), strict=True) if tab is not None
    ]
    if not choices:
        raise CutoverError(f"wave {wave.number}", "the plan has no digests of its files", "write the plan again")
    same = [choice for choice in choices if is_same_file(data, choice.tab)]
    if same:
        return max(same, key=lambda choice: _common_end(choice.part.path, path))
    near = max(choices, key=lambda choice: _common_end(choice.part.path, path))
    if _common_end(near.part.path, path):
        fault = f"is not {near.part.path} as it was when the plan was made: it has changed since"
        raise UnfitTabError(cut(path, 200), fault, "run `migrator plan` again, over this file")
    raise CutoverError(cut(path, 200) or "standard input", f"is no file of wave {wave.number}", _named(tabs))


def instead_of_editing(tab: TabPart) -> str:
    """Say what switches jobs off where no line can be made a comment."""
    if tab.format == Format.PERIODIC:
        name = _file_of(tab)
        found = f"chmod a-x {name} keeps run-parts from starting it, chmod a+x {name} undoes that"
        return f"{found}; a link is moved away instead: chmod would change what it leads to"
    return f"{tab.path} only declares jobs: switch each off where it is started from today"


def instead_of_restoring(tab: TabPart) -> str:
    """Say what switches jobs on again where no line was made a comment."""
    if tab.format == Format.PERIODIC:
        return f"chmod a+x {_file_of(tab)} lets run-parts start it again"
    return f"{tab.path} only declares jobs: switch each on again where it was started from"


def _file_of(tab: TabPart) -> str:
    found = _PERIODIC.search(tab.path)
    return shlex.quote(f"/{found[0]}" if found else tab.path)


def _instead(tabs: Sequence[TabPart]) -> str:
    said = "; ".join(cut(instead_of_editing(tab), 200) for tab in tabs[:_MOST_NAMED])
    return said or "none of its jobs stands in a file that was read"


def _named(tabs: Iterable[TabPart]) -> str:
    names = [cut(tab.path, 100) for tab in tabs]
    return f"the wave's files are {some(names, _MOST_NAMED)}"


def _common_end(one: str, other: str) -> int:
    count = 0
    for mine, theirs in zip(reversed(one.split("/")), reversed(other.split("/")), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _tabs(plan: MigrationPlan, wave: WavePart, tabs: Sequence[TabPart], every: bool) -> list[Tab | None]:
    startless = frozenset[str]() if every else frozenset(part.job for part in plan.left_out)
    paths = {tab.path for tab in tabs}
    jobs = _jobs_by_place(plan, paths)
    secrets: defaultdict[str, set[int]] = defaultdict(set)
    for secret in plan.secrets:
        secrets[secret.path].add(secret.line)
    rows = {row.path: row for row in plan.ledger if row.path in paths}
    moving = frozenset(wave.jobs)
    return [
        Tab(
            path=part.path,
            format=Format(part.format),
            dialect=rows[part.path].dialect,
            header=rows[part.path].header,
            digest=part.digest,
            secret_lines=frozenset(secrets[part.path]),
            jobs={line: tuple(found) for line, found in jobs[part.path].items()},
            wanted=frozenset(switch.line for switch in part.lines if switch.job not in startless),
            wave=moving,
        )
        if part.digest is not None and part.path in rows
        else None
        for part in tabs
    ]


def _jobs_by_place(plan: MigrationPlan, paths: Collection[str]) -> dict[str, dict[int, list[Planned]]]:
    found: dict[str, dict[int, list[Planned]]] = {path: {} for path in paths}
    for job in plan.jobs:
        for place in (job.origin, *job.replicas):
            if place.path in found:
                found[place.path].setdefault(place.line, []).append(Planned(job.id, job.command))
    return found
