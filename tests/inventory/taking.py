"""Take the inventory of files given as text."""

from pathlib import Path

from migrator.inventory import Inventory, Options, take
from migrator.model import Job
from migrator.settings import Settings
from migrator.sources import discover
from tests.sources.planting import plant


def inventory(
    folder: Path, files: dict[str, str | bytes], settings: Settings | None = None, options: Options | None = None
) -> Inventory:
    """Plant files in a folder and take its inventory."""
    return take(discover([str(plant(folder, files))]), settings or Settings(), options)


def of_text(text: str | bytes, settings: Settings | None = None, options: Options | None = None) -> Inventory:
    """Take the inventory of one schedule given on standard input."""
    data = text if isinstance(text, bytes) else text.encode()
    return take(discover(["-"], stdin=data), settings or Settings(), options)


def only_job(inventory: Inventory) -> Job:
    """Give the one job of an inventory."""
    [job] = inventory.jobs
    return job


def kinds(inventory: Inventory) -> list[str]:
    """Give the kinds of the inventory's findings and of its jobs'."""
    found = [finding.kind for finding in inventory.findings]
    return sorted(found + [finding.kind for job in inventory.jobs for finding in job.findings])
