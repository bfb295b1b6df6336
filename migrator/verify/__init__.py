"""The proof: what was written is read back and held against the plan, by code that did not write it."""

from migrator.verify.answers import Answer
from migrator.verify.checking import check
from migrator.verify.files import FOLDER
from migrator.verify.listing import Group
from migrator.verify.sources import against_sources

__all__ = ["FOLDER", "Answer", "Group", "against_sources", "check"]
