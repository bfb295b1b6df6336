"""Take a job's command apart into pieces that each do their part alone, in a shell of their own."""

from migrator.workflows.apart.job import Apart, only_call, take_apart
from migrator.workflows.apart.native import is_call
from migrator.workflows.apart.pieces import Piece

__all__ = ["Apart", "Piece", "is_call", "only_call", "take_apart"]
