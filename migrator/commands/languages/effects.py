"""Effects of programs in other languages, by language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from migrator.commands.interpreters import Interpreted
from migrator.commands.invocation import Effect
from migrator.commands.languages.findings import Findings
from migrator.commands.record import Draft, Walk
from migrator.commands.scope import Scope, Source

Reader = Callable[[Walk, Interpreted, str, Source, Scope], Findings]
READERS: dict[str, Reader] = {}


def findings(walk: Walk, told: Interpreted, path: str, text: Source, scope: Scope) -> Findings:
    """Read a program's text by its language."""
    reader = READERS.get(told.language)
    return Findings() if reader is None else reader(walk, told, path, text, scope)


def of_file(walk: Walk, told: Interpreted, path: str, text: Source, scope: Scope, base: Effect) -> Effect:
    """Add what a program's file tells to what its call tells."""
    found = findings(walk, told, path, text, scope)
    return replace(base, touches=(*found.touches, *base.touches), unclear=(*base.unclear, *found.unclear))


def of_text(walk: Walk, told: Interpreted, text: str, scope: Scope, base: Effect) -> Effect:
    """Add what a program on the line tells."""
    return of_file(walk, told, scope.source.path or "", Source(text, scope.source.path), scope, base)


def units_of(_effect: Effect) -> list[Draft]:
    """Give further steps."""
    return []
