"""The proof: what was written is read back and held against the plan, by code that did not write it."""

from migrator.verify.checking import Found, Task, check
from migrator.verify.files import FOLDER
from migrator.verify.sources import against_sources

__all__ = ["FOLDER", "Found", "Task", "against_sources", "check"]
