"""What `cutover` wrote, how it was proven, and what to do with it."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from migrator.model.wording import counted
from migrator.plan import MigrationPlan, cut
from migrator.plan.moving import TabPart
from migrator.plan.tabs import Edited
from migrator.report.terminal.screen import Screen
from migrator.report.titles import job_titles
from migrator.sources.items import Format

_MOST = 40


def print_cutover(
    plan: MigrationPlan,
    tab: TabPart,
    edited: Edited,
    output: Path,
    stream: IO[str],
    width: int | None = None,
    *,
    undo: bool = False,
) -> None:
    """Show which lines changed in an edited tab, what was compared, and how to install it."""
    screen = Screen(stream, width)
    state = "on again" if undo else "off"
    where = f" on {tab.host}" if tab.host else ""
    screen.line(f"{cut(str(output), 200)}: {cut(tab.path, 200)}{where}", "bold")
    screen.line(f"{counted(len(edited.lines), 'line')} switched {state}; every other byte is as it was.")
    titles = job_titles(plan)
    changed = [switch for switch in tab.lines if switch.line + edited.shift in edited.lines]
    for switch in changed[:_MOST]:
        screen.item(f"line {switch.line + edited.shift}: {cut(titles.get(switch.job, switch.job), 80)}")
    if len(changed) > _MOST:
        screen.line(f"  {len(changed) - _MOST:,} more", "dim")
    if edited.before:
        screen.line(f"{counted(len(edited.before), 'line')} stood so already.")
    startless = {part.job for part in plan.left_out} if not undo else frozenset[str]()
    for switch in tab.lines:
        line, name = switch.line + edited.shift, cut(titles.get(switch.job, switch.job), 80)
        if switch.job not in startless or line in edited.before:
            continue
        if line in edited.lines:
            told = f"Mind: no file of this plan starts {name}: it runs nowhere, unless you made what does."
        else:
            told = f"Line {line} stays on: no file of this plan starts {name}. Once you made what does, give --all."
        screen.line(told, "yellow")
    for note in edited.notes:
        screen.line(f"Mind: {note}.", "yellow")
    screen.line(_install(tab, output))


def _install(tab: TabPart, output: Path) -> str:
    name = cut(str(output), 200)
    if tab.format == Format.CRONTAB:
        return f"Install it on its host: crontab{f' -u {tab.user}' if tab.user else ''} {name}"
    return f"Install it on its host in the place of {cut(tab.path, 200)}, with the same owner and mode."
