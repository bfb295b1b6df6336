"""Read what a called Python program touches. A program is gone through once for equal calls of a run."""

from __future__ import annotations

from dataclasses import replace

from migrator.commands import expansion
from migrator.commands.interpreters import Interpreted
from migrator.commands.languages.findings import Findings
from migrator.commands.languages.python.interpreter import Interpreter
from migrator.commands.library import Library
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal


def read(walk: Walk, told: Interpreted, path: str, source: Source, scope: Scope) -> Findings:
    """Give the effects of a program, called as `told` says."""
    library = getattr(walk, "library", None)
    if told.script is None or not isinstance(library, Library):
        return _read(walk, told, path, source, scope)
    key = _key(told, path, scope)
    found = library.memory.get(key)
    if not isinstance(found, tuple):
        outer, walk.record.opened = walk.record.opened, {}
        try:
            found = _read(walk, told, path, source, scope), tuple(walk.record.opened)
        finally:
            outer |= walk.record.opened
            walk.record.opened = outer
        library.memory[key] = found
    findings, opened = found
    walk.record.opened |= dict.fromkeys(opened)
    return _copied(findings)


def _key(told: Interpreted, path: str, scope: Scope) -> tuple[object, ...]:
    """Give all that a reading depends on."""
    environment = tuple(sorted(scope.environment().items()))
    place = scope.folder, scope.home, scope.user, scope.host, scope.inside, scope.kept, scope.mounts
    return "python", path, told.script, told.entry, told.arguments, told.distributed, place, environment


def _copied(findings: Findings) -> Findings:
    """Give findings of their own to a caller, who adds to them."""
    return replace(
        findings,
        touches=list(findings.touches),
        uses=list(findings.uses),
        waits=list(findings.waits),
        starts=list(findings.starts),
        events=list(findings.events),
        unclear=list(findings.unclear),
        locks=list(findings.locks),
    )


def _read(walk: Walk, told: Interpreted, path: str, source: Source, scope: Scope) -> Findings:
    interpreter = Interpreter(walk, scope, told.arguments, distributed=told.distributed)
    interpreter.inline = told.script is None
    interpreter.entry = told.entry
    if not interpreter.main(path, source, _deployed(told, path, scope)):
        return replace(interpreter.findings, unclear=[f"what `{path or told.language}` does: its text is not Python"])
    return interpreter.findings


def _deployed(told: Interpreted, path: str, scope: Scope) -> Value:
    if told.script is None:
        return literal(path or "<stdin>")
    value = told.script
    return value if value.text.startswith(("/", "~", "*")) else expansion.entered(value, scope)
