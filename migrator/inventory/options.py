"""What the caller decides about reading, and what stops it."""

from dataclasses import dataclass

from migrator.model import Dialect, MigratorError


class InventoryError(MigratorError):
    """A zone that does not exist, said by the user."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Options:
    """`dialect` and `timezone` as given on the command line.

    `assume_installed`: faults of a file as such (its name, its mode, its last line) are put right when it is installed,
    and only a finding.
    """

    dialect: Dialect | None = None
    timezone: str | None = None
    assume_installed: bool = False
