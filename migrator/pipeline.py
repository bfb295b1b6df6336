"""The one-way street from PATHs to a plan, in two readable functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from migrator.inventory.types import Inventory
from migrator.model import Dialect, Target
from migrator.plan import MigrationPlan
from migrator.settings import Settings
from migrator.sources.tree import Tree

Progress = Callable[[str, int, int], None]
"""A callback that is told the stage, how much of it is done, and of how much."""


def silent(_stage: str, _done: int, _of: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for. `mappings` and `targets` come on top of the settings file's."""

    paths: tuple[str, ...]
    live: bool = False
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    as_format: str | None = None
    dialect: Dialect | None = None
    timezone: str | None = None
    mappings: tuple[tuple[str, str], ...] = ()
    config: Path | None = None
    targets: tuple[tuple[str, Target], ...] = ()
    assume_installed: bool = False
    stdin: BinaryIO | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What was read: the settings in force, the jobs, the files around them."""

    settings: Settings
    inventory: Inventory
    tree: Tree
