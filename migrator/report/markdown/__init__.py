"""`report.md`: the report that people review, from a finished plan."""

from migrator.report.markdown.document import report

__all__ = ["report"]
