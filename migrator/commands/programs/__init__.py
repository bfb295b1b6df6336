"""What known programs do, one module per family. A new family: its module here and its line in `FAMILIES`."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.commands.invocation import Effect, Family, Invocation, Reader, Role
from migrator.commands.programs import (
    backups,
    checkouts,
    cloud,
    containers,
    converters,
    databases,
    documents,
    environments,
    files,
    hadoop,
    host,
    mail,
    runners,
    shell_words,
    small_languages,
    transfers,
)

FAMILIES: tuple[Family, ...] = (
    small_languages.FAMILY,
    environments.FAMILY,
    shell_words.FAMILY,
    files.FAMILY,
    databases.FAMILY,
    documents.FAMILY,
    transfers.FAMILY,
    checkouts.FAMILY,
    backups.FAMILY,
    cloud.FAMILY,
    hadoop.FAMILY,
    containers.FAMILY,
    converters.FAMILY,
    host.FAMILY,
    mail.FAMILY,
    runners.FAMILY,
)

_TABLE: Mapping[str, Reader] = {
    name: reader for family in reversed(FAMILIES) for name, reader in family.readers.items()
}


def known(name: str) -> bool:
    """Say whether the table has the program."""
    return name in _TABLE


def effect(call: Invocation) -> Effect | None:
    """Give what a call of a known program does, None for an unknown program."""
    reader = _TABLE.get(call.name)
    return None if reader is None else reader(call)


def is_housekeeping(name: str) -> bool:
    """Say whether the name is a command that is never a step by itself."""
    return name in shell_words.HOUSEKEEPING


__all__ = ["FAMILIES", "Role", "effect", "is_housekeeping", "known"]
