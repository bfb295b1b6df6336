"""Backup tools with a store of their own: restic, borg, duplicity, duply, rsnapshot and their kind."""

from __future__ import annotations

from migrator.commands.facts import StepKind
from migrator.commands.invocation import Effect, Family, Invocation, Space, Touch, reads, sort_out, writes


def backup_tool(call: Invocation) -> Effect:
    """Read restic, borg, duplicity, duply, rsnapshot: folders into a store of their own."""
    got = sort_out(
        call.arguments,
        frozenset(
            {"-r", "--repo", "-p", "--password-file", "--exclude", "--exclude-file", "--tag", "-e", "--compression"}
        ),
    )
    action = next((value.text for value in got.rest if value.text.isalpha()), "")
    store = got.last("-r", "--repo") or call.environment.get("RESTIC_REPOSITORY") or call.environment.get("BORG_REPO")
    folders = [value for value in got.rest if value.text.startswith(("/", "~", "."))]
    touches: tuple[Touch, ...] = ()
    if action in ("backup", "create", "full", "incremental"):
        touches = reads(*folders) + (writes(store, space=Space.PLACE) if store is not None else ())
    return Effect(kind=StepKind.TRANSFER, label=f"{call.name} {action}".strip(), touches=touches, dumps=True)


_TOOLS = """
    restic borg borgmatic duplicity duply rsnapshot rdiff-backup kopia bacula tarsnap resticprofile backupninja
    autorestic
"""
FAMILY = Family("backups", dict.fromkeys(_TOOLS.split(), backup_tool))
