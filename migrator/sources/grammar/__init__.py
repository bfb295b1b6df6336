"""The grammar that cron's files share: one line, one file, one settings line, one command."""

from migrator.sources.grammar.assignment import Setting, read_assignment
from migrator.sources.grammar.command import split_command
from migrator.sources.grammar.crontab import read_crontab
from migrator.sources.grammar.disabled import is_commented_out
from migrator.sources.grammar.encoding import not_text
from migrator.sources.grammar.line import LineReading, Rules, read_line
from migrator.sources.grammar.switched_off import mark_of, switched_off_job, without_mark

__all__ = [
    "LineReading",
    "Rules",
    "Setting",
    "is_commented_out",
    "mark_of",
    "not_text",
    "read_assignment",
    "read_crontab",
    "read_line",
    "split_command",
    "switched_off_job",
    "without_mark",
]
