"""What is said where no job was found: the exit code, and what was not read instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from migrator.cli.status import NO_JOB

if TYPE_CHECKING:
    from migrator.plan import MigrationPlan

_MOST_SHOWN = 20


def no_job(plan: MigrationPlan, paths: tuple[str, ...]) -> int:
    """Say on standard error that there is nothing to plan, with each unread line and its reason; give the exit code."""
    from migrator.plan import cut, visible

    where = ", ".join(visible(path) for path in paths) or "this host"
    click.echo(f"migrator: no job found in {where}; nothing was written", err=True)
    for line in plan.unread[:_MOST_SHOWN]:
        remedy = f"; {line.remedy}" if line.remedy else ""
        click.echo(f"  {cut(f'{line}: {line.reason}{remedy}', 300)}", err=True)
    if len(plan.unread) > _MOST_SHOWN:
        click.echo(f"  {len(plan.unread) - _MOST_SHOWN:,} more; `migrator scan --json` has all", err=True)
    return NO_JOB
