"""Identity, host, user, settings in scope, zone, dialect, replicas; the ledger."""

from migrator.inventory.options import InventoryError, Options
from migrator.inventory.take import take
from migrator.inventory.types import HostZone, Inventory, LedgerRow, Secret, UnreadLine
from migrator.inventory.zones import known_zones

__all__ = [
    "HostZone",
    "Inventory",
    "InventoryError",
    "LedgerRow",
    "Options",
    "Secret",
    "UnreadLine",
    "known_zones",
    "take",
]
